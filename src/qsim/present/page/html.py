"""A page as one HTML file: sections, charts as SVG for two widths, and the manifest."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from mimetypes import guess_type
from typing import Any

from qsim.present.figures.frame import NARROW, WIDE, framed, svg_bytes
from qsim.present.page.blocks import Block, Chart, Download, Link, Section
from qsim.present.page.template import FONTS, written
from qsim.present.words.speaker import Speaker

HEAD = re.compile(r"^.*?(?=<svg )|<(metadata|title|desc)[^>]*>.*?</\1>", re.DOTALL)
LABELS = re.compile(r' (role|lang|aria-labelledby)="[^"]*"| transform="rotate\(-0 [^"]*"|(?<=<g) id="[^"]*"')
DRAWN = re.compile(r' (?:d|x|y|width|height|points|transform)="[^"]*"')
LONG = re.compile(r"-?\d+\.\d{2,}")
FAMILY = re.compile(r"'DejaVu Sans',[^;\"]*sans-serif")
BETWEEN = re.compile(r">\s+<")


def picture(chart: Chart, width: float, source: str, speak: Speaker) -> str:
    """Return a chart drawn for a width in inches as :func:`inline` does.

    Title, note and ``source`` stand in it, so that it explains itself wherever it is copied.
    """
    notes = "\n".join(filter(None, (chart.note, source)))
    frame = framed((chart.title, ""), notes, chart.alt, speak, width, margin=0.0)
    return inline(svg_bytes(chart.draw(frame)).decode())


def inline(svg: str) -> str:
    """Return an SVG of matplotlib, made small, as an address, ``data:image/svg+xml;base64,...``."""
    return f"data:image/svg+xml;base64,{b64encode(small(svg).encode()).decode()}"


def small(svg: str) -> str:
    """Return an SVG of matplotlib without what nobody sees: metadata, ids of groups, digits beyond a hundredth."""
    short = LABELS.sub("", HEAD.sub("", svg))
    short = DRAWN.sub(lambda found: " ".join(LONG.sub(_rounded, found[0]).split("\n")).replace(' "', '"'), short)
    return BETWEEN.sub("><", FAMILY.sub(FONTS, short)).strip()


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


HUNDRED, DOTS_A_ROW = 100, 20


def page_html(
    title: str,
    subtitle: str,
    sections: Sequence[Section],
    speak: Speaker,
    manifest_json: str,
    kicker: str = "",
    footer: Section | None = None,
    topic: str = "",
    day: str = "",
    source: str = "",
    ways: Sequence[Link] = (),
) -> str:
    """Return a page with its sections as one HTML file.

    ``topic`` and ``kicker`` stand small above the title, ``day`` and ``ways`` to other pages below it, ``source`` in each
    chart; ``footer`` closes the page; ``manifest_json`` says how the page came about and is carried in the element
    ``qsim-manifest``. All texts are plain: whatever they hold is shown as text. Raise ValueError if the manifest is not
    JSON or two anchors or charts have the same id.
    """
    json.loads(manifest_json)
    ids = [found for section in (*sections, *([footer] if footer else [])) for found in (section.id, *_ids(section))]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"ids must be unique on a page; there are two of {', '.join(twice)}")
    tab = " – ".join(filter(None, (title, topic, day)))
    return written(
        "page.html",
        speak.language,
        tab,
        ("content", speak("page.skip")),
        manifest_json,
        title=title,
        subtitle=subtitle,
        kicker=" · ".join(filter(None, (topic, kicker))),
        day=day,
        ways=ways,
        inline=inline,
        picture=lambda chart, width: picture(chart, width, source, speak),
        sections=sections,
        footer=footer,
        words=lambda name, **said: speak(f"page.{name}", **said),
        kind_of=lambda block: type(block).__name__,
        wide=WIDE,
        narrow=NARROW,
        dot_paths=dot_paths,
        address=address,
    )


def _ids(part: Any) -> list[str]:
    """Return the ids of charts in a block or section, at any depth."""
    inner: Sequence[Block] = getattr(part, "blocks", ())
    own = [part.id] if isinstance(part, Chart) else []
    return own + [found for block in inner for found in _ids(block)]


def dot_paths(filled: int) -> tuple[str, str]:
    """Return the SVG paths of the full and of the empty ones of a hundred dots, in rows of twenty, ten units apart.

    Each dot is a line of no length that its round ends make visible. Raise ValueError unless 0 <= ``filled`` <= 100.
    """
    if not 0 <= filled <= HUNDRED:
        raise ValueError(f"{filled} of a hundred dots cannot be full")
    dots = [f"M{10 * (i % DOTS_A_ROW) + 5} {10 * (i // DOTS_A_ROW) + 5}h0" for i in range(HUNDRED)]
    return "".join(dots[:filled]), "".join(dots[filled:])


def address(file: Download) -> str:
    """Return the address of a file that the page carries, ``data:text/csv;charset=utf-8;base64,...``."""
    kind = guess_type(file.name)[0] or "text/plain"
    return f"data:{kind};charset=utf-8;base64,{b64encode(file.content.encode()).decode()}"
