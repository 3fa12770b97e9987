"""The plan of a comparison, and the one that its manifest holds."""

import json

import pytest

from qsim.comparison.plan import ComparisonPlan, planned_again
from qsim.runs.standards import Standards


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"seed": 7, "settings": 30, "replications": 2},
        {"budget": 5000, "standards": Standards(0.95, 0.8, {"joint_practice": 0.02})},
        {"plausible": False, "replications": 40},
    ],
)
def test_a_manifest_holds_the_whole_plan(short, asked):
    plan = ComparisonPlan((short(), short("medium")), **asked)
    manifest = json.loads(json.dumps(plan.manifest(plan.worlds(), "qsim compare ...")))
    assert planned_again(manifest, plan.scenarios) == plan


def test_the_most_runs_are_those_of_the_budget_or_of_the_settings(short):
    pair = (short(), short("medium"))
    for asked, runs in (({"budget": 105}, 100), ({"settings": 3}, 30), ({"plausible": False, "replications": 4}, 8)):
        plan = ComparisonPlan(pair, **asked)
        assert plan.most_runs(plan.worlds()) == runs
