"""What kind of instrument a format is: its words and what is usual of it are those of its kind."""

from __future__ import annotations

from typing import Literal

from qsim.scenario.structure import Format
from qsim.scenario.values import Unknown

Instrument = Literal["check", "training", "meeting"]


def instrument_of(form: Format) -> Instrument:
    """Return whether a format checks papers (it has a gate), trains all departments, or brings its members together."""
    gate = form.channels.gate
    if (gate.largest if isinstance(gate, Unknown) else gate) > 0:
        return "check"
    return "training" if form.members == "all" else "meeting"
