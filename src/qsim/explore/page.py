"""The live page as one HTML file: the scripts, the worlds, what controls are called, and what was computed when it was made."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
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
from qsim.explore.city.templates import templates
from qsim.explore.city.town import example_town, town_data
from qsim.explore.measures import asked_of, measures_in
from qsim.explore.offer import Offer
from qsim.explore.scripting import joined_scripts
from qsim.explore.worlds import Changeable
from qsim.measures.catalogue import CONSTRAINTS, OUTCOMES, SERIES
from qsim.present.page.report import made_on
from qsim.present.page.template import embedded, written
from qsim.present.page.verdict_section import terms
from qsim.present.text.summary import run_summary, spread
from qsim.present.text.units import cell, cell_range, heading, threshold_text
from qsim.present.words.languages import Language
from qsim.present.words.speaker import Speaker
from qsim.runs.execution import Progress, run_rows
from qsim.runs.intervals import CONFIDENCE
from qsim.runs.manifest import Manifest, make_manifest
from qsim.runs.standards import Standards

HERE = Path(__file__).parent
STUDY = "explore"
"""What the manifest of a live page calls it."""

CITY = "city"
"""What it calls the page of "Meine Stadt"."""

LOOKS = (4, 20, SETTINGS)
"""Settings after which the page shows what it has; the last are those of the other commands."""

TEXTS = ("explore.", "verdict.", "keys.scenario.", "terms.list.", "terms.payer.", "terms.constraint.",
         "terms.of_runs.", "table.same", "table.beyond", "advise.take", "advise.none", "advise.nothing",
         "advise.effect", "advise.at.", "advise.with_interval", "advise.costs", "advise.no_money", "advise.euros",
         "advise.alone", "advise.alike", "advise.effort.", "advise.stopped.", "advise.money.euro", "advise.open")  # fmt: skip
LEFT_OUT = ("explore.help.", "explore.label.", "explore.made.")

Stage = Callable[[int, str], AbstractContextManager[Progress]]
"""Begins to show the progress of so many runs of a scenario."""


def speaker(language: Language) -> Speaker:
    """Return who says the texts of the package and those of the live page in a language."""
    return Speaker(language, (HERE / "words",))


@dataclass(frozen=True)
class Computed:
    """What a page shows in whatever language: results, the worlds that it may change ("Meine Stadt" makes its own), the seed."""

    results: tuple[Result, ...]
    worlds: tuple[Changeable, ...]
    seed: int


def live_page(
    offers: Sequence[Offer],
    seed: int,
    language: Language,
    command: str,
    workers: int | None,
    stage: Stage,
    day: date | None = None,
) -> tuple[str, Manifest]:
    """Return the live page of scenarios as HTML, made on a ``day`` (by default today), with the manifest that it carries.

    Without any it is the page of "Meine Stadt", which asks for a city of one's own; what is computed when it is made
    is of an example. Raise InputError for wrong overrides, RunError for a run that fails.
    """
    return page_of(computed(offers, seed, workers, stage), language, command, day)


def computed(offers: Sequence[Offer], seed: int, workers: int | None, stage: Stage) -> Computed:
    """Run what a live page shows, and raise what :func:`live_page` raises."""
    named = _with_own_ids(offers)
    results = []
    for scenario in [offer.scenario for offer in named] or [example_town()]:
        with stage(LOOKS[-1] * TWINS, scenario.id) as progress:
            rows = rows_of(range(LOOKS[-1] * TWINS))
            results.append(run_rows(prepare(scenario, True), rows, seed, workers, progress))
    return Computed(tuple(results), tuple(Changeable(offer, LOOKS[-1], seed) for offer in named), seed)


def page_of(found: Computed, language: Language, command: str, day: date | None = None) -> tuple[str, Manifest]:
    """Return the live page of what was computed, as :func:`live_page` does."""
    speak, day = speaker(language), day or made_on()
    named = [result.scenario for result in found.results]
    manifest = make_manifest(STUDY if found.worlds else CITY, named, seed=found.seed, replications=LOOKS[-1] * TWINS,
                             settings=LOOKS[-1], plausible=True, command=command)  # fmt: skip
    manifest["numbers"] = {"levels": {result.scenario.id: _levels(result) for result in found.results}}
    manifest["day"] = day.isoformat()
    manifest["measures"] = [asked_of(worlds.offer) for worlds in found.worlds]
    return _html(found, manifest, speak, day), manifest


def _levels(result: Result) -> dict[str, Any]:
    means = {measure.name: float(result.runs_columns[measure.name].mean()) for measure in OUTCOMES}
    return {name: value if np.isfinite(value) else None for name, value in means.items()}


def _with_own_ids(offers: Sequence[Offer]) -> list[Offer]:
    """Return the offers, no two for scenarios with the same id."""
    found: list[Offer] = []
    for offer in offers:
        scenario, taken = offer.scenario, {one.scenario.id for one in found}
        names = (scenario.id, *(f"{scenario.id}_{n}" for n in range(2, len(offers) + 2)))
        own = next(name for name in names if name not in taken)
        found.append(offer if own == scenario.id else replace(offer, scenario=scenario.model_copy(update={"id": own})))
    return found


def _data(found: Computed, speak: Speaker, day: date) -> dict[str, Any]:
    """Return what the scripts of the page read."""
    standards = Standards()
    said = {name: text for name, text in speak.texts.items() if name.startswith(TEXTS)}
    return {
        "language": speak.language,
        "version": qsim.__version__,
        "day": speak.day(day),
        "seed": found.seed,
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
        "scenarios": [
            _scenario(own, result, standards, speak) for own, result in zip(found.worlds, found.results, strict=False)
        ],
        "city": None if found.worlds else town_data(_first(found.results[0])),
    }


def _scenario(worlds: Changeable, result: Result, standards: Standards, speak: Speaker) -> dict[str, Any]:
    prepared = result.prepared
    found = entry_of(worlds.offer, speak)
    for control in found["controls"]:
        options = worlds.options.get(control["key"])
        if control["kind"] == "choice" and options is not None:
            control["options"] = [one for one in control["options"] if one[0] in options]
    return found | {
        "measures": measures_in(worlds.offer, speak),
        "ticked": worlds.offer.ticked,
        "measures_from": worlds.offer.situation.start,
        "prices": worlds.offer.library.prices.year,
        "first_shock": prepared.first_shock,
        "relevant": {measure.name: standards.smallest_relevant(measure, prepared)
                     for measure in OUTCOMES if measure.by_size},
        "check": _first(result),
    }  # fmt: skip


def _first(result: Result) -> float | None:
    """Return what the first look gives, None if it gives nothing."""
    first = result.runs_columns[PRIMARY][: LOOKS[0] * TWINS]
    return float(np.nanmean(first)) if np.isfinite(first).any() else None


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


def _words(speak: Speaker) -> tuple[tuple[str, str], ...]:
    """Return the words of a verdict that the page uses, each with what it means."""
    measure = next(one for one in OUTCOMES if one.name == PRIMARY)
    assert measure.smallest_relevant is not None
    relevant = threshold_text(measure.smallest_relevant, measure, speak)
    return terms(("worlds", "settings", "interval", "relevant"), CONFIDENCE, relevant, speak)


def _html(found: Computed, manifest: Manifest, speak: Speaker, day: date) -> str:
    labels = [speak.label(result.scenario.label) for result in found.results]
    form = "title_city" if not found.worlds else "title" if len(labels) == 1 else "title_many"
    title = speak(f"explore.{form}", scenario=labels[0], number=speak.decimal(len(labels), 0))
    return written(
        "live.html",
        speak.language,
        title,
        ("results", speak("explore.skip")),
        json.dumps(manifest, ensure_ascii=False, separators=(",", ":"), allow_nan=False),
        package="qsim.explore",
        style=(HERE / "live.css").read_text(encoding="utf-8") + ("" if found.worlds else city_style()),
        script=joined_scripts("begin.js"),
        title=title,
        day=speak.day(day),
        say=lambda name, **values: speak(f"explore.{name}", **values),
        again=speak("explore.again.text", seed=str(found.seed), settings=str(LOOKS[-1]), twins=str(TWINS)),
        words=_words(speak),
        made=[_made(result, speak) for result in found.results],
        heads=[speak(f"explore.made.{head}") for head in ("outcome", "mean", "range")],
        data=embedded(json.dumps(_data(found, speak, day), ensure_ascii=False, separators=(",", ":"), allow_nan=False)),
        licences=licences(),
        worlds=Markup(packed(bundle(found.worlds, LOOKS[-1]))),
        towns="" if found.worlds else Markup(packed(json.dumps(templates(found.seed, speak)).encode())),
    )
