"""What a page writes into the image of a world gives the run of the scenario that says the same."""

import math

import pytest

from qsim.browser.bundle import bundle
from qsim.engine.prepare import Prepared
from qsim.explore.entries import NEVER
from qsim.explore.worlds import Changeable
from qsim.scenario.loading import load_scenario
from trial_explore import planned
from trial_rules import RELATIVE, farthest, native, node, run_in_node

SETTINGS = 3

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")


def some_change(control, start, turn, options):
    """Return a change of a control, with what it needs to have an effect; the turn chooses among several."""
    if control.key in options:
        found = options[control.key]
        value = found[turn % len(found)]
    elif control.kind == "month":
        value = NEVER if control.switch is not None and turn % 2 else start + 9
    elif control.switch is not None and turn % 2:
        value = math.inf
    else:
        value = control.low + 0.37 * (min(control.high, 1.0 if control.high <= 1 else 8.0) - control.low)
    first = {"formats": "start", "concepts": "adopted", "events": "date"}
    owner = control.key.partition("]")[0] + "]"
    date = first.get(owner.partition("[")[0])
    needed = {f"{owner}.{date}": start + 6} if "[added" in owner and date else {}
    return {**needed, control.key: value}


@pytest.mark.parametrize(("name", "every"), [("medium", 2), ("no_unit", 9), ("halle", 4), ("schwerin", 6)])
def test_every_control_does_what_the_scenario_with_its_value_does(name, every, tmp_path):
    scenario = load_scenario(name)
    worlds = Changeable(scenario, SETTINGS)
    unit = {} if scenario.commissioners else {"commissioners[added_commissioner].funding[0].posts": 1.0}
    plans = [
        unit,
        *(unit | some_change(one, scenario.start, i, worlds.options) for i, one in enumerate(worlds.given[::every])),
    ]
    jobs = [[name, 6, 7, {key: value for key, value in plan.items() if value != math.inf}] for plan in plans]
    endless = [i for i, plan in enumerate(plans) if math.inf in plan.values()]
    found = run_in_node(tmp_path, bundle([worlds]), jobs)
    for i, (plan, here) in enumerate(zip(plans, found, strict=True)):
        if i not in endless:
            there = native(Prepared(planned(scenario, plan), True), [(6, 1)])
            assert not isinstance(here, str), (plan, here)
            assert farthest(here, there) < RELATIVE, plan


def test_what_is_added_but_never_begins_changes_nothing():
    scenario = load_scenario("small")
    one, other = (
        native(Prepared(each, True), [(0, 0)])
        for each in (scenario, planned(scenario, {"formats[added_training].start": NEVER}))
    )
    assert farthest(one, other) == 0.0


def test_options_that_no_image_can_hold_are_not_offered():
    worlds = Changeable(load_scenario("schwerin"), 2)
    assert all(options for options in worlds.options.values())
