"""Worlds as a page runs them, in Node or in a browser, and the same worlds as the package runs them."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np

from qsim.browser.bundle import bundle, packed
from qsim.browser.page import policy, pool_script, worker_script

RUNNER = Path(__file__).parent / "browser" / "runner.mjs"
PARTS = ("series", "tasks", "sums", "squares", "hours")
RELATIVE, ROUNDING = 1e-9, 1e-13


def node():
    """Return Node: that of the machine, or the one that comes with Playwright; nothing if there is neither."""
    own = shutil.which("node")
    if own is not None:
        return own
    try:
        import playwright
    except ImportError:
        return None
    driver = Path(playwright.__file__).parent / "driver" / "node"
    return str(driver) if driver.is_file() else None


def run_in_node(folder, bundled, jobs):
    """Run jobs ``(world, from, to, changes)``; return for each the results by part, or the error as text."""
    (folder / "bundle").write_bytes(bundled)
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    done = subprocess.run([node(), str(RUNNER), str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [read(folder / f"{place}.json") for place in range(len(jobs))]


def read(path):
    """Return what the runner wrote of a job."""
    said = json.loads(path.read_text(encoding="utf-8"))
    if "error" in said:
        return said["error"]
    numbers = np.fromfile(path.with_suffix(".bin"), "<f8")
    return dict(zip(PARTS, np.split(numbers, np.cumsum(said["lengths"])[:-1]), strict=True))


def native(prepared, rows, seed=1):
    """Return what the package gives for rows, in the parts and the order of a page."""
    output = prepared.run(seed, rows)
    own = (output.series, output.series_tasks, output.departments_sum, output.departments_square, output.ledger)
    return {name: values.ravel() for name, values in zip(PARTS, own, strict=True)}


def farthest(here, there):
    """Return by how much the numbers of two results differ at most, relative to the larger ones; missing ones are equal."""
    worst = 0.0
    for name in PARTS:
        one, other = here[name], there[name]
        assert one.shape == other.shape, name
        assert np.array_equal(np.isnan(one), np.isnan(other)), name
        assert np.array_equal(np.isinf(one), np.isinf(other)), name
        finite = np.isfinite(one)
        one, other = one[finite], other[finite]
        size = np.maximum(np.maximum(np.abs(one), np.abs(other)), ROUNDING / RELATIVE)
        worst = max(worst, float(np.max(np.abs(one - other) / size, initial=0.0)))
    return worst


def page_of(worlds, script):
    """Return a page that holds worlds, and runs a script that begins with the pool; ``bundle`` and ``worker`` are texts."""
    whole = pool_script() + script
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Worlds</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy("", whole)}">'
        f'<script type="text/plain" id="worker">{worker_script()}</script>'
        f'<script type="text/plain" id="bundle">{packed(bundle(worlds))}</script>'
        f'<script type="module">{whole}</script>'
    )
