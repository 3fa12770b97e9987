"""Every lever can be had in a city, or says in a line why not; what it changes is a scenario, a file, and other runs."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advice.conftest import CITY, load
from qsim.advice.applying import excludes, overlay_text, with_levers
from qsim.advice.library import load_library
from qsim.advice.situation import Situation, usual_start
from qsim.engine.prepare import prepare
from qsim.engine.rows import rows_of
from qsim.files.messages import InputError
from qsim.runs.execution import run_rows
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number

LIBRARY = load_library()
HOUSES = ("cottbus", "halle", "potsdam", "remscheid", "schwerin", "wuerzburg", "small", "medium", "large")


def run(scenario):
    """Return what a few runs of a scenario came to."""
    result = run_rows(prepare(scenario, True), rows_of(range(6), True), 1, 1)
    return {name: np.asarray(column) for name, column in result.runs_columns.items()}


def tried(scenario, names, start=None):
    """Return the scenario with levers, None if it cannot have them, and what is told then."""
    try:
        return with_levers(scenario, names, start), ""
    except InputError as error:
        return None, str(error)


def same(one, other):
    return all(np.array_equal(one[name], other[name], equal_nan=True) for name in one)


@pytest.mark.parametrize("house", ["halle", "remscheid", "large"])
def test_each_lever_makes_a_scenario_that_runs_otherwise_and_a_file_that_runs_alike_or_says_why_not(house, tmp_path):
    before = load(house)
    runs = run(before)
    had = []
    for name in LIBRARY.levers:
        after, told = tried(before, [name])
        if after is None:
            assert re.fullmatch(rf"{name}: .+", told)
            continue
        assert after.id == f"{house} + {name}"
        changed = run(after)
        assert not same(runs, changed), name
        path = tmp_path / f"{name}.yaml"
        path.write_text(overlay_text(before, after, house), encoding="utf-8")
        written = load_scenario(path)
        assert written.model_copy(update={"id": after.id}) == after, name
        had.append(name)
    assert len(had) >= 25
    for name in (had[0], had[-1]):
        assert same(run(load_scenario(tmp_path / f"{name}.yaml")), run(with_levers(before, [name])))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(HOUSES),
    st.sets(st.sampled_from(sorted(LIBRARY.levers)), min_size=2, max_size=6),
    st.integers(0, 200),
)
def test_levers_can_be_had_together_where_each_can_be_had_and_none_excludes_another(house, names, later):
    before = load(house)
    start = min(usual_start(before) + later, before.start + before.months - 1)
    alone = [tried(before, [name], start) for name in names]
    assert all(after is not None or re.fullmatch(r"\w+: .+", told) for after, told in alone)
    chosen = LIBRARY.named(names)
    apart = not any(excludes(a, b) for i, a in enumerate(chosen) for b in chosen[i + 1 :])
    together, _ = tried(before, sorted(names), start)
    assert (together is not None) == (apart and all(after is not None for after, _ in alone))
    if together is not None:
        assert together == with_levers(before, sorted(names, reverse=True), start)


def test_levers_begin_in_the_month_that_is_asked_for(city):
    after = with_levers(city(), ["working_circle", "concept", "half_post_e11"], month_number("2021-03"))
    assert after.formats[0].start == month_number("2021-03")
    assert after.concepts[1].adopted == month_number("2022-03")
    assert [phase.start for phase in after.commissioners[0].funding] == [*map(month_number, ("2020-01", "2021-03"))]
    assert [event.id for event in after.events] == [None]


def test_without_a_month_they_begin_when_somebody_has_posts(city):
    later = city(CITY.replace("start: 2020-01, kind: fixed", "start: {between: [2020-06, 2021-02]}, kind: fixed"))
    assert usual_start(later) == month_number("2021-02")
    assert with_levers(later, ["working_circle"]).formats[0].start == month_number("2021-02")
    assert usual_start(load("no_unit")) == load("no_unit").start


@pytest.mark.parametrize(
    ("names", "start", "lines"),
    [
        (["checklist", "checklist_with_veto"], None, ['checklist: not beside "checklist_with_veto"; choose one of them']),
        (["post_e9c", "post_e13"], None, ['post_e9c: not beside "post_e13"; choose one of them']),
        (["commissioner"], None, ['commissioner: there is a unit for it already, "unit"']),
        (["coordination", "funded_post"], None, ["coordination: no two units share a task",
                                                 "funded_post: this is funded for tasks of the climate only"]),
        (["under_mayor"], None, ["under_mayor: the scenario has it already: commissioners[unit]"]),
        (["evaluation"], "2021-01", ["evaluation: it holds for the whole run and cannot begin in 2021-01"]),
        (["permanence"], "2023-01", ["permanence: nobody certainly has posts for the task in 2023-01"]),
        (["concept"], "2024-06", ["concept: it would begin in 2025-06, after the run"]),
        (["concept"], "2026-01", ["--from: 2026-01 is not within the run, 2020-01 to 2024-12",
                                  "concept: it would begin in 2027-01, after the run"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_a_line_each(city, names, start, lines):
    with pytest.raises(InputError) as caught:
        with_levers(city(), names, start and month_number(start))
    assert sorted(str(caught.value).split("\n")) == sorted(lines)


def test_a_scenario_does_not_get_the_same_lever_twice(city):
    once = with_levers(city(), ["checklist_with_veto", "advisory_council", "post_e11"])
    with pytest.raises(InputError) as caught:
        with_levers(once, ["checklist_with_veto", "advisory_council", "post_e13", "conference"])
    assert sorted(str(caught.value).split("\n")) == [
        "advisory_council: the scenario has it already: civil_society[added_council]",
        "checklist_with_veto: the scenario has it already: formats[added_check]",
        "post_e13: the scenario has it already: funding[added_post]",
    ]


def test_where_nobody_is_in_charge_a_commissioner_brings_what_others_need():
    after = with_levers(load("no_unit"), ["network", "commissioner", "post_e11"])
    assert after.id == "no_unit + commissioner + post_e11 + network"
    assert [phase.id for phase in after.commissioners[0].funding] == ["added_first_post", "added_post"]
    assert after.formats[-1].owner == "added_commissioner"
    with pytest.raises(InputError, match="network: nobody certainly has posts for the task in 2020-01"):
        with_levers(load("no_unit"), ["network"])


def test_permanence_continues_the_posts_on_which_the_council_decides():
    before = load("potsdam")
    after = with_levers(before, ["permanence"], month_number("2018-01"))
    assert [phase.after for phase in after.commissioners[0].funding] == ["decide", "continue", "continue"]
    text = overlay_text(before, after, "potsdam")
    assert text.startswith("extends: potsdam\nkind: scenario\nschema_version: 1\n")
    assert "formats" not in text


def test_a_unit_stands_where_its_last_move_has_put_it():
    halle = load("halle")
    assert Situation(halle, month_number("2010-01")).place == {"position": "staff_unit", "leader": "mayor"}
    assert Situation(halle, month_number("2016-01")).place == {"position": "staff_unit_with_head", "leader": "mayor"}
    with pytest.raises(InputError, match="head_of_office: the scenario has it already"):
        with_levers(halle, ["head_of_office"], month_number("2016-01"))
    moved = with_levers(halle, ["in_division"], month_number("2016-01"))
    assert moved.events[-1].id == "added_move_to_division"


def test_a_head_comes_without_a_move_to_another_leader():
    event = with_levers(load("remscheid"), ["head_of_office"]).events[-1]
    assert (event.position, event.under) == ("staff_unit_with_head", "head_works")


def test_a_scenario_made_in_python_takes_levers_too(city):
    made = city().model_copy(update={"months": 48})
    bare = Scenario.model_validate(made.model_dump(exclude_unset=True))
    after = with_levers(bare.model_copy(update={"id": "made"}), ["network"])
    assert (after.id, after.months) == ("made + network", 48)
    assert after.label.en == "City, with network with associations, providers and business"
