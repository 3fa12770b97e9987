"""Small scenarios made by hand that together use everything a scenario can say."""

from __future__ import annotations

from typing import Any, NamedTuple

from qsim.engine.prepare import prepare
from qsim.scenario.schema import Rules, Scenario
from qsim.world.records import World
from reference.model import ReferenceModel
from worlds import in_ranges

KINDS = ("integration", "climate_mitigation", "climate_adaptation")
EXTREME = {
    "calendar": {"follow_rate": 0.25, "recut_rate": 0.4, "recut_share": 0.5},
    "staffing": {"hiring_months": 2.0, "unit_turnover": 1.2},
    "formats": {"crisis_load": 0.15},
    "outreach": {"contact_hours": 4.0, "pull": 0.9, "conflict_hours": 12.0, "head_share": 0.1},
}
"""Parameters with which what is rare happens within a year."""


class Rich(NamedTuple):
    """A scenario, and how it is run."""

    scenario: Scenario
    months: int = 14
    seed: int = 7
    replicate: int = 3
    setting: int | None = None

    def reference(self) -> ReferenceModel:
        """Return the reference model at the start."""
        return ReferenceModel(self.scenario, self.seed, self.replicate, self.setting)

    def world(self) -> World:
        """Return the world of the package at the start."""
        return prepare(self.scenario).blueprint.world(self.seed, self.replicate, self.setting)


def tasks(number: int) -> list[dict[str, Any]]:
    return [
        {"id": kind, "kind": kind, "need": 0.7 - 0.1 * k, "salience": 0.5 - 0.1 * k, "practice": 0.1 + 0.1 * k}
        for k, kind in enumerate(KINDS[:number])
    ]


def scenario(tasks: list[dict[str, Any]], departments: Any = 6, **parts: Any) -> Scenario:
    house = {"departments": departments, **parts.pop("administration", {})}
    return Scenario.model_validate(
        {
            "kind": "scenario", "schema_version": 1, "id": "rich", "label": {"de": "Stadt", "en": "City"},
            "start": "2019-03", "months": 14, "administration": house, "tasks": tasks, **parts,
        }
    )  # fmt: skip


def unit(name: str, tasks: list[str], funding: list[dict[str, Any]], **parts: Any) -> dict[str, Any]:
    return {"id": name, "tasks": tasks, "funding": funding, **parts}


def gathering(name: str, tasks: list[str], **parts: Any) -> dict[str, Any]:
    return {"id": name, "tasks": tasks, "start": "2018-01", "interval_weeks": 4, **parts}


PERMANENT = {"posts": 2.5, "start": "2017-01", "kind": "permanent"}


