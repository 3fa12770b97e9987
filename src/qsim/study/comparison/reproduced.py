"""Makes the numbers of a page again, from the manifest that the page carries, and says whether they agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from html.parser import HTMLParser
from pathlib import Path

from qsim.engine.prepare import prepare
from qsim.scenario.loading import checked_scenario
from qsim.scenario.messages import InputError, Message
from qsim.scenario.reading import read_text
from qsim.scenario.schema import Scenario
from qsim.study.comparison.comparing import compare_worlds
from qsim.study.comparison.record import largest_difference, record_of
from qsim.study.comparison.relevance import Standards
from qsim.study.comparison.report import Report, Stage, report_of_comparison, report_of_run
from qsim.study.comparison.worlds import TwinWorlds, prepare_twins
from qsim.study.execution import run_rows
from qsim.study.experiment.manifest import Note, version_notes
from qsim.study.experiment.reproduce import Reproduction
from qsim.study.manifest import Manifest, make_manifest

ELEMENT = "qsim-manifest"
"""The id of the element in which a page carries its manifest."""

ENDINGS = (".html", ".htm")


class _Carried(HTMLParser):
    """Collects the text of the element that holds the manifest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: str | None = None
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and dict(attrs).get("id") == ELEMENT
        if self._inside and self.text is None:
            self.text = ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.text = (self.text or "") + data


def page_manifest(path: Path) -> Manifest | None:
    """Return the manifest that a page carries, with its numbers; None if the file is no page of qsim."""
    try:
        parser = _Carried()
        parser.feed(path.read_text(encoding="utf-8"))
        found = json.loads(parser.text or "")
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("package") == "qsim" and "numbers" in found else None


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
        raise _error(path, lacks)
    try:
        scenarios = [
            checked_scenario(read_text(entry["text"], f"{entry['id']} in {path}"), entry["id"])
            for entry in manifest["scenarios"]
        ]
        numbers = {name: manifest[name] for name in ("seed", "replications", "settings", "plausible", "budget")}
        standards = Standards(**manifest["standards"]) if manifest["standards"] else None
        notes = version_notes(manifest, make_manifest(manifest["study"], scenarios, **numbers, standards=standards))
    except (KeyError, TypeError, ValueError):
        raise _error(path, "carries a manifest that is damaged") from None
    for note in notes:
        told(note)
    report = _made_again(manifest, scenarios, standards, workers, stage)
    largest, where, _ = largest_difference(manifest["numbers"], record_of(report))
    runs = sum(len(result.rows) for result in report.results)
    return Reproduction(runs, runs, largest, where, tuple(notes))


def _made_again(
    manifest: Manifest, scenarios: list[Scenario], standards: Standards | None, workers: int | None, stage: Stage
) -> Report:
    seed, replications = manifest["seed"], manifest["replications"]
    if standards is None:
        with stage(replications, scenarios[0].id) as progress:
            rows = [(replicate, replicate) for replicate in range(replications)]
            return report_of_run(run_rows(prepare(scenarios[0]), rows, seed, workers, progress), manifest)
    plausible = manifest["plausible"]
    worlds = TwinWorlds(prepare_twins(scenarios, plausible), seed, replications, plausible)
    fixed = manifest["settings"] if plausible else replications
    most = fixed * worlds.replications * len(scenarios) if fixed is not None else manifest["budget"]
    with stage(most, "compare") as progress:
        found = compare_worlds(worlds, fixed, manifest["budget"] or 0, standards, workers, progress)
    return report_of_comparison(found, manifest, workers, stage)


def _error(path: Path, text: str) -> InputError:
    return InputError([Message(str(path), None, None, "", text)])
