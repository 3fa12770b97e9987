from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.measures.catalogue import CONSTRAINTS
from qsim.present.text.summary import binding_shares, by_month, run_summary, spread
from qsim.present.words.speaker import Speaker

MISSING = ["implementation_gap", "need_gap", "commitment", "practice", "joint_practice", "constraint_time"]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.])\s(?=[A-ZÄÖÜ])", text)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_summary_has_three_to_seven_sentences(result: Any, language: Any) -> None:
    text = run_summary(result, Speaker(language))
    assert 3 <= len(sentences(text)) <= 7
    assert "nan" not in text
    assert "{" not in text


def test_a_summary_says_what_the_tables_hold(result: Any) -> None:
    text = run_summary(result, Speaker("en"))
    for stage in ("commitment", "considered", "practice", "joint_practice"):
        assert f"{100 * result.runs[stage].mean():.1f}%" in text
    end = result.series.groupby("month")["implementation_gap"].mean().iloc[-1]
    assert f"is {100 * end:.1f}% at the end" in text
    assert "39,530" not in text
    assert "40,000 hours" in text
    assert "departments 79%, commissioners 18% and civil society 2%" in text


def test_a_summary_speaks_of_a_model_and_never_of_a_forecast(result: Any) -> None:
    assert run_summary(result, Speaker("de")).startswith("In diesem Modell")
    assert run_summary(result, Speaker("en")).startswith("In this model")
    for word in ("wird", "werden", "will", "forecast", "Prognose", "predict"):
        assert not re.search(rf"\b{word}\b", run_summary(result, Speaker("de")) + run_summary(result, Speaker("en")))


def test_the_constraint_that_holds_back_most_is_named(result: Any) -> None:
    shares = np.tile([0.1, 0.2, 0.6, 0.05, 0.05], (len(result.series), 1))
    result.series[[f"constraint_{name}" for name in CONSTRAINTS]] = shares
    assert "fehlende Zeit (60\N{NO-BREAK SPACE}% des ungedeckten Bedarfs)" in run_summary(result, Speaker("de"))
    assert "a lack of time (60% of the unmet need), followed by a lack of knowledge (20%)" in run_summary(
        result, Speaker("en")
    )


def test_months_count_by_their_unmet_need() -> None:
    series = pd.DataFrame({"need_gap": [0.9, 0.1, 0.0, np.nan]})
    for name in CONSTRAINTS:
        series[f"constraint_{name}"] = [float(name == "time"), float(name == "knowledge"), 0.0, np.nan]
    shares = binding_shares(series, "constraint", CONSTRAINTS)
    assert shares.index[0] == "time"
    assert shares["time"] == pytest.approx(0.9)
    assert shares["knowledge"] == pytest.approx(0.1)


def test_without_need_nothing_holds_back(result: Any) -> None:
    result.series["need_gap"] = np.nan
    assert "The need is met" in run_summary(result, Speaker("en"))


def test_without_promise_there_is_no_gap(result: Any) -> None:
    result.series["implementation_gap"] = 0.0
    assert "what has been promised is done" in run_summary(result, Speaker("en"))
    result.series["commitment"] = 0.0
    assert "hardly anything has been promised" in run_summary(result, Speaker("en"))


def test_without_an_end_of_funding_nothing_is_said_of_it(result: Any) -> None:
    assert "Förderung" in run_summary(result, Speaker("de"))
    for months in (0, 12, 24, 60):
        result.runs[f"practice_after_funding_{months}"] = np.nan
    assert "Förderung" not in run_summary(result, Speaker("de"))


def test_funding_that_ends_in_some_runs_says_in_how_many(result: Any) -> None:
    result.runs.loc[3:, "practice_after_funding_0"] = np.nan
    assert "(in 3 runs)" in run_summary(result, Speaker("en"))
    result.runs.loc[1:, "practice_after_funding_0"] = np.nan
    assert "(in einem Lauf)" in run_summary(result, Speaker("de"))


def test_without_hours_that_is_said(result: Any) -> None:
    result.ledger = result.ledger.iloc[:0]
    assert "No hours are spent" in run_summary(result, Speaker("en"))


def test_one_run_has_no_range(make: Callable[..., Any]) -> None:
    assert "80%" not in run_summary(make(runs=1), Speaker("en"))


@settings(max_examples=20, deadline=None)
@given(
    runs=st.integers(1, 3),
    months=st.sampled_from([1, 2, 13]),
    missing=st.sets(st.sampled_from(MISSING)),
    language=st.sampled_from(["de", "en"]),
)
def test_any_result_can_be_told(
    make: Callable[..., Any], runs: int, months: int, missing: set[str], language: Any
) -> None:
    result = make(runs=runs, months=months)
    for column in missing:
        result.series[column] = np.nan
        if column in result.runs:
            result.runs[column] = np.nan
    text = run_summary(result, Speaker(language))
    assert 3 <= len(sentences(text)) <= 7
    assert not re.search(r"\bnan\b", text)


def test_a_spread_leaves_out_what_is_missing() -> None:
    value = spread([np.nan, 1.0, 3.0])
    assert (value.mean, value.runs) == (2.0, 2)
    assert (value.low, value.high) == pytest.approx((1.2, 2.8))
    assert spread([np.nan]).runs == 0


def test_by_month_keeps_months_in_which_nothing_is_known(make: Callable[..., Any]) -> None:
    series = make(runs=3, months=5).series
    series["practice"] = np.nan
    months, values = by_month(series, "practice")
    assert values.shape == (3, 5)
    assert len(months) == 5


def test_a_summary_tells_luck_from_unsure_assumptions_unless_these_are_fixed(result: Any) -> None:
    settings = np.arange(len(result.runs)) // 5
    result.runs["joint_practice"] = 0.3 + 0.1 * (settings % 2)
    assert "0% is luck, and 100% comes from unsure assumptions" in run_summary(result, Speaker("en"))
    assert "zu 0\xa0% Zufall" in run_summary(result, Speaker("de"))
    result.prepared.plausible = False
    assert "luck" not in run_summary(result, Speaker("en"))
