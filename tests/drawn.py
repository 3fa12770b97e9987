"""What is written in a figure, and which of its texts lie over another or beyond its edge."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def texts_of(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


def drawn_texts(figure: Figure) -> list[tuple[str, Bbox]]:
    """Return the texts that are drawn with the boxes they fill; tick labels only of ticks within view."""
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
    figure.draw_without_rendering()
    drawn = list(figure.texts)
    for axes in figure.axes:
        drawn += axes.texts
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            drawn += [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
            drawn.append(axis.label)
    return [
        (text.get_text(), text.get_window_extent(renderer)) for text in drawn if text.get_text() and text.get_visible()
    ]


def faults(figure: Figure) -> list[str]:
    """Return the texts that lie over another or beyond the edge of the page."""
    drawn = drawn_texts(figure)
    page = figure.bbox.padded(1)
    beyond = [
        text
        for text, box in drawn
        if not (page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1)
    ]
    inner = [(text, box.padded(-1)) for text, box in drawn]
    crossed = [f"{a} / {b}" for (a, one), (b, two) in combinations(inner, 2) if Bbox.intersection(one, two) is not None]
    return beyond + crossed
