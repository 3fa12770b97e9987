"""The picture of the month: the rules in the order in which they run, and what each reads and writes, from its declaration."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from qsim.mechanisms.month import MONTH
from qsim.present.words.languages import Language
from qsim.world.parameters import Rule

PICTURES: dict[Language, str] = {"en": "images/month_en.svg", "de": "images/month_de.svg"}
"""Where the picture stands, by language."""

PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Ereignisse", "events", ("events", "strikes")),
    ("Verwaltung", "administration", ("administration",)),
    ("Aufgaben", "tasks", ("tasks",)),
    ("Leitungen", "leaders", ("leaders", "support")),
    ("Beauftragte, Stellen", "units, posts", ("units", "posts", "phases", "relations")),
    ("Formate", "formats", ("formats", "members")),
    ("Konzepte", "concepts", ("concepts",)),
    ("Ämter", "departments", ("departments", "stances")),
    ("Kontakte", "ties", ("ties",)),
    ("Zivilgesellschaft", "civil society", ("groups",)),
)
"""The parts of the world, in German and English, with the tables of each."""


class Words(NamedTuple):
    """What the picture says."""

    title: str
    reads: str
    writes: str
    again: str


WORDS: dict[Language, Words] = {
    "de": Words(
        "Der Monat: die Regeln in ihrer Reihenfolge, und was jede liest und schreibt",
        "liest",
        "schreibt",
        "nächster Monat",
    ),
    "en": Words("The month: the rules in their order, and what each reads and writes", "reads", "writes", "next month"),
}

ROW, CELL, NAME, HEAD, EDGE, FOOT = 32, 44, 260, 136, 24, 44
"""Pixels: height of a row, width of a column, of the names, of the heads, around it all, and below it."""


def touched(fields: tuple[str, ...], tables: tuple[str, ...]) -> bool:
    """Return whether any of the fields, ``table`` or ``table.field``, is of one of the tables."""
    return any(field.partition(".")[0] in tables for field in fields)


def month_picture(language: Language) -> str:
    """Return the picture as SVG: a row a rule, a column a part of the world; a ring is what is read, a disc what is written."""
    title, reads, writes, again = WORDS[language]
    width = EDGE + NAME + CELL * len(PARTS) + 90
    bottom = HEAD + ROW * len(MONTH)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom + FOOT}" font-family="sans-serif" font-size="14">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{bottom + FOOT}" fill="#fff"/>',
        f'<g fill="none" stroke="#8a97a5" stroke-width="2"><path d="M{EDGE + 12} {HEAD} V{bottom}"/>'
        f'<path d="M{EDGE + 12} {bottom} q0 12 -12 12 h-4 q-8 0 -8 -12 V{HEAD - 8} q0 -12 12 -12 h4 q8 0 8 12"/></g>',
        f'<text x="{EDGE + 20}" y="{bottom + 26}" fill="#345">{escape(again)} ↻</text>',
        f'<circle cx="{EDGE + NAME + 8}" cy="{bottom + 21}" r="6" fill="none" stroke="#0b6aa2" stroke-width="2"/>',
        f'<text x="{EDGE + NAME + 22}" y="{bottom + 26}" fill="#345">{escape(reads)}</text>',
        f'<circle cx="{EDGE + NAME + 98}" cy="{bottom + 21}" r="8" fill="#0b6aa2"/>',
        f'<text x="{EDGE + NAME + 112}" y="{bottom + 26}" fill="#345">{escape(writes)}</text>',
    ]
    for place, (german, english, _) in enumerate(PARTS):
        x = EDGE + NAME + CELL * (place + 0.5)
        label = german if language == "de" else english
        parts.append(f'<text transform="translate({x + 4} {HEAD - 10}) rotate(-50)" fill="#345">{escape(label)}</text>')
    for place, rule in enumerate(MONTH):
        parts += _row(place, rule, language, width)
    return "\n".join([*parts, "</svg>", ""])


def _row(place: int, rule: Rule, language: Language, width: int) -> list[str]:
    y = HEAD + ROW * (place + 0.5)
    label = rule.label_de if language == "de" else rule.label_en
    row = []
    if place % 2 == 0:
        row.append(
            f'<rect x="{EDGE + 28}" y="{y - ROW / 2}" width="{width - EDGE - 34}" height="{ROW}" fill="#f3f6f9"/>'
        )
    row += [
        f'<circle cx="{EDGE + 12}" cy="{y}" r="11" fill="#123"/>',
        f'<text x="{EDGE + 12}" y="{y + 4.5}" text-anchor="middle" font-size="12" fill="#fff">{place + 1}</text>',
        f'<text x="{EDGE + 34}" y="{y + 5}" font-weight="bold" fill="#123">{escape(label)}</text>',
    ]
    for column, (_, _, tables) in enumerate(PARTS):
        x = EDGE + NAME + CELL * (column + 0.5)
        reads, writes = touched(rule.reads, tables), touched(rule.writes, tables)
        if writes:
            row.append(f'<circle class="writes" cx="{x}" cy="{y}" r="8" fill="#0b6aa2"/>')
        if reads:
            radius, line = (4, "#fff") if writes else (6, "#0b6aa2")
            row.append(
                f'<circle class="reads" cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="{line}" stroke-width="2"/>'
            )
    return row
