"""Small comparisons with all that a page needs, made once for the tests of its parts."""

from functools import cache

from qsim.comparison.comparing import compare_worlds
from qsim.comparison.why.case import follow_case
from qsim.comparison.why.divergence import first_divergence
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.engine.prepare import prepare
from qsim.present.figures.frame import NARROW, WIDE, framed
from qsim.present.page.blocks import Chart
from qsim.present.page.stages_section import stages_section
from qsim.present.page.time_section import time_section
from qsim.present.page.why_section import why_section
from qsim.present.words.speaker import Speaker
from qsim.runs.execution import run_rows
from qsim.runs.standards import Standards
from worlds import load_as

POSTS = ("commissioners[integration].funding[0].kind=fixed", "commissioners[integration].funding[0].duration_months=6")

KINDS = {
    "pair": (("small", "small"), ("months=30",), ((), POSTS), 4),
    "three": (("one_unit_three_tasks", "three_units"), ("months=14",), ((), ()), 2),
    "six": (("small",) * 6, ("months=8",), ((),) * 6, 2),
    "same": (("small", "small"), ("months=8",), ((), ()), 2),
    "one_run": (("funding_24", "funding_permanent"), ("months=40", "administration.departments=10"), ((), ()), 1),
    "one_month": (("small", "small"), ("months=1",), ((), ("administration.hierarchy=0.9",)), 2),
    "nothing": (
        ("small", "small"),
        ("months=8", "commissioners=[]", "concepts=[]", "events=[]", "formats=[]"),
        ((), ()),
        2,
    ),
}
"""Scenarios of a page, changes of all, changes of each, and the number of settings."""


def scenarios_of(kind):
    names, shared, own, _ = KINDS[kind]
    return [load_as(name, *shared, *changes) for name, changes in zip(names, own, strict=True)]


@cache
def compared(kind):
    """Return a comparison, its cases and its partings."""
    scenarios, settings = scenarios_of(kind), KINDS[kind][3]
    worlds = TwinWorlds(prepare_twins(scenarios), 1, 1 if kind == "one_run" else 2, True)
    found = compare_worlds(worlds, settings, 0, Standards(), workers=1)
    months = [one.start + one.months - 1 for one in scenarios]
    cases = [
        follow_case(own.prepared, None, month, 1, own.rows)
        for own, month in zip(found.worlds.results, months, strict=True)
    ]
    divergences = [first_divergence(worlds.twins[0], other) for other in worlds.twins[1:]]
    return found, cases, divergences


@cache
def alone():
    """Return the result of a scenario on its own, and its case."""
    scenario = load_as("small", "months=30")
    result = run_rows(prepare(scenario), [(0, 0), (1, 1), (2, 2)], workers=1)
    return result, follow_case(result.prepared, None, scenario.start + 29, 1, result.rows)


@cache
def sections_of(kind, language, shares=()):
    """Return the three sections that tell a comparison, or a scenario on its own (``alone``)."""
    if kind == "alone":
        result, case = alone()
        results, found, cases, divergences = [result], None, [case], []
    else:
        found, cases, divergences = compared(kind)
        results = found.worlds.results
    return (
        stages_section(results, found, Speaker(language)),
        time_section(results, found, Speaker(language)),
        why_section(results, found, cases, divergences, shares, Speaker(language)),
    )


@cache
def figures_of(kind, language):
    """Return the figures of all charts of these sections, by the chart's id and the width."""
    charts = [chart for section in sections_of(kind, language) for chart in blocks_of(section, Chart)]
    return {(chart.id, width): drawn(chart, width, language) for chart in charts for width in (WIDE, NARROW)}


def drawn(chart, width, language="de"):
    """Return a chart as it is drawn on a page for a width in inches."""
    frame = framed((chart.title, ""), chart.note, chart.alt, Speaker(language), width, margin=0.0)
    return chart.draw(frame)


def blocks_of(part, kind):
    """Return all blocks of a kind in a section or block, at any depth."""
    inner = getattr(part, "blocks", ())
    own = [block for block in inner if isinstance(block, kind)]
    return own + [found for block in inner for found in blocks_of(block, kind)]
