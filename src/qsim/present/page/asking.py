"""What is worth asking about first, whom, and what it would do to the choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qsim.comparison.when.boxes import Cases
from qsim.comparison.when.drawn import Drawn
from qsim.comparison.when.evppi import Everything, Evppi
from qsim.engine.own_files import extension_of
from qsim.measures.catalogue import Measure
from qsim.present.page.blocks import Block, Table, Text
from qsim.present.text.names import key_name, key_steps
from qsim.present.text.setting_text import setting_text
from qsim.present.text.units import shown_value, threshold_text, unit_of_field, unit_text
from qsim.present.words.speaker import MISSING, Speaker
from qsim.runs.designs import Variable
from qsim.scenario.labels import Label
from qsim.scenario.schema import Scenario
from qsim.world.parameters import PARAMETERS

OFFICES = (
    ("parameters", r"parameters\..*"),
    ("treasury", r".*\.own_share|administration\.budget_tightness|events\.(tightness|half_life_months)"),
    (
        "personnel",
        r"administration\.(staff|vacancy_share|turnover_per_year|personnel_openness)|commissioners\.funding\.posts"
        r"|.*\.(staff_weight|relieve_posts|release_posts)",
    ),
    ("departments", r".*workload(_half_life_months)?|tasks\.(knowledge|process_knowledge|practice)"),
    ("statistics", r"(tasks|events)\.need(_half_life_months)?"),
    ("press", r".*salience(_half_life_months)?"),
    ("leaders", r"leaders\..*|events\.(support|reelection_share)"),
    ("unit", r"(commissioners|formats|chains)\..*"),
    ("groups", r"civil_society\..*"),
    ("council", r"concepts\.adopted"),
    ("papers", r"concepts\..*"),
)
"""Offices by the keys, without their entries, on which they know most; the first that fits is told."""

OTHERS = "main_office"


def office_of(key: str) -> str:
    """Return the name of the office that can tell the value of a key; ``parameters`` if none in the house can."""
    kind = re.sub(r"\[[^]]*\]", "", key)
    return next((office for office, pattern in OFFICES if re.fullmatch(pattern, kind)), OTHERS)


def is_fact(key: str) -> bool:
    """Whether a town can find out the value of a key: it is no parameter of a rule."""
    return not key.startswith(PARAMETERS)


def asking_text(key: str, speak: Speaker) -> str:
    """Return whom to ask about a key."""
    return speak(f"when.office.{office_of(key)}")


def asking_cell(key: str, speak: Speaker) -> str:
    """Return whom to ask about a key, a dash if nobody in the house knows, short enough for a table."""
    return asking_text(key, speak) if is_fact(key) else MISSING


class OpenNames:
    """The names of what a pair of scenarios leaves open, in one language."""

    def __init__(self, table: Drawn, scenarios: Sequence[Scenario], speak: Speaker) -> None:
        self.table = table
        self.speak: Speaker = speak
        self._scenarios = {
            factor.id: scenarios[origin] for factor, origin in zip(table.factors, table.origins, strict=True)
        }

    def name(self, key: str) -> str:
        """Return the name of an unknown; that of a parameter stands behind its rule."""
        name = key_name(key, self._scenarios[key], self.speak)
        if not key.startswith(PARAMETERS):
            return name
        rules = extension_of(self._scenarios[key]).declared
        rule = next(rule for rule in rules if rule.name == key.split(".")[1])
        owner = self.speak.called(rule)
        return self.speak("setting.of", owner=owner, field=name)

    def quoted(self, key: str) -> str:
        """Return the name of an unknown in quotation marks, so that it stands in any sentence."""
        return self.speak("when.quoted", unknown=self.name(key))

    def range(self, key: str) -> str:
        """Return in words where the value of an unknown lies."""
        place = next(place for place, factor in enumerate(self.table.factors) if factor.id == key)
        text = setting_text(key, self.table.unknowns[place], self._scenarios[key], self.speak)
        return text.removesuffix(self.speak("setting.unknown", value=""))

    def named(self, cases: Cases) -> Cases:
        """Return cases whose factors have these names, as clauses tell them."""
        return replace(cases, factors=tuple(map(self._named, cases.factors)))

    def _named(self, factor: Variable) -> Variable:
        label = self.quoted(factor.id)
        scenario = self._scenarios[factor.id]
        levels = [setting_text(factor.id, level, scenario, self.speak) for level in factor.levels]
        names = tuple(Label(de=level, en=level) for level in levels)
        return replace(factor, label=Label(de=label, en=label), names=names, unit=self._unit(factor))

    def _unit(self, factor: Variable) -> str:
        """Return the unit in which limits on a factor are told: that of the schema, if its key says none."""
        if factor.unit or factor.id.startswith(PARAMETERS):
            return factor.unit
        last = key_steps(factor.id, self._scenarios[factor.id])[-1]
        return unit_of_field(last.part.model_fields[last.field])


LISTED = 5
DIGITS = 2
"""Digits after the decimal sign of what knowing is worth: it is a small part of the outcome."""


def asking_blocks(
    found: Evppi | None, names: OpenNames, measure: Measure, relevant: float, best: str, speak: Speaker
) -> tuple[Block, ...]:
    """Return what to ask about first; ``best`` is the name of the better scenario, empty if there is none."""
    if found is None:
        return (Text(speak("when.evppi.none")),)
    said = _valued(found, names, measure, best, speak) if found.valuable else _sized(found, names, best, speak)
    blocks: list[Block] = [Text(" ".join(said))]
    if found.everything is not None:
        blocks.append(Text(_everything(found.everything, measure, relevant, speak)))
    if found.moving:
        blocks.append(_table(found, names, measure, speak))
    return tuple(blocks)


def _valued(found: Evppi, names: OpenNames, measure: Measure, best: str, speak: Speaker) -> list[str]:
    """Return the sentences where some single unknown is worth knowing."""
    first = found.valuable[0]
    facts = [place for place in found.valuable if is_fact(found.factors[place].id)]
    if first in facts:
        return [_value("evppi.first", found, first, names, measure, speak)]
    fact = _value("evppi.fact", found, facts[0], names, measure, speak) if facts else speak("when.evppi.no_fact")
    return [_value("evppi.rule", found, first, names, measure, speak), fact]


def _value(form: str, found: Evppi, place: int, names: OpenNames, measure: Measure, speak: Speaker) -> str:
    key = found.factors[place].id
    return speak(
        f"when.{form}",
        unknown=names.quoted(key),
        value=_amount(float(found.value[place]), measure, speak),
        interval=_interval(found, place, measure, speak),
        office=asking_text(key, speak),
    )


def _sized(found: Evppi, names: OpenNames, best: str, speak: Speaker) -> list[str]:
    """Return the sentences where none is worth anything by itself: what moves the size of the difference most."""
    number = speak.decimal(len(found.factors), 0)
    same = bool(best) and not found.value.any()
    said = [speak("when.evppi.nothing", number=number, best=best) if same
            else speak("when.evppi.unproven", number=number)]  # fmt: skip
    if not found.moving:
        return [*said, speak("when.size.nothing")]
    first = found.moving[0]
    facts = [place for place in found.moving if is_fact(found.factors[place].id)]
    said.append(_size("size", found, first, names, speak))
    if first not in facts:
        said.append(_size("size.fact", found, facts[0], names, speak) if facts else speak("when.size.no_fact"))
    return said


def _size(form: str, found: Evppi, place: int, names: OpenNames, speak: Speaker) -> str:
    key = found.factors[place].id
    asked = "ask" if is_fact(key) else "ask.parameters"
    return speak(
        f"when.{form}",
        unknown=names.quoted(key),
        explained=speak.percent(float(found.explained[place])),
        ask=speak(f"when.{asked}", office=asking_text(key, speak)),
    )


def _everything(found: Everything, measure: Measure, relevant: float, speak: Speaker) -> str:
    if round(shown_value(found.most, measure), DIGITS) <= 0.0:
        return speak("when.everything.nothing")
    most = _amount(found.most, measure, speak)
    if found.most < relevant:
        return speak("when.everything.small", most=most, relevant=threshold_text(relevant, measure, speak))
    return speak("when.everything", most=most)


def _table(found: Evppi, names: OpenNames, measure: Measure, speak: Speaker) -> Table:
    """Return the table of the first five: what is worth most, with its value if any is worth something, then what moves most."""
    places = [*found.valuable, *(place for place in found.moving if place not in found.valuable)][:LISTED]
    valued = bool(found.valuable)
    facts = [is_fact(found.factors[place].id) for place in places]
    somebody = any(facts)
    rows = []
    for place in places:
        key = found.factors[place].id
        told = [_told_value(found, place, measure, speak)] if valued else []
        share = speak.percent(max(float(found.explained[place]), 0.0))
        asked = [asking_cell(key, speak)] if somebody else []
        rows.append((names.name(key), names.range(key), *asked, *told, share))
    heads = [speak(f"when.head.{name}") for name in ("name", "range", *(["office"] if somebody else []))]
    heads += [speak("when.head.value", unit=unit_text("difference", measure, speak))] if valued else []
    notes = ["note.value"] * valued + ["note"]
    if not all(facts):
        notes.append("note.nobody" if somebody else "note.nobody_at_all")
    note = " ".join(speak(f"when.{name}") for name in notes)
    caption = speak("when.caption" if valued else "when.caption.size")
    return Table(caption, (*heads, speak("when.head.explained")), tuple(rows), words=2 + somebody, note=note)


def _told_value(found: Evppi, place: int, measure: Measure, speak: Speaker) -> str:
    value = _number(float(found.value[place]), measure, speak)
    if found.high[place] == found.low[place]:
        return value
    return speak("when.value", value=value, interval=_interval(found, place, measure, speak))


def _interval(found: Evppi, place: int, measure: Measure, speak: Speaker) -> str:
    low, high = (shown_value(float(end[place]), measure) for end in (found.low, found.high))
    return speak.number_range(low, high, DIGITS)


def _number(value: float, measure: Measure, speak: Speaker) -> str:
    return speak.decimal(shown_value(value, measure), DIGITS)


def _amount(value: float, measure: Measure, speak: Speaker) -> str:
    return f"{_number(value, measure, speak)} {unit_text('difference', measure, speak)}"
