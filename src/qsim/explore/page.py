"""The live page as one HTML file: the scripts, the worlds, what controls are called, and what was computed when it was made."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import qsim
from qsim.browser.bundle import bundle, packed
from qsim.browser.page import licences, worker_script
from qsim.comparison.verdict import KEY_OUTCOMES, PRIMARY
from qsim.engine.prepare import prepare
from qsim.engine.result import Result
from qsim.engine.rows import SETTINGS, TWINS, rows_of
from qsim.explore.catalogue import entry_of, measures_of
from qsim.explore.city.data import city_style
from qsim.explore.city.town import example_town, town_data
from qsim.explore.scripting import joined_scripts
from qsim.explore.worlds import Changeable
from qsim.measures.catalogue import CONSTRAINTS, OUTCOMES, SERIES
from qsim.present.page.html import ESCAPES, FONTS
from qsim.present.page.report import made_on
from qsim.present.text.summary import run_summary, spread
from qsim.present.text.units import cell, cell_range, heading
from qsim.present.words.languages import Language
from qsim.present.words.speaker import Speaker, legible
from qsim.runs.execution import Progress, run_rows
from qsim.runs.intervals import CONFIDENCE
from qsim.runs.manifest import Manifest, make_manifest
from qsim.runs.standards import Standards
from qsim.scenario.schema import Scenario

HERE = Path(__file__).parent
STUDY = "explore"
"""What the manifest of a live page calls it."""

CITY = "city"
"""What it calls the page of "Meine Stadt"."""

LOOKS = (4, 20, SETTINGS)
"""Settings after which the page shows what it has; the last are those of the other commands."""

TEXTS = ("explore.", "verdict.", "terms.list.", "terms.payer.", "terms.constraint.", "terms.of_runs.", "table.same",
         "table.beyond")  # fmt: skip
LEFT_OUT = ("explore.help.", "explore.made.")

Stage = Callable[[int, str], AbstractContextManager[Progress]]
"""Begins to show the progress of so many runs of a scenario."""


def speaker(language: Language) -> Speaker:
    """Return who says the texts of the package and those of the live page in a language."""
    return Speaker(language, (HERE / "words",))


def live_page(
    scenarios: Sequence[Scenario],
    seed: int,
    language: Language,
    command: str,
    workers: int | None,
    stage: Stage,
    day: date | None = None,
) -> tuple[str, Manifest]:
    """Return the live page of scenarios as HTML, made on a ``day`` (by default today), with the manifest that it carries.

    Without scenarios it is the page of "Meine Stadt", which asks for a city of one's own; what is computed when it is made
    is of an example. Raise InputError for wrong overrides, RunError for a run that fails.
    """
    speak, day = speaker(language), day or made_on()
    named = _with_own_ids(scenarios) if scenarios else [example_town()]
    results = []
    for scenario in named:
        with stage(LOOKS[-1] * TWINS, scenario.id) as progress:
            rows = rows_of(range(LOOKS[-1] * TWINS))
            results.append(run_rows(prepare(scenario, True), rows, seed, workers, progress))
    worlds = [Changeable(scenario, LOOKS[-1], seed) for scenario in named] if scenarios else []
    manifest = make_manifest(STUDY if scenarios else CITY, named, seed=seed, replications=LOOKS[-1] * TWINS, settings=LOOKS[-1],
                             plausible=True, command=command)  # fmt: skip
    manifest["numbers"] = {"levels": {result.scenario.id: _levels(result) for result in results}}
    manifest["day"] = day.isoformat()
    return _html(_data(worlds, results, seed, speak, day), worlds, results, manifest, speak, day), manifest


def _levels(result: Result) -> dict[str, Any]:
    means = {measure.name: float(result.runs_columns[measure.name].mean()) for measure in OUTCOMES}
    return {name: value if np.isfinite(value) else None for name, value in means.items()}


def _with_own_ids(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Return the scenarios, no two with the same id."""
    found: list[Scenario] = []
    for scenario in scenarios:
        taken = {one.id for one in found}
        names = (scenario.id, *(f"{scenario.id}_{n}" for n in range(2, len(scenarios) + 2)))
        own = next(name for name in names if name not in taken)
        found.append(scenario if own == scenario.id else scenario.model_copy(update={"id": own}))
    return found


