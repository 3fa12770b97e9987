"""Makes the numbers of a page again, from the manifest that the page carries, and says whether they agree."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from qsim.comparison.comparing import ComparisonPlan, planned_again
from qsim.comparison.record import record_of
from qsim.comparison.report import Report, Stage, report_of_comparison, report_of_run
from qsim.engine.prepare import prepare
from qsim.files.messages import InputError
from qsim.files.reading import read_text
from qsim.runs.execution import run_rows
from qsim.runs.manifest import Manifest, make_manifest
from qsim.scenario.loading import checked_scenario
from qsim.scenario.schema import Scenario
from qsim.sweep.plan import Note, version_notes
from qsim.sweep.reproduce import Reproduction


def largest_difference(there: Any, here: Any) -> tuple[float, str, int]:
    """Return the largest relative difference of two records, where it is, and how many numbers were compared.

    Another text, another shape or a number that is missing on one side counts as infinite.
    """
    largest, where, count = 0.0, "", 0
    for place, old, new in _paired(there, here, ""):
        count += 1
        difference = _difference(old, new)
        if difference > largest:
            largest, where = difference, place
    return largest, where, count


def _paired(there: Any, here: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(there, dict) and isinstance(here, dict):
        for name in {**there, **here}:
            yield from _paired(there.get(name), here.get(name), f"{place}.{name}" if place else name)
    elif isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        for index, (old, new) in enumerate(zip(there, here, strict=True)):
            yield from _paired(old, new, f"{place}[{index}]")
    else:
        yield place, there, here


def _difference(old: Any, new: Any) -> float:
    if old == new:
        return 0.0
    numbers = [isinstance(value, (int, float)) and not isinstance(value, bool) for value in (old, new)]
    if not all(numbers):
        return math.inf
    return float(abs(old - new) / max(abs(old), abs(new)))


MANIFEST_ELEMENT = re.compile(
    r"""<script\b[^>]*\bid=["']qsim-manifest["'][^>]*>(.*?)</script""", re.DOTALL | re.IGNORECASE
)
"""The element in which a page carries its manifest."""

COMPARE = "compare"
"""The study of a page that compares; another is on one scenario."""

ENDINGS = (".html", ".htm")


def page_manifest(path: Path) -> Manifest | None:
    """Return the manifest that a page carries, with its numbers; None if the file is no page of qsim."""
    try:
        carried = MANIFEST_ELEMENT.search(path.read_text(encoding="utf-8"))
        result = json.loads(carried[1] if carried is not None else "")
    except (OSError, ValueError):
        return None
    return result if isinstance(result, dict) and result.get("package") == "qsim" and "numbers" in result else None


def reproduce_page(
    path: Path,
    workers: int | None = None,
    stage: Stage = lambda runs, name: nullcontext(lambda done: None),
    told: Callable[[Note], None] = lambda note: None,
) -> Reproduction:
    """Run all that a page shows again and compare its numbers.

    ``told`` is called with each note on versions, before any run. Raise InputError if the file is no page of qsim or its
    manifest is damaged, RunError if a run fails.
    """
    manifest = page_manifest(path)
    if manifest is None:
        lacks = "is no page of qsim: it carries no manifest" if path.is_file() else "there is no such file"
        raise InputError.about(path, lacks)
    try:
        scenarios = [
            checked_scenario(read_text(entry["text"], f"{entry['id']} in {path}"), entry["id"])
            for entry in manifest["scenarios"]
        ]
        plan = planned_again(manifest, scenarios) if manifest["study"] == COMPARE else None
        here = make_manifest("run", scenarios, seed=int(manifest["seed"]), replications=int(manifest["replications"]))
        notes = version_notes(manifest, here)
    except (KeyError, TypeError, ValueError, IndexError):
        raise InputError.about(path, "carries a manifest that is damaged") from None
    for note in notes:
        told(note)
    if plan is None:
        report = _run_again(manifest, scenarios[0], workers, stage)
    else:
        report = _compared_again(plan, manifest, workers, stage)
    largest, where, _ = largest_difference(manifest["numbers"], record_of(report))
    runs = sum(len(result.rows) for result in report.results)
    return Reproduction(runs, runs, largest, where, tuple(notes))


def _run_again(manifest: Manifest, scenario: Scenario, workers: int | None, stage: Stage) -> Report:
    replications = int(manifest["replications"])
    with stage(replications, scenario.id) as progress:
        rows = [(replicate, replicate) for replicate in range(replications)]
        return report_of_run(run_rows(prepare(scenario), rows, int(manifest["seed"]), workers, progress), manifest)


def _compared_again(plan: ComparisonPlan, manifest: Manifest, workers: int | None, stage: Stage) -> Report:
    worlds = plan.worlds()
    with stage(plan.most_runs(worlds), "compare") as progress:
        result = plan.run(worlds, workers, progress)
    return report_of_comparison(result, manifest, workers, stage)
