"""The first part of the page: the verdict in a sentence with its strength; with several scenarios the ranking, too."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qsim.comparison.comparing import Compared
from qsim.comparison.report import Report
from qsim.comparison.verdict import Comparison
from qsim.present.page.blocks import Block, Bullets, Dots, Group, Link, Section, Table, Text, Verdict
from qsim.present.text.names import scenario_names
from qsim.present.text.summary import run_summary, runs_text
from qsim.present.text.tables import ranking_rows
from qsim.present.text.units import heading, threshold_text
from qsim.present.text.verdict import (
    confidence_text,
    counts_ahead,
    effort_text,
    index_ahead,
    is_same,
    verdict_name,
    verdict_text,
)
from qsim.present.words.speaker import Speaker

ID = "verdict"


def verdict_section(report: Report, speak: Speaker, findings: Sequence[tuple[str, str]] = ()) -> Section:
    """Return the summary, which fits a sheet of paper: the verdict on two scenarios, the ranking of several, or what came out.

    ``findings`` are what other parts say, each with its heading.
    """
    result = report.compared
    if result is None:
        return _run(report, speak)
    verdicts = tuple(_verdict(pair, speak) for pair in result.pairs)
    told: list[Block] = [Bullets(marked=tuple(findings))] if findings else []
    told.append(Link(f"#{EXPLAINED}", speak("verdict_section.explained")))
    if len(verdicts) == 1:
        return Section(ID, speak("verdict_section.title"), (*verdicts, *told))
    first = scenario_names(result.scenarios, speak)[0]
    against = Group(speak("verdict_section.against", first=first), verdicts)
    return Section(ID, speak("verdict_section.title"), (*_ranking(result, speak), against, *told))


EXPLAINED = "limits"
"""The section in which :func:`explained` stands."""


def explained(result: Compared, speak: Speaker) -> Group:
    """Return what the words of the verdict mean, and how it came about."""
    return Group(speak("verdict_section.how"), (_terms(result, speak), *map(Text, _how(result, speak))))


def _terms(result: Compared, speak: Speaker) -> Bullets:
    """Return what the words of the verdict mean."""
    differ = any(_dots(pair, speak) for pair in result.pairs)
    names = ["worlds"] + ["settings"] * (differ and result.worlds.plausible) + ["interval"] * differ + ["relevant"]
    row = result.pairs[0].primary
    relevant = threshold_text(row.smallest_relevant, row.measure, speak)
    return Bullets(marked=terms(names, result.pairs[0].confidence, relevant, speak))


def terms(names: Sequence[str], confidence: float, relevant: str, speak: Speaker) -> tuple[tuple[str, str], ...]:
    """Return words of a verdict, each with what it means: ``worlds``, ``settings``, ``interval`` or ``relevant``."""
    said = {"confidence": confidence_text(confidence, speak), "relevant": relevant}
    return tuple(
        (speak(f"verdict_section.term.{one}", **said), speak(f"verdict_section.meaning.{one}", **said)) for one in names
    )


def _run(report: Report, speak: Speaker) -> Section:
    (result,) = report.results
    how = "verdict_section.runs" if result.prepared.plausible else "verdict_section.runs_fixed"
    blocks = Text(run_summary(result, speak), "lead"), Text(speak(how, runs=runs_text(result, speak)), "note")
    return Section(ID, speak("verdict_section.title"), blocks)


def _verdict(pair: Comparison, speak: Speaker) -> Verdict:
    return Verdict(pair.verdict, verdict_name(pair, speak), verdict_text(pair, speak), _dots(pair, speak))


def _dots(pair: Comparison, speak: Speaker) -> tuple[Dots, ...]:
    """Return in how many worlds and in how many settings the one that is ahead is so; nothing where nothing differs."""
    row = pair.primary
    if not math.isfinite(row.share_worlds) or is_same(row):
        return ()
    index = pair.better if pair.better >= 0 else index_ahead(row)
    better = scenario_names(pair.scenarios, speak)[index]
    return tuple(
        Dots(count, speak(f"verdict_section.ahead.{name}", better=better, number=str(count)))
        for name, count in counts_ahead(row, index)
    )


def _how(result: Compared, speak: Speaker) -> list[str]:
    standards = result.standards
    shares = {
        "clearly": speak.of_hundred(standards.clearly),
        "probably": speak.of_hundred(standards.probably),
    }
    strength = (
        speak("verdict_section.strength", **shares)
        if result.worlds.plausible
        else speak("verdict_section.strength_fixed")
    )
    return [speak("verdict_section.measured"), strength, effort_text(result, speak)]


def _ranking(result: Compared, speak: Speaker) -> tuple[Block, ...]:
    """Return who is best how often, and what is lost otherwise; nothing if no setting has the outcome everywhere."""
    if not result.ranking:
        return ()
    measure = result.pairs[0].primary.measure
    names = scenario_names(result.scenarios, speak)
    top = result.ranking[0]
    leaders = [names[place] for place in result.leaders]
    lead = speak(
        "verdict_section.first" if len(leaders) == 1 else "verdict_section.alike",
        number=speak.decimal(len(names), 0),
        best=names[top.index],
        share=speak.of_hundred(top.best),
        leaders=speak.joined([speak("terms.quoted", name=name) for name in leaders]),
    )
    heads = ("scenario", "level", "best", "regret", "largest_regret")
    head = {"level": {"measure": heading(measure, speak)}}
    table = Table(
        speak("verdict_section.ranking"),
        tuple(speak(f"verdict_section.{name}", **head.get(name, {})) for name in heads),
        tuple(ranking_rows(result, speak)),
        note=speak("verdict_section.ranking_note"),
    )
    return Text(lead, "lead"), table
