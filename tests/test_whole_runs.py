"""Whole runs of the scenarios that come with qsim, in small administrations: they keep their bounds and their numbers.

The same tests run compiled, and as plain Python with ``NUMBA_DISABLE_JIT=1`` (``make test-uncompiled``, ``make coverage``).
"""

import numba
import numpy as np
import pytest

from qsim.measures.catalogue import OUTCOMES, SERIES
from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario

pytestmark = pytest.mark.whole_runs

SCENARIOS = (
    "funding_24", "halle", "instruments_36", "no_unit", "position_deputy_mayor", "position_section", "remscheid",
    "shock_position_line_unit", "shock_position_staff_unit_with_head", "two_units",
)  # fmt: skip
UNCOMPILED = ("funding_24", "shock_position_staff_unit_with_head")
"""As plain Python they take minutes; what the others add is in tests/reference/test_rich_worlds.py."""
ROUNDING = 1e-9
RANGES = {"share": (0.0, 1.0), "signed share": (-1.0, 1.0)}


@pytest.fixture(scope="module", params=UNCOMPILED if numba.config.DISABLE_JIT else SCENARIOS)
def result(request):
    scenario = load_scenario(request.param, ["administration.departments=8"])
    return simulate(scenario, replicates=[3, 4], seed=2, workers=1)


def test_measures_stay_in_their_ranges(result):
    for measure in SERIES:
        values = result.series[measure.name].dropna()
        low, high = RANGES.get(measure.unit, (0.0, np.inf))
        assert values.between(low - ROUNDING, high + ROUNDING).all(), measure.name


def test_something_is_measured_every_month(result):
    assert len(result.series) == 2 * result.scenario.months
    assert (
        not result.series[["commitment", "practice", "joint_practice", "knowledge", "workload"]].isna().any(axis=None)
    )
    assert result.series["practice"].nunique() > result.scenario.months


def test_what_is_done_jointly_is_done(result):
    assert (result.series["joint_practice"] <= result.series["practice"] + ROUNDING).all()
    assert (result.series["practice"] <= result.series["considered"] + ROUNDING).all()


def test_outcomes_are_means_of_the_last_year(result):
    last = result.series.groupby("replicate").tail(12).groupby(result.series["replicate"])
    for measure in OUTCOMES:
        if measure.name in ("practice", "joint_practice", "knowledge", "workload"):
            assert result.runs[measure.name].to_numpy() == pytest.approx(last[measure.name].mean().to_numpy())


def test_a_run_alone_is_the_same_run(result):
    alone = simulate(result.scenario, replicates=[4], seed=2, workers=1)
    assert alone.output.series[0].tobytes() == result.output.series[1].tobytes()
