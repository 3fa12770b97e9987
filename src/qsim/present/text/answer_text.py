"""The answer of a study in sentences: what became of each expectation, and what each factor does, with all numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from babel.numbers import get_decimal_symbol

from qsim.present.words.speaker import Speaker
from qsim.runs.readings import LAST_YEAR, MEASURES, PEAK, WHOLE_RUN
from qsim.scenario.labels import Label

if TYPE_CHECKING:
    from qsim.claims.answers import Contrast, Effect, Expected, StudyAnswer
    from qsim.runs.readings import Reading
    from qsim.sweep.loading import Experiment

SHARES = ("share", "signed share", "share of capacity")
EFFECT_WORDS = {"expected": "more", "opposite": "less"}
TIME_LABELS = {PEAK: Label(de="höchster Stand", en="peak"), WHOLE_RUN: Label(de="ganze Laufzeit", en="whole run")}
DIGITS = {"hours": 0, "months": 1, "posts": 2}


def answer_paragraphs(answer: StudyAnswer, speak: Speaker) -> Iterator[str]:
    """Yield the answer: question, what became of expectations, what each factor does, and how sure that is."""
    experiment = answer.experiment
    yield speak("answer.question", text=speak.label(experiment.content.question))
    if answer.expected:
        yield "\n".join(_expected_line(one, experiment, speak) for one in answer.expected)
    if answer.effects:
        outcome = speak.label(column_label(answer.outcome, experiment))
        lines = (_effect_line(effect, outcome, speak) for effect in answer.effects)
        yield "\n".join([speak("answer.effects", outcome=outcome), *lines])
    contrasts = [*(one.contrast for one in answer.expected), *(one.contrast for one in answer.effects)]
    known = any(not math.isnan(contrast.low) for contrast in contrasts)
    sure = ("answer.sure_fixed" if experiment.content.fixed else "answer.sure") if known else "answer.sure_few"
    yield speak(
        sure,
        runs=speak.decimal(experiment.runs, 0),
        scenarios=speak.counted("study.scenarios", len(experiment.bases)),
        points=speak.counted("study.points", experiment.design.points),
        replications=speak.counted("study.replications", experiment.content.replications),
    )


def _expected_line(one: Expected, experiment: Experiment, speak: Speaker) -> str:
    names = " / ".join(speak.label(column_label(each, experiment)) for each in one.outcomes)
    said = verdict(one.contrast, one.entry.equal, names, speak)
    return f"- {speak('answer.head_line', text=speak.label(one.entry.text), verdict=said)}"


def _effect_line(effect: Effect, outcome: str, speak: Speaker) -> str:
    found = effect.contrast.verdict
    word = speak(f"answer.effect_word.{EFFECT_WORDS.get(found, found)}")
    said = speak(
        "answer.effect",
        factor=speak.label(effect.label),
        more=decimal_text(speak.label(effect.more), speak),
        less=decimal_text(speak.label(effect.less), speak),
        verdict=speak("answer.verdict", word=word, numbers=_numbers(effect.contrast, outcome, speak)),
    )
    return f"- {said}"


def verdict(contrast: Contrast, equal: bool, names: str, speak: Speaker, bold: bool = False) -> str:
    """Return what became of an expectation, with its numbers; ``names`` is what the outcomes are called."""
    found = "different" if equal and contrast.verdict == "opposite" else contrast.verdict
    word = speak(f"answer.word.{found}")
    return speak("answer.verdict", word=f"**{word}**" if bold else word, numbers=_numbers(contrast, names, speak))


def column_label(reading: Reading, experiment: Experiment) -> Label:
    """Return what a column is called: the measure, its task, and when it is read unless in the last year."""
    labels = [MEASURES[reading.measure].label]
    if reading.task is not None:
        task = next(one for one in experiment.scenarios[0].tasks if one.id == reading.task)
        labels.append(task.label or Label(de=task.id, en=task.id))
    if reading.at != LAST_YEAR:
        labels.append(TIME_LABELS.get(reading.at, Label(de=reading.at, en=reading.at)))
    return Label(de=", ".join(one.de for one in labels), en=", ".join(one.en for one in labels))


def level(value: float | None, unit: str, speak: Speaker) -> str:
    """Return a level: a share in percent, another unit as a number; a dash if it is missing."""
    known = math.nan if value is None else value
    return speak.percent(known, 1) if unit in SHARES else speak.decimal(known, DIGITS.get(unit, 2))


def difference(value: float | None, unit: str, speak: Speaker, bare: bool = False) -> str:
    """Return a difference with its sign: of shares in points, whose word ``bare`` leaves out."""
    known = math.nan if value is None else value
    if unit not in SHARES:
        return speak.decimal(known, DIGITS.get(unit, 2), signed=True)
    number = speak.decimal(100 * known, 1, signed=True)
    return number if bare else speak("answer.points_of", number=number)


def decimal_text(text: str, speak: Speaker) -> str:
    """Return a number that stands as text with the decimal sign of the language; other text as it is."""
    sign, space, number = text.rpartition(" ")
    try:
        float(number)
    except ValueError:
        return text
    return sign + space + number.replace(".", get_decimal_symbol(speak.locale))


def _numbers(contrast: Contrast, names: str, speak: Speaker) -> str:
    """Return the numbers of a contrast; without an interval both sides alone, and that replications are too few for one."""
    unit, beyond = contrast.unit, len(contrast.levels) > 1
    if beyond:
        first, second = (difference(more - less, unit, speak, bare=True) for more, less in contrast.levels)
    else:
        first, second = (level(value, unit, speak) for value in contrast.levels[0])
    if math.isnan(contrast.low):
        return speak("answer.numbers_few", outcome=names, first=first, second=second)
    return speak(
        "answer.numbers_beyond" if beyond else "answer.numbers",
        outcome=names,
        first=first,
        second=second,
        effect=difference(contrast.effect, unit, speak),
        low=difference(contrast.low, unit, speak, bare=True),
        high=difference(contrast.high, unit, speak, bare=True),
        relevant=speak.exact(100 * contrast.relevant if unit in SHARES else contrast.relevant),
    )
