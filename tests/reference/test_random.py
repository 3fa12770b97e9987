"""Any scenario gives the same world in the package and in the reference model, at the start and after every month.

``QSIM_DEEP=1`` (``make test-deep``) looks at more scenarios, other ones each time, and at longer runs.
"""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.engine.prepare import prepare
from qsim.engine.run import run_rules
from qsim.scenario.schema import Rules
from reference.comparison import differences
from reference.model import RULES, ReferenceModel
from strategies import scenarios
from worlds import in_ranges

DEEP = os.environ.get("QSIM_DEEP") == "1"
EXAMPLES = 3000 if DEEP else 130
MONTHS = st.integers(18, 48) if DEEP else st.integers(12, 18)
SIZES = st.one_of(st.integers(4, 7), st.integers(6, 10), st.integers(8, 14), st.integers(15, 100 if DEEP else 45))
SEEDS = st.integers(0, 2**64 - 1)
REPLICATES = st.integers(0, 2**32 - 1)


@st.composite
def runs(draw):
    """Draw a scenario, mostly with all rules on, and the arguments of a run."""
    scenario = draw(MONTHS.flatmap(lambda months: scenarios(months, SIZES)))
    if draw(st.integers(0, 5)) == 0:
        off = draw(st.lists(st.sampled_from([rule.__name__ for rule in RULES]), max_size=4, unique=True))
        scenario = scenario.model_copy(update={"rules": Rules(off=tuple(off))})
    return (
        scenario,
        draw(SEEDS),
        draw(REPLICATES),
        draw(st.none() | REPLICATES),
        draw(st.sampled_from([None, False, True])),
    )


@settings(max_examples=EXAMPLES, derandomize=not DEEP)
@given(runs())
def test_any_scenario_gives_the_same_world(run):
    scenario, seed, replicate, setting, plausible = run
    if plausible is None:  # neither the central setting nor one of the ensemble: anywhere in the ranges
        scenario, plausible = in_ranges(scenario), False
    world = prepare(scenario, plausible).blueprint.world(seed, replicate, setting)
    model = ReferenceModel(scenario, seed, replicate, setting, plausible)
    model.measuring = False
    assert differences(world, model) == []
    for month in range(scenario.start, scenario.start + scenario.months):
        run_rules(world, month, 0, len(RULES))
        model.step()
        assert differences(world, model) == [], month - scenario.start
