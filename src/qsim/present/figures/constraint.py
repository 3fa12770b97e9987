"""The figure of the binding constraint over time: what holds practice back, as stacked shares of the unmet need."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qsim.engine.result import Result
from qsim.measures.catalogue import CONSTRAINTS
from qsim.present.figures.curves import leave_room, thinned
from qsim.present.figures.frame import Frame, Page, fitted, framed, is_narrow, note, plain, write_beside
from qsim.present.figures.style import (
    CONSTRAINT_STYLES,
    FAINT,
    INK,
    LABEL,
    TICK,
    apart,
    month_places,
    percent_axis,
    text_height,
    text_width,
    time_axis,
)
from qsim.present.text.names import scenario_names
from qsim.present.text.summary import binding_shares, by_month
from qsim.present.words.speaker import Speaker, capital

PANEL, TALL, AXIS_ROOM, LEFT, RIGHT = 1.55, 2.4, 0.36, 0.5, 0.15
SWATCH, KEY_ROW = 0.26, 0.21
SLACK = 0.1
"""Letters are a little wider in some resolutions than in others."""


def constraint_figure(results: Sequence[Result], speak: Speaker) -> Figure:
    """Return what holds practice back over time, one panel a scenario."""
    called = scenario_names([result.scenario for result in results], speak)
    runs = min(result.series["replicate"].nunique() for result in results)
    described = " ".join(f"{name}: {told_shares(result, speak)}." for result, name in zip(results, called, strict=True))
    frame = framed(_words(results, called, speak), note("constraint", runs, speak), described, speak)
    return areas_figure(frame, [monthly_shares(result) for result in results], called, speak, ends=True)


def monthly_shares(result: Result) -> tuple[np.ndarray, np.ndarray]:
    """Return the months and the share of the unmet need of all runs that each constraint holds back (5, months).

    Runs count by their unmet need; a month without any has zeros.
    """
    months, need = by_month(result.series, "need_gap")
    weights = np.nan_to_num(need)
    held = np.stack([np.nan_to_num(by_month(result.series, f"constraint_{name}")[1]) for name in CONSTRAINTS])
    sums = (held * weights).sum(axis=1)
    total = sums.sum(axis=0)
    return months, np.divide(sums, total, out=np.zeros_like(sums), where=total > 0)


def _areas(axes: Axes, x: np.ndarray, shares: np.ndarray, months: int, speak: Speaker) -> None:
    """Draw the shares (5, months) of the constraints as stacked areas over the first ``months`` places of time ``x``."""
    edges = np.concatenate([np.zeros((1, shares.shape[1])), shares.cumsum(axis=0)])
    for name, lower, upper in zip(CONSTRAINTS, edges[:-1], edges[1:], strict=True):
        colour, hatch = CONSTRAINT_STYLES[name]
        area = axes.fill_between(
            x, lower, upper, facecolor=colour, hatch=hatch or None, linewidth=0, gid=f"area-{name}"
        )
        area.set_edgecolor((0, 0, 0, 0.25))
        axes.plot(x, upper, color="white", linewidth=1.0)
    axes.set_ylim(0, 1)
    axes.set_xlim(x[0], x[-1])
    percent_axis(axes.yaxis, speak)
    time_axis(axes.xaxis, x[:months], speak)
    plain(axes, "bottom")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.5, alpha=0.5)


def areas_figure(
    frame: Frame,
    shares: Sequence[tuple[np.ndarray, np.ndarray]],
    names: Sequence[str],
    speak: Speaker,
    ends: bool = False,
) -> Figure:
    """Return the shares of each scenario in a frame, as :func:`monthly_shares` gives them, one panel a scenario.

    Panels are taller and the shares of the last month stand beside them if ``ends``.
    """
    width = frame.width
    panel, right = (TALL, RIGHT + text_width(speak.percent(1.0), TICK)) if ends else (PANEL, RIGHT)
    start = 0.0 if is_narrow(width) else LEFT
    heads = [fitted(name, width - start - SLACK, LABEL, "bold") if len(names) > 1 else "" for name in names]
    talls = [text_height(head, LABEL) + 0.1 + panel + AXIS_ROOM for head in heads]
    keys = _keys(width, speak)
    key_height = KEY_ROW * len(keys) + 0.12
    height = key_height + sum(talls)
    page = frame.page(height)
    _draw_keys(page, keys, height)
    top = height - key_height
    for (months, held), head, tall in zip(shares, heads, talls, strict=True):
        page.text(start, top - 0.02, head, weight="bold", va="top")
        axes = page.axes(LEFT, top - tall + AXIS_ROOM, width - LEFT - right, panel)
        _panel(axes, months, held, (width - LEFT - right, panel), speak)
        if ends:
            _write_ends(axes, held[:, -1], panel, speak)
        top -= tall
    return page.figure


def _panel(axes: Axes, months: np.ndarray, held: np.ndarray, size: tuple[float, float], speak: Speaker) -> None:
    width, tall = size
    chosen = thinned(len(months), width * 0.7)
    places, shares = month_places(months)[chosen], held[:, chosen]
    if len(places) == 1:  # a month alone is drawn as wide as the panel
        places, shares = np.append(places, places + 1), np.repeat(shares, 2, axis=1)
    _areas(axes, places, shares, len(chosen), speak)
    leave_room(axes)
    axes.yaxis.set_ticks([0, 0.5, 1])
    edges = np.concatenate([np.zeros((1, shares.shape[1])), shares.cumsum(axis=0)])
    for i, name in enumerate(CONSTRAINTS):
        label = capital(speak(f"terms.constraint.{name}"))
        half = text_width(label, TICK, "bold") / 2 + 0.08
        spot = _widest_spot(edges[i], edges[i + 1], half * (len(places) - 1) / width, 0.19 / tall)
        if spot is not None:
            axes.text(
                places[spot[0]], spot[1], label, ha="center", va="center", size=TICK, weight="bold", color=INK,
                bbox={"facecolor": "white", "alpha": 0.78, "edgecolor": "none", "pad": 1.5},
            )  # fmt: skip


def _write_ends(axes: Axes, shares: np.ndarray, tall: float, speak: Speaker) -> None:
    """Write each share right of where its area ends, moved apart where they would overlap."""
    held = [i for i, share in enumerate(shares) if share >= 0.005]
    middles = [float(shares[:i].sum() + shares[i] / 2) for i in held]
    heights = [text_height("x", TICK) / tall] * len(held)
    for i, y in zip(held, apart(middles, heights, 0.0, 1.0), strict=True):
        write_beside(axes, speak.percent(float(shares[i])), y, 5, va="center", size=TICK, color=INK)


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
                ((page.left + x) / wide, (page.bottom + y - 0.06) / high), SWATCH / wide, 0.12 / high,
                facecolor=colour, hatch=hatch or None, linewidth=0, transform=page.figure.transFigure,
            )  # fmt: skip
            swatch.set_edgecolor((0, 0, 0, 0.25))
            page.figure.add_artist(swatch)
            page.text(x + SWATCH + 0.06, y, label, size=TICK)


def _widest_spot(lower: np.ndarray, upper: np.ndarray, half: float, height: float) -> tuple[int, float] | None:
    """Return index and height of the middle of a label in an area between two curves, None where it has no room.

    ``half`` is half the label's width in steps of the curves, ``height`` its height in their unit.
    """
    reach = int(np.ceil(half))
    best, found = height, None
    for i in range(reach, len(lower) - reach):
        floor, ceiling = lower[i - reach : i + reach + 1].max(), upper[i - reach : i + reach + 1].min()
        if ceiling - floor > best:
            best, found = ceiling - floor, (i, float(floor + ceiling) / 2)
    return found


def _words(results: Sequence[Result], names: Sequence[str], speak: Speaker) -> tuple[str, str]:
    if len(results) > 1:
        return speak("figures.constraint.title_several"), speak("figures.constraint.subtitle_several")
    subtitle = speak("figures.constraint.subtitle", scenario=names[0])
    shares = binding_shares(results[0].series, "constraint", CONSTRAINTS)
    if shares.isna().all():
        return speak("figures.constraint.title_none"), subtitle
    first = speak(f"terms.lack.{shares.index[0]}")
    share = speak.percent(float(shares.iloc[0]))
    return speak("figures.constraint.title", first=first, share=share), subtitle


def told_shares(result: Result, speak: Speaker) -> str:
    """Return the shares over the whole time of a scenario as text."""
    shares = binding_shares(result.series, "constraint", CONSTRAINTS)
    values = [f"{speak(f'terms.constraint.{kind}')} {speak.percent(float(share))}" for kind, share in shares.items()]
    return ", ".join(values)
