"""What each budget buys: the effect of the best package that it affords, as steps, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from qsim.measures.catalogue import Measure
from qsim.present.figures.frame import Frame, is_narrow, plain
from qsim.present.figures.style import CHANGE, FAINT, INK, LABEL, SOFT, TICK
from qsim.present.text.units import cell
from qsim.present.words.speaker import Speaker

LEFT, BELOW, TALL, NARROW_TALL, RIGHT, TOP = 0.65, 0.5, 2.6, 2.0, 0.25, 0.2
THOUSAND = 1000.0

Step = tuple[float, float, float, float]
"""A package: the least budget that affords it in euros a year, then effect, low and high of its interval."""


def budget_figure(
    frame: Frame, steps: Sequence[Step], budget: float, limit: float, measure: Measure, speak: Speaker
) -> Figure:
    """Return the steps in a frame, cheapest first, up to a budget of ``limit``; ``budget`` is marked."""
    tall = NARROW_TALL if is_narrow(frame.width) else TALL
    page = frame.page(BELOW + tall + TOP)
    axes = page.axes(LEFT, BELOW, frame.width - LEFT - RIGHT, tall)
    ends = [*(step[0] for step in steps[1:]), limit]
    for (begin, mean, low, high), end in zip(steps, ends, strict=True):
        axes.fill_between([begin, end], low, high, color=CHANGE, alpha=0.18, linewidth=0)
        axes.plot([begin, end], [mean, mean], color=CHANGE, linewidth=2.2, solid_capstyle="butt")
        axes.plot([begin], [mean], marker="o", color=CHANGE, markersize=5, clip_on=False, zorder=4)
    _marked(axes, budget, limit, speak)
    axes.set_xlim(0, limit)
    axes.xaxis.set_major_locator(MaxNLocator(4 if is_narrow(frame.width) else 8, steps=[1, 2, 4, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: speak.decimal(x / THOUSAND, 0)))
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: cell(y, measure, speak, signed=True)))
    axes.axhline(0, color=INK, linewidth=1)
    axes.grid(color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(speak("advise.page.axis"), size=LABEL, color=INK)
    plain(axes, "bottom", "left")
    return page.figure


def _marked(axes: Axes, budget: float, limit: float, speak: Speaker) -> None:
    axes.axvline(budget, color=SOFT, linewidth=1, linestyle=(0, (4, 3)))
    right = budget > limit / 2
    axes.annotate(speak("advise.page.budget"), (budget, 1), xycoords=axes.get_xaxis_transform(),
                  xytext=(-4 if right else 4, 2), textcoords="offset points", size=TICK, color=SOFT,
                  ha="right" if right else "left")  # fmt: skip
