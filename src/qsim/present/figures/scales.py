"""The axes of figures: shares in percent and months as years, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axis import Axis
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator

from qsim.present.words.speaker import Speaker

MONTHS_A_YEAR = 12
MOST_TICKS = 11
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)


def month_places(months: Any) -> np.ndarray:
    """Return dates as numbers of months since 1970 (n,), the unit of all time axes."""
    return np.asarray(months).astype("datetime64[M]").astype(np.int64)


def percent_axis(axis: Axis, speak: Speaker, ticks: int = 6) -> None:
    """Write the ticks of an axis of shares as percentages."""
    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda share, _: speak.percent(share, _digits(axis))))


def _digits(axis: Axis) -> int:
    """Return the digits that tell the ticks of an axis of shares apart."""
    places = axis.get_majorticklocs()
    step = float(np.min(np.diff(places))) if len(places) > 1 else 1.0
    return 0 if step >= 0.0099 else 1


def time_axis(axis: Axis, months: Sequence[int] | np.ndarray, speak: Speaker) -> None:
    """Write the ticks of an axis of months: every January of some years, or single months in a short run."""
    first, last = int(min(months)), int(max(months))
    ticks, labels = time_ticks(first, last, speak)
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_major_formatter(FixedFormatter(labels))


def time_ticks(first: int, last: int, speak: Speaker) -> tuple[list[int], list[str]]:
    """Return places and labels of the ticks from a first to a last month, both numbers of months since 1970."""
    if last - first < 3 * MONTHS_A_YEAR:
        step = next(step for step in (1, 2, 3, 6, 12) if (last - first) / step < 7)
        ticks = list(range(first, last + 1, step))
        return ticks, [speak.month(np.datetime64(tick, "M")) for tick in ticks]
    years = range(1970 + -(-first // MONTHS_A_YEAR), 1970 + last // MONTHS_A_YEAR + 1)
    step = next(step for step in YEAR_STEPS if len(years) / step < MOST_TICKS)
    chosen = [year for year in years if year % step == 0]
    return [(year - 1970) * MONTHS_A_YEAR for year in chosen], [str(year) for year in chosen]
