"""A brief as a document of a word processor (DOCX), to be gone on with."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from qsim.present.brief.brief import Brief

WIDTH, HEIGHT, MARGIN = Mm(210), Mm(297), Mm(20)
LETTERS, SMALL = Pt(10), Pt(7.5)
LANGUAGES = {"de": "de-DE", "en": "en-GB"}


def written(brief: Brief) -> bytes:
    """Return a brief as DOCX, with the headings, lists and language that a word processor knows."""
    paper = _paper(brief)
    paper.add_heading(brief.kind, 0)
    paper.add_heading(brief.subject, 1)
    for field in brief.fields:
        line = paper.add_paragraph(f"{field}\t")
        line.paragraph_format.tab_stops.add_tab_stop(WIDTH - 2 * MARGIN, leader=WD_TAB_LEADER.LINES)
    for part in brief.parts:
        paper.add_heading(part.title, 2)
        for text in part.paragraphs:
            paper.add_paragraph(text)
        for text in part.items:
            paper.add_paragraph(text, style="List Bullet")
    paper.add_paragraph().add_run(brief.foot).font.size = SMALL
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def _paper(brief: Brief) -> Paper:
    """Return an empty A4 document with close lines, in the language of the brief."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    normal = paper.styles["Normal"]
    normal.font.size = LETTERS
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LANGUAGES[brief.language])
    normal.element.get_or_add_rPr().append(spoken)
    for name in ("Normal", "List Bullet", "Title", "Heading 1", "Heading 2"):
        space = paper.styles[name].paragraph_format
        space.space_before, space.space_after = Pt(6 if name == "Heading 2" else 0), Pt(3)
    for name, size in (("Title", 18), ("Heading 1", 12), ("Heading 2", 11)):
        paper.styles[name].font.size = Pt(size)
    about, day = paper.core_properties, datetime.combine(brief.day, time(), UTC)
    about.title, about.author, about.language = brief.subject, "qsim", LANGUAGES[brief.language]
    about.created = about.modified = day
    return paper
