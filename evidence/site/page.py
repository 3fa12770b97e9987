"""The start page: what this is, where it leads, what the model can say, and what the folder holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import qsim
from qsim.comparison.report import Report
from qsim.present.page.blocks import Block, Bullets, Code, Group, Link, Section, Text, Tile, Tiles, Verdict
from qsim.present.page.html import page_html
from qsim.present.page.verdict_section import verdict_section
from qsim.present.text.study_text import size
from qsim.present.words.languages import LANGUAGES, Language
from qsim.present.words.speaker import Speaker
from qsim.scenario.schema import Scenario

START = "start"
CITY, ANSWERS = "city", "answers"
"""Pages by their name; those of cities bear their id, those of comparisons :func:`comparison_name`."""

LICENCE = "LICENSE.txt"
STUDY = "site"
"""What the manifest of the start page calls it."""

CAN = ("what", "why", "when", "sure")
CANNOT = ("forecast", "levels", "ranking", "people", "decision")


@dataclass(frozen=True)
class Made:
    """What the folder holds: its files without the start pages, how large they are, how and when they were made."""

    files: Mapping[str, int]
    day: date
    command: str


def page_name(name: str, language: Language) -> str:
    """Return the name of the file of a page; what a browser and a web server open first is the start page in German."""
    if name == START:
        return "index.html" if language == "de" else f"index_{language}.html"
    return f"{name}_{language}.html"


def comparison_name(name: str) -> str:
    """Return the name of the page of a comparison."""
    return f"comparison_{name}"


def sister(name: str, speak: Speaker) -> Link:
    """Return the way from a page to the same page in the other language."""
    (other,) = (each for each in LANGUAGES if each != speak.language)
    return Link(page_name(name, other), speak("site.other"), other)


def start_page(
    cities: Sequence[Scenario], comparisons: Mapping[str, Sequence[Block]], counts: str, speak: Speaker, made: Made
) -> str:
    """Return the page that leads to all others, which stand in its folder, as HTML.

    ``comparisons`` hold what came out, by name; ``counts`` says what the answers are. Raise KeyError for a comparison whose
    name has no words.
    """
    sections = [
        _start(counts, speak),
        Section("cities", speak("site.cities.title"), (Tiles(tuple(_city(one, speak) for one in cities)),)),
        Section("comparisons", speak("site.comparisons.title"),
                tuple(_comparison(name, found, speak) for name, found in comparisons.items())),
        _limits(speak),
    ]  # fmt: skip
    return page_html(
        speak("site.title"), speak("site.subtitle"), sections, speak, json.dumps({"study": STUDY, "files": [*made.files]}),
        kicker=speak("site.kicker"), footer=_about(speak, made), ways=(sister(START, speak),),
    )  # fmt: skip


def _start(counts: str, speak: Speaker) -> Section:
    def tile(name: str, address: str, **said: str) -> Tile:
        return Tile(speak(f"site.{name}.title"), speak(f"site.{name}.text", **said), address)

    tiles = Tiles((
        tile("city", page_name(CITY, speak.language)), tile("cities", "#cities"), tile("comparisons", "#comparisons"),
        tile("answers", page_name(ANSWERS, speak.language), counts=counts),
    ))  # fmt: skip
    return Section(
        START,
        speak("site.start.title"),
        (Text(speak("site.start.lead"), "lead"), tiles, Text(speak("site.start.offline"), "note")),
    )


def _city(scenario: Scenario, speak: Speaker) -> Tile:
    told = speak.label(scenario.description) if scenario.description is not None else ""
    return Tile(speak.label(scenario.label), told, page_name(scenario.id, speak.language))


def outcome(report: Report, speak: Speaker) -> tuple[Block, ...]:
    """Return the verdict on two scenarios without its dots, or what is said of several."""
    blocks = verdict_section(report, speak).blocks
    return tuple(replace(one, dots=()) if isinstance(one, Verdict) else one
                 for one in blocks if isinstance(one, Verdict | Text))  # fmt: skip


def _comparison(name: str, found: Sequence[Block], speak: Speaker) -> Group:
    way = Link(page_name(comparison_name(name), speak.language), speak("site.comparisons.read"))
    title, question = (speak(f"site.comparisons.{name}.{part}") for part in ("title", "question"))
    return Group(title, (Text(question), *found, way))


def _limits(speak: Speaker) -> Section:
    def group(name: str, points: Sequence[str]) -> Group:
        marked = [(speak(f"site.limits.{name}.{one}"), speak(f"site.limits.{name}.{one}_text")) for one in points]
        return Group(speak(f"site.limits.{name}_title"), (Bullets(marked=tuple(marked)),))

    blocks = (Text(speak("site.limits.lead"), "lead"), group("can", CAN), group("cannot", CANNOT))
    return Section("limits", speak("site.limits.title"), blocks)


def _about(speak: Speaker, made: Made) -> Section:
    files = speak.decimal(len(made.files) + len(LANGUAGES), 0)
    blocks = (
        Text(speak("site.about.basis", version=qsim.__version__, day=speak.day(made.day))),
        Text(speak("site.about.hand_on", size=size(sum(made.files.values()), speak), files=files)),
        Link(LICENCE, speak("site.about.licence")),
        Code(made.command, speak("site.about.again")),
    )
    return Section("about", speak("site.about.title"), blocks)
