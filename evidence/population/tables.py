"""The tables of a population as rows of cells, for the terminal's text and for the page alike."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from evidence.population.population import LEVELS, SELF_REPORT
from evidence.population.shares import Estimate, graded, readings
from qsim.present.words.speaker import MISSING, Speaker

Rows = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""The heads of a table and its rows."""


def levels_table(population: pd.DataFrame, speak: Speaker) -> Rows:
    """Return, for each thing that has a level, the shares that reach the levels and the level of the self-report."""
    survey = speak.percent(SELF_REPORT, 1)
    heads = (
        speak("population.what"),
        *(speak("population.at_level", level=speak.percent(level)) for level in LEVELS),
        speak("population.level_of", share=survey),
    )
    rows = [
        (
            speak(f"population.measure.{entry.name}"),
            *(estimate_text(share, speak) for share in entry.shares),
            estimate_text(entry.level, speak),
        )
        for entry in graded(population)
    ]
    return heads, rows


def readings_table(population: pd.DataFrame, speak: Speaker) -> Rows:
    """Return, for each reading of the self-report, who would say yes, and what they do and those who would say no."""
    heads = tuple(speak(f"population.{name}") for name in ("reading", "share", "behind", "behind_joint", "without"))
    rows = []
    for entry in readings(population):
        means = (entry.behind[1], entry.behind[2], entry.without[1])
        cells = [speak.percent(mean) for mean in means]
        rows.append((speak(f"population.reading.{entry.name}"), estimate_text(entry.share, speak), *cells))
    return heads, rows


def sizes_table(population: pd.DataFrame, speak: Speaker) -> Rows:
    """Return, for each class of size, how many municipalities have a concept and a post, and what is done in the mean."""
    names = ("size", "number", "with_paper", "with_unit", "mean_done", "mean_joint")
    heads = tuple(speak(f"population.{name}") for name in names)
    rows = []
    for name, part in population.groupby("scenario", sort=False):
        means = (float(part[column].mean()) for column in ("paper", "unit", "practice", "joint_practice"))
        cells = [speak.percent(mean) for mean in means]
        rows.append((speak(f"population.size.{name}"), str(len(part)), *cells))
    return heads, rows


def estimate_text(found: Estimate, speak: Speaker) -> str:
    """Return a share with its interval in brackets, a dash if there is none."""
    whole = speak.percent(found.value)
    interval = speak.percent_range(found.low, found.high)
    return whole if MISSING in (whole, interval) else f"{whole} ({interval})"


def text_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as lines of text, its columns as wide as they need to be."""
    lines = [tuple(heads), *map(tuple, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width)
                  for column, (cell, width) in enumerate(zip(line, widths, strict=True))).rstrip()
        for line in lines
    )  # fmt: skip
