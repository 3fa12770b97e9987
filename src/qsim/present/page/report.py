"""The page an advisor reads: all its parts in order, as one HTML file."""

from __future__ import annotations

import json

from qsim.comparison.record import record_of
from qsim.comparison.report import Report
from qsim.present.page.blocks import Section
from qsim.present.page.differs_section import differs_section
from qsim.present.page.flip_section import flip_section
from qsim.present.page.html import page_html
from qsim.present.page.limits_section import limits_section
from qsim.present.page.shares_blocks import shares_blocks
from qsim.present.page.source_section import source_section
from qsim.present.page.stages_section import stages_section
from qsim.present.page.time_section import time_section
from qsim.present.page.verdict_section import verdict_section
from qsim.present.page.why_section import why_section
from qsim.present.text.names import scenario_names
from qsim.present.words.speaker import Speaker


def report_page(report: Report, speak: Speaker) -> str:
    """Return the page on a comparison or on one scenario as HTML.

    It carries its manifest and its numbers, by which :mod:`qsim.comparison.reproduced` makes them again.
    """
    carried = {**report.manifest, "numbers": record_of(report)}
    return page_html(
        page_title(report, speak),
        speak("source.subtitle"),
        report_sections(report, speak),
        speak,
        json.dumps(carried, ensure_ascii=False),
        kicker=speak("source.kicker" if report.compared is not None else "source.kicker_run"),
        footer=source_section(report, speak),
    )


def page_title(report: Report, speak: Speaker) -> str:
    """Return the title of a page: the scenario, the two that are compared, or how many."""
    names = scenario_names(report.scenarios, speak)
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return speak("source.against", first=names[0], second=names[1])
    return speak("source.several", number=speak.decimal(len(names), 0))


def report_sections(report: Report, speak: Speaker) -> list[Section]:
    """Return the parts of a page in order; what only a comparison has is left out for one scenario."""
    found, results = report.compared, report.results
    shares = shares_blocks(found, report.shares, speak) if found is not None else ()
    sections = [verdict_section(report, speak)]
    if found is not None:
        sections.append(differs_section(found, speak))
    sections += [
        stages_section(results, found, speak),
        time_section(results, found, speak),
        why_section(results, found, report.cases, report.divergences, shares, speak),
    ]
    if found is not None:
        sections.append(flip_section(found, report.conditions, speak))
    return [*sections, limits_section(report, speak)]
