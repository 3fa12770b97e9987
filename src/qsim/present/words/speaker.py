"""The speaker: says texts, numbers, months and lists in one language, to which it is bound once and then handed down."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Any, Protocol

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent, get_decimal_symbol
from ruamel.yaml import YAML

from qsim.files.kept import kept
from qsim.present.words.languages import Language
from qsim.scenario.labels import Label

MISSING = "–"
"""Stands where there is no number."""

MINUS = "−"


class Declared(Protocol):
    """A rule, a parameter or a field: what declares its label in both languages."""

    @property
    def label_de(self) -> str:
        """The label in German."""

    @property
    def label_en(self) -> str:
        """The label in English."""


@dataclass(frozen=True)
class Speaker:
    """Says things in one language; ``folders`` hold texts besides those of the package, in a file for each language.

    A text goes by its name, ``verdict.clearly``; its places, such as ``{better}``, are filled. A text that counts has one
    form for each grammatical number of the language, ``terms.runs.one`` and ``terms.runs.other``.
    """

    language: Language
    folders: tuple[Path, ...] = ()

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts of the language by name."""
        files = [folder / f"{self.language}.yaml" for folder in (Path(__file__).parent, *self.folders)]
        return {name: text for file in files for name, text in kept(file, read_texts).items()}

    @cached_property
    def locale(self) -> Locale:
        """What Babel knows of the language."""
        return Locale.parse(self.language)

    def __contains__(self, name: str) -> bool:
        return name in self.texts

    def __call__(self, name: str, /, **values: str) -> str:
        """Return a text with its places filled; raise KeyError if there is no such text or a place stays empty."""
        return self.texts[name].format(**values)

    def counted(self, name: str, number: float, /, **values: str) -> str:
        """Return the text for a number of things; its place ``{number}`` holds the number."""
        return self(f"{name}.{self.plural_form(number)}", number=self.decimal(number, 0), **values)

    def plural_form(self, number: float) -> str:
        """Return the name of the grammatical number, ``one`` or ``other``."""
        return str(self.locale.plural_form(number))

    def label(self, label: Label) -> str:
        """Return what a thing is called that bears a label, legible whatever a file holds."""
        return legible(label.in_language(self.language))

    def called(self, thing: Declared) -> str:
        """Return what a rule, a parameter or a field is called."""
        return thing.label_de if self.language == "de" else thing.label_en

    def joined(self, parts: Iterable[str]) -> str:
        """Return words as a list, ``a, b and c``."""
        return self._listed(list(parts), self("terms.list.and"))

    def either(self, parts: Iterable[str]) -> str:
        """Return words of which one holds, ``a, b or c``."""
        return self._listed(list(parts), self("terms.list.or"))

    def _listed(self, words: list[str], last: str) -> str:
        return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

    def span(self, low: str, high: str) -> str:
        """Return the ends of a range as a text, ``1.2 to 3.4``."""
        return f"{low} {self('terms.list.to')} {high}"

    def decimal(self, value: float, digits: int = 1, signed: bool = False) -> str:
        """Return a number with so many digits after the decimal sign, a dash if it is missing.

        ``signed`` puts a plus before what is above zero after rounding.
        """
        if _missing(value):
            return MISSING
        rounded = round(float(value), digits) + 0.0  # the sum turns -0.0 into 0.0
        sign = "+" if signed and rounded > 0 else ""
        return sign + _minus(format_decimal(rounded, format=_pattern(digits), locale=self.locale))

    def exact(self, value: float) -> str:
        """Return a number with up to four digits after the decimal sign, none that is a closing zero."""
        return MISSING if _missing(value) else str(format_decimal(value, format="#,##0.####", locale=self.locale))

    def two_digits(self, value: float) -> str:
        """Return a number of any size with two digits that count, ``3.3e-15`` or ``0.5``."""
        return f"{value:.2g}".replace(".", get_decimal_symbol(self.locale))

    def percent(self, share: float, digits: int = 0) -> str:
        """Return a share as a percentage with its sign, ``12 %`` or ``12%``; a dash if it is missing."""
        if _missing(share):
            return MISSING
        rounded = round(float(share), digits + 2) + 0.0
        pattern = self.locale.percent_formats[None].pattern.replace(_pattern(0), _pattern(digits))
        return _minus(format_percent(rounded, format=pattern, locale=self.locale))

    def percent_range(self, low: float, high: float, digits: int = 0) -> str:
        """Return two shares as ``10 bis 20 %`` or ``10 to 20%``; a dash if one is missing."""
        if _missing(low) or _missing(high):
            return MISSING
        return self.span(self.decimal(100 * low, digits), self.percent(high, digits))

    def percent_about(self, low: float, high: float, digits: int = 0) -> str:
        """Return two shares as one where they read alike, else as a range."""
        one, other = self.percent(low, digits), self.percent(high, digits)
        return one if one == other else self.percent_range(low, high, digits)

    def number_range(self, low: float, high: float, digits: int = 1, signed: bool = False) -> str:
        """Return two numbers as ``1,2 bis 3,4``; a dash if one is missing."""
        if _missing(low) or _missing(high):
            return MISSING
        return self.span(self.decimal(low, digits, signed), self.decimal(high, digits, signed))

    def level(self, share: float) -> str:
        """Return the level of an outcome, a share, as it reads everywhere: in percent with one decimal."""
        return self.percent(share, 1)

    def level_range(self, low: float, high: float) -> str:
        """Return two levels of an outcome as a range."""
        return self.percent_range(low, high, 1)

    def of_hundred(self, share: float) -> str:
        """Return how many of 100 a share is, as :func:`whole_of_hundred` has it; a dash if it is missing."""
        return MISSING if _missing(share) else self.decimal(whole_of_hundred(share), 0)

    def month(self, month: Any, full: bool = False) -> str:
        """Return a month (a date of any kind) as ``Sept. 2015`` or ``Sep 2015``, in ``full`` as ``September 2015``."""
        first = date.fromisoformat(f"{str(month)[:7]}-01")
        return str(format_date(first, "MMMM yyyy" if full else "MMM yyyy", locale=self.locale))

    def day(self, day: date) -> str:
        """Return a day as ``29. November 2026`` or ``November 29, 2026``."""
        return str(format_date(day, "long", locale=self.locale))


def read_texts(text: str) -> dict[str, str]:
    """Return the texts of a file by name: the keys on the way to each, joined by dots."""
    return dict(_flat(YAML(typ="safe", pure=True).load(text), ""))


def _flat(node: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from _flat(value, f"{prefix}{key}.")


def places(text: str) -> set[str]:
    """Return the names of the places of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


NO_LETTERS = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, however it is written, and what controls a terminal."""


def legible(text: str) -> str:
    """Return a text without control characters, which neither a figure, a page nor a terminal may hold."""
    return NO_LETTERS.sub("", text)


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def whole_of_hundred(share: float) -> int:
    """Return how many of 100 a share is, whole; 100 and 0 are kept for *all* and *none*."""
    whole = round(100 * share)
    return min(max(whole, 1), 99) if 0 < share < 1 else whole


def _missing(value: float) -> bool:
    return not math.isfinite(value)


def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def _minus(text: str) -> str:
    return text.replace("-", MINUS)
