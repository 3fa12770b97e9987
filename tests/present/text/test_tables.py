"""The table of a profile: times, shares and sums in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from rich.console import Console, RenderableType

from qsim.engine.profile import Profile
from qsim.mechanisms.month import NAMES
from qsim.present.text.explained import department_constraints_table, period_constraints_table, period_labels
from qsim.present.text.tables import ledger_table, outcomes_table, profile_table
from qsim.present.words.speaker import Speaker
from qsim.scenario.loading import load_scenario

TABLES = [outcomes_table, ledger_table, department_constraints_table, period_constraints_table]


def printed(table: RenderableType, width: int = 80) -> str:
    console = Console(width=width, color_system="truecolor", force_terminal=True, no_color=True)
    with console.capture() as captured:
        console.print(table)
    return re.sub(r"\x1b\[[0-9;]*m", "", captured.get())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_tables_fit_80_columns_without_cutting(result: Any, table: Callable[..., Any], language: str) -> None:
    text = printed(table(result, Speaker(language)))
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text
    assert "nan" not in text


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_tables_have_no_colour_of_their_own(result: Any, table: Callable[..., Any]) -> None:
    console = Console(width=80, color_system="truecolor", force_terminal=True)
    with console.capture() as captured:
        console.print(table(result, Speaker("en")))
    assert not re.search(r"\x1b\[[0-9;]*(3[0-9]|4[0-9]|9[0-7])[0-9;]*m", captured.get())


def test_outcomes_show_mean_and_range(result: Any) -> None:
    text = printed(outcomes_table(result, Speaker("de")))
    practice = result.runs["practice"]
    mean, low, high = (
        f"{100 * value:.1f}".replace(".", ",")
        for value in (practice.mean(), practice.quantile(0.1), practice.quantile(0.9))
    )
    assert re.search(rf"Umgesetzt \(%\) +{mean} +{low} bis {high}", text)
    assert "40 Läufe" in text


def test_outcomes_that_do_not_exist_are_left_out(result: Any) -> None:
    assert "at the end of funding" in printed(outcomes_table(result, Speaker("en")))
    result.runs["practice_after_funding_0"] = float("nan")
    assert "at the end of funding" not in printed(outcomes_table(result, Speaker("en")))


def test_it_is_told_in_how_many_settings_runs_lie(make: Callable[..., Any]) -> None:
    assert "10 runs, 5 in each of 2 plausible settings; the range" in printed(
        outcomes_table(make(runs=10), Speaker("en"))
    )
    assert "6 Läufe in 2 plausiblen Annahmen; in der Spanne" in printed(outcomes_table(make(runs=6), Speaker("de")))


def test_one_run_has_no_range(make: Callable[..., Any]) -> None:
    text = printed(outcomes_table(make(runs=1), Speaker("en")))
    assert "10–90" not in text
    assert "One run" in text


def test_the_ledger_adds_up(result: Any) -> None:
    text = printed(ledger_table(result, Speaker("en")))
    assert re.search(r"Work on the task +30,000 +30,000", text)
    assert re.search(r"Total +31,200 +7,300 +130 +900 +39,530", text)
    assert re.search(r"Share +79% +18% +0% +2% +100%", text)


def test_without_hours_the_tables_say_so(result: Any) -> None:
    result.ledger = result.ledger.iloc[:0]
    assert "No hours are spent" in printed(ledger_table(result, Speaker("en")))


def test_departments_come_by_weight_with_their_most_frequent_constraint(result: Any) -> None:
    own = result.departments["department"] == "social_services"
    for name in ("motivation", "knowledge", "joint", "adjusting"):
        result.departments.loc[own, f"constraint_{name}"] = 0.1
    result.departments.loc[own, "constraint_time"] = 0.6
    text = printed(department_constraints_table(result, Speaker("de"), rows=5))
    assert re.search(r"Sozialamt +[0-9]+,[0-9] % +[0-9]+ % +Zeit +60 %", text.replace("\N{NO-BREAK SPACE}", " "))
    weights = [float(weight.replace(",", ".")) for weight in re.findall(r"([0-9]+,[0-9])\N{NO-BREAK SPACE}%", text)]
    assert len(weights) == 5
    assert weights == sorted(weights, reverse=True)


def test_shares_of_a_period_make_up_the_whole(result: Any) -> None:
    text = printed(period_constraints_table(result, Speaker("en")))
    for line in re.findall(r"^ 20[0-9]{2} .*$", text, flags=re.MULTILINE):
        shares = [int(share) for share in re.findall(r"([0-9]+)%", line)]
        assert len(shares) == 6
        assert abs(sum(shares[1:]) - 100) <= 2


@pytest.mark.parametrize(
    ("start", "months", "labels"),
    [
        ("2012-01", 12, ["2012"]),
        ("2012-06", 24, ["2012", "2013", "2014"]),
        ("2010-01", 240, [f"{year}–{year + 1}" for year in range(2010, 2030, 2)]),
        ("2019-01", 600, ["2019", "2020–2029", "2030–2039", "2040–2049", "2050–2059", "2060–2068"]),
    ],
)
def test_periods_are_years_or_more(start: str, months: int, labels: list[str]) -> None:
    dates = pd.Series(pd.date_range(f"{start}-01", periods=months, freq="MS"))
    assert list(dict.fromkeys(period_labels(dates, most=12 if months < 600 else 6))) == labels


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_one_run_of_one_month_prints(make: Callable[..., Any], table: Callable[..., Any]) -> None:
    assert "nan" not in printed(table(make(runs=1, months=1, departments=3), Speaker("de")))


PROFILE = Profile(
    months=100, start=1e-6, rules={name: 1e-6 * i for i, name in enumerate(NAMES)}, measuring=21e-6,
    building=0.5e-3, outcomes=0.5e-3, run=12e-3,
)  # fmt: skip
"""A month of 1 + 78 + 21 microseconds; a run of 0.5 + 10 + 0.5 milliseconds in parts."""


def printed_of_profile_table(language, width=80):
    console = Console(width=width, no_color=True)
    with console.capture() as captured:
        console.print(profile_table(PROFILE, load_scenario("small"), Speaker(language)))
    return re.sub(r"\x1b\[[0-9;]*m", "", captured.get()).replace("\xa0", " ")


def test_shares_are_of_the_month_and_of_the_run():
    text = printed_of_profile_table("en")
    assert re.search(r"Practice +11\.0 +11\.0% +1\.10 +10\.0%", text)
    assert re.search(r"Measuring +21\.0 +21\.0% +2\.10 +19\.1%", text)
    assert re.search(r"Building the world +0\.50 +4\.5%", text)
    assert re.search(r"Total +100\.0 +100\.0% +11\.00 +100\.0%", text)
    assert "takes 12.00 ms as a whole; the parts add up to 92% of" in re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(("language", "heads"), [
    ("en", ["Rule", "µs a month", "Share of month", "ms a run", "Share of run"]),
    ("de", ["Regel", "µs je Monat", "Monatsanteil", "ms je Lauf", "Laufanteil"]),
])  # fmt: skip
def test_every_column_has_a_name_of_its_own(language, heads):
    assert re.split(r"  +", printed_of_profile_table(language).splitlines()[2].strip()) == heads


def test_german_as_people_read_it():
    text = printed_of_profile_table("de")
    assert re.search(r"Praxis +11,0 +11,0 % +1,10 +10,0 %", text)
    assert "Kleine" in text.splitlines()[0]
    assert "µs je Monat" in text


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_fits_80_columns_without_cutting(language):
    text = printed_of_profile_table(language)
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text
    assert len(re.findall(r"^ \S.*\d", text, re.MULTILINE)) == 1 + len(NAMES) + 1 + 2 + 1
