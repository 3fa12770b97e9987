"""The page of a run or of a comparison, with the part that says how it came about."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from qsim.comparison.record import record_of
from qsim.comparison.report import Report
from qsim.comparison.verdict import KEY_OUTCOMES, NUMBERS, PRIMARY
from qsim.measures.catalogue import OUTCOMES
from qsim.present.page.blocks import Block, Chart, Code, Download, Group, Section, Text
from qsim.present.page.differs_section import differs_section
from qsim.present.page.discovery_section import discovery_section
from qsim.present.page.help_section import help_section
from qsim.present.page.html import page_html
from qsim.present.page.limits_section import limits_section
from qsim.present.page.shares_section import shares_blocks
from qsim.present.page.stages_section import stages_section
from qsim.present.page.time_section import time_section
from qsim.present.page.verdict_section import verdict_section
from qsim.present.page.why_section import why_section
from qsim.present.text.names import Names, scenario_names
from qsim.present.words.speaker import Speaker
from qsim.runs.csv_files import csv_bytes, dialect_of
from qsim.runs.intervals import setting_levels
from qsim.runs.manifest import TOLD_LIBRARIES, drawn_with

if TYPE_CHECKING:
    from qsim.advice.helping import Help

ID = "source"
BY_SETTING = (PRIMARY, "commitment", "considered", "practice", "implementation_gap", *KEY_OUTCOMES)
"""The outcomes in the table by setting."""


def source_section(report: Report, speak: Speaker) -> Section:
    """Return the foot of the page."""
    manifest = report.manifest
    libraries = {name: manifest["libraries"][name] for name in TOLD_LIBRARIES}
    version = str(manifest["version"])
    made = speak(
        "source.made", version=version, python=str(manifest["python"]), seed=str(manifest["seed"]), **libraries
    )
    blocks: list[Block] = [
        Code(str(manifest["command"]), speak("source.command")),
        Code("qsim reproduce FILE.html", speak("source.check")),
        Download("outcomes.csv", speak("source.outcomes"), _csv(_outcomes(report), speak)),
    ]
    if report.compared is not None:
        blocks.append(Download("settings.csv", speak("source.settings"), _csv(_settings(report), speak)))
    names = scenario_names(report.scenarios, speak)
    for name, entry in zip(names, manifest["scenarios"], strict=True):
        blocks.append(Download(f"{entry['id']}.yaml", speak("source.scenario", scenario=name), entry["text"]))
    cite = f"{speak('source.cite')}: {speak('source.citation', version=version)}"
    return Section(ID, speak("source.title"), (*blocks, Text(made, "note"), Text(cite, "note")))


def _csv(table: pd.DataFrame, speak: Speaker) -> str:
    """Return a table as CSV of the language, its numbers with ten digits."""
    rounded = table.map(lambda value: float(f"{value:.10g}") if isinstance(value, float) else value)
    return csv_bytes(rounded, dialect_of(speak.language)).decode()


def _outcomes(report: Report) -> pd.DataFrame:
    """Return one row an outcome: its mean in each scenario, and what each pair says of it."""
    rows: list[dict[str, Any]] = []
    for measure in OUTCOMES:
        means = {result.scenario.id: float(result.runs[measure.name].mean()) for result in report.results}
        if not any(np.isfinite(value) for value in means.values()):
            continue
        row: dict[str, Any] = {"outcome": measure.name, "unit": measure.unit, **means}
        for pair in report.compared.pairs if report.compared is not None else ():
            found = pair.outcomes.get(measure.name)
            against = f"{pair.scenarios[1].id}_minus_{pair.scenarios[0].id}"
            row |= {f"{against}_{name}": getattr(found, name, None) for name in NUMBERS}
        rows.append(row)
    return pd.DataFrame(rows)


def _settings(report: Report) -> pd.DataFrame:
    """Return one row a scenario and setting: the mean of the main outcomes over its worlds."""
    assert report.compared is not None
    worlds = report.compared.worlds
    frames = []
    for place, result in enumerate(worlds.results):
        levels = {name: setting_levels(worlds.outcome(place, name)) for name in dict.fromkeys(BY_SETTING)}
        frames.append(pd.DataFrame({"scenario": result.scenario.id, "setting": range(worlds.settings), **levels}))
    return pd.concat(frames, ignore_index=True)


def report_page(report: Report, speak: Speaker, day: date | None = None, found: Help | None = None) -> str:
    """Return the page on a comparison or on one scenario as HTML; ``day`` is that on which it was made, see :func:`made_on`.

    The page of one scenario tells what was ``found`` to help most. It carries its manifest, its numbers and its day, by which
    :mod:`qsim.comparison.record` makes them again.
    """
    day = day or made_on()
    carried = {"drawing": drawn_with(), **report.manifest, "numbers": record_of(report), "day": day.isoformat()}
    title, dated = page_title(report, speak), speak.day(day)
    house = Names(report.scenarios[0], speak)
    tasks = [house.task(task.id) for task in report.scenarios[0].tasks]
    return page_html(
        title,
        speak.counted(
            "source.subtitle", len(tasks), tasks=speak.joined([speak("terms.quoted", name=one) for one in tasks])
        ),
        report_sections(report, speak, found),
        speak,
        json.dumps(carried, ensure_ascii=False),
        kicker=speak("source.kicker" if report.compared is not None else "source.kicker_run"),
        footer=source_section(report, speak),
        topic=", ".join(tasks),
        day=dated,
        source=speak("source.chart", title=title, version=str(report.manifest["version"]), day=dated),
    )


def made_on(environment: Mapping[str, str] = os.environ) -> date:
    """Return the day that a page bears: that of ``SOURCE_DATE_EPOCH`` where it is set, else today's."""
    seconds = environment.get("SOURCE_DATE_EPOCH", "")
    now = datetime.now(UTC)
    return datetime.fromtimestamp(int(seconds), UTC).date() if re.fullmatch(r"[0-9]{1,11}", seconds) else now.date()


