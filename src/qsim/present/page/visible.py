"""What people read on a page: its text and that of its charts, line by line, and the first line that another page has not."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import zip_longest

UNSEEN = ("script", "style")
"""Elements whose text nobody reads."""

MACHINES = ("meta", "link")
READ = ("alt", "title", "aria-label")
CHART = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


class _Lines(HTMLParser):
    """Collects texts, each with the attributes that are read out or shown, and those of the charts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        for name, value in attrs if tag not in MACHINES else ():
            if name in READ:
                self.found.append(value or "")
            elif name in ("src", "srcset"):
                for chart in CHART.findall(value or ""):
                    self.found += _lines_of_chart(chart)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)


def _lines_of_chart(chart: str) -> list[str]:
    """Return the texts of a chart; what is none in this form stands for itself."""
    try:
        return visible_lines(b64decode(chart).decode(errors="replace"))
    except ValueError:
        return [chart]


def visible_lines(source: str) -> list[str]:
    """Return the texts of HTML or SVG in their order, each as one line."""
    parser = _Lines()
    parser.feed(source)
    parser.close()
    return [line for line in (" ".join(text.split()) for text in parser.found) if line]


def first_other_line(there: str, here: str) -> tuple[str, str] | None:
    """Return the first line that differs between two pages, as it stands on either (empty where one ends); None if none does."""
    pairs: Iterator[tuple[str, str]] = zip_longest(visible_lines(there), visible_lines(here), fillvalue="")
    return next((pair for pair in pairs if pair[0] != pair[1]), None)
