"""Addressed draws in plain whole numbers: Philox4x32-10, hashes of names, lasting slots."""

from __future__ import annotations

import functools
import hashlib
import statistics

WORD = 0xFFFFFFFF
LARGEST_BELOW_ONE = 1.0 - 2.0**-53
NORMAL = statistics.NormalDist()


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the four words of a block."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        first = 0xD2511F53 * c0
        second = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (second >> 32) ^ c1 ^ k0, second & WORD, (first >> 32) ^ c3 ^ k1, first & WORD
        k0 = (k0 + 0x9E3779B9) & WORD
        k1 = (k1 + 0xBB67AE85) & WORD
    return c0, c1, c2, c3


def uniform_of(high: int, low: int) -> float:
    """Return the double in (0, 1) of two words."""
    return min(((high // 32) * 67108864 + low // 64 + 0.5) / 9007199254740992, LARGEST_BELOW_ONE)


def quantile(uniform: float) -> float:
    """Return the standard normal quantile."""
    return NORMAL.inv_cdf(uniform)


@functools.cache
def hash32(text: str) -> int:
    """Return the hash of a decision, a phase, a post or an unknown value."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "little")


def hash16(text: str) -> int:
    """Return the slot of something that has only a name."""
    return 1 + int.from_bytes(hashlib.blake2b(text.encode(), digest_size=2).digest(), "little") % 65535


def pair(one: int, other: int) -> int:
    """Return the slot of two things together."""
    return one + 65536 * other


class Draws:
    """All draws of one run."""

    def __init__(self, seed: int, replicate: int) -> None:
        self.key = (seed & WORD, seed >> 32)
        self.replicate = replicate & WORD

    def uniform_pair(self, decision: str, month: int, slot: int) -> tuple[float, float]:
        """Return the two uniform numbers of an address."""
        r0, r1, r2, r3 = philox((slot & WORD, month & WORD, hash32(decision), self.replicate), self.key)
        return uniform_of(r0, r1), uniform_of(r2, r3)

    def uniform(self, decision: str, month: int, slot: int) -> float:
        """Return the first uniform number of an address."""
        return self.uniform_pair(decision, month, slot)[0]

    def normal(self, decision: str, month: int, slot: int) -> float:
        """Return the standard normal number of an address."""
        return quantile(self.uniform(decision, month, slot))