def structures() -> Rich:
    """Three units and a dozen formats of all owners, ranks and channels around two tasks."""
    both, one = list(KINDS[:2]), [KINDS[0]]
    ending = [
        {"posts": 0.4, "start": "2017-06", "kind": "fixed", "duration_months": months, "own_share": 0.1 * months - 1.8}
        for months in range(21, 27)
    ]
    following = {"posts": 2, "start": "2019-08", "kind": "fixed", "duration_months": 6, "after": "continue"}
    first = {"posts": 1, "start": "2019-03", "kind": "fixed", "duration_months": 5, "own_share": 0.9}
    last = {"posts": 1, "start": "2018-12", "kind": "fixed", "duration_months": 9, "after": "end"}
    full = {"meet": 0.8, "learn": 0.6, "decide": 0.5, "draft": 0.4, "gate": 0.3, "tie": 0.7}
    return Rich(scenario(
        tasks(2),
        administration={"hierarchy": 0.7, "evaluation": 0.6, "knowledge_management": 0.5, "reflection": 0.01,
                        "closed_share": 0.3, "workload": 0.85, "turnover_per_year": 0.6, "staff": 150},
        leaders=[{"id": "mayor", "kind": "mayor", "support": 0.9, "demands": 0.5},
                 {"id": "deputy", "kind": "deputy", "support": -0.8, "demands": 0.4, "authority": 0.7},
                 {"id": "head_social", "kind": "head", "support": 0.6, "demands": 0.4, "knowledge": 0.8,
                  "co_responsibility": 0.9, "transparency": 0.1},
                 {"id": "head_planning", "kind": "head", "support": -0.9, "demands": 0.3}],
        commissioners=[
            unit("section", one, [*ending, following], position="section", outreach="relevance", coordination=0.2),
            unit("line", both, [first, last, PERMANENT], position="line_unit", division="planning", knowledge=0.4,
                 outreach="random", recognition=0.7),
            unit("headed", one, [PERMANENT | {"posts": 3}], position="staff_unit_with_head", mediation=0.1),
        ],
        formats=[
            gathering("board", both, owner="mayor", rank="heads", members="all", voluntary=False, channels=full),
            gathering("round", both, owner="headed", rank="mixed", members="relevant", voluntary=False, channels=full,
                      source_knowledge=0.5, civil_society=["friends"]),
            gathering("network", one, owner="line", members="contact", channels={"tie": 0.9, "learn": 0.5}, hours=3),
            gathering("forum", one, owner="friends", members=["schools", "planning"], channels={"meet": 1},
                      civil_society=["young"], interval_weeks=20),
            gathering("form", both, embedded=True, members="all", channels={"gate": 0.8}, coordination_hours=0),
            gathering("comment", one, owner="section", members="all", channels={"gate": 0.9, "relieve_posts": 1}),
            gathering("orders", one, owner="headed", members="host_division", voluntary=False, start="2019-06",
                      end="2020-02", interval_weeks=1, hours=6, channels={"draft": 1, "learn": 0.2}),
            gathering("project", one, owner="head_social", members="host_division", rank="heads", start="2019-05",
                      channels={"relieve_posts": 2, "release_posts": 1.5, "decide": 0.9}),
            gathering("empty", one, owner="line", members="none", rank="mixed", channels=full),
        ],
        concepts=[
            {"id": "plan", "tasks": both, "adopted": "2019-07", "council": True, "ambition": 0.8, "members": "all"},
            {"id": "old", "tasks": one, "adopted": "2015-03", "ambition": 0.5, "concreteness": 0.9},
            {"id": "note", "tasks": one, "adopted": "2019-07", "ambition": 0.3, "members": ["schools", "treasury"]},
        ],
        civil_society=[
            {"id": "friends", "tasks": one, "volunteer_hours": 9, "recognition": 0.8, "hearing_right": True},
            {"id": "young", "tasks": both, "start": "2019-06", "end": "2020-01", "engagement": 0.9, "pressure": 0.8},
        ],
        events=[{"kind": "mandate", "date": "2019-09", "task": KINDS[0]},
                {"kind": "council_decision", "date": "2019-10", "tasks": one, "strength": 0.7}],
        parameters={"outreach": EXTREME["outreach"], "staffing": EXTREME["staffing"],
                    "openness": {"contact_rate": 0.4}},
    ))  # fmt: skip


