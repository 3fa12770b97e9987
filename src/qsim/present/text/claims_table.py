"""The ledger of claims and the rival models as tables and sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from qsim.claims.results import COUNTED, ClaimResult, Count, summary
from qsim.claims.rival_runs import (
    GroupCount,
    Likeness,
    Rivals,
    groups_as_good,
    likeness,
    model_counts,
    not_rival,
    only_full,
    only_rival,
)
from qsim.claims.statements import all_groups
from qsim.claims.terms import LOG
from qsim.claims.variants import Model
from qsim.mechanisms.month import MONTH
from qsim.present.text.tables import add_numbers, new_table
from qsim.present.text.units import digits, shown_value
from qsim.present.words.speaker import Speaker
from qsim.runs.readings import MEASURES

FINE = 0.05
"""Relevant differences below this, in the unit shown, take another digit."""


def claims_tables(records: Sequence[ClaimResult], speak: Speaker) -> list[RenderableType]:
    """Return a table for each group of statements that has results; the last one explains the columns."""
    letters = [letter for letter in all_groups() if any(one.group == letter for one in records)]
    tables = [_table([one for one in records if one.group == letter], letter, speak) for letter in letters]
    if tables:
        tables[-1].caption = speak("claims.note")
    return [*tables]


def _table(records: Sequence[ClaimResult], letter: str, speak: Speaker) -> Table:
    group = speak.label(all_groups()[letter].label)
    table = new_table(speak("claims.title", group=f"{letter} {group}"))
    table.add_column(speak("claims.claim"), ratio=1, overflow="fold")
    add_numbers(table, (speak(f"claims.{name}") for name in ("effect", "interval")))
    table.add_column(speak("claims.outcome"), no_wrap=True)
    for name in ("settings", "severity"):
        table.add_column(speak(f"claims.{name}"), justify="center", no_wrap=True)
    for one in records:
        style = {"opposite": "bold", "expected": ""}.get(one.outcome, "dim")
        table.add_row(*_cells(one, speak), style=style)
    return table


def _cells(one: ClaimResult, speak: Speaker) -> list[str]:
    return [
        f"{one.id}\n{speak.label(one.text)}",
        effect_text(one, one.effect, speak),
        interval_text(one, speak),
        outcome_text(one, speak),
        speak.of_hundred(one.agree),
        severity_text(one, speak),
    ]


def severity_text(one: ClaimResult, speak: Speaker) -> str:
    """Return the marks of a test without its mechanism and in the additive scorecard."""
    return " ".join(speak(f"claims.short.{trial.outcome}") for trial in (one.off, one.scorecard))


def outcome_text(one: ClaimResult, speak: Speaker) -> str:
    """Return the outcome of a test in a word, its marks on each scale if they differ, and whether its worlds cost the same."""
    marks = [speak(f"claims.short.{trial.outcome}") for trial in one.scales.values()]
    scales = f" ({' '.join(marks)})" if one.outcome == "depends_on_scale" else ""
    return speak(f"claims.{one.outcome}") + scales + ("" if one.fair else speak("claims.unfair"))


def effect_text(one: ClaimResult, value: float | None, speak: Speaker) -> str:
    """Return an effect in the unit of its measure as it is shown, with its sign; a share of runs and a ratio as percent."""
    text = speak.decimal(_shown(one, value), _digits(one), signed=one.kind != "existence")
    return speak("claims.ratio", value=text) if one.scale == LOG else text


def interval_text(one: ClaimResult, speak: Speaker) -> str:
    """Return the interval of an effect."""
    ends = _shown(one, one.low), _shown(one, one.high)
    text = speak.number_range(*ends, _digits(one), signed=one.kind != "existence")
    return speak("claims.ratio", value=text) if one.scale == LOG else text


def _shown(one: ClaimResult, value: float | None) -> float:
    if value is None:
        return float("nan")
    if one.scale == LOG:
        return 100.0 * math.expm1(value)
    return 100.0 * value if one.kind == "existence" else shown_value(value, MEASURES[one.measure])


def _digits(one: ClaimResult) -> int:
    if one.kind == "existence" or one.scale == LOG:
        return 0
    usual = digits(MEASURES[one.measure])
    return usual + 1 if one.relevant and abs(_shown(one, one.relevant)) < FINE else usual


def cause_texts(records: Sequence[ClaimResult], speak: Speaker) -> list[str]:
    """Return a sentence for each contradiction: the rule without which it is smallest, or gone."""
    return [
        speak("claims.cause.line", claim=one.id, what=cause_text(one, speak))
        for one in records
        if one.outcome == "opposite" and one.cause
    ]


def cause_text(one: ClaimResult, speak: Speaker) -> str:
    """Return what is known of the rule behind a contradiction."""
    cause = one.cause
    assert cause is not None
    form = "cause.ends" if cause.ends else "cause.remains"
    effect = effect_text(one, cause.effect, speak)
    text = speak(f"claims.{form}", rule=_rule_name(cause.rule, speak), effect=effect)
    first = speak("claims.cause.first", rule=_rule_name(cause.first, speak)) if cause.first else ""
    names = [speak("terms.quoted", name=_rule_name(rule, speak)) for rule in cause.others]
    others = speak("claims.cause.others", rules=speak.joined(names)) if names else ""
    return text + others + first


def _rule_name(name: str, speak: Speaker) -> str:
    return next((speak.called(rule) for rule in MONTH if rule.name == name), name)


def summary_lines(records: Sequence[ClaimResult], speak: Speaker) -> Iterator[str]:
    """Yield what the ledger adds up to, a sentence each."""
    found = summary(records)
    yield speak("claims.beyond_counts", **_counts(found.beyond_scorecard, speak))
    yield speak("claims.needing_counts", **_counts(found.needing_mechanism, speak))
    if found.held_out.tests:
        yield speak("claims.held_out_counts", **_counts(found.held_out, speak))
    yield speak("claims.every_counts", **_counts(found.every, speak))
    said = {"passed": str(found.passed_by_scorecard), "said": str(found.scorecard_says)}
    yield speak("claims.scorecard_counts", **said)
    yield speak("claims.discovery", discovered=str(found.discovered), clusters=str(found.clusters))


def _counts(found: Count, speak: Speaker) -> dict[str, str]:
    numbers = {name: str(getattr(found, name)) for name in ("tests", *COUNTED)}
    shares = {"share": speak.percent(found.expected_share), "against": speak.percent(found.opposite_share)}
    return numbers | shares


COLUMNS = ("model", "expected", "equivalences", *COUNTED[1:], "rivals_beyond")


def rivals_table(rivals: Rivals, speak: Speaker) -> Table:
    """Return a row a model, the full one first, with the outcomes of its tests."""
    table = new_table(speak("claims.rivals"), speak("claims.rivals_note"))
    for name in COLUMNS:
        head = speak(f"claims.short.{name}" if name in COUNTED else f"claims.{name}")
        table.add_column(head, justify="left" if name == "model" else "right", no_wrap=name == "model")
    for row in rival_rows(rivals, speak):
        table.add_row(*row)
    return table


def rival_rows(rivals: Rivals, speak: Speaker) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each model, in the order of the columns."""
    for model in rivals.models:
        found = model_counts(rivals, model.name)
        yield (
            str(speak.label(model.label)),
            str(found.every.expected),
            _of(found.equivalences, speak),
            *(str(getattr(found.every, name)) for name in COUNTED[1:]),
            _of(found.beyond_scorecard, speak),
        )


