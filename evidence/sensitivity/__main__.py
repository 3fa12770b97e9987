"""What matters most, of all that nobody knows: runs the sensitivity study, measures what it takes, writes its page.

With --docs at full size, stopped, the same command goes on where it was; --small is too small to answer anything.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

SMALL = ("--number", "16", "--second", "3", "--replications", "2")
QSIM = "from qsim.cli import main; main()"
RESULTS = Path("results")
BYTES = 1 if sys.platform == "darwin" else 1024
"""The unit in which the system counts memory."""


def main() -> int:
    """Run what is missing of the study and write the page, if it is asked for; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--experiment", default="sensitivity", help="the experiment")
    parser.add_argument("--small", action="store_true", help="a small design")
    parser.add_argument("--out", type=Path, help="the folder of results")
    parser.add_argument("--docs", type=Path, help="write sensitivity_results.md and its figures there")
    chosen, more = parser.parse_known_args()
    out = chosen.out or RESULTS / ("sensitivity_small" if chosen.small else "sensitivity")
    command = [sys.executable, "-P", "-c", QSIM, "sensitivity", chosen.experiment, "--out", str(out)]
    code = measured([*command, *(SMALL if chosen.small else ()), *more], out)
    if code == 0 and chosen.docs is not None:
        write_page(out, chosen.docs)
    return code


def measured(command: list[str], out: Path) -> int:
    """Run a command, add what it took to the costs in the folder, and return its exit code."""
    path = out / "cost.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    start = time.monotonic()
    try:
        code = subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        code = 130
    if not (out / "manifest.json").is_file() or code == 2 or known.get("finished"):
        return code
    known["seconds"] = known.get("seconds", 0.0) + time.monotonic() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * BYTES
    known["peak_bytes"] = max(known.get("peak_bytes", 0), peak)
    known["bytes"] = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    known["processors"] = os.cpu_count() or 1
    known["finished"] = code == 0
    path.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    return code


def write_page(folder: Path, docs: Path) -> None:
    """Write the page of a finished study, and its figures beside it."""
    from evidence.sensitivity.page import FIGURES, sensitivity_page
    from evidence.sensitivity.stored import read_stored

    page = sensitivity_page(read_stored(folder))
    for name in FIGURES.values():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes((folder / "figures" / Path(name).name).read_bytes())
    (docs / "sensitivity_results.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
