"""The scenario files that come with qsim give the same worlds in the package and in the reference model."""

import os
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
TO_THE_END = ("halle", "instruments_36", "remscheid", "shock_position_section", "two_units")
YEARS = 3
"""Of files that extend another it is one year; ``QSIM_DEEP=1`` (``make test-deep``) runs all to their last month."""
DEEP = os.environ.get("QSIM_DEEP") == "1"


def compare(scenario, months, replicate):
    """Run both month by month and compare all that they hold."""
    world = prepare(scenario).blueprint.world(1, replicate)
    model = ReferenceModel(scenario, 1, replicate)
    model.measuring = False
    assert differences(world, model) == []
    for month in range(scenario.start, scenario.start + months):
        run_rules(world, month, 0, len(RULES))
        model.step()
        assert differences(world, model) == [], month - scenario.start


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_gives_the_same_world_in_its_first_years(path):
    scenario = load_scenario(path)
    years = 1 if "\nextends:" in path.read_text(encoding="utf-8") else YEARS
    compare(scenario, scenario.months if DEEP else 12 * years, replicate=len(path.stem))


@pytest.mark.parametrize("name", TO_THE_END)
def test_a_file_gives_the_same_world_to_its_last_month(name):
    scenario = load_scenario(FILES[0].parent / f"{name}.yaml")
    compare(scenario, scenario.months, replicate=2)