def rival_texts(rivals: Rivals, speak: Speaker) -> list[str]:
    """Return what only the full model passes, and a paragraph a rival."""
    texts = [speak.counted("claims.only_full", len(only_full(rivals)), claims="")]
    for model in rivals.models:
        if model.name in rivals.names:
            texts.append("\n".join([rival_text(model, speak), *rival_sentences(rivals, model.name, speak)]))
    return texts


def rival_text(model: Model, speak: Speaker) -> str:
    """Return what a rival says and where it is from."""
    assert model.says is not None
    return speak(
        "claims.rival",
        label=speak.label(model.label),
        says=speak.label(model.says),
        source=model.source,
    )


def rival_sentences(rivals: Rivals, rival: str, speak: Speaker, mark: str = "") -> list[str]:
    """Return what a rival passes that the full model does not, how much it fails, how alike it is, where it is as good."""
    more = only_rival(rivals, rival)
    names = speak.joined([f"{mark}{name}{mark}" for name in more])
    passes = speak.counted("claims.rival_passes", len(more), claims=names) if more else None
    alike = likeness(rivals, rival)
    good, sharp = groups_as_good(rivals, rival), groups_as_good(rivals, rival, beyond_scorecard=True)
    return [
        passes or speak("claims.rival_passes_none"),
        speak.counted("claims.rival_fails", len(not_rival(rivals, rival))),
        *([] if math.isnan(alike.rank) else [_likeness(alike, speak)]),
        _as_good("as_good", good, speak) if good else speak("claims.as_good_nowhere"),
        *([_as_good("as_good_beyond", sharp, speak)] if sharp else []),
    ]


def _likeness(alike: Likeness, speak: Speaker) -> str:
    return speak("claims.likeness", rank=speak.decimal(alike.rank, 3), size=speak.decimal(alike.size, 2))


def _as_good(name: str, groups: list[GroupCount], speak: Speaker) -> str:
    return speak.counted(f"claims.{name}", len(groups), groups=_groups(groups, speak))


def _groups(groups: list[GroupCount], speak: Speaker) -> str:
    texts = [
        speak("claims.group_counts", letter=one.letter, rival=str(one.rival), full=str(one.full),
               tests=str(one.tests))
        for one in groups
    ]  # fmt: skip
    return speak.joined(texts)


def _of(found: Count, speak: Speaker) -> str:
    return speak("claims.of_tests", passed=str(found.expected), tests=str(found.tests))
