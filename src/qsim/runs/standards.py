"""What counts in a comparison: the smallest differences that somebody would notice, and how often better is better."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qsim.engine.prepare import Prepared
from qsim.files.messages import InputError, Message, suggestion
from qsim.measures.catalogue import OUTCOMES, Measure

CLEARLY_SHARE = 0.90
PROBABLY_SHARE = 0.75
"""In how many plausible settings the better scenario must be better."""

RELEVANT_HOURS = 0.001
"""The smallest relevant part of the departments' working time: one full post in a house of a thousand; an assumption."""

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Standards:
    """What counts: shares of settings for *clearly* and *probably*, and smallest relevant differences by outcome.

    ``relevant`` stands in place of what an outcome declares (:data:`~qsim.measures.catalogue.OUTCOMES`), in its unit.
    """

    clearly: float = CLEARLY_SHARE
    probably: float = PROBABLY_SHARE
    relevant: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0.5 <= self.probably <= self.clearly <= 1.0:
            raise ValueError(
                "the shares of settings are from 0.5 to 1, that for probably no larger than that for clearly"
            )

    def smallest_relevant(self, measure: Measure, prepared: Prepared) -> float:
        """Return the difference of an outcome that somebody would notice, in its unit; NaN where none is declared.

        The hours of departments count against the working time of the house: an hour weighs more in a small one.
        """
        if measure.name in self.relevant:
            return self.relevant[measure.name]
        if measure.by_size:
            template = prepared.reference.template
            hours = float(template.administration["staff"][0] * template.parameters["workload_hours_per_post"][0])
            return RELEVANT_HOURS * MONTHS_A_YEAR * hours
        return math.nan if measure.smallest_relevant is None else measure.smallest_relevant


def read_relevant(texts: Sequence[str]) -> dict[str, float]:
    """Return smallest relevant differences by outcome from texts such as ``joint_practice=0.02``.

    Raise InputError, with all errors at once, for outcomes that do not exist and what is no positive number.
    """
    result: dict[str, float] = {}
    wrong = []
    names = [measure.name for measure in OUTCOMES]
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            problem = f'"{text}" is no difference; expected outcome=number, such as joint_practice=0.02'
            wrong.append(Message("--relevant", None, None, "", problem))
        elif name not in names:
            problem = f'there is no outcome "{name}"{suggestion(name, names)}'
            wrong.append(Message("--relevant", None, None, "", problem))
        elif (number := _number(value)) is None:
            problem = f'"{value}" is not a difference of {name}; expected a number above 0'
            if _number(value.replace(",", ".")) is not None:
                problem = f'"{value}" has a decimal comma; expected a decimal point, {value.replace(",", ".")}'
            wrong.append(Message("--relevant", None, None, "", problem))
        else:
            result[name] = number
    if wrong:
        raise InputError(wrong)
    return result


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None
