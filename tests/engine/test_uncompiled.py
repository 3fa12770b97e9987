"""The same sources without compilation, and with every index checked; each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from qsim.measures.catalogue import SERIES
from qsim.runs.execution import simulate
from worlds import busy

TESTS = str(Path(__file__).parents[1])
ALONE = """
import json, sys
sys.path.insert(0, sys.argv[1])
import numba
from qsim.runs.execution import simulate
from worlds import busy
output = simulate(busy(), replicates=[17], seed=7, workers=1).output
print(json.dumps([bool(numba.config.DISABLE_JIT), output.series[0].tolist(), output.ledger.tolist()]))
"""
CHECKED = """
import sys
sys.path.insert(0, sys.argv[1])
from hypothesis import HealthCheck, Phase, given, settings
from strategies import scenarios
from qsim.engine.prepare import prepare
count = 0
@settings(max_examples=150, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
          suppress_health_check=list(HealthCheck))
@given(scenarios(months=24))
def run(scenario):
    global count
    prepare(scenario).run(1, [(0, 0), (1, 1)])
    count += 1
run()
print(count)
"""


def child(code, **environment):
    """What a program prints last in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, TESTS],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_uncompiled_is_the_same_run():
    plain, series, ledger = child(ALONE, NUMBA_DISABLE_JIT="1")
    assert plain
    compiled = simulate(busy(), replicates=[17], seed=7).output
    for i, measure in enumerate(SERIES):
        found = np.array(series)[:, i]
        assert found == pytest.approx(compiled.series[0, :, i], rel=1e-9, abs=1e-12, nan_ok=True), measure.name
    assert np.array(ledger) == pytest.approx(compiled.ledger, rel=1e-9, abs=1e-9)


@pytest.mark.bounds
def test_no_index_is_out_of_bounds(tmp_path):
    """Compiled anew with a check of every index, in a cache of its own; runs random scenarios."""
    assert child(CHECKED, NUMBA_BOUNDSCHECK="1", QSIM_CACHE_DIR=str(tmp_path)) >= 100
