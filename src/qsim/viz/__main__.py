"""``python -m qsim.viz`` serves the page and opens it, with the options of ``solara run``; it asks nobody for newer versions."""

from __future__ import annotations

import sys

from solara.__main__ import run

if __name__ == "__main__":
    run.main(["qsim.viz.app", "--no-check-version", *sys.argv[1:]], prog_name="python -m qsim.viz")
