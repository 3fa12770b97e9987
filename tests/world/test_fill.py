"""Filling arrays from a scenario: places in the tree, members, strikes, and what belongs to what."""

import pytest

from qsim.scenario.house import build_house
from qsim.scenario.values import month_number
from qsim.world.draws import stable_slot, wide_slot
from qsim.world.fill_calendar import members_of
from qsim.world.kinds import EVENT_KINDS
from worlds import city, unit, world_of

CITY = city(administration={"departments": 20})
HOUSE = build_house(CITY)
SOCIAL = HOUSE.division_index("social")
MOST = max(range(20), key=lambda d: HOUSE.departments[d].relevance[0])


@pytest.mark.parametrize(
    ("parts", "level", "leader", "division", "department", "head"),
    [
        ({"position": "staff_unit"}, 1, 0, -1, -1, 0),
        ({"position": "staff_unit_with_head"}, 1, 0, -1, -1, 1),
        ({"position": "deputy_mayor"}, 1, 1, -1, -1, 0),
        ({"position": "staff_unit", "under": "deputy"}, 1, 1, -1, -1, 0),
        ({"position": "staff_unit", "under": "head_social"}, 2, 2 + SOCIAL, SOCIAL, -1, 0),
        ({"position": "staff_unit_with_head", "under": "head_social"}, 2, 2 + SOCIAL, SOCIAL, -1, 1),
        ({"position": "line_unit", "division": "social"}, 2, 2 + SOCIAL, SOCIAL, -1, 0),
        ({"position": "line_unit"}, 2, 2 + HOUSE.departments[MOST].division, HOUSE.departments[MOST].division, -1, 0),
        ({"position": "section"}, 3, 2 + HOUSE.departments[MOST].division, HOUSE.departments[MOST].division, MOST, 0),
        ({"position": "section", "department": "schools"}, 3, 2 + HOUSE.departments[5].division,
         HOUSE.departments[5].division, 5, 0),
    ],
)  # fmt: skip
def test_a_unit_stands_where_its_position_says(parts, level, leader, division, department, head):
    entry = world_of(city(administration={"departments": 20}, commissioners=[unit(**parts)])).units[0]
    found = [int(entry[name]) for name in ("level", "leader", "division", "department")]
    assert found == [level, leader, division, department]
    assert entry["has_head"] == head


def test_groups_of_members():
    everybody = list(range(20))
    relevance = [d.relevance[0] for d in HOUSE.departments]
    contact = [d.contact[0] for d in HOUSE.departments]
    divisions = [d.division for d in HOUSE.departments]
    assert members_of(HOUSE, "all", [0], -1) == everybody
    assert members_of(HOUSE, "none", [0], -1) == []
    assert members_of(HOUSE, "relevant", [0], -1) == [d for d in everybody if relevance[d] >= 0.05]
    assert members_of(HOUSE, "contact", [0], -1) == [d for d in everybody if contact[d] >= 0.3]
    assert members_of(HOUSE, "host_division", [0], SOCIAL) == [d for d in everybody if divisions[d] == SOCIAL]
    assert members_of(HOUSE, "host_division", [0], -1) == []


def test_members_by_name_are_in_order_and_once():
    """Attendance is looked up by bisection; two functions of one department are one member."""
    found = members_of(HOUSE, ("schools", "treasury", "adult_education", "schools"), [0], -1)
    assert found == sorted(set(found))
    assert HOUSE.department_index("treasury") in found


def test_formats_know_owner_members_and_groups():
    scenario = city(
        administration={"departments": 20},
        civil_society=[{"id": "clubs", "tasks": ["integration"]}, {"id": "church", "tasks": ["integration"]}],
        formats=[
            {"id": "a", "tasks": ["integration"], "owner": "unit", "members": ["schools", "youth"], "start": "2015-01"},
            {"id": "b", "tasks": ["integration"], "owner": "church", "members": "none", "start": "2015-01"},
            {
                "id": "c",
                "tasks": ["integration"],
                "owner": "head_social",
                "start": "2015-01",
                "civil_society": ["clubs"],
            },
            {"id": "d", "tasks": ["integration"], "members": ["treasury"], "start": "2015-01"},
        ],
    )
    world = world_of(scenario)
    assert list(world.formats["owner_kind"]) == [1, 3, 2, 0]
    assert list(world.formats["owner"]) == [0, 1, 2 + SOCIAL, -1]
    assert [list(row) for row in world.format_groups] == [[0, 0], [0, 1], [1, 0], [0, 0]]
    names = [HOUSE.departments[d].id for d in world.members["department"][: world.member_first[1]]]
    assert sorted(names) == ["schools", "youth"]
    assert world.member_first[2] == world.member_first[1]
    assert list(world.members["format"]) == sorted(world.members["format"])
    assert HOUSE.departments[world.members["department"][-1]].id == "treasury"
    assert (world.formats["end"] == float("inf")).all()