def _data(
    worlds: Sequence[Changeable], results: Sequence[Result], seed: int, speak: Speaker, day: date
) -> dict[str, Any]:
    """Return what the scripts of the page read."""
    standards = Standards()
    said = {name: text for name, text in speak.texts.items() if name.startswith(TEXTS)}
    return {
        "language": speak.language,
        "version": qsim.__version__,
        "day": speak.day(day),
        "seed": seed,
        "twins": TWINS,
        "looks": LOOKS,
        "columns": [measure.name for measure in SERIES],
        "constraints": CONSTRAINTS,
        "keys": KEY_OUTCOMES,
        "main": [measure.name for measure in OUTCOMES if measure.main],
        "measures": measures_of(speak),
        "standards": {"clearly": standards.clearly, "probably": standards.probably, "confidence": CONFIDENCE},
        "words": {name: text for name, text in said.items() if not name.startswith(LEFT_OUT)},
        "worker": worker_script(),
        "scenarios": [_scenario(own, result, standards, speak) for own, result in zip(worlds, results, strict=False)],
        "city": None if worlds else town_data(),
    }


def _scenario(worlds: Changeable, result: Result, standards: Standards, speak: Speaker) -> dict[str, Any]:
    prepared = result.prepared
    found = entry_of(result.scenario, speak)
    for control in found["controls"]:
        options = worlds.options.get(control["key"])
        if control["kind"] == "choice" and options is not None:
            control["options"] = [one for one in control["options"] if one[0] in options]
    first = result.runs_columns[PRIMARY][: LOOKS[0] * TWINS]
    return found | {
        "first_shock": prepared.first_shock,
        "relevant": {measure.name: standards.smallest_relevant(measure, prepared)
                     for measure in OUTCOMES if measure.by_size},
        "check": float(np.nanmean(first)) if np.isfinite(first).any() else None,
    }  # fmt: skip


def _made(result: Result, speak: Speaker) -> dict[str, Any]:
    """Return what is told of a scenario where no script runs."""
    columns = result.runs_columns
    rows = []
    for measure in OUTCOMES:
        found = spread(columns[measure.name])
        if measure.main and found.runs:
            rows.append((heading(measure, speak), cell(found.mean, measure, speak),
                         cell_range(found.low, found.high, measure, speak)))  # fmt: skip
    label = speak.label(result.scenario.label)
    return {"label": label, "summary": run_summary(result, speak), "rows": rows,
            "caption": speak("explore.made.caption", scenario=label)}  # fmt: skip


def _html(
    data: dict[str, Any],
    worlds: Sequence[Changeable],
    results: Sequence[Result],
    manifest: Manifest,
    speak: Speaker,
    day: date,
) -> str:
    labels = [speak.label(result.scenario.label) for result in results]
    form = "title_city" if not worlds else "title" if len(labels) == 1 else "title_many"
    title = speak(f"explore.{form}", scenario=labels[0], number=speak.decimal(len(labels), 0))
    environment = Environment(
        loader=PackageLoader("qsim.explore", ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=lambda value: legible(value) if type(value) is str else value,
    )  # fmt: skip
    sheets = HERE.parent / "present" / "page" / "page.css", HERE / "live.css"
    style = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets).replace("var(--fonts)", FONTS)
    style += "" if worlds else city_style()
    script = joined_scripts("begin.js")
    return environment.get_template("live.html").render(
        language=speak.language,
        title=title,
        day=speak.day(day),
        say=lambda name, **values: speak(f"explore.{name}", **values),
        again=speak("explore.again.text", seed=str(data["seed"]), settings=str(LOOKS[-1]), twins=str(TWINS)),
        made=[_made(result, speak) for result in results],
        heads=[speak(f"explore.made.{head}") for head in ("outcome", "mean", "range")],
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(_json(data)),
        manifest=Markup(_json(manifest)),
        licences=licences(),
        worlds=Markup(packed(bundle(worlds, LOOKS[-1]))),
    ) + "\n"  # fmt: skip


def _json(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return "".join(ESCAPES.get(letter, letter) for letter in text)


def _policy(style: str, script: str) -> str:
    """Return the content security policy: this style and this script run, and the module, and nothing is loaded."""
    own = {name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for name, text in
           (("style", style), ("script", script))}  # fmt: skip
    return (
        f"default-src 'none'; script-src 'sha256-{own['script']}' 'wasm-unsafe-eval'; worker-src blob:; "
        f"style-src 'sha256-{own['style']}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
