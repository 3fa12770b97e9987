"""How the numbers and names in the answers of experiments are written: by unit, factor and language."""

from __future__ import annotations

import math
from typing import Any

from babel.numbers import get_decimal_symbol

from evidence.answers.answer import Answer
from qsim.present.words.speaker import Speaker
from qsim.sweep.schema import SCENARIO, TIME

SHARES = ("share", "signed share", "share of capacity")
DIGITS = {"hours": 0, "months": 1, "posts": 2}


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
    return number if bare else speak("answers.points_of", number=number)


def half_width(value: float | None, unit: str, speak: Speaker) -> str:
    """Return half the width of an interval, without a unit."""
    known = math.nan if value is None else value
    return speak.decimal(100 * known, 1) if unit in SHARES else speak.decimal(known, DIGITS.get(unit, 2))


def axis_title(answer: Answer, axis: str, speak: Speaker) -> str:
    """Return what an axis of the figure shows."""
    name = answer["figure"]["axes"][axis]
    if name in (SCENARIO, TIME):
        return speak(f"answers.{name}")
    return str(_factor(answer, name)["label"][speak.language])


def place_name(answer: Answer, axis: str, value: str, speak: Speaker) -> str:
    """Return what a place on an axis is called."""
    name = answer["figure"]["axes"][axis]
    if name == TIME:
        return speak.month(value)
    if name == SCENARIO:
        return str(answer["scenarios"][value][speak.language])
    found = str(_factor(answer, name)["names"][value][speak.language])
    return decimal_text(found, speak)


def decimal_text(text: str, speak: Speaker) -> str:
    """Return a number that stands as text with the decimal sign of the language; other text as it is."""
    try:
        float(text)
    except ValueError:
        return text
    return text.replace(".", get_decimal_symbol(speak.locale))


def axis_numbers(answer: Answer, axis: str) -> list[float] | None:
    """Return the places on an axis as numbers, None if they are no numbers."""
    name = answer["figure"]["axes"][axis]
    found = None if name in (SCENARIO, TIME) else _factor(answer, name)["numbers"]
    return None if found is None else [float(number) for number in found]


def _factor(answer: Answer, name: str) -> dict[str, Any]:
    return next(factor for factor in answer["factors"] if factor["id"] == name)
