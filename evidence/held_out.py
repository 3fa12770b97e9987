"""Draws the statements that are held out and stores them: ``python -m evidence.held_out``, once, by ``make held-out``.

To be done when all translations are reviewed and no test restates a pattern (decision 18); nothing is drawn twice.
"""

from __future__ import annotations

import sys

from qsim.claims.held_out import drawn, held_out_statements
from qsim.claims.loading import read_claims
from qsim.claims.statements import SOURCE

EMPTY = "held_out: []\n"
A_LINE = 20


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
