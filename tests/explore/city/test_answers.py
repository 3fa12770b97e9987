"""From answers to a scenario: whatever the answers, a right file; the house of the page is that of the model."""

from itertools import pairwise

import pytest

import qsim
from qsim.scenario.house import build_house
from qsim.scenario.values import Unknown
from trial_city import applied, drawn_answers

START = {"start": "2026-11", "lang": "de"}
NEWCOMER = {
    **START,
    "name": "Musterstadt",
    "inhabitants": 55000,
    "offices": [{"id": name} for name in (
        "main_office", "treasury", "public_order", "planning", "social_services", "schools", "registry", "personnel",
        "building_management", "civil_engineering", "youth", "municipal_works", "green_spaces", "fire_service", "culture",
        "environment", "building_regulation", "legal")],
    "task": "climate",
    "posts": 0.75,
    "term": "fixed",
    "since": "2026-01",
    "duration": 36,
    "own_share": 30,
    "council": {"since": "2024"},
}  # fmt: skip


def sizes(**answers):
    [done] = applied({**START, **answers})
    return done["scenario"]["administration"]


def settled(scenario):
    """Return a scenario whose number of departments is the middle of its range, rounded as the page does."""
    size = scenario.administration.departments
    if isinstance(size, Unknown):
        low, high = size.between
        size = int((low + high) / 2 + 0.5)
    return scenario.model_copy(
        update={"administration": scenario.administration.model_copy(update={"departments": int(size)})}
    )


def plain(value):
    return list(value.between) if isinstance(value, Unknown) else value


def assert_same_house(done, scenario):
    house = build_house(settled(scenario))
    ids = [division.id for division in house.divisions]
    found = {office["id"]: office for office in done["offices"]}
    assert list(found) == [department.id for department in house.departments]
    for department in house.departments:
        office = found[department.id]
        assert office["label"] == department.label.model_dump()
        assert office["division"] == ids[department.division]
        assert office["weight"] == pytest.approx(department.staff_weight, abs=1e-9)
        for own, shared in zip(office["relevance"], department.relevance, strict=True):
            own = own["between"] if isinstance(own, dict) else own
            assert own == pytest.approx(plain(shared), abs=1e-9)


@pytest.mark.parametrize(("known", "hostile"), [(0.6, 0.0), (1.0, 0.0), (0.3, 0.5)])
def test_whatever_the_answers_the_file_is_right_and_the_house_is_that_of_the_model(load, known, hostile):
    cases = [drawn_answers(seed, known, hostile) for seed in range(25)]
    for done in applied(*cases):
        scenario = load(done["text"])
        assert done["untouched"]
        assert_same_house(done, scenario)


@pytest.mark.parametrize("inhabitants", [None, 500, 2000, 20000, 99999, 1500000, 2000000])
def test_nothing_known_but_the_size(load, inhabitants):
    [done] = applied({**START, **({} if inhabitants is None else {"inhabitants": inhabitants})})
    scenario = load(done["text"])
    assert_same_house(done, scenario)
    assert isinstance(scenario.administration.staff, Unknown)
    assert isinstance(scenario.commissioners[0].position, Unknown)
    assert isinstance(scenario.commissioners[0].funding[0].posts, Unknown)
    assert len(scenario.formats) == 6
    assert all(isinstance(entry.start, Unknown) for entry in scenario.formats)
    assert scenario.tasks[0].kind == "other"


def test_the_town_of_a_newcomer(load):
    [done] = applied(NEWCOMER)
    scenario = load(done["text"])
    assert len(build_house(scenario).departments) == 18
    [phase] = scenario.commissioners[0].funding
    assert (phase.posts, phase.kind, phase.duration_months, phase.own_share) == (0.75, "fixed", 36, 0.3)
    [council] = [entry for entry in scenario.formats if entry.id == "advisory_council"]
    assert [value // 12 for value in council.start.between] == [2024, 2024]
    assert done["view"]["unit"] == {"place": "open"}
    assert scenario.label.de == "Musterstadt"


def test_figures_follow_their_sources():
    assert sizes(inhabitants=100000)["departments"] == {"between": [20, 25]}
    assert sizes(inhabitants=225000)["departments"] == {"between": [25, 35]}
    assert len(sizes(inhabitants=100000)["divisions"]) in (4, 5)
    assert len(sizes(inhabitants=225000)["divisions"]) in (5, 6)
    assert sizes(inhabitants=100000)["staff"] == {"between": [320, 780]}
    assert sizes(employees=1000)["staff"] == {"between": [400, 600]}
    assert sizes(employees=1000, inhabitants=55000, staff=512)["staff"] == 512
    assert sizes()["departments"] == {"between": [5, 40]}


def test_more_inhabitants_never_mean_less():
    steps = [round(500 * 1.3**power) for power in range(32)]
    found = [
        done["scenario"]["administration"] for done in applied(*[{**START, "inhabitants": step} for step in steps])
    ]
    for name in ("staff", "departments"):
        ends = [one[name]["between"] if isinstance(one[name], dict) else [one[name]] * 2 for one in found]
        assert all(low <= high for before, after in pairwise(ends) for low, high in zip(before, after, strict=True))
    counts = [len(one["divisions"]) for one in found]
    assert counts == sorted(counts)


def test_what_is_not_asked_changes_nothing():
    [without, with_it] = applied(
        START, {**START, "duration": 12, "own_share": 5, "concept_since": "2001", "task_name": "X"}
    )
    assert without["scenario"] == with_it["scenario"]


def test_no_means_no(load):
    kinds = ("working_group", "steering_circle", "network", "council", "training", "checklist")
    [done] = applied({**START, **dict.fromkeys(kinds, False), "concept": "none", "posts": 0})
    scenario = load(done["text"])
    assert scenario.formats == scenario.concepts == ()
    assert done["view"]["unit"] == {"place": "none"}


def test_language_changes_reasons_only(load):
    one, other = (load(done["text"], "city") for done in applied(START, {**START, "lang": "en"}))
    assert one.model_dump(exclude={"administration"}) != other.model_dump(exclude={"administration"})

    def bare(value):
        if isinstance(value, dict):
            return {key: bare(each) for key, each in value.items() if key != "reason"}
        return [bare(each) for each in value] if isinstance(value, (list, tuple)) else value

    assert bare(one.model_dump()) == bare(other.model_dump())


def test_a_saved_file_gives_back_its_answers():
    cases = [drawn_answers(seed, 0.7) for seed in range(20)]
    again = applied(*[done["found"] for done in applied(*cases)])
    assert [done["scenario"] for done in again] == [done["scenario"] for done in applied(*cases)]


@pytest.mark.parametrize(
    "answers", [START, {**START, "inhabitants": 2000}, NEWCOMER], ids=["unknown", "small", "newcomer"]
)
def test_the_model_runs_it(load, answers):
    [done] = applied(answers)
    scenario = load(done["text"]).model_copy(update={"months": 12})
    runs = qsim.simulate(scenario, replications=4, seed=1).runs
    assert len(runs) == 4
    assert runs["practice"].between(0, 1).all()
