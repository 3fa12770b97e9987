"""Values of settings as amounts: percentages, months as dates, durations and counts with their units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from pydantic.fields import FieldInfo

from qsim.present.text.discovery_text import number_text, percent_text
from qsim.present.words.speaker import Speaker
from qsim.scenario.values import Number, Unknown, month_text

UNITS = {
    "duration": "months",
    "length of a run": "months",
    "interval": "weeks",
    "number of hours": "hours",
    "number of posts": "posts",
    "number of departments": "departments",
    "rate": "share a year",
}
"""The units of numbers, by the names that the schema gives them."""

COUNTED = ("months", "weeks", "hours", "posts", "permanent_posts", "departments")
IN_PERCENT = ("share", "signed share", "rate")
"""How units begin whose values are shown as percentages."""

YEAR = 12


def unit_of_field(field: FieldInfo) -> str:
    """Return the unit of a field of the schema, empty if it is no number or has none."""
    number = _number([*field.metadata, field.annotation])
    return "" if number is None else UNITS.get(number.name, number.name)


def _number(places: Any) -> Number | None:
    for place in places:
        found = place if isinstance(place, Number) else _number(_inside(place))
        if found is not None:
            return found
    return None


def _inside(annotation: Any) -> tuple[Any, ...]:
    return (*get_args(annotation), *getattr(annotation, "__metadata__", ()))


def amount_text(value: float | Unknown, unit: str, speak: Speaker) -> str:
    """Return a number with its unit, one that nobody knows as the range it lies in."""
    return known_or_range(value, lambda number: _amount(number, number_text(number, speak), unit, speak), speak,
                          lambda low, high: _span(low, high, unit, speak))  # fmt: skip


def month_words(value: int | Unknown, speak: Speaker) -> str:
    """Return a month as a date, one that nobody knows as the time it lies in, by years if those are whole."""

    def text(month: float) -> str:
        return speak.month(f"{month_text(month)}-01", full=True)

    def span(low: float, high: float) -> str:
        whole = low % YEAR == 0 and high % YEAR == YEAR - 1
        ends = [str(int(month) // YEAR) if whole else text(month) for month in (low, high)]
        if ends[0] == ends[1]:
            return speak("setting.year", year=ends[0])
        return speak("setting.between", low=ends[0], high=ends[1])

    if isinstance(value, Unknown) and value.between is not None:
        return span(*value.between)
    return known_or_range(value, text, speak)


def known_or_range(
    value: Any, text: Callable[[Any], str], speak: Speaker, span: Callable[[Any, Any], str] | None = None
) -> str:
    """Return a value in words; of one that nobody knows, what is known of it."""
    if not isinstance(value, Unknown):
        return text(value)
    if value.one_of is not None:
        return speak("setting.unknown", value=speak.either(map(text, value.one_of)))
    assert value.between is not None
    low, high = value.between
    return speak("setting.unknown", value=span(low, high) if span else speak.span(text(low), text(high)))


def _span(low: float, high: float, unit: str, speak: Speaker) -> str:
    shown = 100.0 * low if unit.startswith(IN_PERCENT) else low
    end = percent_text(high, speak) if unit.startswith(IN_PERCENT) else number_text(high, speak)
    text = speak.span(number_text(shown, speak), end)
    return _per(text, unit, speak) if unit.startswith(IN_PERCENT) else _amount(high, text, unit, speak)


def _amount(number: float, text: str, unit: str, speak: Speaker) -> str:
    """Return the text of a number with its unit; a share is written as a percentage."""
    if unit.startswith(IN_PERCENT):
        text = percent_text(number, speak)
    else:
        counted = unit.partition(" ")[0]
        if counted in COUNTED:
            whole = int(number) if float(number).is_integer() else number
            text = speak(f"setting.{counted}.{speak.plural_form(whole)}", number=text)
    return _per(text, unit, speak)


def _per(text: str, unit: str, speak: Speaker) -> str:
    form = f"a.{unit.rpartition(' a ')[2]}"
    return speak(f"setting.{form}", value=text) if f"setting.{form}" in speak else text
