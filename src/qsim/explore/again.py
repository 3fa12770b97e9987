"""Makes a live page again from what it carries, and says whether its numbers, and all else on it, come out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from qsim.comparison.record import scenarios_in
from qsim.explore.measures import offer_from
from qsim.explore.page import CITY, Stage, live_page
from qsim.present.page.visible import first_other_line
from qsim.present.page.whole import first_other_place
from qsim.present.words.languages import LANGUAGES
from qsim.runs.agreement import largest_of_records
from qsim.runs.manifest import Manifest, make_manifest
from qsim.sweep.plan import Note, version_notes
from qsim.sweep.reproduce import PAGE, Reproduction


def reproduce_live_page(
    path: Path, manifest: Manifest, workers: int | None, stage: Stage, told: Callable[[Note], None]
) -> Reproduction:
    """Run the scenarios of a live page again, unchanged, and compare; ``told`` is called with each note on versions.

    Raise InputError for wrong scenarios, RunError if a run fails.
    """
    scenarios = scenarios_in(manifest, path)
    own = [] if manifest["study"] == CITY else [*map(offer_from, scenarios, manifest["measures"])]
    notes = version_notes(manifest, make_manifest(manifest["study"], scenarios, seed=0, replications=1))
    for note in notes:
        told(note)
    page = path.read_text(encoding="utf-8")
    language = next((one for one in LANGUAGES if f'<html lang="{one}"' in page), LANGUAGES[0])
    day = date.fromisoformat(manifest["day"]) if "day" in manifest else None
    again, new = live_page(own, manifest["seed"], language, manifest["command"], workers, stage, day)
    largest, where = largest_of_records(manifest.get("numbers"), new["numbers"])
    runs = len(scenarios) * new["replications"]
    found = Reproduction(runs, runs, largest, where, tuple(notes), ("numbers",))
    if any(note.of_qsim for note in notes):
        return replace(found, left_out=(PAGE,))
    found = replace(found, compared=("numbers", "text"), texts=first_other_line(page, again))
    if not found.agrees:
        return found
    return replace(found, compared=("numbers", "text", PAGE), rest=first_other_place(page, again))
