"""How fixed texts are kept: a topic's texts by name, each in German and English, with places for what is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

from qsim.present.text.numbers import decimal, plural_form
from qsim.present.words.language import Language
from qsim.scenario.values import Label


@dataclass(frozen=True)
class Wording:
    """The texts of one topic by name; ``same`` names those that read the same in both languages on purpose.

    Texts with places, such as ``{peak}``, get them filled. A text that counts has two names, ``runs.one`` and
    ``runs.other``.
    """

    texts: Mapping[str, Label]
    same: frozenset[str] = frozenset()

    def __call__(self, name: str, language: Language, **values: str) -> str:
        """Return a text with its places filled; raise KeyError if there is no such text or a place stays empty."""
        return self.texts[name].in_language(language).format(**values)

    def counted(self, name: str, number: float, language: Language, **values: str) -> str:
        """Return the text for a number of things; its place ``{number}`` holds the number."""
        form = plural_form(number, language)
        return self(f"{name}.{form}", language, number=decimal(number, language, 0), **values)


def places(text: str) -> set[str]:
    """Return the names of the places of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def joined(parts: Iterable[str], language: Language) -> str:
    """Return words as a list, ``a, b und c``."""
    words = list(parts)
    last = " und " if language == "de" else " and "
    return last.join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def texts(**entries: tuple[str, str]) -> dict[str, Label]:
    """Return texts by name from pairs of German and English; ``__`` in a name stands for a dot."""
    return {name.replace("__", "."): Label(de=pair[0], en=pair[1]) for name, pair in entries.items()}
