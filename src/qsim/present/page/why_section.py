"""The part *why*: constraints, the changes that count, hours, the month in which twins part, a case on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qsim.present.page.blocks import Block, Bullets, Details, Group, Section, Table, Text
from qsim.present.page.case_chart import case_chart, same_way
from qsim.present.page.constraint_chart import constraint_chart
from qsim.present.page.divergence import divergence_text
from qsim.present.page.hours_chart import hours_chart
from qsim.present.page.why_words import WHY
from qsim.present.text.explain_tables import most_frequent
from qsim.present.text.explained import case_text
from qsim.present.text.names import Names, scenario_names
from qsim.present.text.numbers import decimal, percent, percent_range
from qsim.present.text.summary import binding_shares
from qsim.present.text.table_words import TABLES
from qsim.present.text.terms import CONSTRAINTS, TERMS
from qsim.present.words.language import Language
from qsim.present.words.wording import joined

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared
    from qsim.comparison.why.case import Case
    from qsim.comparison.why.divergence import Divergence
    from qsim.engine.result import Result
    from qsim.scenario.schema import Scenario

ROWS = 15
"""Departments in the table of what holds each back, those that count most."""


def why_section(
    results: Sequence[Result],
    found: Compared | None,
    cases: Sequence[tuple[Case, Case] | None],
    divergences: Sequence[Divergence | None],
    shares: tuple[Block, ...],
    language: Language,
) -> Section:
    """Return the section ``why``.

    ``cases`` has a pair (run 0, mean over runs) for each scenario, None where no case runs through more than one
    department, or is empty; ``divergences`` the first difference of run 0 for each pair of the first scenario with
    another; ``shares`` the blocks on what each changed setting carries. Raise ValueError for another number of cases or
    partings.
    """
    scenarios = [result.scenario for result in results]
    if len(cases) not in (0, len(results)) or len(divergences) not in (0, len(results) - 1):
        raise ValueError("there must be a case for each scenario, and a parting for each pair")
    names = scenario_names(scenarios, language)
    blocks: list[Block] = [Group(WHY("constraint", language), _constraints(results, names, language))]
    if shares:
        blocks.append(Group(WHY("shares", language), shares))
    blocks.append(Group(WHY("hours", language), (hours_chart(results, names, language),)))
    if found is not None and divergences:
        blocks.append(Group(WHY("parting", language), _divergences(divergences, scenarios, language)))
    followed = [place for place, pair in enumerate(cases) if pair is not None]
    if followed:
        pairs = [pair for pair in cases if pair is not None]
        own = [scenarios[place] for place in followed], [names[place] for place in followed]
        blocks.append(Group(WHY("case", language), _cases(pairs, *own, language)))
    return Section("why", WHY("title", language), tuple(blocks))


def _constraints(results: Sequence[Result], names: Sequence[str], language: Language) -> tuple[Block, ...]:
    title = _constraint_text(results, names, language)
    blocks: list[Block] = [constraint_chart(results, names, title, language)]
    for result, name in zip(results, names, strict=True):
        tables = tuple(
            _departments(result, task.id, language) for task in result.scenario.tasks if _weighted(result, task.id)
        )
        if tables:
            blocks.append(Details(WHY("by_department", language, scenario=name), tables))
    return tuple(blocks)


def _constraint_text(results: Sequence[Result], names: Sequence[str], language: Language) -> str:
    """Return what binds most over the whole time: in one sentence if it is the same everywhere, else in one each."""
    found = [binding_shares(result.series, "constraint", CONSTRAINTS) for result in results]
    first = [None if shares.isna().all() else str(shares.index[0]) for shares in found]
    if len(results) > 1 and first[0] is not None and set(first) == {first[0]}:
        lack = TERMS(f"lack.{first[0]}", language)
        ends = [float(shares.iloc[0]) for shares in found]
        if len(results) > 2:
            between = percent_range(min(ends), max(ends), language)
            return WHY("constraint.lead_many", language, lack=lack, range=between)
        told = [
            WHY("constraint.share_in", language, share=percent(share, language), scenario=name)
            for share, name in zip(ends, names, strict=True)
        ]
        return WHY("constraint.lead_same", language, lack=lack, shares=joined(told, language))
    sentences = []
    for shares, kind, name in zip(found, first, names, strict=True):
        if kind is None:
            sentences.append(WHY("constraint.lead_none", language, scenario=name))
        else:
            said = {"lack": TERMS(f"lack.{kind}", language), "share": percent(float(shares.iloc[0]), language)}
            sentences.append(WHY("constraint.lead_one", language, scenario=name, **said))
    return " ".join(sentences)


def _weighted(result: Result, task: str) -> bool:
    held = result.departments
    return bool(((held["task"] == task) & (held["weight"] > 0)).any())


def _departments(result: Result, task: str, language: Language) -> Table:
    """Return the departments that count most for a task, with what holds each back most often."""
    names = Names(result.scenario, language)
    held = result.departments[result.departments["task"] == task]
    weights = held.groupby("department", sort=False, observed=True)["weight"].first()
    chosen = weights[weights > 0].sort_values(ascending=False, kind="stable").index[:ROWS]
    rows = []
    for department in chosen:
        own = held[held["department"] == department].sort_values("month")
        constraint, months = most_frequent(own, language)
        practice = percent(float(own["practice"].iloc[-1]), language)
        weight = percent(float(weights[department]), language, 1)
        rows.append((names.department(str(department)), constraint, months, practice, weight))
    number = decimal(len(rows), language, 0)
    caption = WHY("departments_caption", language, number=number)
    if len(result.scenario.tasks) > 1:
        caption = WHY("departments_caption_task", language, number=number, task=names.task(task))
    heads = tuple(TABLES(head, language) for head in ("department", "constraint", "months", "practice", "weight"))
    return Table(caption, heads, tuple(rows), words=2, note=TABLES("departments_note", language))


def _divergences(
    divergences: Sequence[Divergence | None], scenarios: Sequence[Scenario], language: Language
) -> tuple[Block, ...]:
    told = tuple(
        divergence_text(each, (scenarios[0], other), language)
        for each, other in zip(divergences, scenarios[1:], strict=True)
    )
    body: Block = Text(told[0]) if len(told) == 1 else Bullets(told)
    return (body,) if not any(divergences) else (Text(WHY("parting.lead", language)), body)


def _cases(
    cases: Sequence[tuple[Case, Case]], scenarios: Sequence[Scenario], names: Sequence[str], language: Language
) -> tuple[Block, ...]:
    means = [mean for _, mean in cases]
    chain = means[0].chain.label.in_language(language)
    number = decimal(len(means[0].steps), language, 0)
    blocks: list[Block] = [Text(WHY("case.lead", language, chain=chain, number=number))]
    if same_way(means):
        blocks.append(case_chart("chart-case", means, scenarios, names, language))
    else:
        blocks += [
            case_chart(f"chart-case-{place + 1}", [means[place]], [scenarios[place]], [names[place]], language)
            for place in range(len(means))
        ]
    blocks.append(_told(means, scenarios, names, language))
    single = [one for one, _ in cases]
    if any(mean.runs > 1 for mean in means):
        blocks.append(Details(WHY("case.luck", language), (_told(single, scenarios, names, language),)))
    return tuple(blocks)


def _told(
    cases: Sequence[Case], scenarios: Sequence[Scenario], names: Sequence[str], language: Language
) -> Text | Bullets:  # fmt: skip
    """Return where each case sticks, and why."""
    told = [case_text(case, scenario, language) for case, scenario in zip(cases, scenarios, strict=True)]
    if len(told) == 1:
        return Text(told[0])
    return Bullets(marked=tuple(zip(names, told, strict=True)))
