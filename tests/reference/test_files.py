"""The scenario files that come with qsim give the same worlds in the package and in the reference model, month by month.

A file that stands on its own runs to its last month. One that extends another differs from it in little, and up to the month
in which their worlds part they are the same run; it is compared for a stretch around that month. ``QSIM_DEEP=1``
(``make test-deep``) runs all files to the last month.
"""

import os
import re
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

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}
EXTENDED = re.compile(r"^extends: (\S+)\.yaml$", re.MULTILINE)
BASES = {name: found[1] for name, path in FILES.items() if (found := EXTENDED.search(path.read_text("utf-8")))}
DEEP = os.environ.get("QSIM_DEEP") == "1"
BEFORE, AFTER = 2, 12
"""Months that are compared before a file parts from the one it extends, and from then on."""
MOVED = ("departments", "stances", "leaders", "support")
"""Tables in which worlds part."""


def compare(scenario, replicate):
    """Run a scenario in the package and in the reference model, and compare all there is at the start and every month."""
    world = prepare(scenario).blueprint.world(1, replicate)
    model = ReferenceModel(scenario, 1, replicate)
    model.measuring = False
    assert differences(world, model) == []
    for month in range(scenario.start, scenario.start + scenario.months):
        run_rules(world, month, 0, len(RULES))
        model.step()
        assert differences(world, model) == [], month - scenario.start


def parting(scenario, base, replicate):
    """Return the first month after which the offices of two scenarios differ, the first of all if they never do."""
    worlds = [prepare(one).blueprint.world(1, replicate) for one in (scenario, base)]
    for month in range(scenario.start, scenario.start + scenario.months):
        for world in worlds:
            run_rules(world, month, 0, len(RULES))
        if any(getattr(worlds[0], table).tobytes() != getattr(worlds[1], table).tobytes() for table in MOVED):
            return month
    return scenario.start


def stretch(name, replicate):
    """Return a file that extends another, cut to the months around the one in which they part."""
    scenario, base = (load_scenario(FILES[one]) for one in (name, BASES[name]))
    month = parting(scenario, base, replicate)
    start = max(scenario.start, month - BEFORE)
    end = min(month + AFTER, scenario.start + scenario.months)
    return scenario.model_copy(update={"start": start, "months": end - start})


@pytest.mark.parametrize("name", FILES if DEEP else [name for name in FILES if name not in BASES])
def test_a_file_gives_the_same_world_in_every_month(name):
    compare(load_scenario(FILES[name]), len(name))


@pytest.mark.parametrize("name", BASES)
def test_a_file_gives_the_same_world_where_it_parts_from_the_one_it_extends(name):
    compare(stretch(name, len(name)), len(name))
