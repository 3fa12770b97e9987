"""The scenario files that come with qsim: they load, build, say their sources, and differ only where they should."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import BaseModel

from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.house import build_house
from qsim.scenario.loading import load_scenario
from qsim.scenario.structure import POSITIONS
from qsim.scenario.values import Unknown, month_number

FOLDER = Path(__file__).parents[2] / "scenarios"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
CITIES = ("cottbus", "halle", "potsdam", "remscheid", "schwerin", "wuerzburg")
DURATIONS = (24, 36, 60, 120)
TEXTS = {"id", "label", "description"}


@cache
def load(name):
    return load_scenario(FOLDER / f"{name}.yaml")


def values(part, path=""):
    """Return every value of a scenario by its path, without what people only read."""
    if isinstance(part, BaseModel):
        return {
            key: value
            for name in type(part).model_fields
            if path or name not in TEXTS
            for key, value in values(getattr(part, name), f"{path}.{name}").items()
        }
    if isinstance(part, tuple):
        found = {f"{path}#": len(part)}
        for index, entry in enumerate(part):
            found |= values(entry, f"{path}[{getattr(entry, 'id', None) or index}]")
        return found
    return {path: part}


def differing(one, other):
    first, second = values(load(one)), values(load(other))
    return {key for key in first.keys() | second.keys() if first.get(key) != second.get(key)}


def of_size(scenario, size):
    administration = scenario.administration.model_copy(update={"departments": size})
    return scenario.model_copy(update={"administration": administration})


def added(scenario, size):
    """Return the departments of a scenario's own that are not among the first of the catalogue."""
    first = {entry.id for entry in load_catalogue().departments[:size]}
    return [entry.id for entry in scenario.administration.own_departments if entry.id not in first]


@pytest.mark.parametrize("name", NAMES)
def test_it_loads_builds_and_points_to_the_schema(name):
    scenario = load(name)
    assert scenario.id == name
    size = scenario.administration.departments
    sizes = range(int(size.between[0]), int(size.between[1]) + 1) if isinstance(size, Unknown) else [size]
    for known in sizes:
        house = build_house(of_size(scenario, known))
        assert len(house.departments) == known + len(added(scenario, known))
        ids = {division.id for division in house.divisions}
        assert {house.divisions[entry.division].id for entry in house.departments} == ids
        for unit in scenario.commissioners:
            assert unit.division is None or unit.division in ids
        for entry in scenario.formats:
            assert isinstance(entry.members, (str, Unknown)) or all(map(house.department_index, entry.members))
    first = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../docs/schema/scenario.json"


@pytest.mark.parametrize("name", NAMES)
def test_every_dated_or_assumed_object_names_its_source(name):
    scenario = load(name)
    phases = [phase for unit in scenario.commissioners for phase in unit.funding]
    lists = (
        scenario.tasks,
        scenario.commissioners,
        scenario.formats,
        scenario.concepts,
        scenario.civil_society,
        scenario.events,
        scenario.facts,
        scenario.leaders,
        scenario.administration.divisions,
        scenario.administration.own_departments,
    )
    objects = [*phases, *(entry for entries in lists for entry in entries)]
    assert scenario.administration.source
    assert [entry for entry in objects if not entry.source] == []


@pytest.mark.parametrize("name", NAMES)
def test_people_can_read_what_is_in_it(name):
    scenario = load(name)
    labels = [scenario.label, scenario.description, *(event.label for event in scenario.events)]
    labels += [
        entry.label for entries in (scenario.formats, scenario.concepts, scenario.civil_society) for entry in entries
    ]
    assert all(label is not None and label.de and label.en for label in labels)


@pytest.mark.parametrize("name", CITIES)
def test_the_dated_facts_of_a_city_lie_in_the_run_or_before(name):
    scenario = load(name)
    end = scenario.start + scenario.months
    assert end >= month_number("2029-12") + 1
    months = [event.date for event in scenario.events] + [fact.date for fact in scenario.facts if fact.date]
    months += [concept.adopted for concept in scenario.concepts] + [entry.start for entry in scenario.formats]
    assert len(months) > 20
    assert all((month.largest if isinstance(month, Unknown) else month) < end for month in months)
    ends = [(entry.start, entry.end) for entry in (*scenario.formats, *scenario.civil_society) if entry.end]
    assert all(start.largest < end.between[0] for start, end in ends)


