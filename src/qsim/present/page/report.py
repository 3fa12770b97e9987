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
from qsim.present.page.source_words import SOURCE
from qsim.present.page.stages_section import stages_section
from qsim.present.page.time_section import time_section
from qsim.present.page.verdict_section import verdict_section
from qsim.present.page.why_section import why_section
from qsim.present.text.names import scenario_names
from qsim.present.text.numbers import decimal
from qsim.present.words.language import Language


def report_page(report: Report, language: Language) -> str:
    """Return the page on a comparison or on one scenario as HTML.

    It carries its manifest and its numbers, by which :mod:`qsim.comparison.reproduced` makes them again.
    """
    carried = {**report.manifest, "numbers": record_of(report)}
    return page_html(
        page_title(report, language),
        SOURCE("subtitle", language),
        report_sections(report, language),
        language,
        json.dumps(carried, ensure_ascii=False),
        kicker=SOURCE("kicker" if report.compared is not None else "kicker_run", language),
        footer=source_section(report, language),
    )


def page_title(report: Report, language: Language) -> str:
    """Return the title of a page: the scenario, the two that are compared, or how many."""
    names = scenario_names(report.scenarios, language)
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return SOURCE("against", language, first=names[0], second=names[1])
    return SOURCE("several", language, number=decimal(len(names), language, 0))


def report_sections(report: Report, language: Language) -> list[Section]:
    """Return the parts of a page in order; what only a comparison has is left out for one scenario."""
    found, results = report.compared, report.results
    shares = shares_blocks(found, report.shares, language) if found is not None else ()
    sections = [verdict_section(report, language)]
    if found is not None:
        sections.append(differs_section(found, language))
    sections += [
        stages_section(results, found, language),
        time_section(results, found, language),
        why_section(results, found, report.cases, report.divergences, shares, language),
    ]
    if found is not None:
        sections.append(flip_section(found, report.conditions, language))
    return [*sections, limits_section(report, language)]
