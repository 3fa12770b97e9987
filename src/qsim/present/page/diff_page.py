"""The page of what differs between two versions: what moved, verdicts and claims that turned, and every scenario."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from qsim.comparison.verdict import PRIMARY
from qsim.diff.difference import Difference
from qsim.present.page.blocks import Block, Bullets, Code, Section, Text, page_table
from qsim.present.page.html import page_html
from qsim.present.text.diff_text import changes_table, diff_text, other_sentences, primary, tables
from qsim.present.words.speaker import Speaker
from qsim.runs.manifest import Manifest


def diff_page(found: Difference, manifest: Manifest, speak: Speaker, day: date) -> str:
    """Return the page as HTML, made on a ``day``."""
    before, after = found.versions
    dated = speak.day(day)
    levels = {one.scenario: one.row.levels[1] for one in found.changes if one.row.measure.name == PRIMARY}
    joint = changes_table(found, primary(found), speak("diff.primary_title"), speak)
    sections = [
        Section("moved", speak("diff.page.moved"), tuple(_moved(found, speak))),
        Section("scenarios", speak("diff.page.scenarios"), (page_table(joint),)),
        Section("reading", speak("diff.page.reading"), (Text(speak("diff.page.text")),)),
    ]
    command = Code(str(manifest["command"]), speak("source.command"))
    return page_html(
        speak("diff.page.title", before=before, after=after),
        speak("diff.page.subtitle"),
        sections if found.compared else [sections[0], sections[2]],
        speak,
        json.dumps({**manifest, "numbers": {PRIMARY: levels}, "day": day.isoformat()}, ensure_ascii=False),
        kicker=speak("diff.page.kicker"),
        footer=Section("source", speak("source.title"), (command,)),
        day=dated,
    )


def _moved(found: Difference, speak: Speaker) -> Iterator[Block]:
    yield Text(diff_text(found, speak), "lead")
    yield Bullets(tuple(other_sentences(found, speak)))
    for table in tables(found, speak):
        yield page_table(table)
