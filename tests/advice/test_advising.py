"""Advice on a small city: what it says, that it does not depend on threads, and that its numbers are those of other commands."""

import json

import numpy as np
import pytest

import qsim
from qsim.advice.advising import advise
from qsim.advice.applying import with_levers
from qsim.advice.choosing import Effort
from qsim.advice.library import load_library
from qsim.advice.offer import Budget, offer_of
from qsim.advice.table import Table
from qsim.files.messages import InputError
from qsim.measures.catalogue import COLUMN
from qsim.runs.to_json import to_json

MEASURES = ("working_circle", "training_few", "checklist", "advisory_council")
SMALL = Effort(runs=50, side=16, most=800, shown=3)
SEARCH = Effort(few=4, looks=16, look_settings=4, proposals=6, side_looks=4, runs=20, side=8, most=200, shown=3)


@pytest.fixture(scope="module")
def town():
    return qsim.load_scenario("small", ["months=36", "administration.departments=8"])


@pytest.fixture(scope="module")
def found(town):
    return advise(town, Budget(20_000), only=MEASURES, effort=SMALL, workers=1)


def test_the_best_are_affordable_and_told_apart(found):
    assert (found.compared, found.affordable) == (14, 14)
    assert 1 <= len(found.best) <= 3
    assert found.group >= len(found.best)
    for one in found.best:
        assert one.affordable
        assert one.a_year.high <= 20_000
        assert one.once.high <= 20_000
        assert one.effect.low <= one.effect.mean <= one.effect.high
        assert one.effect.worlds == 50
        assert one.level == pytest.approx(found.nothing.level + one.effect.mean)
        assert 0 <= one.robustness.best <= 1
        assert 0 <= one.robustness.regret_90 <= one.robustness.regret_largest
    assert found.recommended.a_year.high == min(one.a_year.high for one in found.best)
    assert found.nothing.effect.mean == 0


def test_levels_hours_and_bottlenecks_are_those_of_run(found, town):
    one = found.recommended
    results = [qsim.simulate(each, 50) for each in (town, with_levers(town, one.ids))]
    levels = [result.runs_columns["joint_practice"].mean() for result in results]
    assert [found.nothing.level, one.level] == pytest.approx(levels, rel=1e-12)
    hours = [result.output.series[:, :, COLUMN["hours_departments"]].sum(axis=1).mean() / 3 for result in results]
    assert one.hours["departments"] == pytest.approx(hours[1] - hours[0])
    from qsim.measures.catalogue import CONSTRAINTS
    from qsim.present.text.summary import shares_of_need

    before, after = (shares_of_need(result.series_columns, "constraint", CONSTRAINTS) for result in results)
    assert one.bottlenecks == pytest.approx({name: after[name] - before[name] for name in CONSTRAINTS})
    assert sum(one.bottlenecks.values()) == pytest.approx(0, abs=1e-12)


def test_single_measures_are_told_by_effect_and_by_euro(found):
    assert {one.ids for one in found.most_effect} <= {(name,) for name in MEASURES}
    effects = [one.effect.mean for one in found.most_effect]
    assert effects == sorted(effects, reverse=True)
    for one in found.most_per_euro:
        assert one.per_10000 == pytest.approx(one.effect.mean / one.mean_a_year.high * 10_000)
    widened = next(one for one in found.most_effect if one.widens is not None)
    assert widened.bottlenecks[widened.widens] == min(widened.bottlenecks.values())


def test_the_curve_rises_from_nothing_to_four_budgets(found):
    curve = found.curve
    assert (curve.points[0].ids, curve.costs[0], curve.limit) == ((), 0, 80_000)
    assert list(curve.costs) == sorted(curve.costs)
    effects = [one.effect.mean for one in curve.points]
    assert effects == sorted(effects)
    assert curve.enough <= curve.limit


@pytest.mark.parametrize("effort", [SMALL, SEARCH], ids=["all", "proposed"])
def test_threads_change_nothing(town, effort):
    asked = {"only": MEASURES, "effort": effort}
    one, two = (to_json(advise(town, Budget(20_000), workers=workers, **asked)) for workers in (1, 2))
    assert json.dumps(one) == json.dumps(two)
    assert (one["affordable"] is None) == (effort is SEARCH)


