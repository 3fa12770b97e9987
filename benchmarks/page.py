"""What a run takes in a page over what it takes in Python, in processor time: the rules as WebAssembly, in Node."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.timing import Finding
from qsim.browser.bundle import bundle
from qsim.browser.page import HERE
from qsim.browser.worlds import Worlds
from qsim.engine.prepare import prepare
from qsim.engine.rows import rows_of
from qsim.scenario.loading import load_scenario

NAMES = ("small", "medium", "halle")
RUNS = 50
PAIRS = 9

SCRIPT = """
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
const [rulesPath, bundlePath, name, runs] = process.argv.slice(2);
const { Rules } = await import(rulesPath);
const rules = await Rules.of(new Uint8Array(readFileSync(bundlePath)));
for await (const _ of createInterface({ input: process.stdin })) {
  const before = process.cpuUsage();
  rules.run(name, 0, Number(runs));
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e6);
}
"""


def findings() -> list[Finding]:
    """Return the ratio for some scenarios; nothing where there is no Node."""
    return [page_over_native(name) for name in NAMES] if shutil.which("node") else []


def page_over_native(name: str) -> Finding:
    """Return the median of pairs of the same runs, one after another; both are done twice before."""
    scenario = load_scenario(name)
    prepared = prepare(scenario, True)
    rows = rows_of(range(RUNS))
    with TemporaryDirectory() as folder:
        (Path(folder) / "bundle").write_bytes(bundle([Worlds(scenario)]))
        (Path(folder) / "time.mjs").write_text(SCRIPT, encoding="utf-8")
        command = ["node", "time.mjs", (HERE / "rules.mjs").as_uri(), "bundle", name, str(RUNS)]
        with subprocess.Popen(command, cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as node:
            pairs = [(_in_node(node), _here(lambda: prepared.run(1, rows))) for _ in range(PAIRS + 2)]
            assert node.stdin is not None
            node.stdin.close()
    return Finding(f"page_over_native_{name}", median(one / other for one, other in pairs[2:]), 1.5, "ratio")


def _in_node(node: subprocess.Popen[str]) -> float:
    assert node.stdin is not None
    assert node.stdout is not None
    print(file=node.stdin, flush=True)
    return float(node.stdout.readline())


def _here(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
