"""Random scenarios for Hypothesis: all sizes, positions, kinds of funding, channels of formats, and kinds of events."""

from __future__ import annotations

import functools
from typing import Any

from hypothesis import strategies as st

from qsim.scenario.house import build_house
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import MEMBER_GROUPS, POSITIONS
from qsim.scenario.values import month_number, month_text

START = month_number("2015-01")
TASKS = ("integration", "climate_mitigation", "climate_adaptation")
SHOCKED = ("need", "workload", "salience")
CHANNELS = ("meet", "learn", "decide", "draft", "gate", "tie")
SIZES = st.one_of(st.integers(4, 12), st.integers(13, 60))


@functools.cache
def offices(size: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the departments, divisions and leaders of an administration from the catalogue."""
    house = build_house(
        Scenario.model_validate(
            {
                "kind": "scenario",
                "schema_version": 1,
                "label": {"de": "Stadt", "en": "City"},
                "start": "2015-01",
                "months": 1,
                "administration": {"departments": size},
                "tasks": [{"id": "integration", "kind": "integration"}],
            }
        )
    )
    return (
        tuple(department.id for department in house.departments),
        tuple(division.id for division in house.divisions),
        tuple(leader.id for leader in house.leaders),
    )


@functools.cache
def steps(low: float, high: float) -> st.SearchStrategy[float]:
    """Return numbers from ``low`` to ``high``, both included, in a thousand steps, as people write them."""
    return st.integers(0, 1000).map(lambda i: round(low + (high - low) * i / 1000, 6))


@functools.cache
def share() -> st.SearchStrategy[float]:
    """Return shares from 0 to 1, both included."""
    return steps(0.0, 1.0)


@functools.cache
@st.composite
def number(draw: st.DrawFn, low: float, high: float) -> Any:
    """Draw a number in a range, or an unknown one within it."""
    kind = draw(st.integers(0, 7))
    if kind == 0:
        ends = sorted((draw(steps(low, high)), draw(steps(low, high))))
        return {"between": ends} if ends[0] < ends[1] else ends[0]
    if kind == 1:
        return {"one_of": draw(st.lists(steps(low, high), min_size=1, max_size=3))}
    return draw(steps(low, high))


@functools.cache
@st.composite
def date(draw: st.DrawFn, first: int, last: int) -> Any:
    """Draw a month counted from the start of the run, or an unknown one, as scenario files write it."""
    one = draw(st.integers(first, last))
    if draw(st.integers(0, 7)) == 0 and one < last:
        return {"between": [month_text(START + one), month_text(START + draw(st.integers(one + 1, last)))]}
    return month_text(START + one)


def some(draw: st.DrawFn, entries: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """Draw some of the entries of a part, and leave the others to their defaults."""
    chosen = draw(st.sets(st.sampled_from(sorted(entries)), max_size=5))
    return {name: draw(entries[name]) for name in sorted(chosen)}


def _administration(draw: st.DrawFn, size: int) -> dict[str, Any]:
    house = some(
        draw,
        {
            "hierarchy": number(0, 1), "communication_culture": number(0, 1), "closed_share": number(0, 1),
            "workload": number(0.2, 3), "vacancy_share": number(0, 0.9), "turnover_per_year": number(0, 2),
            "personnel_openness": number(0, 1), "budget_tightness": number(0, 1), "evaluation": number(0, 1),
            "knowledge_management": number(0, 1), "reflection": number(0, 0.2), "staff": number(1, 3000),
        },
    )  # fmt: skip
    unknown_size = size > 5 and draw(st.integers(0, 9)) == 0
    house["departments"] = {"between": [size - 1, size]} if unknown_size else size
    if draw(st.integers(0, 4)) == 0:
        own = {"id": "own_office", "slot": 5007, "staff_weight": draw(number(0.01, 5))}
        house["own_departments"] = [own | {"tasks": [{"kind": TASKS[0], "relevance": draw(number(0, 1))}]}]
    return house


def _task(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    return {"id": kind, "kind": kind, "mandate": draw(st.booleans())} | some(
        draw, {name: number(0, 1) for name in ("need", "salience", "knowledge", "process_knowledge", "practice")}
    )


def _funding(draw: st.DrawFn, months: int) -> list[dict[str, Any]]:
    phases = []
    start = draw(st.integers(-24, months))
    for _ in range(draw(st.integers(1, 3))):
        phase = {"posts": draw(number(0, 4)), "start": month_text(START + start), "own_share": draw(share())}
        if draw(st.integers(0, 3)) == 0:
            return [*phases, phase | {"kind": "permanent"}]
        length = draw(st.integers(1, 40))
        after = draw(st.sampled_from(("decide", "end", "continue")))
        phases.append(phase | {"kind": "fixed", "duration_months": length, "after": after})
        start += length + draw(st.integers(0, 6))
    return phases


def _place(draw: st.DrawFn, size: int) -> dict[str, Any]:
    departments, divisions, leaders = offices(size)
    place: dict[str, Any] = {"position": draw(st.sampled_from(POSITIONS))}
    if draw(st.integers(0, 9)) == 0:
        place["position"] = {"one_of": ["staff_unit", "section"]}
    if draw(st.booleans()):
        place["under"] = draw(st.sampled_from(leaders))
        place["division"] = draw(st.sampled_from(divisions))
        place["department"] = draw(st.sampled_from(departments))
    return place


def _unit(draw: st.DrawFn, name: str, tasks: list[str], months: int, size: int) -> dict[str, Any]:
    shares = ("knowledge", "mediation", "overview", "handover", "recognition", "coordination")
    entry = {
        "id": name, "tasks": draw(st.lists(st.sampled_from(tasks), min_size=1, unique=True)),
        "funding": _funding(draw, months), "outreach": draw(st.sampled_from(("need", "relevance", "random"))),
    }  # fmt: skip
    return entry | _place(draw, size) | some(draw, {key: number(0, 1) for key in shares})


def _members(draw: st.DrawFn, size: int) -> Any:
    if draw(st.booleans()):
        return draw(st.sampled_from(MEMBER_GROUPS))
    return draw(st.lists(st.sampled_from(offices(size)[0]), min_size=1, max_size=6, unique=True))


def _format(draw: st.DrawFn, name: str, tasks: list[str], owners: list[str], groups: list[str], months: int,
            size: int) -> dict[str, Any]:  # fmt: skip
    start = draw(st.integers(-24, months))
    entry = {
        "id": name, "tasks": draw(st.lists(st.sampled_from(tasks), min_size=1, unique=True)),
        "owner": draw(st.sampled_from([None, *owners])), "members": _members(draw, size),
        "rank": draw(st.sampled_from(("staff", "heads", "mixed"))), "voluntary": draw(st.booleans()),
        "embedded": draw(st.booleans()), "start": month_text(START + start),
        "interval_weeks": draw(number(0.2, 60)), "hours": draw(number(0, 20)),
        "channels": some(draw, {key: number(0, 1) for key in CHANNELS}
                         | {key: number(0, 20) for key in ("relieve_posts", "release_posts")}),
    }  # fmt: skip
    if groups and draw(st.booleans()):
        entry["civil_society"] = groups
    if draw(st.booleans()):
        entry["end"] = month_text(START + start + draw(st.integers(0, 40)))
    return entry | some(draw, {"coordination_hours": number(0, 60), "source_knowledge": share(), "quality": share()})


def _event(draw: st.DrawFn, units: list[str], tasks: list[str], months: int, size: int) -> dict[str, Any]:
    departments, divisions, leaders = offices(size)
    kinds = ["shock", "election", "new_leader", "recut", "budget_crisis", "mandate", "council_decision", "note"]
    kind = draw(st.sampled_from([*kinds, "unit_move"] if units else kinds))
    event: dict[str, Any] = {"kind": kind, "date": draw(date(0, months - 1))}
    if kind == "shock":
        event |= {"need": draw(number(-1, 1)), "workload": draw(number(-1, 3)), "salience": draw(number(-1, 1)),
                  "tasks": draw(st.lists(st.sampled_from(tasks), unique=True)),
                  "departments": draw(st.sampled_from(("exposed", "all", "none", [departments[0]]))),
                  **some(draw, {f"{what}_half_life_months": number(1, 60) for what in SHOCKED})}  # fmt: skip
    elif kind == "election":
        event |= {"leader": draw(st.sampled_from(leaders)), "reelection_share": draw(share())}
    elif kind == "new_leader":
        event |= {"leader": draw(st.sampled_from(leaders))} | some(draw, {"support": number(-1, 1)})
    elif kind == "recut":
        event |= {"share": draw(number(0, 1))}
        if draw(st.booleans()):
            event |= {"departments": [draw(st.sampled_from(departments))], "division": draw(st.sampled_from(divisions))}
    elif kind == "budget_crisis":
        event |= {"tightness": draw(number(0, 1))}
    elif kind == "unit_move":
        event |= {"commissioner": draw(st.sampled_from(units))} | _place(draw, size)
    elif kind == "mandate":
        event |= {"task": draw(st.sampled_from(tasks))}
    elif kind == "council_decision":
        event |= {"tasks": draw(st.lists(st.sampled_from(tasks), min_size=1, unique=True)), "strength": draw(share())}
    return event


@st.composite
def scenarios(draw: st.DrawFn, months: int = 18, sizes: st.SearchStrategy[int] = SIZES) -> Scenario:
    """Draw a scenario that is right: as its file might be written, with known and unknown values."""
    size = draw(sizes)
    least = size - 1 if size > 5 else size  # names must exist in the smallest administration, too
    tasks = list(TASKS[: draw(st.integers(1, 3))])
    units = [f"unit_{i}" for i in range(draw(st.integers(0, 3)))]
    groups = [f"group_{i}" for i in range(draw(st.integers(0, 2)))]
    owners = [*units, *groups, *offices(least)[2]]
    group_shares = ("expertise", "engagement", "recognition", "pressure")
    return Scenario.model_validate(
        {
            "kind": "scenario", "schema_version": 1, "id": "random", "label": {"de": "Zufall", "en": "Random"},
            "start": month_text(START), "months": months, "administration": _administration(draw, size),
            "tasks": [_task(draw, kind) for kind in tasks],
            "leaders": [{"id": "mayor", "kind": "mayor"} | some(draw, {
                "support": number(-1, 1), "demands": number(0.05, 20), "knowledge": number(0, 1),
                "co_responsibility": number(0, 1), "transparency": number(0, 1), "term_months": number(1, 100),
                "next_election": date(0, months), "reelection_share": number(0, 1)})],
            "commissioners": [_unit(draw, name, tasks, months, least) for name in units],
            "formats": [_format(draw, f"format_{i}", tasks, owners, groups, months, least)
                        for i in range(draw(st.integers(0, 4)))],
            "concepts": [{"id": f"concept_{i}", "tasks": tasks, "adopted": draw(date(-60, months - 1)),
                          "ambition": draw(number(0, 1)), "concreteness": draw(number(0, 1)),
                          "council": draw(st.booleans()), "members": _members(draw, least)}
                         for i in range(draw(st.integers(0, 3)))],
            "civil_society": [{"id": name, "tasks": [tasks[-1]], "hearing_right": draw(st.booleans()),
                               "volunteer_hours": draw(number(0, 200)), "start": draw(date(-12, months))}
                              | some(draw, {key: number(0, 1) for key in group_shares}) for name in groups],
            "events": [_event(draw, units, tasks, months, least) | draw(st.sampled_from(({}, {"id": f"event_{i}"})))
                       for i in range(draw(st.integers(0, 6)))],
        }
    )  # fmt: skip
