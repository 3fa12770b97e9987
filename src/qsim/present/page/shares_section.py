"""Which change carries how much of the difference: its sentences, its chart and its table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from qsim.comparison.comparing import Compared
from qsim.comparison.verdict import Comparison
from qsim.comparison.why.shares import Share, Shares
from qsim.measures.catalogue import OUTCOMES, Measure
from qsim.present.figures.bars import BAR, COVER, THICK, Bar
from qsim.present.figures.frame import Frame, fitted, is_narrow, plain_rows
from qsim.present.figures.style import (
    CHANGE,
    INK,
    LABEL,
    SOFT,
    TICK,
    text_height,
    text_width,
)
from qsim.present.page.blocks import Block, Chart, Table, Text
from qsim.present.page.differs_section import group_name
from qsim.present.text.names import scenario_names
from qsim.present.text.units import cell, cell_range, difference_text, shown_value
from qsim.present.words.speaker import Speaker

BETWEEN = 0.1
"""The space between bars, in inches."""

NAMES, GAP, AXIS_ROOM = 2.9, 0.12, 0.5
"""Largest width of the names, the space beside them, and room for the axis, in inches."""


Contribution = tuple[str, Bar]
"""The name of a change, and what it adds as a bar, in the unit of the axis with its interval."""


def contributions_figure(rows: Sequence[Contribution], label: str, frame: Frame, speak: Speaker) -> Figure:
    """Return the bars in a frame, the first on top; on a small screen names stand above them."""
    width = frame.width
    beside = not is_narrow(width)
    room = min(NAMES, max(text_width(name, TICK) for name, _ in rows)) if beside else width
    names = [fitted(name, room, TICK) for name, _ in rows]
    above = [0.0 if beside else text_height(name, TICK) + 0.02 for name in names]
    talls = [
        (max(BAR, text_height(name, TICK)) if beside else BAR + over) + BETWEEN
        for name, over in zip(names, above, strict=True)
    ]
    height = sum(talls)
    page = frame.page(height + AXIS_ROOM)
    left = room + GAP if beside else 0.08
    values = max(text_width(bar.text, LABEL, "bold") for _, bar in rows) + GAP
    axes = page.axes(left, AXIS_ROOM, width - left - values, height)
    _axis(axes, rows, height, label, speak)
    top = 0.0
    for (_, bar), name, over, tall in zip(rows, names, above, talls, strict=True):
        middle = top + over + (tall - over) / 2
        _draw(axes, bar, middle)
        y = height + AXIS_ROOM - (middle if beside else top + over / 2)
        page.text(room if beside else 0, y, name, size=TICK, ha="right" if beside else "left", linespacing=1.2,
                  bbox=COVER)  # fmt: skip
        page.text(width, height + AXIS_ROOM - middle, bar.text, weight="bold", ha="right")
        top += tall
    return page.figure


def _axis(axes: Axes, rows: Sequence[Contribution], height: float, label: str, speak: Speaker) -> None:
    ends = np.nan_to_num([end for _, bar in rows for end in (bar.value, bar.low, bar.high)])
    low, high = min(0.0, float(ends.min())), max(0.0, float(ends.max()))
    margin = 0.04 * max(high - low, 1e-6)
    plain_rows(axes, height)
    axes.set_xlim(low - margin, high + margin)
    axes.xaxis.set_major_locator(MaxNLocator(6 if axes.bbox.width > 250 else 4, steps=[1, 2, 5, 10]))
    step = float(np.min(np.diff(axes.xaxis.get_majorticklocs())))
    digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: speak.decimal(value, digits, signed=True)))
    axes.set_xlabel(label, size=TICK, color=SOFT)
    axes.axvline(0, color=INK, linewidth=1)


def _draw(axes: Axes, bar: Bar, y: float) -> None:
    """Draw a bar; what lowers the outcome is told by hatching, too."""
    if not np.isfinite(bar.value):
        return
    hatch = "" if bar.value >= 0 else "//"
    axes.barh(y, bar.value, height=THICK, color=CHANGE, hatch=hatch, edgecolor="white", linewidth=0)
    if bar.high > bar.low:
        axes.plot([bar.low, bar.high], [y, y], color=INK, linewidth=1.2, solid_capstyle="butt")
        axes.vlines([bar.low, bar.high], y - 0.045, y + 0.045, color=INK, linewidth=1.2)


ALMOST_ALL = 0.95
"""The part of all contributions, without their signs, from which on one change is said to carry the difference alone."""


def shares_blocks(result: Compared, shares: Sequence[Shares | None], speak: Speaker) -> tuple[Block, ...]:
    """Return what each change carries, for each pair of ``result``, each with its entry of ``shares``.

    A pair in which nothing differs has no blocks; where one change carries everything there is only a sentence. Raise
    ValueError for another number of entries.
    """
    if len(shares) != len(result.pairs):
        raise ValueError("there must be an entry of shares for each pair")
    names = scenario_names(result.scenarios, speak)
    blocks: list[Block] = []
    for place, (pair, carried) in enumerate(zip(result.pairs, shares, strict=True), start=1):
        if carried is not None:
            blocks += _Told(pair, carried, (names[0], names[place]), place, speak).blocks()
    return tuple(blocks)


class _Told:
    """The shares of one pair in one language, the largest first."""

    def __init__(self, pair: Comparison, carried: Shares, names: tuple[str, str], place: int, speak: Speaker) -> None:
        self.scenarios = (pair.scenarios[0], pair.scenarios[1])
        self.carried = carried
        self.first, self.second = names
        self.id = f"chart-shares-{place}"
        self.speak: Speaker = speak
        self.measure: Measure = next(measure for measure in OUTCOMES if measure.name == carried.outcome)
        self.parts = sorted(carried.parts, key=lambda part: -abs(part.value) if math.isfinite(part.value) else 0.0)

    def blocks(self) -> list[Block]:
        """Return the sentence, and chart and note where several changes carry the difference."""
        said = {"second": self.second, "measure": self.speak.label(self.measure.label)}
        if not math.isfinite(self.carried.difference):
            return [Text(self.speak("shares.unknown", **said))]
        if all(map(self.is_idle, self.parts)):
            return [Text(self.remarks()[0])]
        largest = self.most()
        said |= {"difference": self.points(self.carried.difference), "change": self.name(largest)}
        if len(self.parts) == 1:
            form = "one" if len(largest.changes) == 1 else "one_group"
            return [Text(self.speak(f"shares.{form}", **said))]
        said["value"] = self.points(largest.value)
        if abs(largest.value) >= ALMOST_ALL * sum(abs(part.value) for part in self.parts):
            others = self.speak.counted("shares.others", len(self.parts) - 1)
            return [Text(self.speak("shares.nearly_one", others=others, **said))]
        said_most = self.speak("shares.several" if self.is_sure() else "shares.none_sure", **said)
        return [Text(" ".join([said_most, *self.remarks()])), self.chart(), Text(self.note(), "note")]

    def most(self) -> Share:
        """Return the share that carries most in the direction of the difference."""
        return max(self.parts, key=lambda part: self.towards() * part.value)

    def towards(self) -> float:
        """Return the sign of the difference."""
        return math.copysign(1.0, self.carried.difference)

    @staticmethod
    def is_idle(part: Share) -> bool:
        """Whether changes do nothing to the outcome in any setting."""
        return part.value == part.low == part.high == 0.0

    def is_sure(self) -> bool:
        """Whether any change is known to raise, or to lower, the outcome."""
        return any(not part.low <= 0.0 <= part.high for part in self.parts)

    def remarks(self) -> list[str]:
        """Return what works against the difference, what may do either, and what does nothing."""
        idle = [part for part in self.parts if self.is_idle(part)]
        unsure = [part for part in self.parts if part.low <= 0.0 <= part.high and part not in idle]
        against = [part for part in self.parts if self.towards() * part.value < 0.0 and part not in unsure]
        told = {"against": against, "unsure": unsure if self.is_sure() else [], "no_effect": idle}
        return [
            self.speak(f"shares.{form}", changes=self.speak.joined([self.named(form, part) for part in parts]))
            for form, parts in told.items()
            if parts
        ]

    def named(self, form: str, part: Share) -> str:
        """Return the name of a share for a sentence, with its value where that says something."""
        if form == "no_effect":
            return self.speak("shares.bare", change=self.name(part))
        return self.speak("shares.named", change=self.name(part), value=self.points(part.value))

    def chart(self) -> Chart:
        """Return the bars with their table."""
        rows = [self.contribution(part) for part in self.parts]
        values = [
            self.speak("shares.value", change=self.name(part), value=self.number(part.value), interval=self.ends(part))
            for part in self.parts
        ]

        return Chart(
            id=self.id,
            title=self.title(),
            alt=self.speak("shares.alt", values=" ".join(values)),
            draw=lambda frame: contributions_figure(rows, self.speak("shares.axis"), frame, self.speak),
            table=self.table(),
        )

    def title(self) -> str:
        """Return what the chart shows, as a statement."""
        if not self.is_sure():
            return self.speak("shares.title_none_sure", second=self.second)
        return self.speak("shares.title", second=self.second, change=self.name(self.most()))

    def contribution(self, part: Share) -> Contribution:
        """Return the bar of a share, in percentage points."""
        value, low, high = (shown_value(number, self.measure) for number in (part.value, part.low, part.high))
        return self.name(part), Bar(value, low, high, self.number(part.value))

    def table(self) -> Table:
        """Return the contributions with their intervals, and their sum."""
        carried = self.carried
        rows = [(self.name(part), self.number(part.value), self.ends(part)) for part in self.parts]
        rows.append((self.speak("shares.sum"), self.number(carried.difference), self.ends(carried)))
        confidence = self.speak.percent(carried.confidence)
        heads = ("change", "points")
        caption = self.speak("shares.caption", first=self.first, second=self.second,
                         measure=self.speak.label(self.measure.label))  # fmt: skip
        return Table(
            caption,
            (
                *(self.speak(f"shares.{head}") for head in heads),
                self.speak("shares.interval", confidence=confidence),
            ),
            tuple(rows),
        )

    def note(self) -> str:
        """Return what a contribution is and what it was computed from."""
        carried = self.carried
        worlds = self.speak.counted("terms.twins", carried.worlds)
        settings = self.speak.counted("terms.in_settings", carried.settings) if carried.plausible else ""
        sentences = [self.speak("shares.note", worlds=worlds, settings=settings)]
        if not carried.exact:
            error = max(part.sampling_error for part in self.parts)
            sentences.append(self.speak("shares.sampled", error=cell(error, self.measure, self.speak)))
        return " ".join(sentences)

    def name(self, part: Share) -> str:
        """Return the name of the changes of a share."""
        return group_name(part.changes, self.scenarios, self.speak)

    def points(self, value: float) -> str:
        """Return a contribution with its unit."""
        return difference_text(value, self.measure, self.speak)

    def number(self, value: float) -> str:
        """Return a contribution alone."""
        return cell(value, self.measure, self.speak, signed=True)

    def ends(self, part: Share | Shares) -> str:
        """Return the ends of an interval."""
        return cell_range(part.low, part.high, self.measure, self.speak, signed=True)
