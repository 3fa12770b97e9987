"""``make stability``: records what is promised anew; additions always, a break only with another major version."""

from __future__ import annotations

import sys

import qsim
from tests.stability.listing import listing
from tests.stability.record import RECORD, breaks, read, text_of


def main() -> None:
    """Write the record, or say what would break."""
    version, before = read() if RECORD.is_file() else ("0", {})
    now = listing()
    if version.partition(".")[0] == qsim.__version__.partition(".")[0] and (found := list(breaks(before, now))):
        sys.exit("\n".join([*found, f"Within {version.partition('.')[0]}.x this stays; see docs/stability.md."]))
    RECORD.write_text(text_of(qsim.__version__, now), encoding="utf-8")


if __name__ == "__main__":
    main()
