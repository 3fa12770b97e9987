"""At the ends of all that validation lets pass, every month of every world keeps the invariants."""

import os
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from invariants import Before, Measured, check_world, fields_stay_in_their_ranges
from qsim.engine.prepare import prepare
from qsim.mechanisms.month import RULES
from qsim.scenario.schema import Administration
from strategies import scenarios
from worlds import run_month

EXAMPLES = int(os.environ.get("QSIM_EXTREMES", "60"))
ENDS = [(rule.name, one.name, (one.least, one.most)) for rule in RULES for one in rule.parameters]
SHARES = sorted(
    {"hierarchy", "communication_culture", "closed_share", "personnel_openness", "budget_tightness", "evaluation",
     "knowledge_management"} & Administration.model_fields.keys()
)  # fmt: skip


@st.composite
def extreme(draw):
    """Draw a scenario with half of its parameters, and of the shares of its administration, at an end of what is allowed."""
    scenario, choice = draw(scenarios(months=12)), random.Random(draw(st.integers(0, 2**32)))
    parameters = {}
    for rule, name, ends in ENDS:
        if choice.random() < 0.5:
            parameters.setdefault(rule, {})[name] = choice.choice(ends)
    edges = {name: choice.choice((0.0, 1.0)) for name in SHARES if choice.random() < 0.5}
    administration = scenario.administration.model_copy(update=edges)
    return scenario.model_copy(update={"parameters": parameters, "administration": administration})


@settings(max_examples=EXAMPLES)
@given(extreme())
def test_every_month_keeps_the_invariants_at_the_ends_of_all_ranges(scenario):
    world = prepare(scenario).blueprint.world(1, 0)
    measured = Measured(world)
    fields_stay_in_their_ranges(world)
    for month in range(scenario.start, scenario.start + scenario.months):
        before = Before(world)
        run_month(world, month)
        check_world(world, before)
        measured.check(month)
