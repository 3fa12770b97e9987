"""Rival models: all that they switch off or set exists, and each does what it says."""

from dataclasses import replace

import numpy as np
import pytest

from keyed import get
from qsim.claims.variants import AS_IT_IS, FULL_MODEL, MODELS, models, prepare_variant
from qsim.engine.overrides import all_parameters
from qsim.measures.catalogue import COLUMN
from qsim.mechanisms.month import NAMES
from worlds import BASE, START, city, run_month, run_months, unit

MEETING = {"id": "circle", "tasks": ["integration"], "owner": "unit", "start": "2015-01", "interval_weeks": 4,
           "channels": {"meet": 1, "learn": 1, "tie": 1}}  # fmt: skip
PAPER = {"id": "concept", "tasks": ["integration"], "adopted": "2015-06", "ambition": 0.9, "concreteness": 0.8}


def series(name, measure, scenario):
    """Return a measure in two runs of a model at the defaults (runs, months)."""
    return (
        prepare_variant(scenario, models()[name], plausible=False)
        .run(1, [(0, 0), (1, 1)])
        .series[:, :, COLUMN[measure]]
    )


def with_administration(**parts):
    return city(administration={"departments": 10, **parts})


def alike(name, first, second, measure="practice"):
    return np.array_equal(series(name, measure, first), series(name, measure, second), equal_nan=True)


def test_there_are_six_and_the_full_model_is_the_model_as_it_is():
    assert list(models()) == [model.name for model in MODELS]
    assert len(set(models().values())) == len(MODELS) == 7
    assert models()[FULL_MODEL] == AS_IT_IS


@pytest.mark.parametrize("rival", MODELS[1:], ids=lambda rival: rival.name)
def test_all_that_is_switched_off_or_set_exists_and_is_changed(rival):
    assert set(rival.off) <= set(NAMES)
    defaults = all_parameters()
    for name, value in rival.parameters.items():
        assert defaults[name.replace(".", "_")].default != value, name
    for key, value in rival.scenario.items():
        first = key.replace("tasks.", "tasks[0].").replace("commissioners.", "commissioners[0].")
        assert get(city(), first) != value, key
    assert rival.off or rival.parameters or rival.scenario
    assert rival.says.de != rival.says.en


@pytest.mark.parametrize("name", models())
def test_every_model_runs(name):
    practice = series(name, "practice", city(formats=[MEETING], concepts=[PAPER]))
    assert np.isfinite(practice).all()
    assert (practice >= 0).all()
    assert (practice <= 1).all()


def test_contacts_at_random_do_not_follow_need_or_requests():
    busy = {
        "administration": {"departments": 60},
        "parameters": {"outreach": {"pull": 0.6}},
        "rules": {"off": ["leadership"]},
    }
    for name, policy in (("random_contacts", 2), (FULL_MODEL, 0)):
        world = prepare_variant(city(**busy), models()[name]).blueprint.world(1, 0)
        assert world.units["policy"].tolist() == [policy]
        asked = 0.0
        for month in range(START, START + 6):
            run_month(world, month)
            asked += world.stances["asked"].sum()
        assert (asked > 0.0) == (name == FULL_MODEL)
    # leaders judge by how much of the need is met, so without them need acts by the order of contacts alone
    little, much = (city(**busy, tasks=[{**BASE["tasks"][0], "need": need}]) for need in (0.2, 0.9))
    assert alike("random_contacts", little, much, "knowledge")
    assert not alike(FULL_MODEL, little, much, "knowledge")


def test_without_ties_none_is_there_and_none_grows():
    for name, least in (("no_ties", 0.0), (FULL_MODEL, 0.3)):
        world = prepare_variant(city(formats=[MEETING]), models()[name]).blueprint.world(1, 0)
        run_months(world, 24)
        assert world.tie_first[-1] > 0
        strongest = max(world.ties["strength"].max(), world.ties["agreed"].max())
        assert strongest == 0.0 if least == 0.0 else strongest > least, name


def test_without_hierarchy_the_place_of_a_unit_costs_no_hours():
    flat, steep = with_administration(hierarchy=0.1), with_administration(hierarchy=0.9)
    assert alike("no_hierarchy", flat, steep, "joint_practice")
    assert alike("no_hierarchy", flat, steep, "coverage")
    assert not alike(FULL_MODEL, flat, steep, "joint_practice")


def test_with_overload_only_practice_follows_time_and_nothing_else():
    open_house, closed = with_administration(communication_culture=0.8), with_administration(communication_culture=0.2)
    knowing = city(tasks=[{**BASE["tasks"][0], "knowledge": 0.6}])
    assert alike("overload_only", open_house, closed)
    assert alike("overload_only", city(), knowing)
    assert alike("overload_only", city(), with_administration(turnover_per_year=0.4))
    assert alike("overload_only", city(), city(concepts=[PAPER]))
    assert alike("overload_only", city(), city(leaders=[{"id": "mayor", "kind": "mayor", "support": -0.9}]))
    free, busy = (series("overload_only", "practice", with_administration(workload=load)) for load in (0.8, 1.2))
    assert (free[:, -1] > busy[:, -1] + 0.1).all()


def test_with_culture_only_practice_follows_openness_and_nothing_else():
    assert alike("culture_only", with_administration(workload=0.8), with_administration(workload=1.2))
    assert alike("culture_only", city(), city(tasks=[{**BASE["tasks"][0], "knowledge": 0.6}]))
    assert alike("culture_only", city(), city(concepts=[PAPER]))
    assert alike("culture_only", city(), with_administration(turnover_per_year=0.4))
    open_house, closed = (
        series("culture_only", "practice", with_administration(communication_culture=culture)) for culture in (0.8, 0.2)
    )
    assert (open_house[:, -1] > closed[:, -1] + 0.1).all()


@pytest.mark.parametrize(("name", "rule"), [("overload_only", "workload"), ("culture_only", "openness")])
def test_where_the_one_thing_that_counts_stands_still_nothing_else_moves_practice(name, rule):
    held = replace(models()[name], off=(*models()[name].off, rule))
    others = (city(leaders=[{"id": "mayor", "kind": "mayor", "support": 0.9, "demands": 0.1}]),
              city(leaders=[{"id": "mayor", "kind": "mayor", "support": -0.9, "demands": 0.1}]),
              city(commissioners=[unit(knowledge=0.1)]), city(formats=[MEETING]), city(concepts=[PAPER]))  # fmt: skip
    first, *rest = (
        prepare_variant(scenario, held).run(1, [(0, 0)]).series[0, :, COLUMN["practice"]]
        for scenario in (city(), *others)
    )
    for practice in rest:
        assert np.array_equal(first, practice)


def test_with_decoupling_only_paper_is_adopted_and_practice_stays():
    scenario = city(concepts=[PAPER], commissioners=[unit()])
    practice, paper = (series("decoupling_only", measure, scenario) for measure in ("practice", "commitment"))
    assert (practice == practice[:, :1]).all()
    assert (paper[:, 0] == 0).all()
    assert (paper[:, -1] > 0.5).all()
    assert not (series(FULL_MODEL, "practice", scenario)[:, -1] == practice[:, -1]).any()
