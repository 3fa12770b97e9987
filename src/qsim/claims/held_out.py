"""Which statements are held out: drawn once from those that head a test, and not run while rules and settings are worked on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from qsim.claims.statements import SOURCE, all_groups, all_statements
from qsim.files.kept import kept_yaml

SEED = 20261129
"""Of the order of all statements, published before the draw (decision 18)."""

NUMBER = 40
"""Statements that are held out."""


def is_held_out(statement: str) -> bool:
    """Return whether a statement, by its id, is held out, and with it all tests that it heads."""
    return statement in held_out_statements()


def held_out_statements() -> list[str]:
    """Return the statements that are held out, in order; none before they are drawn."""
    return list(kept_yaml(SOURCE)["held_out"])


def drawn(heads: Iterable[str], number: int = NUMBER) -> list[str]:
    """Return the statements to be held out of those that head a test, in order.

    Each group gives its share of ``number`` by largest remainders (of equal ones the first), and of a group those are taken
    that come first in one order of all statements.
    """
    pool = {*heads}
    number = min(number, len(pool))
    names = list(all_statements())
    order = [names[i] for i in np.random.default_rng(SEED).permutation(len(names)) if names[i] in pool]  # noqa: TID251  # a draw of no run
    sizes = Counter(name[0] for name in pool)
    quota, rest = {}, {}
    for letter in all_groups():
        quota[letter], rest[letter] = divmod(number * sizes[letter], max(len(pool), 1))
    for letter in sorted(rest, key=lambda letter: -rest[letter])[: number - sum(quota.values())]:
        quota[letter] += 1
    return sorted(name for letter in quota for name in [one for one in order if one[0] == letter][: quota[letter]])