def crises() -> Rich:
    """Shocks of all kinds, elections, a new mayor with consequences, re-cuts, moved units."""
    one = [KINDS[0]]
    return Rich(scenario(
        tasks(2),
        departments=5,
        administration={"budget_tightness": 0.3, "vacancy_share": 0.3},
        leaders=[{"id": "mayor", "kind": "mayor", "next_election": "2019-04", "reelection_share": 0, "term_months": 8},
                 {"id": "deputy", "kind": "deputy", "next_election": "2019-08", "reelection_share": 0.5},
                 {"id": "head_order", "kind": "head", "next_election": "2019-05", "term_months": 3}],
        commissioners=[
            unit("mobile", list(KINDS[:2]), [PERMANENT], position="deputy_mayor"),
            unit("under", one, [PERMANENT | {"posts": 0.5}], position="staff_unit", under="head_central"),
            unit("inside", one, [PERMANENT], position="section", department="public_order"),
        ],
        formats=[gathering("crisis", one, owner="mobile", members="all", voluntary=False, channels={"decide": 1, "meet": 1}),
                 gathering("board", one, owner="deputy", rank="heads", members="relevant", channels={"decide": 0.8, "tie": 1})],
        concepts=[{"id": "plan", "tasks": one, "adopted": "2018-01", "members": "host_division"}],
        civil_society=[{"id": "movement", "tasks": one, "pressure": 1.0, "engagement": 1.0, "volunteer_hours": 100}],
        events=[
            {"kind": "shock", "date": "2018-10", "tasks": one, "need": 0.4, "workload": 0.8, "salience": 0.6,
             "need_half_life_months": 6, "workload_half_life_months": 4, "salience_half_life_months": 3},
            {"kind": "shock", "date": "2019-07", "tasks": list(KINDS[:2]), "need": -0.9, "workload": 1.5, "salience": 0.9},
            {"kind": "shock", "date": "2019-08", "salience": -0.4},
            {"kind": "shock", "date": "2019-09", "departments": ["planning", "schools"], "workload": 2, "tasks": one},
            {"kind": "shock", "date": "2019-10", "departments": "all", "workload": -0.5, "need": 0.5},
            {"kind": "shock", "date": "2019-11", "departments": "none", "tasks": one, "salience": 0.3},
            {"kind": "note", "date": "2019-11"},
            {"kind": "budget_crisis", "date": "2019-06", "tightness": 0.5, "half_life_months": 5},
            {"kind": "election", "date": "2019-08", "leader": "deputy", "reelection_share": 0},
            {"kind": "election", "date": "2019-09", "leader": "head_order", "reelection_share": 1},
            {"kind": "new_leader", "date": "2019-10", "leader": "head_social", "support": -0.9},
            {"kind": "new_leader", "date": "2019-12", "leader": "head_planning"},
            {"kind": "recut", "date": "2019-05", "departments": ["public_order", "treasury"], "division": "planning"},
            {"kind": "recut", "date": "2019-06", "share": 0.6},
            {"kind": "recut", "date": "2019-07", "share": 0.5, "division": "social"},
            {"kind": "recut", "date": "2020-01", "share": 0.5, "division": "central"},
            {"kind": "unit_move", "date": "2019-08", "commissioner": "mobile", "position": "section",
             "department": "public_order"},
            {"kind": "unit_move", "date": "2019-11", "commissioner": "inside", "position": "line_unit", "division": "order"},
            {"kind": "unit_move", "date": "2019-12", "commissioner": "under", "position": "staff_unit_with_head"},
        ],
        parameters=EXTREME,
    ))  # fmt: skip


def unknowns() -> Rich:
    """Departments, divisions and processes of its own, four tasks of which two are of a kind, and much that is unknown."""

    def between(low: float, high: float) -> dict[str, Any]:
        return {"between": [low, high]}

    return Rich(in_ranges(scenario(
        [{"id": "heat", "kind": "climate_adaptation", "need": between(0.3, 0.9), "practice": 0.95,
          "knowledge": 0.9, "process_knowledge": 0.8},
         {"id": "flood", "kind": "climate_adaptation", "salience": {"one_of": [0.1, 0.6]}, "mandate": True},
         {"id": "gender", "kind": "other", "knowledge": between(0, 1)}],
        departments=between(3, 5),
        administration={
            "divisions": [{"id": "all_else"}, {"id": "building", "departments": ["planning", "works"]}],
            "own_departments": [
                {"id": "works", "slot": 5001, "division": "building", "staff_weight": between(0.5, 2), "workload": 1.4,
                 "tasks": [{"kind": "climate_adaptation", "relevance": between(0.02, 1), "exposure": between(0, 1)},
                           {"kind": "other", "relevance": 0.8, "contact": between(0.1, 0.9)}]},
                {"id": "treasury", "slot": 5002, "workload": between(0.6, 1.1)}],
            "communication_culture": between(0, 1), "personnel_openness": 1.0, "closed_share": 0.8},
        leaders=[{"id": "head_building", "kind": "head", "support": between(-1, 1), "term_months": between(2, 5),
                  "next_election": {"between": ["2019-04", "2019-06"]}, "authority": 0.5}],
        commissioners=[unit("any", ["heat", "gender"],
                            [{"posts": between(0, 3.5), "start": {"between": ["2018-06", "2019-05"]}, "kind": "fixed",
                              "duration_months": between(2, 9), "own_share": between(0, 1)},
                             {"posts": between(0, 4), "start": "2018-09", "kind": "permanent"}],
                            position={"one_of": ["section", "line_unit", "staff_unit"]}, coordination=between(0, 1),
                            outreach={"one_of": ["need", "relevance", "random"]})],
        formats=[gathering("round", ["flood", "gender"], owner="head_building", start={"between": ["2019-01", "2019-06"]},
                           members={"one_of": ["all", "contact", "relevant"]}, quality=between(0, 1), voluntary=False,
                           interval_weeks=between(2, 14), channels={"learn": between(0, 1), "meet": 0.6})],
        concepts=[{"id": "late", "tasks": ["heat"], "adopted": {"between": ["2018-01", "2019-12"]}, "members": "all"},
                  {"id": "early", "tasks": ["heat", "gender"], "adopted": "2018-06", "ambition": between(0, 1)}],
        chains=[{"id": "way", "kind": "other", "weight": between(1, 3), "departments": ["works", "planning", "treasury"]}],
        events=[{"kind": "shock", "date": {"between": ["2019-04", "2019-07"]}, "tasks": ["heat", "gender"],
                 "need": between(0, 1), "workload": between(0, 1)}],
        parameters={"practice": {"up": between(0.05, 0.4)}, "outreach": {"conflict_hours": 0},
                    "workload": {"task_time": 0.9}},
    )), setting=11)  # fmt: skip


