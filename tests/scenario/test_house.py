"""The administration built from a scenario: any size, nested in larger ones, with the scenario's own departments."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.house import build_house
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import TASK_KINDS
from qsim.scenario.values import Unknown


def scenario(departments=40, kinds=TASK_KINDS, administration=None, **rest):
    return Scenario.model_validate(
        {
            "kind": "scenario",
            "schema_version": 1,
            "label": {"de": "Probe", "en": "Trial"},
            "start": "2020-01",
            "months": 12,
            "administration": {"departments": departments, **(administration or {})},
            "tasks": [{"id": kind, "kind": kind} for kind in kinds],
            **rest,
        }
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 200))
def test_every_size_works_for_all_tasks(size):
    house = build_house(scenario(size))
    assert len(house.departments) == size
    assert len({entry.slot for entry in house.departments}) == size
    assert len({entry.id for entry in house.departments}) == size
    assert {entry.division for entry in house.departments} == set(range(len(house.divisions)))
    assert {chain.task for chain in house.chains} == set(range(len(TASK_KINDS)))
    for chain in house.chains:
        assert len(chain.departments) >= 2
        assert all(0 <= link < size for link in chain.departments)
        assert all(one != other for one, other in zip(chain.departments, chain.departments[1:], strict=False))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 120), st.integers(1, 120))
def test_a_smaller_administration_is_nested_in_a_larger_one(one, other):
    small, large = (build_house(scenario(size)) for size in sorted((one, other)))
    assert {entry.slot for entry in small.departments} <= {entry.slot for entry in large.departments}
    assert {entry.slot for entry in small.leaders} <= {entry.slot for entry in large.leaders}
    assert {entry.slot for entry in small.divisions} <= {entry.slot for entry in large.divisions}


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40))
def test_no_function_and_no_post_is_lost_in_a_small_administration(size):
    house = build_house(scenario(size))
    whole = load_catalogue().departments
    assert sum(entry.breadth for entry in house.departments) == 40
    assert sum(entry.staff_weight for entry in house.departments) == pytest.approx(
        sum(entry.staff_weight for entry in whole)
    )
    for position, kind in enumerate(TASK_KINDS):
        assert sum(entry.staff_weight * entry.relevance[position] for entry in house.departments) == pytest.approx(
            sum(entry.staff_weight * entry.concerns[kind].relevance for entry in whole)
        )
    assert all(house.department_index(entry.id) < size for entry in whole)


def test_full_size_is_the_catalogue():
    house = build_house(scenario(40))
    catalogue = load_catalogue()
    for entry, known in zip(house.departments, catalogue.departments, strict=True):
        assert (entry.slot, entry.id, entry.division) == (known.slot, known.id, known.division)
        assert entry.staff_weight == known.staff_weight
        assert entry.relevance == tuple(known.concerns[kind].relevance for kind in TASK_KINDS)
        assert entry.workload is None
    assert len(house.chains) == len(catalogue.chains)


def test_copies_have_their_own_slots_and_chains():
    house = build_house(scenario(100, kinds=("integration",)))
    youth = house.departments[house.department_index("youth_2")]
    assert youth.slot == 11 + 64
    assert youth.label.de == "Jugendamt 2"
    assert len(house.divisions) == 6
    once = build_house(scenario(40, kinds=("integration",))).chains
    assert len(house.chains) == 2 * len(once)  # the third copy is not whole
    assert sum(chain.weight / chain.copies for chain in house.chains) == pytest.approx(
        sum(chain.weight for chain in once)
    )
    second = next(chain for chain in house.chains if chain.id == "family_arrives_2")
    assert {house.departments[link].id for link in second.departments} == {
        f"{name}_2"
        for name in ("immigration", "registry", "housing", "social_services", "health", "daycare", "schools")
    }


def test_leaders_are_mayor_deputy_and_heads():
    house = build_house(scenario(40, leaders=[{"id": "head_social", "kind": "head", "support": 0.5}]))
    assert [leader.kind for leader in house.leaders] == ["mayor", "deputy"] + ["head"] * 6
    assert [leader.slot for leader in house.leaders] == [1, 2, 11, 12, 13, 14, 15, 16]
    assert [leader.division for leader in house.leaders] == [-1, -1, 0, 1, 2, 3, 4, 5]
    assert house.leaders[house.leader_index("head_social")].entry.support == 0.5
    assert house.leaders[house.leader_index("mayor")].entry.support is None


def test_own_departments_override_or_are_added():
    own = [
        {"id": "youth", "label": {"de": "Fachbereich Jugend", "en": "Youth"}, "workload": 1.3, "staff_weight": 4.0},
        {"id": "housing", "tasks": [{"kind": "integration", "relevance": {"between": [0.2, 0.9]}}]},
        {"id": "harbour", "slot": 5000, "division": "works", "tasks": [{"kind": "integration", "relevance": 0.1}]},
    ]
    house = build_house(scenario(10, kinds=("integration",), administration={"own_departments": own}))
    assert len(house.departments) == 10 + 3  # youth and housing stand although they are beyond the first ten
    youth = house.departments[house.department_index("youth")]
    assert (youth.label.de, youth.workload, youth.staff_weight, youth.slot) == ("Fachbereich Jugend", 1.3, 4.0, 11)
    housing = house.departments[house.department_index("housing")]
    assert housing.relevance == (Unknown(between=(0.2, 0.9)),)
    assert housing.exposure == (0.9,)  # what the scenario does not state stays
    harbour = house.departments[house.department_index("harbour")]
    assert (harbour.slot, house.divisions[harbour.division].id, harbour.relevance) == (5000, "works", (0.1,))


def test_an_administration_of_own_departments_alone():
    own = [
        {"id": "north", "slot": 5001, "tasks": [{"kind": "integration", "relevance": 0.3}]},
        {"id": "south", "slot": 5002, "tasks": [{"kind": "integration", "relevance": 0.9}]},
        {"id": "west", "slot": 5003, "tasks": [{"kind": "integration", "relevance": 0.6}]},
    ]
    house = build_house(scenario(0, kinds=("integration",), administration={"own_departments": own}))
    assert [entry.id for entry in house.departments] == ["north", "south", "west"]
    assert [(chain.id, chain.departments) for chain in house.chains] == [("most_relevant", (1, 2))]


def test_own_divisions_replace_those_of_the_catalogue():
    divisions = [
        {"id": "people", "label": {"de": "Soziales und Bildung", "en": "People"}, "departments": ["youth", "schools"]},
        {"id": "planning", "departments": ["environment"]},
        {"id": "second", "departments": ["fire_service", "registry", "daycare"]},
    ]
    house = build_house(scenario(80, kinds=("integration",), administration={"divisions": divisions}))

    def place(name):
        return house.divisions[house.departments[house.department_index(name)].division].id

    assert [division.id for division in house.divisions] == ["people", "planning", "second"]
    assert place("environment") == "planning"  # named
    assert place("youth_2") == "people"  # a copy, with its original
    assert place("surveying") == "planning"  # its catalogue division is listed
    assert place("public_order") == "second"  # with most of its catalogue division
    assert place("main_office") == "people"  # nothing in common: the first
    slots = {division.id: division.slot for division in house.divisions}
    assert slots["planning"] == 5
    assert 100 <= slots["people"] < 60100
    assert house.leaders[house.leader_index("head_people")].slot == 10 + slots["people"]


def test_own_chains_override_or_are_added():
    chains = [
        {"id": "naturalisation", "kind": "integration", "departments": ["immigration", "press"], "weight": 2},
        {"id": "festival", "kind": "integration", "departments": ["culture", "press"], "weight": {"between": [1, 3]}},
    ]
    house = build_house(scenario(80, kinds=("integration",), chains=chains))
    festival = [chain for chain in house.chains if chain.id.startswith("festival")]
    assert [chain.id for chain in festival] == ["festival", "festival_2"]
    assert (festival[0].weight, festival[0].copies) == (Unknown(between=(1, 3)), 2)
    assert [chain.weight / chain.copies for chain in house.chains if chain.id.startswith("naturalisation")] == [1, 1]
    assert next(chain for chain in house.chains if chain.id == "naturalisation").label.de == "Einbürgerung"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"administration": {"own_departments": [{"id": "harbour"}]}},
            "harbour is not in the catalogue and needs a slot",
        ),
        (
            {"administration": {"own_departments": [{"id": "a", "slot": 5000}, {"id": "b", "slot": 5000}]}},
            "share the slots 5000",
        ),
        (
            {"administration": {"own_departments": [{"id": "youth", "division": "nowhere"}]}},
            "youth is in the unknown division nowhere",
        ),
        ({"leaders": [{"id": "head_nowhere", "kind": "head"}]}, "no office for the leaders head_nowhere"),
        ({"leaders": [{"id": "mayor", "kind": "head"}]}, "leader mayor is a mayor, not a head"),
        ({"departments": 0}, "has no departments"),
        ({"departments": {"between": [4, 9]}}, "must be drawn"),
    ],
)
def test_what_cannot_be_built_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        build_house(scenario(**changes))
