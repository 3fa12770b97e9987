"""What the page draws of an unknown is what Python draws, for whatever seed, setting and slot."""

import numpy as np

from qsim.world.unknowns import UNKNOWN, setting_uniforms
from trial_explore import in_node

DRAW = "return given.map(([low, high, decision, setting, slot]) => it.uniformOf([low, high], decision, setting, slot));"
SEEDS = (0, 1, 7, 2**31, 2**32 - 1, 2**32, 2**40 + 7, 2**63 - 1)


def test_draws_are_those_of_python(tmp_path):
    draw = np.random.default_rng(3)
    slots = np.concatenate([[0, 1, 2**31, 2**32 - 1], draw.integers(0, 2**32, 60)]).astype(np.int64)
    places = [(seed, setting) for seed in SEEDS for setting in (0, 1, 99, 2**31)]
    given = [[seed & 0xFFFFFFFF, seed >> 32, UNKNOWN, setting, int(slot)] for seed, setting in places for slot in slots]
    expected = np.concatenate([setting_uniforms(seed, setting, slots) for seed, setting in places])
    assert np.array_equal(in_node(tmp_path, "draws.js", DRAW, given), expected)
