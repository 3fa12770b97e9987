"""Values of measures in the units people read: shares in percent, differences of shares in percentage points."""

from __future__ import annotations

from qsim.measures.catalogue import Measure
from qsim.present.text.numbers import decimal, exact, number_range
from qsim.present.words.language import Language
from qsim.present.words.wording import Wording, texts

UNITS = Wording(
    texts(
        unit__share=("%", "%"),
        unit__hours=("Stunden", "hours"),
        unit__months=("Monate", "months"),
        unit__posts=("Stellen", "posts"),
        unit__share_of_capacity=("% der Kapazität", "% of capacity"),
        difference__share_of_capacity=("Prozentpunkte", "percentage points"),
        difference__posts=("Stellen", "posts"),
        difference__share=("Prozentpunkte", "percentage points"),
        difference__hours=("Stunden", "hours"),
        difference__months=("Monate", "months"),
        one__share_of_capacity=("Prozentpunkt", "percentage point"),
        one__posts=("Stelle", "post"),
        one__share=("Prozentpunkt", "percentage point"),
        one__hours=("Stunde", "hour"),
        one__months=("Monat", "month"),
    ),
    same=frozenset({"unit.share"}),
)

PLAIN = ("number", "")
"""Units that are not written."""

IN_PERCENT = ("share", "signed share", "share of capacity")
WHOLE = "hours"
FINE = 0.001
"""Where differences below a tenth of a percentage point matter, a second digit is shown."""


def shown_value(value: float, measure: Measure) -> float:
    """Return a value in the unit that is shown: a share as percent."""
    return 100.0 * value if measure.unit in IN_PERCENT else value


def digits(measure: Measure) -> int:
    """Return how many digits after the decimal sign values of a measure are shown with."""
    if measure.unit == WHOLE:
        return 0
    fine = measure.smallest_relevant is not None and measure.smallest_relevant < FINE
    return 2 if fine and measure.unit in IN_PERCENT else 1


def heading(measure: Measure, language: Language) -> str:
    """Return the label of a measure with its unit, ``Practice (%)``, unless the label names it."""
    label = measure.label.in_language(language)
    unit = _unit("unit", measure, language)
    return label if unit.lower() in label.lower() else f"{label} ({unit})"


def cell(value: float, measure: Measure, language: Language, signed: bool = False) -> str:
    """Return a value for a table: the number alone."""
    return decimal(shown_value(value, measure), language, digits(measure), signed)


def cell_range(low: float, high: float, measure: Measure, language: Language, signed: bool = False) -> str:
    """Return a range for a table: the numbers alone."""
    ends = shown_value(low, measure), shown_value(high, measure)
    return number_range(*ends, language, digits(measure), signed)


def difference_text(value: float, measure: Measure, language: Language) -> str:
    """Return a difference for a sentence, ``+3.1 percentage points``."""
    return f"{cell(value, measure, language, signed=True)} {_unit('difference', measure, language)}".rstrip()


def threshold_text(value: float, measure: Measure, language: Language) -> str:
    """Return a declared difference for a sentence, ``1.25 percentage points``, with all its digits; hours are whole."""
    shown = shown_value(value, measure)
    number = decimal(shown, language, 0) if measure.unit == WHOLE and shown >= 1 else exact(shown, language)
    return f"{number} {_unit('one' if number == '1' else 'difference', measure, language)}".rstrip()


def _unit(kind: str, measure: Measure, language: Language) -> str:
    unit = "share" if measure.unit == "signed share" else measure.unit.replace(" ", "_")
    return "" if measure.unit in PLAIN else UNITS(f"{kind}.{unit}", language)
