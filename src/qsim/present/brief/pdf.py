"""A brief as PDF: one page A4."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path

import matplotlib as mpl
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from qsim.present.brief.brief import Brief

MARGIN = 20.0
"""Millimetres."""

LARGEST, LEAST, STEP = 10.5, 8.0, 0.25
"""The size of letters in points: the largest with which all fits on the page."""

LINE = 0.47
"""Height of a line in millimetres, by point of the size of letters."""

FONT = "DejaVu"


def written(brief: Brief) -> bytes:
    """Return a brief as PDF, a page in the largest letters with which it is one; in the smallest, it may be more."""
    size = LARGEST
    while True:
        with closing(_Sheet(brief, size)) as document:
            if document.page_no() == 1 or size <= LEAST:
                return bytes(document.output())
        size -= STEP


class _Sheet(FPDF):
    """A brief with letters of a ``size`` in points."""

    def __init__(self, brief: Brief, size: float) -> None:
        super().__init__(format="A4")
        self.letters = size
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN * 0.75)
        for style, name in (("", "DejaVuSans"), ("B", "DejaVuSans-Bold")):
            self.add_font(FONT, style, Path(mpl.get_data_path(), "fonts", "ttf", f"{name}.ttf"))
        self.set_lang(brief.language)
        self.set_title(f"{brief.kind}: {brief.subject}")
        self.set_creation_date(datetime.combine(brief.day, time(), UTC))
        self.add_page()
        self._say(brief.kind, 1.5, "B", after=1)
        self._say(brief.subject, 1.15, "B", after=2)
        self._fields(brief.fields)
        for part in brief.parts:
            self._say(part.title, 1.05, "B", before=1.6)
            for text in part.paragraphs:
                self._say(text, after=0.6)
            for text in part.items:
                self._item(text)
        self._say(brief.foot, 0.75, before=2.5)

    def close(self) -> None:
        """Close the files of letters, which the library leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _say(self, text: str, scale: float = 1.0, style: str = "", before: float = 0.0, after: float = 0.0) -> None:
        """Write a paragraph, ``scale`` times as large as the text, with so many millimetres before and after it."""
        size = self.letters * scale
        self.set_font(FONT, style, size)
        self.ln(before)
        self.multi_cell(0, size * LINE, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)

    def _item(self, text: str) -> None:
        self.set_font(FONT, "", self.letters)
        self.cell(5, self.letters * LINE, "•")
        self.multi_cell(0, self.letters * LINE, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _fields(self, fields: tuple[str, ...]) -> None:
        """Write the fields with a line each to write on, two side by side."""
        self.set_font(FONT, "", self.letters)
        width, height = self.epw / 2, self.letters * LINE * 1.5
        for place, field in enumerate(fields):
            left = self.l_margin + width * (place % 2)
            self.set_x(left)
            label = self.get_string_width(field) + 3
            self.cell(label, height, field)
            self.line(left + label, self.get_y() + height - 1, left + width - 4, self.get_y() + height - 1)
            if place % 2 or place == len(fields) - 1:
                self.ln(height)
