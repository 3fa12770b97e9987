"""The streams: uniform and uncorrelated along each coordinate of an address, between two of them, and within a block.

Every test has fixed inputs, so it passes always or never. Each of about 1900 numbers is compared with what chance does to
a true stream: |z| < 5 is missed by chance once in 1.7 million, so one of them all once in 900 streams.
"""

import itertools
import math

import numba
import numpy as np
import pytest
from scipy import stats

from qsim.mechanisms.month import RULES
from qsim.mechanisms.staffing import POST
from qsim.world import draws
from qsim.world.records import KEY_TYPE

MANY = 2**16
SIDE = 2**8
LARGEST_Z = 5.0
BITS = 52
"""Bits of a double that are drawn; above a half the last of 53 is rounded away."""

COORDINATES = {
    "slot": ("slot", 1),
    "partner": ("slot", 2**16),
    "month": ("month", 1),
    "decision": ("decision", 1),
    "replicate": ("replicate", 1),
    "seed": ("seed", 1),
    "upper_seed": ("seed", 2**32),
}
"""The five coordinates of an address and their steps; a slot holds two identities and a seed two words."""

HOME = {"seed": 1, "replicate": 0, "decision": POST, "month": 12 * 2015, "slot": 1}
"""An address as runs have them, from which one or two coordinates go on."""


@numba.njit
def blocks(keys, decisions, months, slots, out):
    """Both doubles (addresses, 2) of each address, compiled."""
    for i in range(slots.size):
        out[i, 0], out[i, 1] = draws.uniform_pair(keys[i], decisions[i], months[i], slots[i])


def drawn(count, **moved):
    """Both doubles (count, 2) of addresses from home, each coordinate moved by so many steps (count,)."""
    parts = {name: np.full(count, value, np.uint64) for name, value in HOME.items()}
    for name, steps in moved.items():
        part, step = COORDINATES[name]
        parts[part] += np.asarray(steps, np.uint64) * np.uint64(step)
    keys = np.zeros(count, KEY_TYPE)
    keys["seed"], keys["replicate"] = parts["seed"], parts["replicate"]
    out = np.empty((count, 2))
    blocks(keys, *(parts[name].astype(np.int64) for name in ("decision", "month", "slot")), out)
    return out


def line(name):
    """Both doubles (MANY, 2) along a coordinate, with everything else fixed."""
    return drawn(MANY, **{name: np.arange(MANY)})


def plane(one, other):
    """First doubles (SIDE, SIDE) of all neighbours along two coordinates."""
    first, second = np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij")
    return drawn(SIDE * SIDE, **{one: first.ravel(), other: second.ravel()})[:, 0].reshape(SIDE, SIDE)


def correlation(a, b):
    """The correlation of two samples of independent uniforms, in its standard errors: their means are known."""
    return 12.0 * float(((a - 0.5) * (b - 0.5)).mean()) * math.sqrt(a.size)


def normal(p):
    """The z that is as rare as a p-value of one side."""
    return float(stats.norm.isf(p))


@pytest.mark.parametrize("name", COORDINATES)
def test_draws_along_a_coordinate_are_uniform(name):
    """By mean and variance, by counts in 256 cells, by the largest distance to the straight line, by every bit."""
    found = {}
    for double, u in enumerate(line(name).T):
        assert 0.0 < u.min() < u.max() < 1.0
        found[double, "mean"] = (u.mean() - 0.5) * math.sqrt(12.0 * MANY)
        found[double, "variance"] = (((u - 0.5) ** 2).mean() - 1.0 / 12.0) * math.sqrt(180.0 * MANY)
        cells = np.bincount((u * 256.0).astype(int), minlength=256)
        found[double, "cells"] = normal(stats.chi2.sf(((cells - MANY / 256) ** 2).sum() / (MANY / 256), 255))
        found[double, "distance"] = max(normal(stats.kstest(u, "uniform").pvalue), 0.0)
        words = (u * 2.0**BITS).astype(np.uint64)
        for bit in range(BITS):
            ones = int(((words >> np.uint64(bit)) & np.uint64(1)).sum())
            found[double, bit] = (2 * ones - MANY) / math.sqrt(MANY)
        assert len(np.unique(u)) == MANY
    assert {check: z for check, z in found.items() if abs(z) >= LARGEST_Z} == {}


@pytest.mark.parametrize("name", COORDINATES)
def test_neighbours_along_a_coordinate_are_uncorrelated(name):
    """At distances of 1 to 12, within a block and across two of them."""
    first, second = line(name).T
    found = {"block": correlation(first, second)}
    for lag in range(1, 13):
        found["first", lag] = correlation(first[:-lag], first[lag:])
        found["second", lag] = correlation(second[:-lag], second[lag:])
        found["across", lag] = correlation(second[:-lag], first[lag:])
    assert {check: z for check, z in found.items() if abs(z) >= LARGEST_Z} == {}


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(COORDINATES, 2)))
def test_neighbours_of_two_coordinates_are_uncorrelated(one, other):
    """One step of one coordinate is not undone, nor followed, by a step of another; sums of rows do not cluster."""
    u = plane(one, other)
    found = {
        "exchanged": correlation(u[1:, :-1].ravel(), u[:-1, 1:].ravel()),
        "together": correlation(u[:-1, :-1].ravel(), u[1:, 1:].ravel()),
        "mirrored": correlation(u[np.triu_indices(SIDE, 1)], u.T[np.triu_indices(SIDE, 1)]),
    }
    for axis in (0, 1):
        sums = (u.mean(axis=axis) - 0.5) * math.sqrt(12.0 * SIDE)
        found["sums", axis] = ((sums**2).sum() - SIDE) / math.sqrt(2.0 * SIDE)
    assert {check: z for check, z in found.items() if abs(z) >= LARGEST_Z} == {}
    assert len(np.unique(u)) == u.size


@pytest.mark.parametrize("name", ["slot", "month", "decision", "replicate", "seed", "upper_seed"])
def test_each_bit_of_an_address_changes_half_of_the_bits_drawn(name):
    """Every bit of every word matters, alone: flipped, it changes each double in half of its bits."""
    count = 512
    home = np.uint64(HOME.get(name, 0))
    words = home + (np.arange(count, dtype=np.uint64) << np.uint64(8))
    before = drawn(count, **{name: words - home})
    found = {}
    for bit in range(32):
        after = drawn(count, **{name: (words ^ (np.uint64(1) << np.uint64(bit))) - home})
        for double in (0, 1):
            one, other = ((u[:, double] * 2.0**BITS).astype(np.uint64) for u in (before, after))
            changed = sum(int(word).bit_count() for word in one ^ other)
            found[bit, double] = (2 * changed - BITS * count) / math.sqrt(BITS * count)
    assert {check: z for check, z in found.items() if abs(z) >= LARGEST_Z} == {}


def test_decisions_of_the_package_are_uncorrelated_with_each_other():
    """Under their real hashes, over the same agents, as one run draws them."""
    hashes = [draws.DECISIONS[name] for rule in RULES for name in rule.decisions]
    slots = np.arange(4096)
    steps = [np.full(slots.size, (number - HOME["decision"]) % 2**32) for number in hashes]
    rows = [drawn(slots.size, slot=slots, decision=step)[:, 0] for step in steps]
    found = {(a, b): correlation(rows[a], rows[b]) for a, b in itertools.combinations(range(len(rows)), 2)}
    assert {check: z for check, z in found.items() if abs(z) >= LARGEST_Z} == {}
