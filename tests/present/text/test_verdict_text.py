from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from qsim.comparison.verdict import Comparison, OutcomeComparison, judge
from qsim.measures.catalogue import OUTCOMES
from qsim.present.text.tables import comparison_table
from qsim.present.text.verdict import verdict_name, verdict_text
from qsim.present.words.speaker import Speaker

MEASURES = {measure.name: measure for measure in OUTCOMES}


def row(name: str, difference: float, half: float = 0.01, worlds: float = 0.93, **changes: Any) -> OutcomeComparison:
    measure = MEASURES[name]
    values: dict[str, Any] = {
        "measure": measure,
        "levels": (0.2, 0.2 + difference),
        "difference": difference,
        "low": difference - half,
        "high": difference + half,
        "share_worlds": worlds,
        "share_settings": worlds,
        "smallest_relevant": measure.smallest_relevant or math.nan,
    }
    return OutcomeComparison(**values | changes)


@pytest.fixture
def compared(make: Any) -> Any:
    scenarios = (make(runs=1, months=1, label="Ohne").scenario, make(runs=1, months=1, label="Mit").scenario)

    def build(primary: OutcomeComparison, *others: OutcomeComparison, settings: int = 100) -> Comparison:
        verdict, better = judge(primary, others)
        rows = {one.measure.name: one for one in (primary, *others)}
        return Comparison(scenarios, primary.measure.name, verdict, better, 500, settings, 2.0, 0.95, rows)

    return build


def test_clearly_better_says_by_how_much_and_how_often(compared: Any) -> None:
    comparison = compared(row("joint_practice", 0.05))
    assert verdict_name(comparison, Speaker("de")) == "klar besser"
    assert verdict_text(comparison, Speaker("de")) == (
        "„Mit“ ist klar besser als „Ohne“, in 93 von 100 Zwillingswelten (Zufall) und in 93 von 100 plausiblen Annahmen "
        "(Nichtwissen): Gemeinsam umgesetzt +5,0 Prozentpunkte (95-%-Intervall +4,0 bis +6,0)."
    )
    assert verdict_text(comparison, Speaker("en")) == (
        "“Mit” is clearly better than “Ohne”, in 93 of 100 twin worlds (luck) and in 93 of 100 plausible settings "
        "(unsure assumptions): Done jointly +5.0 percentage points (95% interval +4.0 to +6.0)."
    )


def test_where_the_first_is_better_differences_are_those_of_the_second_all_the_same(compared: Any) -> None:
    text = verdict_text(compared(row("joint_practice", -0.05, worlds=0.04)), Speaker("en"))
    assert text.startswith("“Ohne” is clearly better than “Mit”, in 96 of 100 twin worlds")
    assert "Done jointly in “Mit” against “Ohne” −5.0 percentage points (95% interval −6.0 to −4.0)" in text


def test_less_of_what_is_bad_is_better(compared: Any) -> None:
    text = verdict_text(compared(row("implementation_gap", -0.05, worlds=0.04)), Speaker("en"))
    assert text.startswith("“Mit” is clearly better than “Ohne”, in 96 of 100 twin worlds")
    assert "−5.0 percentage points (95% interval −6.0 to −4.0)" in text


def test_probably_better_says_that_it_may_not_matter(compared: Any) -> None:
    comparison = compared(row("joint_practice", 0.015))
    assert verdict_name(comparison, Speaker("en")) == "probably better"
    assert "may be less than the smallest relevant one (1.25 percentage points)" in verdict_text(
        comparison, Speaker("en")
    )
    assert "may be less" not in verdict_text(compared(row("joint_practice", 0.05, share_settings=0.8)), Speaker("en"))


def test_equal_names_the_smallest_relevant_difference(compared: Any) -> None:
    text = verdict_text(compared(row("joint_practice", -0.001, half=0.002, worlds=0.4)), Speaker("de"))
    assert text.startswith("„Ohne“ und „Mit“ sind praktisch gleich")
    assert "(1,25 Prozentpunkte)" in text
    assert "„Ohne“ liegt in 60 von 100" in text


def test_twins_that_never_differ_are_said_to_be_equal(compared: Any) -> None:
    same = compared(row("joint_practice", 0.0, half=0.0, worlds=0.5))
    assert (verdict_name(same, Speaker("de")), verdict_name(same, Speaker("en"))) == ("gleich", "equal")
    text = verdict_text(same, Speaker("en"))
    assert "are equal" in text
    assert "of 100" not in text


def test_undecided_asks_for_more(compared: Any) -> None:
    comparison = compared(row("joint_practice", 0.01, half=0.05, worlds=0.6))
    assert verdict_name(comparison, Speaker("de")) == "unentschieden"
    assert "mehr Läufe oder mehr Wissen" in verdict_text(comparison, Speaker("de"))
    split = compared(row("joint_practice", 0.05, worlds=0.6))
    assert verdict_name(split, Speaker("de")) == "unentschieden"
    assert "mal das eine, mal das andere" in verdict_text(split, Speaker("de"))
    assert "mehr Läufe" not in verdict_text(split, Speaker("de"))


def test_a_trade_off_names_what_gets_worse(compared: Any) -> None:
    comparison = compared(row("joint_practice", 0.05), row("need_gap", 0.2), row("openness", -0.2))
    assert verdict_name(comparison, Speaker("en")) == "trade-off"
    assert "clearly worse in: Gap to need." in verdict_text(comparison, Speaker("en"))


def test_without_settings_only_luck_is_told(compared: Any) -> None:
    text = verdict_text(compared(row("joint_practice", 0.05, share_settings=0.95), settings=1), Speaker("en"))
    assert "twin worlds" in text
    assert "settings" not in text


def test_an_outcome_that_is_missing_decides_nothing(compared: Any) -> None:
    nothing = {"low": math.nan, "high": math.nan, "share_worlds": math.nan, "share_settings": math.nan}
    text = verdict_text(compared(row("joint_practice", math.nan, **nothing)), Speaker("en"))
    assert "these runs do not have the outcome" in text


def test_a_difference_without_interval_is_told_without_one(compared: Any) -> None:
    text = verdict_text(compared(row("joint_practice", 0.05, low=math.nan, high=math.nan)), Speaker("en"))
    assert "undecided" in text
    assert "interval" not in text


def test_the_deciding_outcome_must_be_there(compared: Any) -> None:
    comparison = compared(row("joint_practice", 0.05))
    broken = replace(comparison, outcome="practice")
    with pytest.raises(KeyError, match="practice"):
        _ = broken.primary


def test_a_comparison_prints_at_80_columns(compared: Any) -> None:
    others = [row("need_gap", 0.2), row("capacity_leadership", 0.001), row("knowledge", 0.0, half=0.0)]
    comparison = compared(row("joint_practice", 0.05), *others)
    console = Console(width=80, no_color=True)
    with console.capture() as captured:
        console.print(comparison_table(comparison, Speaker("de")))
    text = captured.get()
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text
    assert re.search(r"Gemeinsam umgesetzt +20,0 +25,0 +\* \+5,0 +\+4,0 bis \+6,0 +93 +93", text)
    assert re.search(r"Bedarfslücke \(%\) +20,0 +40,0 +\* \+20,0", text)
    assert "gleich" in text
    assert "Transformative" not in text
    assert "1 weiteres Ergebnis" in " ".join(text.split())
    with console.capture() as captured:
        console.print(comparison_table(comparison, Speaker("de"), every=True))
    assert "Transformative" in captured.get()
