"""What the code says in English sentences - messages, notes, help - in another language, found by its form.

Sentences stay English where they are made. A table beside this file has a template for each, with places, and the same
in another language; a finished sentence is told by the template that it fits, and what fills its places likewise.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from qsim.files.kept import kept_yaml
from qsim.present.words.languages import FALLBACK, Language

PLACE = re.compile(r"(\S+(:\s+|  )|; )(?=\S)")
"""The beginning of a message within another: where it is, the key, or what parts it from the one before."""

AS_WRITTEN = ("path", "folder", "file", "home", "command", "commands", "scheduler", "said")
"""Places of what somebody wrote or may copy, and of what a library says, which are told as they are."""

FORMS = {
    "": "(.*?)",
    "#": r"([-+\d.,:e]*\d[-+\d.,:e]*%?|-?inf)",
    "1": r"([\w.\[\]]+)",
}
"""What fills a place of an English template: anything, a number or a month, a single word."""

DECIMAL_COMMA = str.maketrans(",.", ".,")


class Template(NamedTuple):
    """A sentence with places: what stands between them, the names of the places, and the sentence in the other language."""

    literals: tuple[str, ...]
    places: tuple[str, ...]
    forms: tuple[str, ...]
    other: str

    @property
    def weight(self) -> int:
        """How much the form says by itself: the letters between its places."""
        return sum(map(len, self.literals))

    @property
    def pattern(self) -> str:
        """The form as an expression; a place right behind another takes the end of a sentence, or nothing."""
        written = re.escape(self.literals[0])
        for (before, after), form in zip(pairwise(self.literals), self.forms, strict=True):
            tail = before == "" and written != ""
            written += (r"((?:[;,] .*| x .*| \(.*)?)" if tail else FORMS[form]) + re.escape(after)
        return written

    def filled(self, text: str, language: Language) -> str | None:
        """Return a text of this form in the language; None for a text of another form."""
        position = 0
        for literal in self.literals:  # takes a hundredth of what an expression takes to be compiled
            found = text.find(literal, position)
            if found < 0:
                return None
            position = found + len(literal)
        match = re.fullmatch(self.pattern, text, re.DOTALL)
        if match is None or any(value.count('"') % 2 for value in match.groups()):  # no sentence begins within quotes
            return None
        values = dict(zip(self.places, match.groups(), strict=True))
        return "".join(
            before
            + (
                ""
                if place is None
                else values[place]
                if place in AS_WRITTEN
                else _said(values[place], form or "", language)
            )
            for before, place, form, _ in Formatter().parse(self.other)
        )


def _said(value: str, form: str, language: Language) -> str:
    """Return what fills a place: words in the language, where the form is ``n`` a number with a decimal comma.

    A single word may be a name, and stays as it is where the form is not ``w``, as does what is quoted; ``l`` is a list of
    sentences.
    """
    if form == "l":
        return "; ".join(in_words(part, language) for part in value.split("; "))
    if form == "n":
        return value.translate(DECIMAL_COMMA)
    return in_words(value, language) if form == "w" or " " in value else value


def in_words(text: str, language: Language) -> str:
    """Return an English text in a language; what the table does not have stays as it is."""
    if language == FALLBACK or not text:
        return text
    starts = [0]
    while place := PLACE.match(text, starts[-1]):
        starts.append(place.end())
    pairs = sorted(product(templates(language), starts), key=lambda pair: (-pair[0].weight, pair[1]))
    filled = ((start, template.filled(text[start:], language)) for template, start in pairs)
    return next((text[:start] + found for start, found in filled if found is not None), text)


def table(language: Language) -> dict[str, dict[str, str]]:
    """Return what the table of a language holds: in groups, each English sentence with the one in the language."""
    content: dict[str, dict[str, str]] = kept_yaml(Path(__file__).with_name(f"messages_{language}.yaml"))
    return content


@cache
def templates(language: Language) -> tuple[Template, ...]:
    """Return the templates of a language, those that say most by themselves first."""
    found = [
        Template(*_parts(english), other) for group in table(language).values() for english, other in group.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.weight, any(one.forms), len(one.places))))


def _parts(template: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the texts around the places of a template, the names of the places, and what may fill each."""
    literals, places, forms = [""], [], []
    for before, place, form, _ in Formatter().parse(template):
        literals[-1] += before
        if place is not None:
            places.append(place)
            forms.append(form or "")
            literals.append("")
    return tuple(literals), tuple(places), tuple(forms)
