"""The claims ledger for the terminal: a table a group of statements, contradictions with their rule, and the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qsim.claims.results import ClaimResult, Count, summary
from qsim.claims.statements import all_groups
from qsim.mechanisms.month import MONTH
from qsim.present.text.tables import new_table
from qsim.present.text.units import digits, shown_value
from qsim.present.words.speaker import Speaker
from qsim.runs.readings import MEASURES

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

VARIANTS = ("off", "reversed", "scorecard")
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
    for name in ("effect", "interval"):
        table.add_column(speak(f"claims.{name}"), justify="right", no_wrap=True)
    table.add_column(speak("claims.outcome"), no_wrap=True)
    for name in ("settings", "severity", "diagnostic"):
        table.add_column(speak(f"claims.{name}"), justify="center", no_wrap=True)
    for one in records:
        style = {"opposite": "bold", "expected": ""}.get(one.outcome, "dim")
        table.add_row(*_cells(one, speak), style=style)
    return table


def _cells(one: ClaimResult, speak: Speaker) -> list[str]:
    shares = [speak.of_hundred(share["expected"]) for share in one.shares.values()]
    marks = [speak(f"claims.short.{one.severity[name].outcome}") for name in VARIANTS]
    return [
        f"{one.id}\n{speak.label(one.text)}",
        effect_text(one, one.effect, speak),
        interval_text(one, speak),
        outcome_text(one, speak),
        "·".join(shares),
        " ".join(marks),
        speak("claims.yes" if one.diagnostic else "claims.no"),
    ]


def outcome_text(one: ClaimResult, speak: Speaker) -> str:
    """Return the outcome of a test in a word, and whether its worlds do not cost the same although they should."""
    return speak(f"claims.{one.outcome}") + ("" if one.fair else speak("claims.unfair"))


def effect_text(one: ClaimResult, value: float | None, speak: Speaker) -> str:
    """Return an effect in the unit of its measure as it is shown, with its sign; a share of runs as percent."""
    return speak.decimal(_shown(one, value), _digits(one), signed=one.kind != "existence")


def interval_text(one: ClaimResult, speak: Speaker) -> str:
    """Return the interval of an effect."""
    ends = _shown(one, one.low), _shown(one, one.high)
    return speak.number_range(*ends, _digits(one), signed=one.kind != "existence")


def _shown(one: ClaimResult, value: float | None) -> float:
    if value is None:
        return float("nan")
    return 100.0 * value if one.kind == "existence" else shown_value(value, MEASURES[one.measure])


def _digits(one: ClaimResult) -> int:
    if one.kind == "existence":
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


def summary_lines(records: Sequence[ClaimResult], speak: Speaker) -> list[str]:
    """Return what the ledger adds up to, a sentence each."""
    return [*_summary_lines(records, speak)]


def _summary_lines(records: Sequence[ClaimResult], speak: Speaker) -> Iterator[str]:
    found = summary(records)
    yield speak("claims.diagnostic_counts", **_counts(found.diagnostic, speak))
    yield speak("claims.calibration_counts", **_counts(found.not_held_out, speak))
    yield speak("claims.held_out_counts", **_counts(found.held_out, speak))
    yield speak("claims.every_counts", **_counts(found.every, speak))
    said = {"passed": str(found.passed_by_scorecard), "said": str(found.scorecard_says)}
    yield speak("claims.scorecard_counts", **said)
    yield speak("claims.discovery", discovered=str(found.discovered), clusters=str(found.clusters))


def _counts(found: Count, speak: Speaker) -> dict[str, str]:
    numbers = {
        name: str(getattr(found, name)) for name in ("tests", "expected", "negligible", "opposite", "unresolved")
    }
    shares = {"share": speak.percent(found.expected_share), "against": speak.percent(found.opposite_share)}
    return numbers | shares
