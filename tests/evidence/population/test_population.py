"""A population of municipalities: each is one setting, run as every run is, and read as declared."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from evidence.population.population import (
    CLASSES,
    GRADED,
    MUNICIPALITIES,
    READINGS,
    SizeClass,
    _majority,
    draw_population,
    size_classes,
)
from qsim.engine.prepare import prepare
from qsim.files.messages import InputError
from qsim.runs.execution import run_rows
from qsim.scenario.loading import load_scenario
from qsim.scenario.values import Unknown, month_number
from qsim.world.unknowns import find_unknowns

DATE = month_number("2002-08")
NEVER = "2100-01"
NOTHING = {
    "commissioners[integration].funding[0].posts": 0,
    "commissioners[integration].funding[1].posts": 0,
    "formats[working_group].start": NEVER,
    "formats[network].start": NEVER,
    "formats[training].start": NEVER,
    "concepts[concept].adopted": NEVER,
}
POST = {
    "commissioners[integration].funding[0].posts": 1,
    "commissioners[integration].funding[0].start": "2000-01",
    "commissioners[integration].funding[0].kind": "permanent",
}


def town(**changes):
    return load_scenario("municipality_small", [f"{key}={value}" for key, value in changes.items()])


def population(scenario, count=3, **options):
    return draw_population([SizeClass(scenario, count)], **{"date": DATE, **options})


@pytest.fixture(scope="module")
def towns():
    return population(load_scenario("municipality_small"), 5)


def test_there_are_as_many_as_in_the_survey():
    assert sum(entry.number for entry in size_classes()) == MUNICIPALITIES == 228


def test_every_municipality_is_another_and_the_same_each_time(towns):
    assert list(towns.columns) == [
        "municipality",
        "scenario",
        "departments",
        "staff",
        "posts_filled",
        *GRADED,
        *READINGS,
    ]
    assert list(towns["municipality"]) == [0, 1, 2, 3, 4]
    assert towns["practice"].nunique() == towns["staff"].nunique() == 5
    pd.testing.assert_frame_equal(towns, population(load_scenario("municipality_small"), 5))
    assert set(population(town(), 5, seed=2)["practice"]).isdisjoint(towns["practice"])


def test_a_municipality_keeps_its_setting_whatever_comes_before(towns):
    both = draw_population([SizeClass(load_scenario("municipality_large"), 2), SizeClass(town(), 3)], date=DATE)
    assert list(both["scenario"]) == ["municipality_large"] * 2 + ["municipality_small"] * 3
    pd.testing.assert_frame_equal(both[2:].reset_index(drop=True), towns[2:].reset_index(drop=True))


def test_it_is_the_run_that_others_see(towns):
    result = run_rows(prepare(load_scenario("municipality_small", ["months=8"]), True), [(3, 3)])
    last = result.series.iloc[-1]
    for name in ("commitment", "considered", "practice", "joint_practice", "posts_filled"):
        assert towns[name][3] == last[name]


def test_other_settings_of_the_rules_give_other_municipalities_of_the_same_make(towns):
    fixed = population(load_scenario("municipality_small"), 5, plausible=False)
    assert list(fixed["departments"]) == list(towns["departments"])
    assert set(fixed["practice"][1:]).isdisjoint(towns["practice"])
    assert fixed["practice"][0] == towns["practice"][0], "the first setting is the central one"


def test_progress_is_told_by_municipality():
    told = []
    population(town(), 3, progress=told.append)
    assert told == [1, 1, 1]


@pytest.mark.parametrize("date", ["2001-12", "2012-01"])
def test_a_date_outside_the_run_is_one_line(date):
    with pytest.raises(InputError) as raised:
        population(town(), date=month_number(date))
    assert str(raised.value) == f"--date:  {date} is outside the run of municipality_small, 2002-01 to 2011-12"


def test_nobody_is_no_population():
    with pytest.raises(ValueError, match="nothing to run"):
        population(town(), 0)


@pytest.mark.parametrize(
    ("changes", "yes"),
    [
        ({}, set()),
        (POST, {"unit", "paper_or_structure"}),
        ({"formats[working_group].start": "2001-01"}, {"group", "paper_or_structure"}),
        ({"formats[working_group].start": "2002-09"}, set()),
        ({"formats[training].start": "2001-01"}, set()),
        ({"formats[network].start": "2001-01"}, set()),
        ({"concepts[concept].adopted": "2001-01", "leaders[mayor].support": -0.9}, {"paper", "paper_or_structure"}),
        ({"concepts[concept].adopted": "2002-08", "leaders[mayor].support": 0.9},
         {"paper", "paper_or_structure", "paper_and_mayor"}),
        ({"concepts[concept].adopted": "2001-01", "formats[working_group].start": "2001-01", "leaders[mayor].support": -0.9},
         {"paper", "group", "paper_or_structure", "paper_and_structure"}),
    ],
)  # fmt: skip
def test_who_would_say_yes(changes, yes):
    scenario = town(**(NOTHING | changes))
    for _, row in population(scenario, 2).iterrows():
        assert {name for name in READINGS if row[name]} == yes


def test_zero_posts_are_no_commissioner():
    scenario = town(**NOTHING)
    without = scenario.model_copy(update={"commissioners": (), "formats": ()})
    columns = ["considered", "practice", "joint_practice", "belief", "majority"]
    pd.testing.assert_frame_equal(population(scenario)[columns], population(without)[columns])
    assert (population(scenario)["posts_filled"] == 0).all()


@pytest.mark.parametrize(
    ("considered", "weight", "level"),
    [([0.1, 0.9, 0.5], [0.4, 0.2, 0.4], 0.5), ([0.1, 0.9, 0.5], [0.2, 0.5, 0.3], 0.9), ([0.3], [1.0], 0.3),
     ([0.8, 0.7, 0.2], [0.0, 0.4, 0.6], 0.2)],
)  # fmt: skip
def test_what_the_majority_considers(considered, weight, level):
    stances = np.zeros((len(weight), 1), dtype=[("considered", float), ("weight", float)])
    stances["considered"][:, 0], stances["weight"][:, 0] = considered, weight
    assert _majority(SimpleNamespace(stances=stances, tasks=np.zeros(1))) == level


@pytest.mark.parametrize("name", CLASSES)
def test_a_size_only_narrows_what_a_municipality_can_be(name):
    whole = dict(find_unknowns(load_scenario("municipality")))
    part = dict(find_unknowns(load_scenario(name)))
    assert part.keys() == whole.keys()
    for key, found in part.items():
        if isinstance(found.between, tuple):
            low, high = whole[key].between
            assert low <= found.between[0] < found.between[1] <= high, key
        else:
            assert set(found.one_of) <= set(whole[key].one_of), key
    differing = {key for key, found in part.items() if found != whole[key]}
    assert {"administration.departments", "administration.staff"} < differing
    assert all("posts" in key or key.startswith("administration.") for key in differing)


def test_concepts_are_as_frequent_as_in_the_survey():
    (concept,) = load_scenario("municipality").concepts
    assert isinstance(concept.adopted, Unknown)
    dates = [date for date in concept.adopted.one_of if date < month_number("2012-01")]
    assert len(dates) / len(concept.adopted.one_of) == pytest.approx(0.531, abs=0.02)
    assert sum(date >= month_number("2005-01") for date in dates) / len(dates) == pytest.approx(0.75, abs=0.05)
