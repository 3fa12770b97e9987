"""Numbers, shares, ranges and months as people read them in German and English."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from qsim.present.words.language import Language

MISSING = "–"
"""Stands where there is no number."""

MINUS = "−"
RANGE_WORDS = {"de": "bis", "en": "to"}


def _missing(value: float) -> bool:
    return not math.isfinite(value)


def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def decimal(value: float, language: Language, digits: int = 1, signed: bool = False) -> str:
    """Return a number with so many digits after the decimal sign, a dash if it is missing.

    ``signed`` puts a plus before what is above zero after rounding.
    """
    if _missing(value):
        return MISSING
    rounded = round(float(value), digits) + 0.0  # the sum turns -0.0 into 0.0
    sign = "+" if signed and rounded > 0 else ""
    return sign + str(format_decimal(rounded, format=_pattern(digits), locale=language)).replace("-", MINUS)


def exact(value: float, language: Language) -> str:
    """Return a number with up to four digits after the decimal sign, none that is a closing zero."""
    return MISSING if _missing(value) else str(format_decimal(value, format="#,##0.####", locale=language))


def percent(share: float, language: Language, digits: int = 0) -> str:
    """Return a share as a percentage with its sign, ``12 %`` or ``12%``; a dash if it is missing."""
    if _missing(share):
        return MISSING
    rounded = round(float(share), digits + 2) + 0.0
    pattern = _pattern(digits) + ("\N{NO-BREAK SPACE}%" if language == "de" else "%")
    return str(format_percent(rounded, format=pattern, locale=language)).replace("-", MINUS)


def percent_range(low: float, high: float, language: Language, digits: int = 0) -> str:
    """Return two shares as ``10 bis 20 %`` or ``10 to 20%``; a dash if one is missing."""
    if _missing(low) or _missing(high):
        return MISSING
    return f"{decimal(100 * low, language, digits)} {RANGE_WORDS[language]} {percent(high, language, digits)}"


def number_range(low: float, high: float, language: Language, digits: int = 1, signed: bool = False) -> str:
    """Return two numbers as ``1,2 bis 3,4``; a dash if one is missing."""
    if _missing(low) or _missing(high):
        return MISSING
    ends = [decimal(value, language, digits, signed) for value in (low, high)]
    return f"{ends[0]} {RANGE_WORDS[language]} {ends[1]}"


def month_name(month: Any, language: Language, full: bool = False) -> str:
    """Return a month (a date of any kind) as ``Sept. 2015`` or ``Sep 2015``, in ``full`` as ``September 2015``."""
    return str(format_date(pd.Timestamp(month).date(), "MMMM yyyy" if full else "MMM yyyy", locale=language))


def whole_of_hundred(share: float) -> int:
    """Return how many of 100 a share is, whole; 100 and 0 are kept for *all* and *none*."""
    whole = round(100 * share)
    return min(max(whole, 1), 99) if 0 < share < 1 else whole


def of_hundred(share: float, language: Language) -> str:
    """Return how many of 100 a share is, as :func:`whole_of_hundred` has it; a dash if it is missing."""
    return MISSING if _missing(share) else decimal(whole_of_hundred(share), language, 0)


def plural_form(number: float, language: Language) -> str:
    """Return the name of the grammatical number, ``one`` or ``other``."""
    return str(Locale.parse(language).plural_form(number))
