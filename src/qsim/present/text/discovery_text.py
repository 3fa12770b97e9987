"""Boxes in words and as tables: what holds, and the limits as clauses with their values in the units people read."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table

from qsim.comparison.when.boxes import Box, Cases, Told, told_limit
from qsim.comparison.when.finding import HELD_OUT, CheckedBox, Discovery
from qsim.comparison.when.study import Question, measure_of
from qsim.measures.catalogue import Measure
from qsim.present.text.tables import add_numbers, new_table
from qsim.present.text.units import cell, percent_text, threshold_text, value_text
from qsim.present.words.speaker import Speaker
from qsim.runs.designs import Variable
from qsim.runs.readings import PEAK, WHOLE_RUN
from qsim.scenario.values import MONTH_PATTERN

SHARE = "share"


def question_text(question: Question, speak: Speaker) -> str:
    """Return what a question asks for, ``Done jointly above 40%``."""
    measure = measure_of(question.outcome)
    outcome = outcome_text(question.outcome, speak)
    if question.against is None:
        form = "above" if question.above else "below"
        threshold = _threshold(question.threshold, measure, speak)
        what = speak(f"discovery.{form}", outcome=outcome, threshold=threshold)
        named = question.scenario
        return what if named is None else speak("discovery.in_scenario", what=what, scenario=named)
    towards = question.threshold >= 0 if question.above else question.threshold <= 0
    form = ("more" if question.above else "less") if towards else ("other_more" if question.above else "other_less")
    amount = abs(question.threshold) if towards else question.threshold
    threshold = speak.exact(amount) if measure is None else threshold_text(amount, measure, speak)
    assert question.scenario is not None
    return speak(f"discovery.{form}", outcome=outcome, threshold=threshold, scenario=question.scenario,
                     against=question.against)  # fmt: skip


def outcome_text(column: str, speak: Speaker) -> str:
    """Return what a column of outcomes is called, with the time at which it is read where the column names one."""
    measure = measure_of(column)
    if measure is None:
        return column
    label, time = speak.label(measure.label), column.removeprefix(measure.name).removeprefix("_")
    month = time.replace("_", "-")
    if MONTH_PATTERN.fullmatch(month):
        return speak("discovery.timed", outcome=label, time=speak.month(f"{month}-01"))
    return speak(f"discovery.timed.{time}", outcome=label) if time in (WHOLE_RUN, PEAK) else label


def _threshold(value: float, measure: Measure | None, speak: Speaker) -> str:
    if measure is None:
        return speak.exact(value)
    if measure.unit.endswith(SHARE):
        return percent_text(value, speak)
    return cell(value, measure, speak)


def box_text(box: Box, cases: Cases, speak: Speaker, first: bool = True) -> str:
    """Return a box as a sentence without its stop: ``holds if turnover is below 12% a year and ...``."""
    clauses = speak.joined([clause(box, place, cases, speak) for place in sorted(box.limits)])
    return speak("discovery.holds" if first else "discovery.holds_too", clauses=clauses)


def clause(box: Box, place: int, cases: Cases, speak: Speaker) -> str:
    """Return the limit on one factor as a clause."""
    factor, limit = cases.factors[place], box.limits[place]
    label = speak.label(factor.label)
    if limit.levels is not None:
        return _levels_clause(factor, limit.levels, label, speak)
    told = told_limit(box, place, cases)
    form, ends = _form(told)
    values = {name: value_text(value, factor, speak) for name, value in ends.items()}
    if told.above is None and told.below is None:
        counted = (
            factor.whole and not factor.unit and {factor.label.de, factor.label.en} != {factor.id}
        )  # an id is no plural
        kind = "month_" if factor.months else "count_" if counted else ""
        return speak(f"discovery.clause.{kind}{form}", label=label, **values)
    return speak(f"discovery.clause.{form}", label=label, **values)


def _form(told: Told) -> tuple[str, dict[str, float]]:
    """Return which clause tells a limit, and the values in it."""
    if told.above is not None and told.below is not None:
        return "between", {"low": told.above, "high": told.below}
    if told.least is not None and told.most is not None:
        if told.least == told.most:
            return "exactly", {"value": told.least}
        return "range", {"low": told.least, "high": told.most}
    form, value = next((name, value) for name, value in told._asdict().items() if value is not None)
    return form, {"value": value}


def _levels_clause(factor: Variable, levels: frozenset[int], label: str, speak: Speaker) -> str:
    others = frozenset(range(len(factor.levels))) - levels
    excluded = len(others) == 1 and len(levels) > 1
    names = [_level_name(factor, level, speak) for level in sorted(others if excluded else levels)]
    form = "discovery.clause.not" if excluded else "discovery.clause.levels"
    return speak(form, label=label, levels=speak.either(names))


def _level_name(factor: Variable, level: int, speak: Speaker) -> str:
    name = speak.label(factor.names[level]) if factor.names else factor.levels[level].replace("_", " ")
    return speak("discovery.level", level=name)


SMALLEST_CHANCE = 0.001


def discovery_parts(found: Discovery, question: Question, left_out: int, speak: Speaker) -> list[RenderableType]:
    """Return the table of boxes, or the sentence that there are none, and notes."""
    what = question_text(question, speak)
    parts: list[RenderableType] = []
    if found.boxes:
        parts.append(_table(found, what, speak))
        parts += [_limits(one, found, speak) for one in found.boxes]
    else:
        share = speak.percent(found.share)
        none = speak("discovery.none", share=share, cases=speak.decimal(len(found.cases), 0))
        parts.append(f"{speak('discovery.title', what=what)}\n{none}")
    if left_out:
        parts.append(speak("discovery.left_out", number=str(left_out)))
    return parts


def _table(found: Discovery, what: str, speak: Speaker) -> Table:
    checked = str(-(-len(found.cases) // HELD_OUT))
    note = speak("discovery.note", checked=checked, share=speak.percent(found.share))
    table = new_table(speak("discovery.title", what=what), note)
    add_numbers(table, [speak("discovery.box")])
    table.add_column(speak("discovery.where"), ratio=1, overflow="fold")
    add_numbers(table, (speak(f"discovery.{name}") for name in ("coverage", "density", "cases")))
    for number, one in enumerate(found.boxes, start=1):
        text = box_text(one.box, found.cases, speak, first=number == 1)
        shares = [speak.percent(value) for value in (one.checked.coverage, one.checked.density)]
        table.add_row(str(number), text, *shares, speak.decimal(one.checked.cases, 0))
    return table


def _limits(one: CheckedBox, found: Discovery, speak: Speaker) -> str:
    """Return how likely each limit is by chance, the firmest first."""
    told = []
    for place in sorted(one.box.limits, key=lambda place: one.chances[place]):
        label = speak.label(found.cases.factors[place].label)
        told.append(speak("discovery.limit", label=label, chance=chance_text(one.chances[place], speak)))
    return speak("discovery.limits", limits="; ".join(told))


def chance_text(chance: float, speak: Speaker) -> str:
    """Return a chance with three digits, or that it is smaller."""
    if chance < SMALLEST_CHANCE:
        return f"< {speak.decimal(SMALLEST_CHANCE, 3)}"
    return speak.decimal(chance, 3)
