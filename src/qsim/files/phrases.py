"""Sentences of messages: English where they are made, and said in another language where they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any


class Phrase(str):
    """A sentence, or a part of one, with what fills its places: texts, numbers, phrases, or lists of these.

    As a text it is English. ``template`` is what it was made of; by it the sentence is found in another language, whose
    places the same ``values`` fill, phrases among them in their own words. A text that is made of phrases in any other
    way is English for good.

    >>> Phrase("found {found}; expected {expected}", found=Phrase("a list"), expected=["one", "two"])
    'found a list; expected one, two'
    """

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Phrase:
        """Return the sentence; raise KeyError for a place that nothing fills."""
        phrase = super().__new__(cls, _filled(template, values, str, format))
        phrase.template, phrase.values = template, values
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), dict(self.values)


def in_words(text: str, template_of: Callable[[str], str], number: Callable[[Any, str], str]) -> str:
    """Return a text in another language: ``template_of`` gives a template in it, ``number`` writes a number by its format.

    Text that is no phrase stays as it is.
    """

    def said(part: str) -> str:
        return _filled(template_of(part.template), part.values, said, number) if isinstance(part, Phrase) else part

    return said(text)


def _filled(
    template: str, values: Mapping[str, Any], say: Callable[[str], str], number: Callable[[Any, str], str]
) -> str:
    def written(value: Any, form: str) -> str:
        if isinstance(value, (list, tuple)):
            return ", ".join(written(part, form) for part in value)
        return say(value) if isinstance(value, str) else number(value, form)

    parts = Formatter().parse(template)
    return "".join(
        before + ("" if name is None else written(values[name], form or "")) for before, name, form, _ in parts
    )
