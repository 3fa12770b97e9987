"""The scenario files that come with qsim give the same worlds in the package and in the reference model, to the last month."""

from pathlib import Path

import numba
import pytest

from qsim.engine.prepare import prepare
from qsim.engine.run import run_rules
from qsim.scenario.loading import load_scenario
from reference.comparison import differences
from reference.model import RULES, ReferenceModel

pytestmark = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="takes minutes uncompiled; test_rich_worlds.py runs uncompiled"
)

FILES = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_gives_the_same_world_in_every_month(path):
    scenario = load_scenario(path)
    replicate = len(path.stem)
    world = prepare(scenario).blueprint.world(1, replicate)
    model = ReferenceModel(scenario, 1, replicate)
    model.measuring = False
    assert differences(world, model) == []
    for month in range(scenario.start, scenario.start + scenario.months):
        run_rules(world, month, 0, len(RULES))
        model.step()
        assert differences(world, model) == [], month - scenario.start
