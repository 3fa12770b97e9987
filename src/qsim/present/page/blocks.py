"""What a page is made of: sections of texts, lists, tables, charts and cards, without a word of HTML.

All texts but those of :class:`Prose` are plain; what is special in HTML is escaped where the page is written, so a label may
hold anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup
from matplotlib.figure import Figure
from rich.table import Table as Printed

from qsim.present.figures.frame import Frame
from qsim.present.words.languages import Language


@dataclass(frozen=True)
class Text:
    """A paragraph. ``lead`` stands out at the head of a section, ``note`` is small print."""

    text: str
    kind: Literal["plain", "lead", "note"] = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list of short texts; ``marked`` puts a term before each: (term, text)."""

    items: tuple[str, ...] = ()
    marked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: caption, heads (columns,) and rows of cells; the first cell of a row names it.

    The first ``words`` columns hold words and are set left, the others numbers, set right.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture with the numbers behind it.

    ``id`` is unique on the page; ``title`` a statement; ``alt`` says in words what is to be seen, for those who do not
    see it; ``draw`` returns the figure in a frame; ``table`` has the numbers.
    """

    id: str
    title: str
    alt: str
    draw: Callable[[Frame], Figure]
    table: Table
    note: str = ""


@dataclass(frozen=True)
class Dots:
    """A hundred dots of which the first ``filled`` are full: how often in 100; ``label`` says it in words."""

    filled: int
    label: str


@dataclass(frozen=True)
class Card:
    """An outcome: its name, level in each scenario (name, value), the difference with its interval, dots of 100."""

    name: str
    levels: tuple[tuple[str, str], ...]
    difference: str = ""
    interval: str = ""
    remark: str = ""
    dots: tuple[Dots, ...] = ()


@dataclass(frozen=True)
class Cards:
    """Cards side by side where there is room."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Verdict:
    """The verdict: in two words, in a sentence, and with its strength as dots; ``kind`` is one of the five verdicts."""

    kind: str
    name: str
    sentence: str
    dots: tuple[Dots, ...] = ()


@dataclass(frozen=True)
class Code:
    """A command to be copied."""

    text: str
    label: str


@dataclass(frozen=True)
class Download:
    """A file that the page carries: its name, what it is, its content."""

    name: str
    label: str
    content: str


@dataclass(frozen=True)
class Link:
    """A way to another page: its address relative to this one, what it is called, and its language if it is another."""

    address: str
    text: str
    language: Language | None = None


@dataclass(frozen=True)
class Details:
    """Blocks that are folded up under a summary; ``printed`` ones are on paper even if nobody unfolds them."""

    summary: str
    blocks: tuple[Block, ...]
    printed: bool = False


@dataclass(frozen=True)
class Group:
    """Blocks under a heading of their own within a section."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Tile:
    """A way to a page, with what is to be found there."""

    title: str
    text: str
    address: str


@dataclass(frozen=True)
class Tiles:
    """Ways side by side where there is room."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Prose:
    """Paragraphs and lists with emphasis and links, as HTML that is safe."""

    markup: Markup


@dataclass(frozen=True)
class Picture:
    """A drawing of its own, as SVG; ``alt`` says in words what is to be seen, and its numbers stand beside it."""

    title: str
    alt: str
    svg: str


Block = (
    Text
    | Bullets
    | Table
    | Chart
    | Cards
    | Verdict
    | Code
    | Download
    | Link
    | Details
    | Group
    | Tiles
    | Prose
    | Picture
)


@dataclass(frozen=True)
class Section:
    """A part of the page under a heading; ``id`` is its anchor."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def page_table(printed: Printed) -> Table:
    """Return a table of the terminal as one of a page."""
    columns = [[str(cell) for cell in column.cells] for column in printed.columns]
    words = sum(column.justify != "right" for column in printed.columns)
    heads = tuple(str(column.header) for column in printed.columns)
    return Table(str(printed.title or ""), heads, tuple(zip(*columns, strict=True)), words, str(printed.caption or ""))