def page_title(report: Report, speak: Speaker) -> str:
    """Return the title of a page: the scenario, the two that are compared, or how many."""
    names = scenario_names(report.scenarios, speak)
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return speak("source.against", first=names[0], second=names[1])
    return speak("source.several", number=speak.decimal(len(names), 0))


def report_sections(report: Report, speak: Speaker, found: Help | None = None) -> list[Section]:
    """Return the parts of a page in order; what only a comparison has is left out for one scenario."""
    compared, results = report.compared, report.results
    shares = shares_blocks(compared, report.shares, speak) if compared is not None else ()
    sections = [] if compared is None else [differs_section(compared, speak)]
    sections += [
        stages_section(results, compared, speak),
        time_section(results, compared, speak),
        why_section(results, compared, report.cases, report.divergences, shares, speak),
    ]
    if compared is not None:
        sections.append(discovery_section(compared, report.conditions, speak))
    if found is not None:
        sections.append(help_section(found, speak))
    sections.append(limits_section(report, speak))
    summary = [found for section in sections for found in findings(section)] if compared is not None else []
    return [verdict_section(report, speak, summary), *sections]


SUMMED = ("chart-stages", "chart-constraint", "chart-hours")
TOLD = ("differs", "flip", "limits")
"""Charts and sections whose statements make the summary."""


def findings(part: Section | Group) -> list[tuple[str, str]]:
    """Return what the summary says of a part: the statements of main charts and of its lead, with their headings."""
    found = []
    for block in part.blocks:
        if isinstance(block, Group):
            found += findings(block)
        elif isinstance(block, Chart) and block.id in SUMMED:
            found.append((part.title, block.title))
        elif isinstance(block, Text) and block.kind == "lead" and isinstance(part, Section) and part.id in TOLD:
            found.append((part.title, block.text))
    return [(title, text if text.endswith(".") else f"{text}.") for title, text in found]
