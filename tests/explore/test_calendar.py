"""The calendar of a plan on a page is that of the scenario which says the same, whatever the plan moves."""

import math
import random
from itertools import cycle

import pytest

from qsim.engine.marks import calendar_marks
from qsim.explore.catalogue import FOREVER, entry_of
from qsim.explore.controls import controls_of
from qsim.explore.offer import Offer
from qsim.explore.page import speaker
from qsim.scenario.loading import load_scenario
from qsim.scenario.values import month_number
from trial_explore import in_node, planned
from trial_rules import node

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

NAMES = ("medium", "halle", "schwerin", "three_units", "no_unit", "funding_24", "municipality", "remscheid")
PLANS = 8
MARKS = """const read = (marks) => marks.map(({ month, label, certain }) => [month, label, certain]);
return given.plans.map((plan) => {
  const both = it.calendarOf(given.scenario, plan);
  return [it.calendarMarks(given.scenario, plan), both.filter((mark) => mark.only !== 0),
    both.filter((mark) => mark.only !== 1)].map(read);
});"""


def plans_of(scenario, draw):
    """Yield plans that move what is dated: months, durations, what follows; most of them several at once."""
    dated = [
        one for one in controls_of(Offer(scenario)) if one.kind == "month" or one.field in ("duration_months", "after")
    ]
    for _ in range(PLANS):
        yield {one.key: some(one, draw) for one in draw.sample(dated, draw.randint(0, min(6, len(dated))))}


def some(control, draw):
    if control.kind == "choice":
        return draw.choice(control.options)
    if control.switch is not None and draw.random() < 0.3:
        return FOREVER if math.isinf(control.switch) else int(control.switch)
    return draw.randint(int(control.low), int(min(control.high, control.low + 400)))


@pytest.mark.parametrize(("name", "language"), [*zip(NAMES, cycle(("de", "en")), strict=False)])
def test_the_calendar_of_a_plan_is_that_of_its_scenario(name, language, tmp_path):
    scenario, speak, draw = load_scenario(name), speaker(language), random.Random(name)
    plans = [{}, *plans_of(scenario, draw)]
    found = in_node(tmp_path, "calendar.js", MARKS, {"scenario": entry_of(Offer(scenario), speak), "plans": plans})

    def marks(one):
        return [[month_number(mark.month), speak.label(mark.label), mark.certain] for mark in calendar_marks(one)]

    expected = [marks(planned(scenario, plan)) for plan in plans]
    assert any(one != expected[0] for one in expected), "no plan moved anything"
    for (own, of_plan, as_it_is), wanted in zip(found, expected, strict=True):
        assert own == wanted
        assert sorted(of_plan) == sorted(wanted)
        assert sorted(as_it_is) == sorted(expected[0])
