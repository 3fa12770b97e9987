"""What the live page takes in Chromium over what its runs take in Python, and how soon it answers.

Ratios are of processor time, that of all processes of the browser, as other work on the machine leaves it alone; seconds
are the shortest of several times.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.timing import Finding
from qsim.engine.prepare import Prepared, prepare
from qsim.engine.rows import TWINS, rows_of
from qsim.explore.offer import Offer
from qsim.explore.page import LOOKS, live_page
from qsim.scenario.loading import load_scenario

if TYPE_CHECKING:
    from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from trial_browser import launched, missing

NAMES = ("medium", "small", "halle")
"""Scenarios of the page; plans are changed in the first."""

SLIDER = "administration.budget_tightness"
RUNS, PAIRS = 100, 7
MOVES = 8
BOUNDS = ((LOOKS[0] * TWINS, 0.5, 80), (LOOKS[-1] * TWINS, 4.0, 800))
"""So many twins are shown after so many seconds, for the processor time of so many runs in Python."""

OPEN = """async () => {
  const { pool } = qsim.runs, text = document.getElementById("qsim-worlds").textContent;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bundle = new Uint8Array(await new Response(stream).arrayBuffer());
  globalThis.pools = [];
  for (const count of [1, 2]) pools[count] = await pool.constructor.open(qsim.data.worker, bundle, count);
}"""

RUN = """async ([workers, name, runs]) => {
  const start = performance.now();
  await pools[workers].run(name, { to: runs });
  return (performance.now() - start) / 1000;
}"""

MOVE = """async ([key, value, settings]) => {
  const slider = document.querySelector(`[data-key="${key}"] input`), results = document.getElementById("results");
  delete results.dataset.settings;
  const shown = new Promise((resolve) => new MutationObserver((_, observer) => {
    if (Number(results.dataset.settings) !== settings) return;
    observer.disconnect();
    qsim.stopping.abort();
    resolve();
  }).observe(results, { attributes: true, attributeFilter: ["data-settings"] }));
  const start = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event("input"));
  await shown;
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return (performance.now() - start) / 1000;
}"""


def findings() -> Iterator[Finding]:
    """Yield all ratios and seconds; nothing where there is no browser."""
    if missing():
        return
    from playwright.sync_api import sync_playwright

    scenarios = [load_scenario(name) for name in NAMES]
    page, _ = live_page(
        [*map(Offer, scenarios)], 1, "en", "benchmarks", None, lambda runs, name: nullcontext(lambda done: None)
    )
    prepared = [prepare(scenario, True) for scenario in scenarios]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "live.html"
        path.write_text(page, encoding="utf-8")
        with closing(launched(playwright)) as browser:
            live = Live(browser, path, LOOKS[-1])
            for one in prepared:
                yield live.over_native(one)
            yield live.two_workers_over_one(NAMES[0])
            for twins, most, runs in BOUNDS:
                yield from live.answers(prepared[0], twins, most, runs)


class Live:
    """The live page in a browser, computed for so many settings, with pools of one and of two workers beside its own."""

    def __init__(self, browser: Browser, path: Path, settings: int) -> None:
        self.page = browser.new_page(viewport={"width": 1280, "height": 800})
        self.page.goto(path.as_uri())
        self.page.wait_for_selector(f"#results[data-settings='{settings}']", timeout=600_000)
        self.page.evaluate(OPEN)
        self.session = browser.new_browser_cdp_session()
        self.values = count(1)

    def processor(self) -> float:
        """Return the seconds of processor time that all processes of the browser have taken."""
        told: dict[str, Any] = self.session.send("SystemInfo.getProcessInfo")
        return sum(float(one["cpuTime"]) for one in told["processInfo"])

    def run(self, workers: int, name: str) -> float:
        """Return the seconds on the clock that some runs take in a pool."""
        return float(self.page.evaluate(RUN, [workers, name, RUNS]))

    def over_native(self, prepared: Prepared) -> Finding:
        """Return the median ratio of runs in one worker to the same runs in Python, in turns; both are done twice before."""
        name, rows = prepared.scenario.id, rows_of(range(RUNS))
        pairs = [(_spent(self.processor, lambda: self.run(1, name)), _spent(time.process_time, lambda: prepared.run(1, rows)))
                 for _ in range(PAIRS + 2)]  # fmt: skip
        return Finding(f"browser_over_native_{name}", median(one / other for one, other in pairs[2:]), 1.5, "ratio")

    def two_workers_over_one(self, name: str) -> Finding:
        """Return how many times as many runs two workers do in the same time, by the shortest of times in turns."""
        times = [(self.run(1, name), self.run(2, name)) for _ in range(3 * PAIRS)]
        one, two = (min(each) for each in zip(*times, strict=True))
        unit = "ratio" if (os.cpu_count() or 1) > 1 else "ratio on one processor"
        return Finding("browser_two_workers_over_one", one / two, 1.7, unit, "at least")

    def answers(self, prepared: Prepared, twins: int, most: float, runs: float) -> Iterator[Finding]:
        """Yield how soon an answer from so many twins is shown after a slider moves, and what it takes in runs in Python."""
        rows = rows_of(range(twins))
        times, spent, native = [], 0.0, 0.0
        for _ in range(MOVES):
            before = self.processor()
            times.append(float(self.page.evaluate(MOVE, [SLIDER, next(self.values), twins // TWINS])))
            spent += self.processor() - before
            native += _spent(time.process_time, lambda: prepared.run(1, rows)) / twins
        yield Finding(f"browser_{twins}_twins_seconds", min(times), most, "seconds")
        yield Finding(f"browser_{twins}_twins_in_runs", spent / native, runs, "runs in Python, in processor time")


def _spent(clock: Callable[[], float], work: Callable[[], object]) -> float:
    start = clock()
    work()
    return clock() - start