def test_less_of_a_goal_can_be_better(town):
    found = advise(town, Budget(20_000), only=("working_circle", "training_few"), goal="need_gap", effort=SMALL)
    one = found.recommended
    assert one.effect.mean > 0
    assert one.level == pytest.approx(found.nothing.level - one.effect.mean)


def test_what_was_observed_chooses_the_settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seen.yaml").write_text(
        "kind: scenario\nschema_version: 1\nextends: small\nmonths: 24\n"
        "observed: [{id: done, measure: practice, date: 2020-12, value: 0.2, within: 0.05}]\n", encoding="utf-8")  # fmt: skip
    town = qsim.load_scenario("seen.yaml")
    found = advise(town, Budget(5_000), only=("working_circle",), effort=SMALL)
    assert found.nothing.level == pytest.approx(
        qsim.simulate(town, 50).runs_columns["joint_practice"].mean(), rel=1e-12
    )
    table = Table(offer_of(town, load_library(), Budget(5_000), only=("working_circle",)))
    assert table.settings == len(table.base.fit.settings) < 433
    rows = table.columns(table.settings - 1, 2)
    assert rows == [((table.settings - 1) * 5, table.settings - 1), (1, 0)]


def test_the_search_looks_at_other_worlds_than_the_comparison(town):
    table = Table(offer_of(town, load_library(), Budget(5_000)))
    assert not set(table.last_columns(12)) & {row for column in table.columns(0, 400) for row in [column]}
    assert table.last_columns(1) == [(432 * 5 + 4, 432)]
    assert np.isfinite(table.outcome("practice", [(), ("release",)], table.columns(0, 2))).all()
    assert (table.runs, table.missing([()], table.columns(0, 3))) == (4, 1)


def test_what_a_house_without_a_unit_can_have_needs_one_first():
    offer = offer_of(qsim.load_scenario("no_unit"), load_library(), Budget(200_000))
    needs = {one.id: tuple(one.needs) for one in offer.options}
    assert needs["network"] == ("commissioner",)
    assert needs["training_all"] == ()
    assert ("commissioner", "network") in offer.singles
    reasons = {one.id: one.reason for one in offer.left_out}
    assert reasons["post_e13"] == "the model cannot tell it from post_e11; only their costs differ"
    assert "post_e9c" in {one.id for one in offer_of(
        qsim.load_scenario("small"), load_library(), Budget(200_000), only=["post_e9c"]).options}  # fmt: skip


@pytest.mark.parametrize(
    ("budget", "asked", "lines"),
    [
        (Budget(5_000), {"only": ["half_post_e11"]},
         ["--euro 5000, --once 5000 affords nothing; the cheapest, half_post_e11, costs --euro 60512, --once 0"]),
        (Budget(500_000, posts=0.25), {"only": ["half_post_e11"]},
         ["--euro 500000, --once 500000, --posts 0.25 affords nothing; the cheapest, half_post_e11, costs --euro 60512, "
          "--once 0, --posts 0.5"]),
        (Budget(5_000), {"only": ["checklist"], "without": ["checklist"]}, ["checklist: is asked for and left out"]),
        (Budget(5_000), {"only": ["network", "coordination"]},
         ["network: the scenario has it already: formats[network]", "coordination: no two units share a task"]),
        (Budget(5_000), {"only": ["chekclist"], "without": ["releaze"]},
         ['chekclist: there is no such measure; did you mean "checklist"?',
          'releaze: there is no such measure; did you mean "release"?']),
        (Budget(5_000), {"goal": "practise"}, ['--goal: there is no outcome "practise"; did you mean "practice"?']),
        (Budget(5_000), {"goal": "commitment"},
         ["--goal: commitment cannot be a goal; neither more nor less of it is better"]),
        (Budget(5_000), {"goal": "shock_depth"}, ["--goal: shock_depth cannot be a goal; some runs of small lack it"]),
        (Budget(5_000), {"start": 12 * 2040}, ["--from: 2040-01 is not within the run, 2020-01 to 2029-12"]),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(budget, asked, lines):
    with pytest.raises(InputError) as caught:
        advise("small", budget, **asked)
    assert str(caught.value).splitlines() == lines


def test_what_needs_a_unit_asks_for_it():
    with pytest.raises(InputError, match="network: needs commissioner, which is not among those asked for"):
        advise("no_unit", Budget(200_000), only=["network"])
