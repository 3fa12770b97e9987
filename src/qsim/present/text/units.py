"""Values of measures in the units people read: shares in percent, differences of shares in percentage points."""

from __future__ import annotations

from qsim.measures.catalogue import Measure
from qsim.present.words.speaker import Speaker

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


def heading(measure: Measure, speak: Speaker) -> str:
    """Return the label of a measure with its unit, ``Practice (%)``, unless the label names it."""
    label = speak.label(measure.label)
    unit = _unit("unit", measure, speak)
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
    return f"{cell(value, measure, speak, signed=True)} {_unit('difference', measure, speak)}".rstrip()


def threshold_text(value: float, measure: Measure, speak: Speaker) -> str:
    """Return a declared difference for a sentence, ``1.25 percentage points``, with all its digits; hours are whole."""
    shown = shown_value(value, measure)
    number = speak.decimal(shown, 0) if measure.unit == WHOLE and shown >= 1 else speak.exact(shown)
    return f"{number} {_unit('one' if number == '1' else 'difference', measure, speak)}".rstrip()


def _unit(kind: str, measure: Measure, speak: Speaker) -> str:
    unit = "share" if measure.unit == "signed share" else measure.unit.replace(" ", "_")
    return "" if measure.unit in PLAIN else speak(f"units.{kind}.{unit}")
