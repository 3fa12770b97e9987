"""The part *why* of a page: what holds practice back, where ways part, who pays the hours, and one case."""

from __future__ import annotations

from collections.abc import Sequence

from qsim.comparison.comparing import Compared
from qsim.comparison.why.case import Case
from qsim.comparison.why.divergence import Divergence
from qsim.engine.marks import CalendarMark, calendar_marks
from qsim.engine.result import Result
from qsim.measures.catalogue import CONSTRAINTS
from qsim.present.figures.constraint import monthly_shares
from qsim.present.page.blocks import Block, Bullets, Details, Group, Section, Table, Text
from qsim.present.page.why_charts import case_chart, constraint_chart, hours_block, same_way
from qsim.present.text.explained import case_text, difference_text, heaviest_departments
from qsim.present.text.names import Names, scenario_names
from qsim.present.text.summary import binding_shares
from qsim.present.words.speaker import Speaker
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number, month_text

Key = tuple[str, str, str]
"""Month, kind and label of a mark: what makes two marks the same."""


def divergence_text(found: Divergence | None, pair: Sequence[Scenario], speak: Speaker, run: int = 0) -> str:
    """Return where run ``run`` of two scenarios parts, and what the calendar has in that month.

    Where it has nothing then, the nearest mark is named that only one of the two has, as twins part over what comes, too.
    """
    told = difference_text(found, pair, run, speak)
    if found is None:
        return told
    month = found.month if found.month is not None else pair[0].start
    marks = [{_key(mark, speak): mark for mark in calendar_marks(scenario)} for scenario in pair]
    names = scenario_names(pair, speak)
    now = [key for key in {**marks[0], **marks[1]} if key[0] == month_text(month)]
    if now:
        said = speak.joined([_mark(key, marks, names, speak) for key in now])
        return f"{told} {speak('why.divergence.marks', marks=said)}"
    lone = [key for key in {**marks[0], **marks[1]} if (key in marks[0]) != (key in marks[1])]
    if not lone:
        return f"{told} {speak('why.divergence.none')}"
    nearest = min(lone, key=lambda key: abs(month_number(key[0]) - month))
    owner = names[0] if nearest in marks[0] else names[1]
    when = speak.month(f"{nearest[0]}-01", full=True)
    near = speak("why.divergence.mark_near", label=nearest[2], month=when, scenario=owner)
    return f"{told} {speak('why.divergence.near', mark=near)}"


def _key(mark: CalendarMark, speak: Speaker) -> Key:
    return mark.month, mark.kind, speak.label(mark.label)


def _mark(key: Key, marks: Sequence[dict[Key, CalendarMark]], names: Sequence[str], speak: Speaker) -> str:
    if key in marks[0] and key in marks[1]:
        return speak("why.divergence.mark_both", label=key[2])
    owner = names[0] if key in marks[0] else names[1]
    return speak("why.divergence.mark_of", label=key[2], scenario=owner)


ROWS = 15
"""Departments in the table of what holds each back, those that count most."""


def why_section(
    results: Sequence[Result],
    compared: Compared | None,
    cases: Sequence[tuple[Case, Case] | None],
    divergences: Sequence[Divergence | None],
    shares: tuple[Block, ...],
    speak: Speaker,
) -> Section:
    """Return the section ``why``.

    ``cases`` has a pair (run 0, mean over runs) for each scenario, None where no case runs through more than one
    department, or is empty; ``divergences`` the first difference of run 0 for each pair of the first scenario with
    another; ``shares`` the blocks on what each changed setting carries. Raise ValueError for another number of cases or
    divergences.
    """
    scenarios = [result.scenario for result in results]
    if len(cases) not in (0, len(results)) or len(divergences) not in (0, len(results) - 1):
        raise ValueError("there must be a case for each scenario, and a parting for each pair")
    names = scenario_names(scenarios, speak)
    blocks: list[Block] = [Group(speak("why.constraint.heading"), _constraints(results, names, speak))]
    if shares:
        blocks.append(Group(speak("why.shares"), shares))
    blocks.append(Group(speak("why.hours.heading"), (hours_block(results, names, speak),)))
    if compared is not None and divergences:
        blocks.append(Group(speak("why.divergence.heading"), _divergences(divergences, scenarios, speak)))
    followed = [place for place, pair in enumerate(cases) if pair is not None]
    if followed:
        pairs = [pair for pair in cases if pair is not None]
        own = [scenarios[place] for place in followed], [names[place] for place in followed]
        blocks.append(Group(speak("why.case.heading"), _cases(pairs, *own, speak)))
    return Section("why", speak("why.title"), tuple(blocks))


