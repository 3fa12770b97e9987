"""The page that leads to several comparisons: each with its question, its verdict and the way to its own page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.words import speaker
from qsim.comparison.report import Report
from qsim.present.page.blocks import Block, Code, Link, Section, Text, Verdict
from qsim.present.page.html import page_html
from qsim.present.page.verdict_section import verdict_section
from qsim.present.words.languages import LANGUAGES, Language
from qsim.present.words.speaker import Speaker


@dataclass(frozen=True)
class Entry:
    """A comparison of the gallery: its ``name``, which its pages bear, and by language what came out."""

    name: str
    verdicts: dict[Language, tuple[Block, ...]]


def entry_of(name: str, report: Report) -> Entry:
    """Return the entry of a comparison: the verdict on two scenarios, the sentence on the best of several."""
    return Entry(name, {language: _verdict(report, speaker(language)) for language in LANGUAGES})


def _verdict(report: Report, speak: Speaker) -> tuple[Block, ...]:
    blocks = verdict_section(report, speak).blocks
    return tuple(block for block in blocks if isinstance(block, Verdict | Text))


def page_name(name: str, language: Language) -> str:
    """Return the name of the file of a page of the gallery."""
    return f"{name}_{language}.html"


def gallery_page(entries: Sequence[Entry], speak: Speaker, command: str) -> str:
    """Return the page that leads to the comparisons, whose pages stand in its folder, as HTML.

    ``command`` is what writes them again. Raise KeyError for an entry whose name has no words.
    """
    return page_html(
        speak("gallery.title"),
        speak("gallery.subtitle"),
        [*(_section(entry, speak) for entry in entries), _about(speak, command)],
        speak,
        json.dumps({"pages": [page_name(entry.name, speak.language) for entry in entries]}),
        kicker=speak("gallery.kicker"),
    )


def _section(entry: Entry, speak: Speaker) -> Section:
    question = Text(speak(f"gallery.{entry.name}.question"), "lead")
    way = Link(page_name(entry.name, speak.language), speak("gallery.read"))
    return Section(entry.name, speak(f"gallery.{entry.name}.title"), (question, *entry.verdicts[speak.language], way))


def _about(speak: Speaker, command: str) -> Section:
    (other,) = (each for each in LANGUAGES if each != speak.language)
    blocks = (
        Text(speak("gallery.model")),
        Code(command, speak("gallery.again")),
        Link(page_name("index", other), speak("gallery.other"), other),
    )
    return Section("about", speak("gallery.about"), blocks)
