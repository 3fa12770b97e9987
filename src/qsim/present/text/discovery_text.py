"""Boxes in words: what holds, and the limits as clauses with their values in the units people read."""

from __future__ import annotations

from decimal import Decimal

from qsim.comparison.when.boxes import Box, Cases, Told, told_limit
from qsim.comparison.when.study import Question, measure_of
from qsim.measures.catalogue import Measure
from qsim.present.text.discovery_words import DISCOVERY
from qsim.present.text.numbers import decimal, exact, month_name, percent
from qsim.present.text.units import cell, threshold_text
from qsim.present.words.language import Language
from qsim.present.words.wording import joined
from qsim.runs.readings import PEAK, WHOLE_RUN
from qsim.runs.variable import Variable
from qsim.scenario.values import MONTH_PATTERN, month_text

SHARE = "share"
PER = ("month", "year", "meeting")
LARGE, FEW_DIGITS = 1000.0, 4


def question_text(question: Question, language: Language) -> str:
    """Return what a question asks for, ``Done jointly above 40%``."""
    measure = measure_of(question.outcome)
    outcome = outcome_text(question.outcome, language)
    if question.against is None:
        form = "above" if question.above else "below"
        threshold = _threshold(question.threshold, measure, language)
        what = DISCOVERY(form, language, outcome=outcome, threshold=threshold)
        named = question.scenario
        return what if named is None else DISCOVERY("in_scenario", language, what=what, scenario=named)
    towards = question.threshold >= 0 if question.above else question.threshold <= 0
    form = ("more" if question.above else "less") if towards else ("other_more" if question.above else "other_less")
    amount = abs(question.threshold) if towards else question.threshold
    threshold = exact(amount, language) if measure is None else threshold_text(amount, measure, language)
    assert question.scenario is not None
    return DISCOVERY(form, language, outcome=outcome, threshold=threshold, scenario=question.scenario,
                     against=question.against)  # fmt: skip


def outcome_text(column: str, language: Language) -> str:
    """Return what a column of outcomes is called, with the time at which it is read where the column names one."""
    measure = measure_of(column)
    if measure is None:
        return column
    label, time = measure.label.in_language(language), column.removeprefix(measure.name).removeprefix("_")
    month = time.replace("_", "-")
    if MONTH_PATTERN.fullmatch(month):
        return DISCOVERY("timed", language, outcome=label, time=month_name(f"{month}-01", language))
    return DISCOVERY(f"timed.{time}", language, outcome=label) if time in (WHOLE_RUN, PEAK) else label


def _threshold(value: float, measure: Measure | None, language: Language) -> str:
    if measure is None:
        return exact(value, language)
    if measure.unit.endswith(SHARE):
        return percent_text(value, language)
    return cell(value, measure, language)


def box_text(box: Box, cases: Cases, language: Language, first: bool = True) -> str:
    """Return a box as a sentence without its stop: ``holds if turnover is below 12% a year and ...``."""
    clauses = joined([clause(box, place, cases, language) for place in sorted(box.limits)], language)
    return DISCOVERY("holds" if first else "holds_too", language, clauses=clauses)


def clause(box: Box, place: int, cases: Cases, language: Language) -> str:
    """Return the limit on one factor as a clause."""
    factor, limit = cases.factors[place], box.limits[place]
    label = factor.label.in_language(language)
    if limit.levels is not None:
        return _levels_clause(factor, limit.levels, label, language)
    told = told_limit(box, place, cases)
    form, ends = _form(told)
    values = {name: value_text(value, factor, language) for name, value in ends.items()}
    if told.above is None and told.below is None:
        kind = "month_" if factor.months else "count_" if factor.whole and not factor.unit else ""
        return DISCOVERY(f"clause.{kind}{form}", language, label=label, **values)
    return DISCOVERY(f"clause.{form}", language, label=label, **values)


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


def _levels_clause(factor: Variable, levels: frozenset[int], label: str, language: Language) -> str:
    others = frozenset(range(len(factor.levels))) - levels
    excluded = len(others) == 1 and len(levels) > 1
    names = [_level_name(factor, level, language) for level in sorted(others if excluded else levels)]
    last = " oder " if language == "de" else " or "
    text = last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return DISCOVERY("clause.not" if excluded else "clause.levels", language, label=label, levels=text)


def _level_name(factor: Variable, level: int, language: Language) -> str:
    name = factor.names[level].in_language(language) if factor.names else factor.levels[level].replace("_", " ")
    return DISCOVERY("level", language, level=name)


def value_text(value: float, factor: Variable, language: Language) -> str:
    """Return the value of a factor in the unit people read: shares as percent, months as dates."""
    if factor.months:
        return month_name(f"{month_text(value)}-01", language, full=True)
    if factor.unit.startswith(SHARE):
        per = factor.unit.rpartition(" a ")[2]
        text = percent_text(value, language)
        return DISCOVERY(f"per.{per}", language, value=text) if per in PER else text
    number = decimal(value, language, 0) if factor.whole else number_text(value, language)
    known = f"unit.{factor.unit}"
    return DISCOVERY(known, language, value=number) if known in DISCOVERY.texts else number


def number_text(value: float, language: Language) -> str:
    """Return a number with the digits it has, four significant ones at most."""
    if abs(value) >= LARGE:
        return decimal(value, language, 0)
    short = Decimal(f"{value:.{FEW_DIGITS}g}").normalize()
    return decimal(float(short), language, max(-int(short.as_tuple().exponent), 0))


def percent_text(share: float, language: Language) -> str:
    """Return a share as a percentage with the digits it has, two after the decimal sign at most."""
    shown = 100.0 * share
    digits = next((digits for digits in (0, 1) if abs(round(shown, digits) - shown) < 1e-9), 2)
    return percent(share, language, digits)
