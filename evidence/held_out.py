"""Draws the statements that are held out and stores them: ``python -m evidence.held_out``, once, by ``make held-out``.

To be done when all translations are reviewed and no test restates a pattern (decision 18); nothing is drawn twice.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

import numpy as np

from qsim.claims.held_out import held_out_statements
from qsim.claims.loading import read_claims
from qsim.claims.statements import SOURCE, all_groups, all_statements

SEED = 20261129
"""Of the order of all statements, published before the draw (decision 18)."""

NUMBER = 40
"""Statements that are held out."""

EMPTY = "held_out: []\n"
A_LINE = 20


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


def with_list(text: str, names: list[str]) -> str:
    """Return the file of statements with the list in place of the empty one; raise ValueError if there is none."""
    if text.count(EMPTY) != 1:
        raise ValueError(f"{SOURCE.name}: expected one line {EMPTY.strip()}")
    lines = [", ".join(names[first : first + A_LINE]) for first in range(0, len(names), A_LINE)]
    return text.replace(EMPTY, "held_out: [\n" + "".join(f"  {line},\n" for line in lines) + "]\n")


def main() -> None:
    """Draw from the statements that head a claim of the ledger and write the list; refuse a second draw."""
    if held_out_statements():
        sys.exit("the statements that are held out are drawn already, and once only")
    names = drawn(claim.statements[0] for claim in read_claims())
    SOURCE.write_text(with_list(SOURCE.read_text(encoding="utf-8"), names), encoding="utf-8")
    print(f"held out: {', '.join(names)}")


if __name__ == "__main__":
    main()