def _constraints(results: Sequence[Result], names: Sequence[str], speak: Speaker) -> tuple[Block, ...]:
    title = _constraint_text(results, names, speak)
    if not any(monthly_shares(result)[1].any() for result in results):
        return (Text(title),)
    blocks: list[Block] = [constraint_chart(results, names, title, speak)]
    for result, name in zip(results, names, strict=True):
        tables = (_departments(result, task.id, speak) for task in result.scenario.tasks)
        filled = tuple(table for table in tables if table.rows)
        if filled:
            blocks.append(Details(speak("why.by_department", scenario=name), filled))
    return tuple(blocks)


def _constraint_text(results: Sequence[Result], names: Sequence[str], speak: Speaker) -> str:
    """Return what binds most over the whole time: in one sentence if it is the same everywhere, else in one each."""
    found = [binding_shares(result.series, "constraint", CONSTRAINTS) for result in results]
    first = [None if shares.isna().all() else str(shares.index[0]) for shares in found]
    if len(results) > 1 and first[0] is not None and set(first) == {first[0]}:
        lack = speak(f"terms.lack.{first[0]}")
        ends = [float(shares.iloc[0]) for shares in found]
        if len(results) > 2:
            between = speak.percent_range(min(ends), max(ends))
            return speak("why.constraint.lead_many", lack=lack, range=between)
        told = [
            speak("why.constraint.share_in", share=speak.percent(share), scenario=name)
            for share, name in zip(ends, names, strict=True)
        ]
        return speak("why.constraint.lead_same", lack=lack, shares=speak.joined(told))
    sentences = []
    for shares, kind, name in zip(found, first, names, strict=True):
        if kind is None:
            sentences.append(speak("why.constraint.lead_none", scenario=name))
        else:
            said = {"lack": speak(f"terms.lack.{kind}"), "share": speak.percent(float(shares.iloc[0]))}
            sentences.append(speak("why.constraint.lead_one", scenario=name, **said))
    return " ".join(sentences)


def _departments(result: Result, task: str, speak: Speaker) -> Table:
    """Return the departments that count most for a task, with what holds each back most often."""
    rows = [
        (name, constraint, months, practice, weight)
        for name, weight, practice, constraint, months in heaviest_departments(result, task, ROWS, speak)
    ]
    number = speak.decimal(len(rows), 0)
    caption = speak("why.departments_caption", number=number)
    if len(result.scenario.tasks) > 1:
        caption = speak("why.departments_caption_task", number=number, task=Names(result.scenario, speak).task(task))
    heads = tuple(speak(f"table.{head}") for head in ("department", "constraint", "months", "practice", "weight"))
    return Table(caption, heads, tuple(rows), words=2, note=speak("table.departments_note"))


def _divergences(
    divergences: Sequence[Divergence | None], scenarios: Sequence[Scenario], speak: Speaker
) -> tuple[Block, ...]:
    told = tuple(
        divergence_text(each, (scenarios[0], other), speak)
        for each, other in zip(divergences, scenarios[1:], strict=True)
    )
    body: Block = Text(told[0]) if len(told) == 1 else Bullets(told)
    if not any(divergences):
        return (body,)
    return Text(speak("why.divergence.lead")), Details(speak("why.divergence.folded"), (body,))


def _cases(
    cases: Sequence[tuple[Case, Case]], scenarios: Sequence[Scenario], names: Sequence[str], speak: Speaker
) -> tuple[Block, ...]:
    means = [mean for _, mean in cases]
    chain = speak.label(means[0].chain.label)
    number = speak.decimal(len(means[0].steps), 0)
    blocks: list[Block] = [Text(speak("why.case.lead", chain=chain, number=number))]
    if same_way(means):
        blocks.append(case_chart("chart-case", means, scenarios, names, speak))
    else:
        blocks += [
            case_chart(f"chart-case-{place + 1}", [means[place]], [scenarios[place]], [names[place]], speak)
            for place in range(len(means))
        ]
    blocks.append(_told(means, scenarios, names, speak))
    single = [one for one, _ in cases]
    if any(mean.runs > 1 for mean in means):
        blocks.append(Details(speak("why.case.luck"), (_told(single, scenarios, names, speak),)))
    return tuple(blocks)


def _told(
    cases: Sequence[Case], scenarios: Sequence[Scenario], names: Sequence[str], speak: Speaker
) -> Text | Bullets:  # fmt: skip
    """Return where each case sticks, and why."""
    told = [case_text(case, scenario, speak) for case, scenario in zip(cases, scenarios, strict=True)]
    if len(told) == 1:
        return Text(told[0])
    return Bullets(marked=tuple(zip(names, told, strict=True)))
