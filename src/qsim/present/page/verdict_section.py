"""The first part of the page: the verdict in a sentence with its strength; with several scenarios the ranking, too."""

from __future__ import annotations

import math

from qsim.comparison.comparing import Compared
from qsim.comparison.report import Report
from qsim.comparison.verdict import Comparison
from qsim.present.page.blocks import Block, Bullets, Details, Dots, Group, Section, Table, Text, Verdict
from qsim.present.page.verdict_words import VERDICT_PART
from qsim.present.text.names import scenario_names
from qsim.present.text.numbers import decimal, of_hundred, whole_of_hundred
from qsim.present.text.summary import run_summary
from qsim.present.text.terms import TERMS
from qsim.present.text.units import cell, heading, threshold_text
from qsim.present.text.verdict import (
    confidence_text,
    effort_text,
    index_ahead,
    is_same,
    share_ahead,
    verdict_name,
    verdict_text,
)
from qsim.present.words.language import Language

ID = "verdict"


def verdict_section(report: Report, language: Language) -> Section:
    """Return the verdict on two scenarios, the ranking of several, or what came out of one."""
    found = report.compared
    if found is None:
        return _run(report, language)
    verdicts = tuple(_verdict(pair, language) for pair in found.pairs)
    how = Details(VERDICT_PART("how", language), tuple(Text(text) for text in _how(found, language)), printed=True)
    if len(verdicts) == 1:
        return Section(ID, VERDICT_PART("title", language), (*verdicts, _terms(found, language), how))
    first = scenario_names(found.scenarios, language)[0]
    against = Group(VERDICT_PART("against", language, first=first), verdicts)
    blocks = (*_ranking(found, language), against, _terms(found, language), how)
    return Section(ID, VERDICT_PART("title_several", language), blocks)


def _terms(found: Compared, language: Language) -> Bullets:
    """Return what the words of the verdict mean."""
    differ = any(_dots(pair, language) for pair in found.pairs)
    names = ["worlds"] + ["settings"] * (differ and found.worlds.plausible) + ["interval"] * differ
    said = {"confidence": confidence_text(found.pairs[0].confidence, language)}
    marked = [
        (VERDICT_PART(f"term.{name}", language, **said), VERDICT_PART(f"meaning.{name}", language, **said))
        for name in names
    ]
    return Bullets(marked=tuple(marked))


def _run(report: Report, language: Language) -> Section:
    (result,) = report.results
    runs = len(result.rows)
    counted = TERMS.counted("of_runs", runs, language) if runs > 1 else VERDICT_PART("one", language)
    blocks = Text(run_summary(result, language), "lead"), Text(VERDICT_PART("runs", language, runs=counted), "note")
    return Section(ID, VERDICT_PART("title_run", language), blocks)


def _verdict(pair: Comparison, language: Language) -> Verdict:
    return Verdict(pair.verdict, verdict_name(pair, language), verdict_text(pair, language), _dots(pair, language))


def _dots(pair: Comparison, language: Language) -> tuple[Dots, ...]:
    """Return how often the scenario that is ahead is so, by luck and by ignorance; nothing where nothing differs."""
    row = pair.primary
    if not math.isfinite(row.share_worlds) or is_same(row):
        return ()
    index = pair.better if pair.better >= 0 else index_ahead(row)
    better = scenario_names(pair.scenarios, language)[index]
    worlds = share_ahead(row, index, row.share_worlds)
    said = VERDICT_PART("luck", language, better=better, worlds=of_hundred(worlds, language))
    found = [Dots(whole_of_hundred(worlds), said)]
    if math.isfinite(row.share_settings):
        settings = share_ahead(row, index, row.share_settings)
        said = VERDICT_PART("ignorance", language, better=better, settings=of_hundred(settings, language))
        found.append(Dots(whole_of_hundred(settings), said))
    return tuple(found)


def _how(found: Compared, language: Language) -> list[str]:
    row = found.pairs[0].primary
    standards = found.standards
    shares = {
        "clearly": of_hundred(standards.clearly, language),
        "probably": of_hundred(standards.probably, language),
    }
    relevant = threshold_text(row.smallest_relevant, row.measure, language)
    strength = (
        VERDICT_PART("strength", language, **shares)
        if found.worlds.plausible
        else VERDICT_PART("strength_fixed", language)
    )
    return [VERDICT_PART("measured", language, relevant=relevant), strength, effort_text(found, language)]


def _ranking(found: Compared, language: Language) -> tuple[Block, ...]:
    """Return who is best how often, and what is lost otherwise; nothing if no setting has the outcome everywhere."""
    if not found.ranking:
        return ()
    measure = found.pairs[0].primary.measure
    names = scenario_names(found.scenarios, language)
    top = found.ranking[0]
    lead = VERDICT_PART(
        "first",
        language,
        number=decimal(len(names), language, 0),
        best=names[top.index],
        share=of_hundred(top.best, language),
        regret=threshold_text(round(top.regret, 4), measure, language),
    )
    heads = ("scenario", "level", "best", "regret", "regret_high")
    rows = tuple(
        (
            names[rank.index],
            cell(rank.level, measure, language),
            of_hundred(rank.best, language),
            cell(rank.regret, measure, language),
            cell(rank.regret_high, measure, language),
        )
        for rank in found.ranking
    )
    head = {"level": {"measure": heading(measure, language)}}
    table = Table(
        VERDICT_PART("ranking", language),
        tuple(VERDICT_PART(name, language, **head.get(name, {})) for name in heads),
        rows,
        note=VERDICT_PART("ranking_note", language),
    )
    return Text(lead, "lead"), table
