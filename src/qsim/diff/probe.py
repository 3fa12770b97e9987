"""Runs scenarios in whatever version of qsim is imported and prints what came out, a line of JSON each; run as a script.

It uses nothing but what is promised to stay (``load_scenario``, ``simulate``), so that an older or a newer version runs it.
"""

from __future__ import annotations

import json
import math
import sys
from typing import Any


def main() -> None:
    """Read names, seed, replications and workers as JSON from standard input; print the version, then a line a scenario.

    What is missing in a run is None; outcomes that the version does not have are left out.
    """
    import qsim

    asked: dict[str, Any] = json.load(sys.stdin)
    print(json.dumps({"file": qsim.__file__, "version": qsim.__version__}), flush=True)
    for name in asked["scenarios"]:
        scenario = qsim.load_scenario(name)
        runs = qsim.simulate(
            scenario, replications=asked["replications"], seed=asked["seed"], workers=asked["workers"]
        ).runs
        columns = [column for column in asked["outcomes"] if column in runs]
        outcomes = {column: [_known(float(value)) for value in runs[column]] for column in columns}
        label = {"de": scenario.label.de, "en": scenario.label.en}
        print(json.dumps({"scenario": name, "label": label, "outcomes": outcomes}), flush=True)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


if __name__ == "__main__":
    main()
