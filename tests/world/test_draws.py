"""The addressed random numbers: published vectors, ranges, what is in an address, compiled as uncompiled."""

import ast
import itertools
import math
from pathlib import Path

import numba
import numpy as np
import pytest
from scipy import stats

import qsim
from qsim.mechanisms.month import RULES
from qsim.world import draws, unknowns
from qsim.world.records import KEY_TYPE
from worlds import plain

SOURCES = Path(qsim.__file__).parent
KNOWN = dict(draws.DECISIONS)
"""The decisions of the package; rules of one's own that tests run later, in the same process, add theirs."""
ONES = 0xFFFFFFFF
VECTORS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
"""All vectors of philox4x32 with 10 rounds in the file ``kat_vectors`` of Random123: counter, key, block."""


@numba.njit
def philox_row(words, out):
    """The words of a block, from Python: c0 to c3, k0, k1 into out (4,)."""
    out[0], out[1], out[2], out[3] = draws.philox(words[0], words[1], words[2], words[3], words[4], words[5])


@numba.njit
def many_pairs(key, decision, month, slots, out):
    """Uniform pairs (slots, 2) of consecutive slots, compiled."""
    for i in range(slots.size):
        out[i, 0], out[i, 1] = draws.uniform_pair(key[0], decision, month, slots[i])


@numba.njit
def quantiles(u, out):
    """Normal quantiles of all u, compiled."""
    for i in range(u.size):
        out[i] = draws.normal_quantile(u[i])


def key_of(seed=1, replicate=0):
    key = np.zeros(1, dtype=KEY_TYPE)
    key["seed"], key["replicate"] = seed, replicate
    return key


def pairs(slots, seed=1, replicate=0, decision=7, month=24180):
    out = np.empty((len(slots), 2))
    many_pairs(key_of(seed, replicate), decision, month, np.asarray(slots, np.int64), out)
    return out


def plain_pair(slot, seed=1, replicate=0, decision=7, month=24180):
    return plain(draws.uniform_pair)(key_of(seed, replicate).view(np.recarray)[0], decision, month, slot)


@pytest.mark.parametrize(("counter", "key", "expected"), VECTORS, ids=["zeros", "ones", "pi"])
def test_philox_gives_the_published_vectors(counter, key, expected):
    words = np.array([*counter, *key], np.uint64)
    out = np.empty(4, np.uint64)
    philox_row(words, out)
    assert tuple(out) == expected
    assert tuple(plain(draws.philox)(*words)) == expected


def test_a_draw_has_the_address_it_says():
    """Counter (slot, month, decision, replicate), key = the seed's two halves, the high bits of two words a double."""
    seed, replicate, decision, month, slot = 0x299F31D0A4093822, 0x03707344, 0x13198A2E, 0x85A308D3, 0x243F6A88
    words = VECTORS[2][2]
    first = ((words[0] >> 5) * 2**26 + (words[1] >> 6) + 0.5) / 2**53
    second = ((words[2] >> 5) * 2**26 + (words[3] >> 6) + 0.5) / 2**53
    assert tuple(pairs([slot], seed, replicate, decision, month)[0]) == (first, second)


def test_compiled_and_plain_draws_are_the_same_bits():
    slots = [0, 1, 39, 65535, 2**31, 2**32 - 1]
    for seed in (0, 1, 2**63, 2**64 - 1):
        compiled = pairs(slots, seed=seed, replicate=5)
        assert [tuple(row) for row in compiled] == [plain_pair(slot, seed=seed, replicate=5) for slot in slots]


def test_the_largest_word_gives_less_than_one():
    """All bits set must not round up to 1, where the normal quantile is infinite."""

    def block(*words):
        return (np.uint64(ONES),) * 4

    function = plain(draws.uniform_pair)
    kept = function.__globals__["philox"]
    function.__globals__["philox"] = block
    try:
        first, second = plain_pair(0)
    finally:
        function.__globals__["philox"] = kept
    assert first < 1.0
    assert second < 1.0


@pytest.mark.parametrize("part", ["seed", "replicate", "decision", "month", "slot"])
def test_every_part_of_the_address_matters(part):
    address = {"seed": 3, "replicate": 4, "decision": 5, "month": 6}
    slot = 7
    before = pairs([slot], **address)[0]
    if part == "slot":
        slot += 1
    else:
        address[part] += 1
    assert not (pairs([slot], **address)[0] == before).any()


def test_normal_quantile_is_the_inverse_of_the_normal_distribution():
    u = np.concatenate(
        [np.linspace(0.0005, 0.9995, 1999), 10.0 ** -np.arange(4, 16), [2.0**-54, 1.0 - 2.0**-53, 0.075]]
    )
    out = np.empty_like(u)
    quantiles(u, out)
    assert out == pytest.approx(stats.norm.ppf(u), rel=1e-13, abs=1e-15)
    assert [plain(draws.normal_quantile)(x) for x in u] == pytest.approx(out, rel=1e-14, abs=1e-16)


def test_normal_quantile_rises_and_is_odd():
    u = np.sort(pairs(np.arange(1000))[:, 0])
    out, mirrored = np.empty_like(u), np.empty_like(u)
    quantiles(u, out)
    quantiles(1.0 - u, mirrored)
    assert (np.diff(out) > 0.0).all()
    assert mirrored == pytest.approx(-out, rel=1e-9)


def test_all_decisions_have_different_hashes():
    hashes = list(draws.DECISIONS.values())
    assert len(set(hashes)) == len(hashes)
    assert all(0 <= number < 2**32 for number in hashes)


def test_rules_declare_the_decisions_they_draw():
    declared = {name for rule in RULES for name in rule.decisions}
    assert declared | {"unknown"} == set(KNOWN)


def test_a_decision_is_known_by_its_name_alone():
    assert draws.decision("unknown") == unknowns.UNKNOWN
    assert draws.decision("unknown") == draws.DECISIONS["unknown"]


def test_two_decisions_with_one_hash_are_refused(monkeypatch):
    taken = {"another name": draws.DECISIONS["unknown"]}
    monkeypatch.setattr(draws, "DECISIONS", taken)
    with pytest.raises(ValueError, match=r"'unknown' and 'another name' share the hash"):
        draws.decision("unknown")


def test_slots_of_ids_last_and_fit_into_sixteen_bits():
    names = [f"unit_{i}" for i in range(2000)]
    slots = [draws.stable_slot(name) for name in names]
    assert all(1 <= slot <= 65535 for slot in slots)
    assert len(set(slots)) > 1900


def test_slots_of_pairs_differ():
    ids = [0, 1, 63, 64, 5000, 65535]
    found = [draws.pair_slot.py_func(a, b) for a, b in itertools.product(ids, ids)]
    assert len(set(found)) == len(found)
    assert max(found) < 2**32


def test_there_is_no_other_source_of_chance():
    """Nothing in the package imports ``random`` or uses ``numpy.random``."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                names = [f"{node.value.id}.{node.attr}"]
            else:
                continue
            for name in names:
                forbidden = name.split(".")[0] in ("random", "secrets") or name.startswith(
                    ("numpy.random", "np.random")
                )
                assert not forbidden, f"{path.relative_to(SOURCES)}: {name}"


def test_the_smallest_uniform_has_a_finite_quantile():
    assert math.isfinite(plain(draws.normal_quantile)(0.5 / 2**53))
