"""What a page writes into the image of a world gives the run of the scenario that says the same."""

import math
import re

import numpy as np
import pytest

from qsim.browser.bundle import bundle
from qsim.engine.prepare import Prepared
from qsim.explore.offer import NEVER, Offer
from qsim.explore.worlds import Changeable
from qsim.scenario.loading import load_scenario
from trial_explore import places_of, planned, with_groups
from trial_rules import RELATIVE, farthest, native, node, run_in_node

SETTINGS = 3
FOUNDED = "commissioners[added_commissioner].funding[added_first_post]"

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
    first = {"formats": "start", "concepts": "adopted", "events": "date", "funding": "start"}
    owner = re.match(r"(.*\b(\w+)\[added_\w+\])", control.key)
    date = first.get(owner[2]) if owner else None
    needed = {f"{owner[1]}.{date}": start + 6} if date else {}
    return {**needed, control.key: value}


@pytest.mark.parametrize(("name", "every"), [("medium", 2), ("no_unit", 9), ("halle", 4), ("schwerin", 6)])
def test_every_control_does_what_the_scenario_with_its_value_does(name, every, tmp_path):
    scenario = load_scenario(name)
    worlds = Changeable(Offer(scenario), SETTINGS)
    unit = {} if scenario.commissioners else {f"{FOUNDED}.start": scenario.start}
    plans = [
        unit,
        *(unit | some_change(one, scenario.start, i, worlds.options) for i, one in enumerate(worlds.given[::every])),
    ]
    jobs = [[name, 6, 7, places_of(worlds.offer, plan) | {key: value for key, value in plan.items() if value != math.inf}]
            for plan in plans]  # fmt: skip
    endless = [i for i, plan in enumerate(plans) if math.inf in plan.values()]
    found = run_in_node(tmp_path, bundle([worlds]), jobs)
    for i, (plan, here) in enumerate(zip(plans, found, strict=True)):
        if i not in endless:
            there = native(Prepared(with_groups(planned(scenario, plan), worlds.offer), True), [(6, 1)])
            assert not isinstance(here, str), (plan, here)
            assert farthest(here, there) < RELATIVE, plan


def test_what_is_added_but_never_begins_changes_nothing():
    scenario = load_scenario("small")
    one, other = (native(Prepared(each, True), [(0, 0)]) for each in (scenario, Offer(scenario).whole))
    for part in ("series", "tasks", "sums"):  # groups that may be added have hours of their own, none of them
        np.testing.assert_array_equal(one[part], other[part])


def test_options_that_no_image_can_hold_are_not_offered():
    worlds = Changeable(Offer(load_scenario("schwerin")), 2)
    assert all(options for options in worlds.options.values())
