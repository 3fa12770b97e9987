"""How the numbers and names in the answers of experiments are written: by unit, factor and language."""

from __future__ import annotations

import math
from typing import Any

from evidence.answers.answer import Answer
from qsim.present.text.answer_text import DIGITS, SHARES, decimal_text
from qsim.present.words.speaker import Speaker
from qsim.sweep.schema import SCENARIO, TIME


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


def axis_numbers(answer: Answer, axis: str) -> list[float] | None:
    """Return the places on an axis as numbers, None if they are no numbers."""
    name = answer["figure"]["axes"][axis]
    found = None if name in (SCENARIO, TIME) else _factor(answer, name)["numbers"]
    return None if found is None else [float(number) for number in found]


def _factor(answer: Answer, name: str) -> dict[str, Any]:
    return next(factor for factor in answer["factors"] if factor["id"] == name)
