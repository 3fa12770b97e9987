"""The catalogue of departments: it is consistent, documented, and refuses an inconsistent file."""

import copy
from importlib.resources import files

import pytest
from ruamel.yaml import YAML

from qsim.scenario.catalogue import load_catalogue, read_catalogue
from qsim.scenario.structure import TASK_KINDS


@pytest.fixture
def raw():
    return YAML(typ="safe").load(files("qsim.scenario").joinpath("catalogue.yaml").read_text(encoding="utf-8"))


def test_it_has_forty_departments_in_six_divisions():
    catalogue = load_catalogue()
    assert [entry.slot for entry in catalogue.departments] == list(range(1, 41))
    assert [entry.number for entry in catalogue.divisions] == list(range(1, 7))
    assert {entry.division for entry in catalogue.departments} == set(range(6))


def test_staff_and_workload_are_about_one_on_average():
    departments = load_catalogue().departments
    assert sum(entry.staff_weight for entry in departments) / 40 == pytest.approx(1, abs=0.05)
    assert sum(entry.workload for entry in departments) / 40 == pytest.approx(1, abs=0.05)


def test_rules_find_the_departments_they_need():
    catalogue = load_catalogue()
    for name in ("personnel", "treasury", "environment", "building_management", "transport", "press"):
        assert catalogue.departments[catalogue.department_index(name)].id == name
    with pytest.raises(KeyError):
        catalogue.department_index("personell")
    with pytest.raises(KeyError):
        catalogue.division_index("nowhere")


def test_every_block_names_its_source():
    assert all(
        source.split(":")[0].split()[0] in {"assumption", "report"} for source in load_catalogue().sources.values()
    )


@pytest.mark.parametrize(
    ("kind", "struck"),
    [
        ("integration", {"social_services", "youth", "schools", "housing", "immigration"}),
        (
            "climate_adaptation",
            {"green_spaces", "civil_engineering", "health", "fire_service", "environment", "drainage"},
        ),
    ],
)
def test_a_shock_strikes_most_where_it_does_in_reality(kind, struck):
    order = sorted(load_catalogue().departments, key=lambda entry: -entry.concerns[kind].exposure)
    assert {entry.id for entry in order[: len(struck)]} == struck


@pytest.mark.parametrize("kind", TASK_KINDS)
def test_each_kind_has_chains_of_departments_it_concerns(kind):
    catalogue = load_catalogue()
    chains = [chain for chain in catalogue.chains if chain.kind == kind]
    assert len(chains) >= (2 if kind == "other" else 4)
    for chain in chains:
        assert 4 <= len(chain.departments) <= 7
        assert len(set(chain.departments)) == len(chain.departments)
        relevances = [catalogue.departments[index].concerns[kind].relevance for index in chain.departments]
        assert min(relevances) >= 0.1, chain.id


def _unite_with_later(raw):
    raw["departments"]["entries"][4]["united_with"] = "drainage"


def _share_above_one(raw):
    raw["departments"]["entries"][4]["integration"]["exposure"] = 1.2


def _unknown_division(raw):
    raw["departments"]["entries"][4]["division"] = "socal"


def _unknown_link(raw):
    raw["chains"]["entries"][0]["departments"][0] = "imigration"


def _wrong_slot(raw):
    raw["departments"]["entries"][4]["slot"] = 7


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_unite_with_later, "social_services is united with drainage, which does not come before it"),
        (_share_above_one, "social_services has a share of integration outside 0 to 1"),
        (_unknown_division, "social_services is in the unknown division socal"),
        (_unknown_link, "chain family_arrives has the unknown departments imigration"),
        (_wrong_slot, "social_services has slot 7, expected 5"),
    ],
)
def test_an_inconsistent_file_is_refused(raw, spoil, words):
    changed = copy.deepcopy(raw)
    spoil(changed)
    with pytest.raises(ValueError, match=words):
        read_catalogue(changed)
