"""The claims ledger for the terminal: a table a group of statements, contradictions with their rule, and the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qsim.claims.results import ClaimResult, Count, summary
from qsim.claims.statements import all_groups
from qsim.mechanisms.month import MONTH
from qsim.present.text.claims_words import CLAIMS
from qsim.present.text.numbers import decimal, number_range, of_hundred, percent
from qsim.present.text.tables import new_table
from qsim.present.text.units import digits, shown_value
from qsim.present.words.language import Language
from qsim.present.words.wording import joined
from qsim.runs.readings import MEASURES

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

VARIANTS = ("off", "reversed", "scorecard")
FINE = 0.05
"""Relevant differences below this, in the unit shown, take another digit."""


def claims_tables(records: Sequence[ClaimResult], language: Language) -> list[RenderableType]:
    """Return a table for each group of statements that has results; the last one explains the columns."""
    letters = [letter for letter in all_groups() if any(one.group == letter for one in records)]
    tables = [_table([one for one in records if one.group == letter], letter, language) for letter in letters]
    if tables:
        tables[-1].caption = CLAIMS("note", language)
    return [*tables]


def _table(records: Sequence[ClaimResult], letter: str, language: Language) -> Table:
    group = all_groups()[letter].label.in_language(language)
    table = new_table(CLAIMS("title", language, group=f"{letter} {group}"))
    table.add_column(CLAIMS("claim", language), ratio=1, overflow="fold")
    for name in ("effect", "interval"):
        table.add_column(CLAIMS(name, language), justify="right", no_wrap=True)
    table.add_column(CLAIMS("outcome", language), no_wrap=True)
    for name in ("settings", "severity", "diagnostic"):
        table.add_column(CLAIMS(name, language), justify="center", no_wrap=True)
    for one in records:
        style = {"opposite": "bold", "expected": ""}.get(one.outcome, "dim")
        table.add_row(*_cells(one, language), style=style)
    return table


def _cells(one: ClaimResult, language: Language) -> list[str]:
    shares = [of_hundred(share["expected"], language) for share in one.shares.values()]
    marks = [CLAIMS(f"short.{one.severity[name].outcome}", language) for name in VARIANTS]
    return [
        f"{one.id}\n{one.text.in_language(language)}",
        effect_text(one, one.effect, language),
        interval_text(one, language),
        outcome_text(one, language),
        "·".join(shares),
        " ".join(marks),
        CLAIMS("yes" if one.diagnostic else "no", language),
    ]


def outcome_text(one: ClaimResult, language: Language) -> str:
    """Return the outcome of a test in a word, and whether its worlds do not cost the same although they should."""
    return CLAIMS(one.outcome, language) + ("" if one.fair else CLAIMS("unfair", language))


def effect_text(one: ClaimResult, value: float | None, language: Language) -> str:
    """Return an effect in the unit of its measure as it is shown, with its sign; a share of runs as percent."""
    return decimal(_shown(one, value), language, _digits(one), signed=one.kind != "existence")


def interval_text(one: ClaimResult, language: Language) -> str:
    """Return the interval of an effect."""
    ends = _shown(one, one.low), _shown(one, one.high)
    return number_range(*ends, language, _digits(one), signed=one.kind != "existence")


def _shown(one: ClaimResult, value: float | None) -> float:
    if value is None:
        return float("nan")
    return 100.0 * value if one.kind == "existence" else shown_value(value, MEASURES[one.measure])


def _digits(one: ClaimResult) -> int:
    if one.kind == "existence":
        return 0
    usual = digits(MEASURES[one.measure])
    return usual + 1 if one.relevant and abs(_shown(one, one.relevant)) < FINE else usual


def cause_texts(records: Sequence[ClaimResult], language: Language) -> list[str]:
    """Return a sentence for each contradiction: the rule without which it is smallest, or gone."""
    return [
        CLAIMS("cause", language, claim=one.id, what=cause_text(one, language))
        for one in records
        if one.outcome == "opposite" and one.cause
    ]


def cause_text(one: ClaimResult, language: Language) -> str:
    """Return what is known of the rule behind a contradiction."""
    cause = one.cause
    assert cause is not None
    form = "cause.ends" if cause.ends else "cause.remains"
    effect = effect_text(one, cause.effect, language)
    text = CLAIMS(form, language, rule=_rule_name(cause.rule, language), effect=effect)
    first = CLAIMS("cause.first", language, rule=_rule_name(cause.first, language)) if cause.first else ""
    names = [f"„{name}“" if language == "de" else f"“{name}”"
             for name in (_rule_name(rule, language) for rule in cause.others)]  # fmt: skip
    others = CLAIMS("cause.others", language, rules=joined(names, language)) if names else ""
    return text + others + first


def _rule_name(name: str, language: Language) -> str:
    return next((rule.label_de if language == "de" else rule.label_en for rule in MONTH if rule.name == name), name)


def summary_lines(records: Sequence[ClaimResult], language: Language) -> list[str]:
    """Return what the ledger adds up to, a sentence each."""
    return [*_summary_lines(records, language)]


def _summary_lines(records: Sequence[ClaimResult], language: Language) -> Iterator[str]:
    found = summary(records)
    yield CLAIMS("diagnostic_counts", language, **_counts(found.diagnostic, language))
    yield CLAIMS("calibration_counts", language, **_counts(found.not_held_out, language))
    yield CLAIMS("held_out_counts", language, **_counts(found.held_out, language))
    yield CLAIMS("every_counts", language, **_counts(found.every, language))
    said = {"passed": str(found.passed_by_scorecard), "said": str(found.scorecard_says)}
    yield CLAIMS("scorecard_counts", language, **said)
    yield CLAIMS("discovery", language, discovered=str(found.discovered), clusters=str(found.clusters))


def _counts(found: Count, language: Language) -> dict[str, str]:
    numbers = {
        name: str(getattr(found, name)) for name in ("tests", "expected", "negligible", "opposite", "unresolved")
    }
    shares = {"share": percent(found.expected_share, language), "against": percent(found.opposite_share, language)}
    return numbers | shares
