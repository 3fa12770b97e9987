"""The page of an advice for a committee: what is recommended, what it costs and brings, and what it depends on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from qsim.advice.costing import cost_of
from qsim.advice.situation import Situation
from qsim.comparison.report import Report
from qsim.present.figures.budget import Step, budget_figure
from qsim.present.page.blocks import Block, Bullets, Chart, Code, Details, Download, Section, Table, Text, page_table
from qsim.present.page.discovery_section import discovery_section
from qsim.present.page.html import page_html
from qsim.present.page.limits_section import limits_section
from qsim.present.page.stages_section import stages_section
from qsim.present.page.why_section import why_section
from qsim.present.text.advice_text import (
    advice_text,
    budget_text,
    curve_table,
    effort_text,
    enough_text,
    left_out_table,
    package_text,
    packages_table,
    packages_text,
    signed_effect,
    singles_table,
)
from qsim.present.text.again_text import again_text
from qsim.present.text.levers_table import euros_text
from qsim.present.text.names import Names
from qsim.present.text.units import heading
from qsim.present.words.speaker import Speaker, capital
from qsim.runs.manifest import Manifest
from qsim.scenario.values import month_number

if TYPE_CHECKING:
    from qsim.advice.advice import Advice


def advice_page(advice: Advice, report: Report | None, manifest: Manifest, speak: Speaker, day: date) -> str:
    """Return the page of an advice as HTML, made on a ``day``.

    ``report`` is the comparison of doing nothing with what is recommended, None where nothing is.
    """
    title = speak("advise.page.title", money=budget_text(advice, speak), scenario=speak.label(advice.scenario.label))
    house = Names(advice.scenario, speak)
    tasks = speak.joined([house.task(task.id) for task in advice.scenario.tasks])
    dated = speak.day(day)
    levels = {" ".join(one.ids): one.level for one in (advice.nothing, *advice.best)}
    carried = {**manifest, "numbers": {advice.goal: levels}, "day": day.isoformat()}
    return page_html(
        title,
        speak("advise.page.subtitle", measure=heading(advice.measure, speak)),
        [*_own_sections(advice, speak), *_explained(report, speak)],
        speak,
        json.dumps(carried, ensure_ascii=False),
        kicker=speak("advise.page.kicker"),
        footer=_source(advice, manifest, speak),
        topic=tasks,
        day=dated,
        source=speak("source.chart", title=title, version=str(manifest["version"]), day=dated),
    )


def _own_sections(advice: Advice, speak: Speaker) -> list[Section]:
    return [
        Section("advice", speak("advise.page.advice"), tuple(_recommended(advice, speak))),
        Section("money", speak("advise.curve"), (_curve(advice, speak),)),
        Section("alternatives", speak("advise.page.alternatives"), tuple(_alternatives(advice, speak))),
    ]


def _recommended(advice: Advice, speak: Speaker) -> Iterator[Block]:
    yield Text(advice_text(advice, speak), "lead")
    if advice.recommended.ids:
        yield _measures(advice, speak)
        yield Text(again_text(advice, speak))
    yield Text(effort_text(advice, speak), "note")


def _measures(advice: Advice, speak: Speaker) -> Table:
    """Return what is recommended, measure by measure: what it is, who decides it, what it costs by itself."""
    situation, rows = Situation(advice.scenario, month_number(advice.start)), []
    for name in advice.recommended.ids:
        lever = advice.library.levers[name]
        decider = speak(f"levers.decider.{lever.decided_by}")
        needs = "; ".join(speak(f"levers.need.{need}") for need in lever.needs)
        costs = cost_of(lever, advice.library, situation)
        a_year, once = euros_text(costs.a_year, speak), euros_text(costs.once, speak)
        rows.append((capital(speak.label(lever.label)), speak.label(lever.help), decider, needs,
                     a_year, once))  # fmt: skip
    names = ("measure", "what", "decided_by", "needs", "a_year", "once")
    heads = tuple(speak("advise.page.what" if name == "what" else f"levers.{name}") for name in names)
    return Table(speak("advise.page.measures"), heads, tuple(rows), words=4,
                 note=speak("advise.page.prices", year=str(advice.library.prices.year)))  # fmt: skip


def _curve(advice: Advice, speak: Speaker) -> Chart:
    curve = advice.curve
    steps: list[Step] = [
        (cost, *signed_effect(advice, one)) for cost, one in zip(curve.costs, curve.points, strict=True)
    ]
    told = [
        speak("advise.page.step", euros=speak.decimal(cost, 0), package=package_text(advice, one, speak))
        for cost, one in zip(curve.costs, curve.points, strict=True)
    ]
    return Chart(
        "chart-budget",
        enough_text(advice, speak),
        " ".join(told),
        lambda frame: budget_figure(frame, steps, advice.budget.euro, curve.limit, advice.measure, speak),
        page_table(curve_table(advice, speak)),
        speak("advise.page.curve_note", measure=heading(advice.measure, speak)),
    )


def _alternatives(advice: Advice, speak: Speaker) -> Iterator[Block]:
    yield page_table(packages_table(advice, speak))
    yield Bullets(tuple(packages_text(advice, speak).split("\n")))
    yield page_table(singles_table(advice, speak))
    rest = left_out_table(advice, speak)
    if rest is not None:
        yield Details(speak("advise.left_out"), (page_table(rest),))


def _explained(report: Report | None, speak: Speaker) -> list[Section]:
    """Return effects stage by stage, reasons, what the advice depends on, and what the model cannot say."""
    if report is None or report.compared is None:
        return []
    compared = report.compared
    return [
        stages_section(report.results, compared, speak),
        why_section(report.results, compared, report.cases, report.divergences, (), speak),
        discovery_section(compared, report.conditions, speak),
        limits_section(report, speak),
    ]


def _source(advice: Advice, manifest: Manifest, speak: Speaker) -> Section:
    entries = [Download(f"{one['id']}.yaml", speak("source.scenario", scenario=one["id"]), one["text"])
               for one in manifest["scenarios"]]  # fmt: skip
    return Section("source", speak("source.title"), (Code(str(manifest["command"]), speak("source.command")), *entries))
