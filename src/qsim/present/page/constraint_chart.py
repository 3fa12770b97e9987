"""The chart of the binding constraint over time: what holds practice back, one panel a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qsim.present.figures.constraint import draw_areas, monthly_shares, widest_spot
from qsim.present.figures.frame import Page, canvas, fitted, is_narrow
from qsim.present.figures.scales import month_places
from qsim.present.figures.style import CONSTRAINT_STYLES, INK, LABEL, TICK, text_height, text_width
from qsim.present.page.blocks import Chart, Table
from qsim.present.page.curves import leave_room, thinned
from qsim.present.text.explained import period_labels
from qsim.present.text.names import CONSTRAINTS
from qsim.present.text.summary import binding_shares
from qsim.present.words.speaker import Speaker, capital

if TYPE_CHECKING:
    from qsim.engine.result import Result

PANEL, AXIS_ROOM, LEFT, RIGHT = 1.55, 0.36, 0.5, 0.15
SWATCH, KEY_ROW = 0.26, 0.21
SLACK = 0.1
"""Letters are a little wider in some resolutions than in others."""


def constraint_chart(results: Sequence[Result], names: Sequence[str], title: str, speak: Speaker) -> Chart:
    """Return what holds practice back over time in each scenario, as shares of the unmet need, under a title."""
    shares = [monthly_shares(result) for result in results]

    def draw(width: float) -> Figure:
        return _figure(shares, names, width, speak)

    return Chart(
        id="chart-constraint",
        title=title,
        alt=" ".join(_alt(result, name, speak) for result, name in zip(results, names, strict=True)),
        draw=draw,
        table=_table(results, names, speak),
        note=speak("why.constraint.note"),
    )


def _alt(result: Result, name: str, speak: Speaker) -> str:
    shares = binding_shares(result.series, "constraint", CONSTRAINTS)
    values = [f"{speak(f'terms.constraint.{kind}')} {speak.percent(float(share))}" for kind, share in shares.items()]
    return speak("why.constraint.alt", scenario=name, shares=", ".join(values))


def _table(results: Sequence[Result], names: Sequence[str], speak: Speaker) -> Table:
    rows = []
    for result, name in zip(results, names, strict=True):
        for period, part in result.series.groupby(period_labels(result.series["month"]), sort=False):
            shares = binding_shares(part, "constraint", CONSTRAINTS)
            rows.append((name, str(period), *(speak.percent(float(shares[kind])) for kind in CONSTRAINTS)))
    kinds = (capital(speak(f"terms.constraint.{kind}")) for kind in CONSTRAINTS)
    heads = (speak("why.scenario"), speak("why.period"), *kinds)
    return Table(speak("why.constraint.caption"), heads, tuple(rows), words=2)


def _figure(
    shares: Sequence[tuple[np.ndarray, np.ndarray]], names: Sequence[str], width: float, speak: Speaker
) -> Figure:
    start = 0.0 if is_narrow(width) else LEFT
    heads = [fitted(name, width - start - SLACK, LABEL, "bold") if len(names) > 1 else "" for name in names]
    talls = [text_height(head, LABEL) + 0.1 + PANEL + AXIS_ROOM for head in heads]
    keys = _keys(width, speak)
    key_height = KEY_ROW * len(keys) + 0.12
    height = key_height + sum(talls)
    page = canvas(width, height, speak)
    _draw_keys(page, keys, height)
    top = height - key_height
    for (months, held), head, tall in zip(shares, heads, talls, strict=True):
        page.text(start, top - 0.02, head, weight="bold", va="top")
        axes = page.axes(LEFT, top - tall + AXIS_ROOM, width - LEFT - RIGHT, PANEL)
        _panel(axes, months, held, width - LEFT - RIGHT, speak)
        top -= tall
    return page.figure


def _panel(axes: Axes, months: np.ndarray, held: np.ndarray, width: float, speak: Speaker) -> None:
    chosen = thinned(len(months), width * 0.7)
    places, shares = month_places(months)[chosen], held[:, chosen]
    if len(places) == 1:  # a month alone is drawn as wide as the panel
        places, shares = np.append(places, places + 1), np.repeat(shares, 2, axis=1)
    draw_areas(axes, places, shares, len(chosen), speak)
    leave_room(axes)
    axes.yaxis.set_ticks([0, 0.5, 1])
    edges = np.concatenate([np.zeros((1, shares.shape[1])), shares.cumsum(axis=0)])
    for i, name in enumerate(CONSTRAINTS):
        label = capital(speak(f"terms.constraint.{name}"))
        half = text_width(label, TICK, "bold") / 2 + 0.08
        spot = widest_spot(edges[i], edges[i + 1], half * (len(places) - 1) / width, 0.19 / PANEL)
        if spot is not None:
            axes.text(
                places[spot[0]], spot[1], label, ha="center", va="center", size=TICK, weight="bold", color=INK,
                bbox={"facecolor": "white", "alpha": 0.78, "edgecolor": "none", "pad": 1.5},
            )  # fmt: skip


def _keys(width: float, speak: Speaker) -> list[list[tuple[str, str, float]]]:
    """Return the rows of the key: constraint, label and its place, as many in a row as there is room for."""
    rows: list[list[tuple[str, str, float]]] = [[]]
    x = 0.0 if is_narrow(width) else LEFT
    start = x
    for name in CONSTRAINTS:
        label = capital(speak(f"terms.constraint.{name}"))
        wide = SWATCH + 0.06 + text_width(label, TICK) + 0.2
        if rows[-1] and x + wide > width:
            rows.append([])
            x = start
        rows[-1].append((name, label, x))
        x += wide
    return rows


def _draw_keys(page: Page, rows: Sequence[Sequence[tuple[str, str, float]]], height: float) -> None:
    wide, high = page.figure.get_size_inches()
    for number, row in enumerate(rows):
        y = height - KEY_ROW * (number + 0.5)
        for name, label, x in row:
            colour, hatch = CONSTRAINT_STYLES[name]
            swatch = Rectangle(
                (x / wide, (y - 0.06) / high), SWATCH / wide, 0.12 / high, facecolor=colour, hatch=hatch or None,
                linewidth=0, transform=page.figure.transFigure,
            )  # fmt: skip
            swatch.set_edgecolor((1, 1, 1, 0.55))
            page.figure.add_artist(swatch)
            page.text(x + SWATCH + 0.06, y, label, size=TICK)