def test_several_tasks_are_kept_apart():
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    scenario = city(
        tasks=tasks,
        commissioners=[unit("one", tasks=["climate"]), unit("both", tasks=["integration", "climate"])],
        civil_society=[{"id": "clubs", "tasks": ["climate"]}],
        concepts=[{"id": "plan", "tasks": ["climate"], "adopted": "2016-01", "members": ["planning"]}],
        events=[{"kind": "shock", "date": "2015-05", "tasks": ["climate"]},
                {"kind": "mandate", "date": "2015-06", "task": "climate"}],
    )  # fmt: skip
    world = world_of(scenario)
    assert world.duties.tolist() == [[0, 1], [1, 1]]
    assert world.group_tasks.tolist() == [[0, 1]]
    assert world.concept_tasks.tolist() == [[0, 1]]
    assert world.event_tasks.tolist() == [[0, 1], [0, 0]]
    assert world.events["subject"][1] == 1
    planning = build_house(scenario).department_index("planning")
    assert list(world.concept_departments[0].nonzero()[0]) == [planning]
    relevance = [d.relevance for d in build_house(scenario).departments]
    assert world.stances["relevance"].tolist() == [list(values) for values in relevance]
    assert {int(task) for task in world.chains["task"]} == {0, 1}


def event_of(**event):
    return world_of(city(administration={"departments": 20}, events=[{"date": "2015-06", **event}]))


@pytest.mark.parametrize(
    ("departments", "struck"),
    [("all", dict.fromkeys(range(20), 1.0)), ("none", {}), (["schools"], {5: 1.0})],
)
def test_a_shock_strikes_whom_it_names(departments, struck):
    world = event_of(kind="shock", tasks=["integration"], departments=departments)
    assert dict(zip(world.strikes["department"].tolist(), world.strikes["exposure"].tolist(), strict=True)) == struck
    assert (world.strikes["event"] == 0).all()


def test_a_shock_strikes_by_exposure():
    world = event_of(kind="shock", tasks=["integration"])
    exposures = [d.exposure[0] for d in HOUSE.departments]
    assert world.strikes["exposure"].tolist() == exposures
    assert world.strikes["department"].tolist() == list(range(20))


def test_events_refer_to_what_they_are_about():
    move = event_of(kind="unit_move", commissioner="unit", position="line_unit", division="social").events[0]
    assert [int(move[name]) for name in ("subject", "level", "leader", "division")] == [0, 2, 2 + SOCIAL, SOCIAL]
    recut = event_of(kind="recut", departments=["schools"], division="social")
    assert recut.events["division"][0] == SOCIAL
    assert recut.strikes["department"].tolist() == [5]
    elected = event_of(kind="election", leader="head_social", reelection_share=0.25).events[0]
    assert int(elected["subject"]) == 2 + SOCIAL
    assert elected["value"] == 0.25
    for kind, parts in {"new_leader": {"leader": "mayor"}, "budget_crisis": {}}.items():
        entry = event_of(kind=kind, **parts).events[0]
        assert EVENT_KINDS[int(entry["kind"])] == kind
        assert entry["date"] == month_number("2015-06")


def test_notes_are_no_events_of_the_world():
    assert event_of(kind="note").events.size == 0


def test_identities_last():
    world = world_of(city(administration={"departments": 10}))
    assert world.departments["slot"].tolist() == list(range(1, 11))
    assert world.leaders["slot"][:2].tolist() == [1, 2]
    assert world.units["slot"][0] == stable_slot("unit")
    assert world.posts["slot"].tolist() == [wide_slot("unit/0/0"), wide_slot("unit/0/1")]


def test_the_concept_of_the_later_date_holds_wherever_it_stands_in_the_file():
    papers = [("new", "2013-01", 0.9), ("old", "2005-01", 0.1)]
    concepts = [
        {"id": name, "tasks": ["integration"], "adopted": date, "ambition": ambition} for name, date, ambition in papers
    ]
    for order in (concepts, concepts[::-1]):
        assert world_of(city(concepts=order)).concepts["ambition"].tolist() == [0.1, 0.9]


def test_the_administration_is_as_stated():
    stated = {"hierarchy": 0.1, "communication_culture": 0.2, "closed_share": 0.3, "workload": 0.7, "vacancy_share": 0.15,
              "turnover_per_year": 0.25, "personnel_openness": 0.35, "budget_tightness": 0.55, "evaluation": 0.65,
              "knowledge_management": 0.75, "reflection": 0.05, "staff": 321}  # fmt: skip
    record = world_of(city(administration={"departments": 10, **stated})).administration[0]
    names = ("hierarchy", "culture", "closed_share", "workload", "vacancy", "turnover", "personnel_openness",
             "base_tightness", "evaluation", "knowledge_management", "reflection", "staff")  # fmt: skip
    assert [record[name] for name in names] == list(stated.values())
