"""Saving figures: as SVG with text, title and description, and as PNG; the same figure gives the same bytes."""

from __future__ import annotations

import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.text import Text

from qsim.present.figures.frame import ReportFigure

DOTS_PER_INCH = 160
SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "qsim"}


def save(figure: Figure, folder: str | Path, name: str) -> tuple[Path, Path]:
    """Write a figure into a folder as ``name.svg`` and ``name.png``; return the two paths.

    Each file is written under another name first, so a file of this name is always whole. Raise OSError if the folder
    cannot be written.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for text in figure.findobj(Text):
        text.set_parse_math(False)  # a dollar in a label is a dollar
    written = (place / f"{name}.svg", place / f"{name}.png")
    write_whole(written[0], svg_bytes(figure))
    write_whole(written[1], png_bytes(figure))
    return written


def svg_bytes(figure: Figure) -> bytes:
    """Return a figure as SVG, with a title and a description for those who do not see it."""
    buffer = BytesIO()
    with mpl.rc_context(SETTINGS):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return _described(buffer.getvalue().decode(), figure).encode()


def png_bytes(figure: Figure) -> bytes:
    """Return a figure as PNG, with its title and description as text inside."""
    buffer = BytesIO()
    texts = {"Software": None, "Title": "", "Description": ""}
    if isinstance(figure, ReportFigure):
        texts |= {"Title": figure.statement, "Description": figure.description}
    figure.savefig(buffer, format="png", dpi=DOTS_PER_INCH, metadata=texts)
    return buffer.getvalue()


def _described(svg: str, figure: Figure) -> str:
    if not isinstance(figure, ReportFigure):
        return svg
    start = svg.index("<svg")
    end = svg.index(">", start)
    role = f' role="img" lang={quoteattr(figure.language)} aria-labelledby="figure-title figure-description"'
    title = f'\n <title id="figure-title">{escape(figure.statement)}</title>'
    text = f'\n <desc id="figure-description">{escape(figure.description)}</desc>'
    return svg[:end] + role + ">" + title + text + svg[end + 1 :]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under another name first, so that a file of this name is always whole; raise OSError if it cannot be."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