def test_halle_says_what_the_report_says():
    halle = load("halle")
    moves = [event for event in halle.events if event.kind == "unit_move"]
    assert (moves[0].date, moves[0].position, moves[0].under) == (
        month_number("2015-09"),
        "staff_unit_with_head",
        "mayor",
    )
    assert moves[1].date.between == (month_number("2025-01"), month_number("2025-12"))
    assert len(moves[1].position.one_of) > 1
    starts = {entry.id: entry.start for entry in halle.formats}
    assert starts["network"].between == (month_number("2002-01"), month_number("2002-12"))
    assert starts["migration_board_meetings"].between == (month_number("1999-01"), month_number("1999-12"))
    screening = next(entry for entry in halle.formats if entry.id == "document_screening")
    assert screening.channels.gate > 0.5
    assert screening.members == "all"


def test_remscheid_says_what_the_report_says():
    remscheid = load("remscheid")
    (unit,) = remscheid.commissioners
    assert set(unit.tasks) == {"climate_mitigation", "climate_adaptation"}
    assert set(unit.position.one_of) == {"line_unit", "staff_unit"}
    formats = {entry.id: entry for entry in remscheid.formats}
    assert formats["climate_check"].embedded
    assert formats["climate_check"].channels.gate == 1
    assert (formats["working_circle"].rank, formats["steering_circle"].rank) == ("staff", "heads")
    assert formats["working_circle"].end is None
    assert formats["bestklima"].end is not None
    years = {concept.id: concept.adopted.between[0] for concept in remscheid.concepts}
    assert years["mitigation_concept"] == month_number("1999-01")
    assert years["adaptation_concept"] == month_number("2013-01")
    assert not any(task.mandate for task in remscheid.tasks)


@pytest.mark.parametrize("prefix", ["position_", "shock_position_"])
def test_position_files_differ_in_the_position_alone(prefix):
    names = [f"{prefix}{position}" for position in POSITIONS]
    assert set(names) <= set(NAMES)
    assert [load(name).commissioners[0].position for name in names] == list(POSITIONS)
    for one, other in pairwise(names):
        assert differing(one, other) == {".commissioners[integration].position"}


@pytest.mark.parametrize("prefix", ["funding_", "instruments_"])
def test_funding_files_differ_in_the_funding_alone(prefix):
    permanent = f"{prefix}permanent"
    for months in DURATIONS:
        name = f"{prefix}{months}"
        differences = differing(name, permanent)
        assert differences
        assert all(key.startswith(".commissioners[integration].funding") for key in differences)
        (phase,) = load(name).commissioners[0].funding
        assert (phase.kind, phase.duration_months, phase.posts, phase.after) == ("fixed", months, 2, "end")
        assert phase.start + months + 60 <= load(name).start + load(name).months


def test_instruments_go_on_without_the_posts():
    differences = differing("instruments_24", "funding_24")
    assert differences
    assert all(key.startswith(".formats") for key in differences)
    added = [entry for entry in load("instruments_24").formats if entry.id in {"checklist", "working_circle"}]
    assert len(added) == 2
    assert all(entry.embedded and entry.owner is None and entry.end is None for entry in added)


def test_the_shock_comes_in_month_sixty():
    (shock,) = load("shock").events
    assert shock.date - load("shock").start == 60
    assert all(key.startswith(".events") for key in differing("shock", "large"))


@pytest.mark.parametrize("name", ["medium", "small"])
def test_sizes_differ_in_departments_and_posts(name):
    assert differing(name, "large") == {
        ".administration.departments",
        ".commissioners[integration].funding[0].posts",
        ".commissioners[integration].funding[0].source",
    }


def test_two_tasks_have_the_same_posts_in_one_unit_or_two():
    one, two = load("one_unit"), load("two_units")
    posts = [sum(phase.posts for unit in scenario.commissioners for phase in unit.funding) for scenario in (one, two)]
    assert posts[0] == posts[1] == 2
    assert (len(one.commissioners), len(two.commissioners), len(load("no_unit").commissioners)) == (1, 2, 0)
    assert all(key.startswith(".commissioners") for key in differing("one_unit", "two_units"))