def without(*off: str) -> Rich:
    """The world of crises without some rules."""
    rich = crises()
    return rich._replace(scenario=rich.scenario.model_copy(update={"rules": Rules(off=off)}), months=5)


def nobody() -> Rich:
    """Two departments in one division, which a task hardly concerns, and nobody in charge."""
    house = [
        {"id": "office", "slot": 5001, "tasks": [{"kind": "other", "relevance": 0.04}]},
        {"id": "depot", "slot": 5000, "tasks": [{"kind": "other", "relevance": 0.01}]},
    ]
    return Rich(scenario(
        [{"id": "gender", "kind": "other"}],
        departments=0,
        administration={"own_departments": house, "divisions": [{"id": "everything"}], "staff": 1},
        formats=[gathering("help", ["gender"], members="all", channels={"relieve_posts": 0.3, "release_posts": 0.1}),
                 gathering("round", ["gender"], members="relevant", channels={"decide": 1})],
        events=[{"kind": "recut", "date": "2019-03", "share": 1},
                {"kind": "recut", "date": "2019-03", "share": 1, "division": "everything"},
                {"kind": "shock", "date": "2019-03", "tasks": ["gender"], "need": 1}],
    ), months=2)  # fmt: skip


def empty_office() -> Rich:
    """Three small departments of its own, against the order of their slots, much to check, a unit whose posts come later."""
    house = [{"id": f"office_{i}", "slot": 5000 + i, "division": "south" if i % 2 else "north", "staff_weight": 1 + i,
              "tasks": [{"kind": KINDS[0], "relevance": 0.95, "contact": 0.5}]} for i in (3, 1, 2)]  # fmt: skip
    later = [{"posts": 1, "start": "2019-08", "kind": "permanent"}]
    full = {"meet": 1, "tie": 1, "learn": 0.5}
    return Rich(scenario(
        [*tasks(1), {"id": "gender", "kind": "other", "practice": 0.9}],
        departments=0,
        administration={"own_departments": house, "divisions": [{"id": "north"}, {"id": "south"}], "staff": 2,
                        "workload": 0.3, "communication_culture": 0.9, "closed_share": 0, "reflection": 0.2},
        commissioners=[unit("unit", [KINDS[0]], later, position="line_unit")],
        formats=[gathering("kept", [KINDS[0]], owner="unit", embedded=True, members="host_division", channels=full,
                           interval_weeks=2),
                 gathering("check", ["gender", KINDS[0]], members="all", hours=200, quality=1, channels={"gate": 1})],
        concepts=[{"id": "plan", "tasks": [KINDS[0]], "adopted": "2019-05", "members": "host_division"}],
    ), months=8)  # fmt: skip


def odd_copies() -> Rich:
    """Copies of which one has a slot of its own, so that those after it stand elsewhere."""
    rich = copies()
    own = [{"id": "planning_2", "slot": 5004, "division": "planning"}]
    house = rich.scenario.administration.model_copy(update={"departments": 46})
    data = rich.scenario.model_dump(exclude_unset=True)
    data["administration"] = {**house.model_dump(exclude_unset=True), "own_departments": own}
    return rich._replace(scenario=Scenario.model_validate(data))


def copies() -> Rich:
    """More departments than the catalogue has, and one of its own."""
    own = {"id": "youth_council", "slot": 5003, "division": "social", "tasks": [{"kind": KINDS[0], "relevance": 0.4}]}
    return Rich(scenario(
        tasks(1),
        departments=44,
        administration={"own_departments": [own]},
        commissioners=[unit("unit", [KINDS[0]], [PERMANENT])],
    ), months=1)  # fmt: skip
