"""Values in the units people read: shares in percent, their differences in percentage points, months as dates, counts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from pydantic.fields import FieldInfo

from qsim.measures.catalogue import Measure
from qsim.present.words.speaker import Speaker
from qsim.scenario.values import Number, Unknown, month_text

if TYPE_CHECKING:
    from qsim.runs.designs import Variable

PLAIN = ("number", "")
"""Units that are not written."""

IN_PERCENT = ("share", "signed share", "rate")
"""How units begin whose values are shown as percentages."""

WHOLE = "hours"
FINE = 0.001
"""Where differences below a tenth of a percentage point matter, a second digit is shown."""


def in_percent(unit: str) -> bool:
    """Whether values of a unit are shown as percentages."""
    return unit.startswith(IN_PERCENT)


def shown_value(value: float, measure: Measure) -> float:
    """Return a value in the unit that is shown: a share as percent."""
    return 100.0 * value if in_percent(measure.unit) else value


def digits(measure: Measure) -> int:
    """Return how many digits after the decimal sign values of a measure are shown with."""
    if measure.unit == WHOLE:
        return 0
    fine = measure.smallest_relevant is not None and measure.smallest_relevant < FINE
    return 2 if fine and in_percent(measure.unit) else 1


def heading(measure: Measure, speak: Speaker) -> str:
    """Return the label of a measure with its unit, ``Practice (%)``, unless the label names it."""
    label = speak.label(measure.label)
    unit = unit_text("unit", measure, speak)
    return label if unit.lower() in label.lower() else f"{label} ({unit})"


def cell(value: float, measure: Measure, speak: Speaker, signed: bool = False) -> str:
    """Return a value for a table: the number alone."""
    return speak.decimal(shown_value(value, measure), digits(measure), signed)


def cell_range(low: float, high: float, measure: Measure, speak: Speaker, signed: bool = False) -> str:
    """Return a range for a table: the numbers alone."""
    ends = shown_value(low, measure), shown_value(high, measure)
    return speak.number_range(*ends, digits(measure), signed)


def difference_text(value: float, measure: Measure, speak: Speaker) -> str:
    """Return a difference for a sentence, ``+3.1 percentage points``."""
    return f"{cell(value, measure, speak, signed=True)} {unit_text('difference', measure, speak)}".rstrip()


def threshold_text(value: float, measure: Measure, speak: Speaker) -> str:
    """Return a declared difference for a sentence, ``1.25 percentage points``, with all its digits; hours are whole."""
    shown = shown_value(value, measure)
    number = speak.decimal(shown, 0) if measure.unit == WHOLE and shown >= 1 else speak.exact(shown)
    return f"{number} {unit_text('one' if number == '1' else 'difference', measure, speak)}".rstrip()


def unit_text(kind: str, measure: Measure, speak: Speaker) -> str:
    """Return the unit of a measure as a column has it (``unit``), or a ``difference`` of many or of ``one``; may be empty."""
    unit = "share" if measure.unit == "signed share" else measure.unit.replace(" ", "_")
    return "" if measure.unit in PLAIN else speak(f"units.{kind}.{unit}")


SHARE = "share"
LARGE, FEW_DIGITS = 1000.0, 4


def value_text(value: float, factor: Variable, speak: Speaker) -> str:
    """Return the value of a factor in the unit people read: shares as percent, months as dates."""
    if factor.months:
        return speak.month(f"{month_text(value)}-01", full=True)
    if factor.unit.startswith(SHARE):
        return _per(percent_text(value, speak), factor.unit, speak)
    number = speak.decimal(value, 0) if factor.whole else number_text(value, speak)
    known = f"unit.{factor.unit}"
    return speak(f"discovery.{known}", value=number) if f"discovery.{known}" in speak else number


def number_text(value: float, speak: Speaker) -> str:
    """Return a number with the digits it has, four significant ones at most."""
    if abs(value) >= LARGE:
        return speak.decimal(value, 0)
    short = Decimal(f"{value:.{FEW_DIGITS}g}").normalize()
    return speak.decimal(float(short), max(-int(short.as_tuple().exponent), 0))


def percent_text(share: float, speak: Speaker) -> str:
    """Return a share as a percentage with the digits it has, two after the decimal sign at most."""
    shown = 100.0 * share
    digits = next((digits for digits in (0, 1) if abs(round(shown, digits) - shown) < 1e-9), 2)
    return speak.percent(share, digits)


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
    shown = 100.0 * low if in_percent(unit) else low
    end = percent_text(high, speak) if in_percent(unit) else number_text(high, speak)
    text = speak.span(number_text(shown, speak), end)
    return _per(text, unit, speak) if in_percent(unit) else _amount(high, text, unit, speak)


def _amount(number: float, text: str, unit: str, speak: Speaker) -> str:
    """Return the text of a number with its unit; a share is written as a percentage."""
    if in_percent(unit):
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
