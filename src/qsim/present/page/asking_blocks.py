"""What is worth asking about before the choice, in blocks: the first question, whom to put it to, and the five first."""

from __future__ import annotations

from qsim.comparison.when.evppi import Everything, Evppi
from qsim.measures.catalogue import Measure
from qsim.present.page.asking import asking_cell, asking_text, is_fact
from qsim.present.page.blocks import Block, Table, Text
from qsim.present.page.flip_words import FLIP
from qsim.present.page.open_names import OpenNames
from qsim.present.text.numbers import decimal, number_range, percent
from qsim.present.text.units import UNITS, shown_value, threshold_text
from qsim.present.words.language import Language

LISTED = 5
DIGITS = 2
"""Digits after the decimal sign of what knowing is worth: it is a small part of the outcome."""


def asking_blocks(
    found: Evppi | None, names: OpenNames, measure: Measure, relevant: float, best: str, language: Language
) -> tuple[Block, ...]:
    """Return what to ask about first; ``best`` is the name of the better scenario, empty if there is none."""
    if found is None:
        return (Text(FLIP("worth.none", language)),)
    said = _valued(found, names, measure, best, language) if found.valuable else _sized(found, names, best, language)
    blocks: list[Block] = [Text(" ".join(said))]
    if found.everything is not None:
        blocks.append(Text(_everything(found.everything, measure, relevant, language)))
    if found.moving:
        blocks.append(_table(found, names, measure, language))
    return tuple(blocks)


def _valued(found: Evppi, names: OpenNames, measure: Measure, best: str, language: Language) -> list[str]:
    """Return the sentences where some single unknown is worth knowing."""
    first = found.valuable[0]
    key = found.factors[first].id
    facts = [place for place in found.valuable if is_fact(found.factors[place].id)]
    said = [
        FLIP(
            "worth.first" if is_fact(key) else "worth.rule",
            language,
            unknown=names.quoted(key),
            value=_amount(float(found.value[first]), measure, language),
            interval=_interval(found, first, measure, language),
            office=asking_text(key, language),
        )
    ]
    if first not in facts:
        said.append(_fact(found, facts[0], names, measure, language) if facts else FLIP("worth.no_fact", language))
    return said


def _fact(found: Evppi, place: int, names: OpenNames, measure: Measure, language: Language) -> str:
    key = found.factors[place].id
    value = _amount(float(found.value[place]), measure, language)
    return FLIP("worth.fact", language, unknown=names.quoted(key), value=value, office=asking_text(key, language))


def _sized(found: Evppi, names: OpenNames, best: str, language: Language) -> list[str]:
    """Return the sentences where none is worth anything by itself: what moves the size of the difference most."""
    number = decimal(len(found.factors), language, 0)
    same = bool(best) and not found.value.any()
    said = [FLIP("worth.nothing", language, number=number, best=best) if same
            else FLIP("worth.unproven", language, number=number)]  # fmt: skip
    if not found.moving:
        return [*said, FLIP("size.nothing", language)]
    first = found.moving[0]
    facts = [place for place in found.moving if is_fact(found.factors[place].id)]
    said.append(_size("size", found, first, names, language))
    if first not in facts:
        said.append(_size("size.fact", found, facts[0], names, language) if facts else FLIP("size.no_fact", language))
    return said


def _size(form: str, found: Evppi, place: int, names: OpenNames, language: Language) -> str:
    key = found.factors[place].id
    asked = "ask" if is_fact(key) else "ask.parameters"
    return FLIP(
        form,
        language,
        unknown=names.quoted(key),
        explained=percent(float(found.explained[place]), language),
        ask=FLIP(asked, language, office=asking_text(key, language)),
    )


def _everything(found: Everything, measure: Measure, relevant: float, language: Language) -> str:
    if round(shown_value(found.most, measure), DIGITS) <= 0.0:
        return FLIP("everything.nothing", language)
    most = _amount(found.most, measure, language)
    if found.most < relevant:
        return FLIP("everything.small", language, most=most, relevant=threshold_text(relevant, measure, language))
    return FLIP("everything", language, most=most)


def _table(found: Evppi, names: OpenNames, measure: Measure, language: Language) -> Table:
    """Return the table of the first five: what is worth most, with its value if any is worth something, then what moves most."""
    places = [*found.valuable, *(place for place in found.moving if place not in found.valuable)][:LISTED]
    valued = bool(found.valuable)
    rows = []
    for place in places:
        key = found.factors[place].id
        told = [_told_value(found, place, measure, language)] if valued else []
        share = percent(max(float(found.explained[place]), 0.0), language)
        rows.append((names.name(key), names.range(key), asking_cell(key, language), *told, share))
    heads = [FLIP(f"head.{name}", language) for name in ("name", "range", "office")]
    heads += [FLIP("head.value", language, unit=_unit(measure, language))] if valued else []
    note = FLIP("note", language)
    if valued:
        note = f"{FLIP('note.value', language)} {note}"
    caption = FLIP("caption" if valued else "caption.size", language)
    return Table(caption, (*heads, FLIP("head.explained", language)), tuple(rows), words=3, note=note)


def _told_value(found: Evppi, place: int, measure: Measure, language: Language) -> str:
    value = _number(float(found.value[place]), measure, language)
    if found.high[place] == found.low[place]:
        return value
    return FLIP("value", language, value=value, interval=_interval(found, place, measure, language))


def _interval(found: Evppi, place: int, measure: Measure, language: Language) -> str:
    low, high = (shown_value(float(end[place]), measure) for end in (found.low, found.high))
    return number_range(low, high, language, DIGITS)


def _number(value: float, measure: Measure, language: Language) -> str:
    return decimal(shown_value(value, measure), language, DIGITS)


def _amount(value: float, measure: Measure, language: Language) -> str:
    return f"{_number(value, measure, language)} {_unit(measure, language)}"


def _unit(measure: Measure, language: Language) -> str:
    return UNITS(f"difference.{measure.unit.replace(' ', '_')}", language)
