"""The figure of the binding constraint over time: what holds practice back, as stacked shares of the unmet need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qsim.present.figures.frame import WIDTH, new_page, note, plain
from qsim.present.figures.scales import month_places, percent_axis, time_axis
from qsim.present.figures.style import CONSTRAINT_STYLES, FAINT, INK, LABEL, SOFT, TICK, apart, text_width
from qsim.present.text.names import CONSTRAINTS, scenario_names
from qsim.present.text.summary import binding_shares, by_month
from qsim.present.words.speaker import Speaker, capital

if TYPE_CHECKING:
    from qsim.engine.result import Result

PANEL, PANEL_HEAD, AXIS_ROOM = 2.6, 0.32, 0.35
"""Heights of a panel, of the name above it and of its axis, in inches."""

LEFT = 0.6
TEXT_HEIGHT = 0.2
"""Height a label needs inside an area, in inches."""


def constraint_figure(results: Sequence[Result], speak: Speaker, names: Sequence[str] | None = None) -> Figure:
    """Return what holds practice back over time, one panel a scenario.

    ``names`` stand in place of the scenarios' labels. Raise ValueError without a result.
    """
    if not results:
        raise ValueError("a figure takes one result or more")
    called = list(names or scenario_names([result.scenario for result in results], speak))
    labels = {name: capital(speak(f"terms.constraint.{name}")) for name in CONSTRAINTS}
    right = 0.3 + max(text_width(f"{label} 100 %", TICK) for label in labels.values())
    width = WIDTH - LEFT - right
    head = PANEL_HEAD if len(results) > 1 else 0.1
    height = len(results) * (head + PANEL + AXIS_ROOM)
    title, subtitle = _words(results, called, speak)
    runs = min(result.series["replicate"].nunique() for result in results)
    described = " ".join(_description(result, name, speak) for result, name in zip(results, called, strict=True))
    page = new_page(title, subtitle, note("constraint", runs, speak), described, height, speak)
    for position, (result, name) in enumerate(zip(results, called, strict=True)):
        bottom = height - (position + 1) * (head + PANEL + AXIS_ROOM) + AXIS_ROOM
        axes = page.axes(LEFT, bottom, width, PANEL)
        months, shares = monthly_shares(result)
        places = month_places(months)
        if len(places) == 1:  # a month alone is drawn as wide as the panel
            places, shares = np.append(places, places + 1), np.repeat(shares, 2, axis=1)
        draw_areas(axes, places, shares, len(months), speak)
        _write(axes, places, shares, labels, width, speak)
        if len(results) > 1:
            page.text(LEFT, bottom + PANEL + PANEL_HEAD / 2, name, size=LABEL, weight="bold")
    return page.figure


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


def draw_areas(axes: Axes, x: np.ndarray, shares: np.ndarray, months: int, speak: Speaker) -> None:
    """Draw the shares (5, months) of the constraints as stacked areas over the first ``months`` places of time ``x``."""
    edges = np.concatenate([np.zeros((1, shares.shape[1])), shares.cumsum(axis=0)])
    for name, lower, upper in zip(CONSTRAINTS, edges[:-1], edges[1:], strict=True):
        colour, hatch = CONSTRAINT_STYLES[name]
        area = axes.fill_between(
            x, lower, upper, facecolor=colour, hatch=hatch or None, linewidth=0, gid=f"area-{name}"
        )
        area.set_edgecolor((1, 1, 1, 0.55))
        axes.plot(x, upper, color="white", linewidth=1.0)
    axes.set_ylim(0, 1)
    axes.set_xlim(x[0], x[-1])
    percent_axis(axes.yaxis, speak)
    time_axis(axes.xaxis, x[:months], speak)
    plain(axes, "bottom")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.5, alpha=0.5)


def _write(
    axes: Axes, places: np.ndarray, shares: np.ndarray, labels: dict[str, str], width: float, speak: Speaker
) -> None:
    """Write each label where its area is widest, and its share at the end right of it."""
    edges = np.concatenate([np.zeros((1, shares.shape[1])), shares.cumsum(axis=0)])
    for i, name in enumerate(CONSTRAINTS):
        half = text_width(labels[name], LABEL, "bold") / 2 + 0.08
        spot = widest_spot(edges[i], edges[i + 1], half * (len(places) - 1) / width, TEXT_HEIGHT / PANEL)
        if spot is not None:
            axes.text(
                places[spot[0]],
                spot[1],
                labels[name],
                ha="center",
                va="center",
                size=LABEL,
                weight="bold",
                color=INK,
                bbox={"facecolor": "white", "alpha": 0.72, "edgecolor": "none", "pad": 1.5},
            )
    held = [i for i in range(len(CONSTRAINTS)) if shares[i, -1] >= 0.005]
    middles = [float(edges[i, -1] + edges[i + 1, -1]) / 2 for i in held]
    heights = [TICK * 1.35 / 72 / PANEL] * len(held)
    for i, middle, y in zip(held, middles, apart(middles, heights, 0.0, 1.0), strict=True):
        axes.annotate(
            f"{labels[CONSTRAINTS[i]]} {speak.percent(float(shares[i, -1]))}",
            (1, middle),
            xycoords=axes.get_yaxis_transform(),
            xytext=(1 + 0.14 / width, y),
            textcoords=axes.get_yaxis_transform(),
            va="center",
            size=TICK,
            color=INK,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": SOFT, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 0},
        )


def widest_spot(lower: np.ndarray, upper: np.ndarray, half: float, height: float) -> tuple[int, float] | None:
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


def _description(result: Result, name: str, speak: Speaker) -> str:
    shares = binding_shares(result.series, "constraint", CONSTRAINTS)
    values = [f"{speak(f'terms.constraint.{kind}')} {speak.percent(float(share))}" for kind, share in shares.items()]
    return f"{name}: {', '.join(values)}."
