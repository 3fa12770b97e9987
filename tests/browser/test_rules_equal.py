"""Every scenario gives in a page what it gives in the package: all measures, departments and hours of some runs and settings."""

import numpy as np
import pytest

from golden.baseline import scenario_files
from qsim.browser.bundle import bundle
from qsim.browser.worlds import Worlds
from qsim.engine.overrides import parameter_of
from qsim.engine.prepare import prepare
from qsim.engine.rows import TWINS
from qsim.scenario.loading import load_scenario
from qsim.scenario.values import Unknown, month_number
from trial_rules import RELATIVE, farthest, native, node, run_in_node

FILES = scenario_files()
RUNS = (0, 6, 23)
SETTINGS = 5

pytestmark = pytest.mark.skipif(node() is None, reason="no Node, neither on the path nor with Playwright")


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """The results of all scenarios in Node, by name."""
    scenarios = {name: load_scenario(path) for name, path in FILES.items()}
    bundled = bundle([Worlds(scenario, SETTINGS) for scenario in scenarios.values()])
    jobs = [(scenario.id, run, run + 1, {}) for scenario in scenarios.values() for run in RUNS]
    results = run_in_node(tmp_path_factory.mktemp("rules"), bundled, jobs)
    return {name: (scenario, results[len(RUNS) * place :][: len(RUNS)])
            for place, (name, scenario) in enumerate(scenarios.items())}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_run_is_the_same_in_the_page(everything, name):
    scenario, results = everything[name]
    prepared = prepare(scenario, True)
    for run, result in zip(RUNS, results, strict=True):
        assert farthest(result, native(prepared, [(run, run // TWINS)])) < RELATIVE


CHANGES = {
    "a number": ("medium", "administration.workload", 1.3),
    "a number of which the scenario says nothing": ("medium", "administration.staff", 900.0),
    "posts": ("medium", "commissioners[integration].funding[0].posts", 2.5),
    "a month": ("shock", "events[0].date", month_number("2023-03")),
    "a duration": ("funding_24", "commissioners[integration].funding[0].duration_months", 47.0),
    "a parameter": ("medium", "parameters.outreach.conflict_hours", 5.0),
    "a number that was open": ("halle", "administration.workload", 0.8),
}
"""What is changed: the scenario, the key, the new value."""


def around(value):
    """Return what a control may be, the value within it."""
    return Unknown(between=(value - 30, value + 30)) if value > 100 else Unknown(between=(value / 3, value * 1.5))


@pytest.mark.parametrize(("name", "key", "value"), CHANGES.values(), ids=CHANGES)
def test_a_number_changed_in_the_image_is_a_number_changed_in_the_scenario(tmp_path, name, key, value):
    scenario = load_scenario(name)
    bundled = bundle([Worlds(scenario, SETTINGS, controls={key: around(value)})])
    jobs = [(name, run, run + 1, changes) for run in RUNS for changes in ({}, {key: value})]
    results = run_in_node(tmp_path, bundled, jobs)
    for run, plain, changed in zip(RUNS, results[::2], results[1::2], strict=True):
        row = [(run, run // TWINS)]
        assert farthest(plain, native(prepare(scenario, True), row)) < RELATIVE
        assert farthest(changed, native(prepare(load_scenario(name, {key: value}), True), row)) < RELATIVE
        assert farthest(plain, changed) > 1e-6


def test_a_range_is_drawn_from_as_the_package_does(tmp_path):
    key, months = "events[0].date", [month_number("2023-02"), month_number("2024-09")]
    bundled = bundle([Worlds(load_scenario("shock"), SETTINGS, controls={key: around(months[0])})])
    jobs = [("shock", run, run + 1, {key: {"between": months}}) for run in RUNS]
    prepared = prepare(load_scenario("shock", {key: {"between": months}}), True)
    for run, result in zip(RUNS, run_in_node(tmp_path, bundled, jobs), strict=True):
        assert farthest(result, native(prepared, [(run, run // TWINS)])) < RELATIVE


def test_a_choice_has_an_image_of_its_own(tmp_path):
    key = "commissioners[integration].position"
    positions = ("line_unit", "staff_unit", "deputy_mayor")
    scenario = load_scenario("position_staff_unit")
    bundled = bundle([Worlds(scenario, SETTINGS, controls={key: Unknown(one_of=positions)})])
    jobs = [(scenario.id, 6, 7, {}), *((scenario.id, 6, 7, {key: position}) for position in positions)]
    jobs.append((scenario.id, 6, 7, {key: "section"}))
    as_it_is, *others, refused = run_in_node(tmp_path, bundled, jobs)
    assert farthest(as_it_is, native(prepare(scenario, True), [(6, 1)])) < RELATIVE
    for position, result in zip(positions, others, strict=True):
        prepared = prepare(load_scenario("position_staff_unit", {key: position}), True)
        assert farthest(result, native(prepared, [(6, 1)])) < RELATIVE
    assert refused == f"0: no structure for {key}=section"


def test_sums_over_runs_of_several_structures(tmp_path):
    scenario = load_scenario("municipality_small")
    (result,) = run_in_node(tmp_path, bundle([Worlds(scenario, SETTINGS)]), [(scenario.id, 0, 25, {})])
    rows = [(run, run // TWINS) for run in range(25)]
    assert farthest(result, native(prepare(scenario, True), rows)) < RELATIVE


def test_any_seed_and_the_last_settings(tmp_path):
    scenario, seed = load_scenario("small"), 2**63 - 1
    (result,) = run_in_node(tmp_path, bundle([Worlds(scenario, 80, seed)]), [("small", 399, 400, {})])
    assert farthest(result, native(prepare(scenario, True), [(399, 79)], seed)) < RELATIVE


def test_what_is_no_number_or_infinite_is_so_in_the_page(tmp_path):
    worlds = Worlds(load_scenario("shock"), 1)
    for prepared in (worlds.prepared, worlds._known):
        template = prepared.reference.template
        template.events["date"][0] = float("nan")
        template.leaders["next_election"][1] = float("inf")
        template.stances["relevance"][2, 0] = float("inf")
    (result,) = run_in_node(tmp_path, bundle([worlds]), [("shock", 0, 3, {})])
    expected = native(worlds.prepared, [(0, 0), (1, 0), (2, 0)])
    assert farthest(result, expected) < RELATIVE
    assert any(np.isnan(result[part]).sum() > 100 for part in ("series", "tasks"))


HOURS = "parameters.outreach.conflict_hours"
LEAST, MOST = (f"{limit:g}" for limit in (parameter_of(HOURS).least, parameter_of(HOURS).most))
REFUSED = {
    "no such world": ("other", 0, 1, {}, "no world is called other"),
    "no runs": ("small", 3, 3, {}, "no runs"),
    "half a run": ("small", 0.5, 1, {}, "no runs"),
    "too many settings": ("small", 25, 26, {}, "there are 5 settings, not run 25"),
    "no such key": ("small", 0, 1, {"administration.colour": 1.0}, "nothing to change: administration.colour"),
    "text": ("small", 0, 1, {HOURS: "5"}, f"{HOURS} is a number from {LEAST} to {MOST}"),
    "nothing": ("small", 0, 1, {HOURS: None}, f"{HOURS} is a number from {LEAST} to {MOST}"),
    "too much": ("small", 0, 1, {HOURS: 1e300}, f"{HOURS} is a number from {LEAST} to {MOST}"),
    "a range beyond": ("small", 0, 1, {HOURS: {"between": [-1, 1]}}, f"{HOURS} is a number from {LEAST} to {MOST}"),
    "no range": ("small", 0, 1, {HOURS: {"between": [1]}},
                 f"no value for {HOURS}"),
    "a range without draws": ("small", 0, 1, {HOURS: {"between": [1, 2]}},
                              f"no draws for {HOURS}"),
}  # fmt: skip


def test_what_cannot_be_run_is_said_and_the_next_run_is_as_ever(tmp_path):
    bundled = bundle([Worlds(load_scenario("small"), SETTINGS)])
    jobs = [one[:4] for one in REFUSED.values()]
    *errors, after = run_in_node(tmp_path, bundled, [*jobs, ("small", 6, 7, {})])
    assert errors == [f"0: {one[4]}" for one in REFUSED.values()]
    assert farthest(after, native(prepare(load_scenario("small"), True), [(6, 1)])) < RELATIVE
