"""The page that leads to several comparisons: each with its question, its verdict and the way to its own page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.gallery.words import GALLERY
from qsim.comparison.report import Report
from qsim.present.page.blocks import Block, Code, Link, Section, Text, Verdict
from qsim.present.page.html import page_html
from qsim.present.page.verdict_section import verdict_section
from qsim.present.words.language import LANGUAGES, Language


@dataclass(frozen=True)
class Entry:
    """A comparison of the gallery: its ``name``, which its pages bear, and by language what came out."""

    name: str
    verdicts: dict[Language, tuple[Block, ...]]


def entry_of(name: str, report: Report) -> Entry:
    """Return the entry of a comparison: the verdict on two scenarios, the sentence on the best of several."""
    return Entry(name, {language: _verdict(report, language) for language in LANGUAGES})


def _verdict(report: Report, language: Language) -> tuple[Block, ...]:
    blocks = verdict_section(report, language).blocks
    return tuple(block for block in blocks if isinstance(block, Verdict | Text))


def page_name(name: str, language: Language) -> str:
    """Return the name of the file of a page of the gallery."""
    return f"{name}_{language}.html"


def gallery_page(entries: Sequence[Entry], language: Language, command: str) -> str:
    """Return the page that leads to the comparisons, whose pages stand in its folder, as HTML.

    ``command`` is what writes them again. Raise KeyError for an entry whose name has no words.
    """
    return page_html(
        GALLERY("title", language),
        GALLERY("subtitle", language),
        [*(_section(entry, language) for entry in entries), _about(language, command)],
        language,
        json.dumps({"pages": [page_name(entry.name, language) for entry in entries]}),
        kicker=GALLERY("kicker", language),
    )


def _section(entry: Entry, language: Language) -> Section:
    question = Text(GALLERY(f"{entry.name}.question", language), "lead")
    way = Link(page_name(entry.name, language), GALLERY("read", language))
    return Section(entry.name, GALLERY(f"{entry.name}.title", language), (question, *entry.verdicts[language], way))


def _about(language: Language, command: str) -> Section:
    (other,) = (each for each in LANGUAGES if each != language)
    blocks = (
        Text(GALLERY("model", language)),
        Code(command, GALLERY("again", language)),
        Link(page_name("index", other), GALLERY("here", other), other),
    )
    return Section("about", GALLERY("about", language), blocks)
