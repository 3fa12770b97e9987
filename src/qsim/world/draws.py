"""Addressed random numbers: every draw has the address (seed, decision, replicate, month, slot) and is never consumed.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"): the key is the 64-bit
seed, the counter is (slot, absolute month, hash of the decision's name, replicate). One block gives two doubles in (0, 1).
This is the only file of the package that makes random numbers.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np

from qsim.world.compiling import compiled

_LOW = np.uint64(0xFFFFFFFF)
_WORD = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_FIVE = np.uint64(5)
_SIX = np.uint64(6)
_PARTNER = 1 << 16
MOST = 1.0 - 2.0**-53
"""The largest draw: the largest words would round to 1."""

DECISIONS: dict[str, int] = {}
"""All decisions by name, with their 32-bit hashes; filled as the rules are imported."""


def decision(name: str) -> int:
    """Return the 32-bit hash of a decision's name; raise ValueError if another name already has it."""
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")
    for other, taken in DECISIONS.items():
        if taken == number and other != name:
            raise ValueError(f"the decisions {name!r} and {other!r} share the hash {number}")
    DECISIONS[name] = number
    return number


def stable_slot(identifier: str) -> int:
    """Return the lasting 16-bit identity of something that has only an id: a task, unit, format, group or event."""
    return 1 + int.from_bytes(hashlib.blake2b(identifier.encode(), digest_size=2).digest(), "little") % 65535


def wide_slot(identifier: str) -> int:
    """Return a lasting 32-bit identity, for what draws alone and never in a pair: a post, a phase, an unknown."""
    return int.from_bytes(hashlib.blake2b(identifier.encode(), digest_size=4).digest(), "little")


@compiled
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Return the four 32-bit words (as uint64) of one Philox4x32-10 block for a counter and a key of such words."""
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0 = (product_1 >> _WORD) ^ c1 ^ k0
        c1 = product_1 & _LOW
        c2 = (product_0 >> _WORD) ^ c3 ^ k1
        c3 = product_0 & _LOW
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


@compiled
def uniform_pair(key: Any, decision_hash: int, month: int, slot: int) -> Any:
    """Return two independent doubles in (0, 1) of one address.

    ``key`` is the world's key record (seed, replicate); ``slot`` the lasting identity of the agent, from 0 to 2^32 - 1.
    """
    seed = np.uint64(key.seed)
    r0, r1, r2, r3 = philox(
        np.uint64(slot) & _LOW,
        np.uint64(month) & _LOW,
        np.uint64(decision_hash) & _LOW,
        np.uint64(key.replicate) & _LOW,
        seed & _LOW,
        seed >> _WORD,
    )
    first = (float(r0 >> _FIVE) * 67108864.0 + float(r1 >> _SIX) + 0.5) / 9007199254740992.0
    second = (float(r2 >> _FIVE) * 67108864.0 + float(r3 >> _SIX) + 0.5) / 9007199254740992.0
    return min(first, MOST), min(second, MOST)


@compiled
def uniform(key: Any, decision_hash: int, month: int, slot: int) -> float:
    """Return the first double in (0, 1) of an address."""
    first, _ = uniform_pair(key, decision_hash, month, slot)
    return first


@compiled
def pair_slot(slot: int, partner: int) -> int:
    """Return the slot of a draw for a pair: both identities below 2^16."""
    return slot + _PARTNER * partner


@compiled
def _ratio(r: float, a: Any, b: Any) -> float:
    above = a[7]
    below = b[7]
    for i in range(6, -1, -1):
        above = above * r + a[i]
        below = below * r + b[i]
    return above / below


_A = (3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
      4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3)  # fmt: skip
_B = (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3)  # fmt: skip
_C = (1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
      1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4)  # fmt: skip
_D = (1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9)  # fmt: skip
_E = (6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
      2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7)  # fmt: skip
_F = (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15)  # fmt: skip


@compiled
def normal_quantile(u: float) -> float:
    """Return the standard normal quantile of u in (0, 1), to about 1e-16 (Wichura 1988, algorithm AS 241)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(0.180625 - q * q, _A, _B)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    x = _ratio(r - 1.6, _C, _D) if r <= 5.0 else _ratio(r - 5.0, _E, _F)
    return -x if q < 0.0 else x


@compiled
def normal(key: Any, decision_hash: int, month: int, slot: int) -> float:
    """Return a standard normal draw of an address, by the inverse of its distribution."""
    return normal_quantile(uniform(key, decision_hash, month, slot))
