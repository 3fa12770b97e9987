"""The tables of a population as rows of cells, for the terminal's text and for the page alike."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from evidence.population.population import LEVELS, SELF_REPORT
from evidence.population.shares import Estimate, graded, readings
from evidence.population.words import POPULATION
from qsim.present.text.numbers import MISSING, percent, percent_range
from qsim.present.words.language import Language

Rows = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""The heads of a table and its rows."""


def levels_table(population: pd.DataFrame, language: Language) -> Rows:
    """Return, for each thing that has a level, the shares that reach the levels and the level of the self-report."""
    survey = percent(SELF_REPORT, language, 1)
    heads = (
        POPULATION("what", language),
        *(POPULATION("at_level", language, level=percent(level, language)) for level in LEVELS),
        POPULATION("level_of", language, share=survey),
    )
    rows = [
        (
            POPULATION(f"measure.{entry.name}", language),
            *(estimate_text(share, language) for share in entry.shares),
            estimate_text(entry.level, language),
        )
        for entry in graded(population)
    ]
    return heads, rows


def readings_table(population: pd.DataFrame, language: Language) -> Rows:
    """Return, for each reading of the self-report, who would say yes, and what they do and those who would say no."""
    heads = tuple(POPULATION(name, language) for name in ("reading", "share", "behind", "behind_joint", "without"))
    rows = []
    for entry in readings(population):
        means = (entry.behind[1], entry.behind[2], entry.without[1])
        cells = [percent(mean, language) for mean in means]
        rows.append((POPULATION(f"reading.{entry.name}", language), estimate_text(entry.share, language), *cells))
    return heads, rows


def sizes_table(population: pd.DataFrame, language: Language) -> Rows:
    """Return, for each class of size, how many municipalities have a concept and a post, and what is done in the mean."""
    names = ("size", "number", "with_paper", "with_unit", "mean_done", "mean_joint")
    heads = tuple(POPULATION(name, language) for name in names)
    rows = []
    for name, part in population.groupby("scenario", sort=False):
        means = (float(part[column].mean()) for column in ("paper", "unit", "practice", "joint_practice"))
        cells = [percent(mean, language) for mean in means]
        rows.append((POPULATION(f"size.{name}", language), str(len(part)), *cells))
    return heads, rows


def estimate_text(found: Estimate, language: Language) -> str:
    """Return a share with its interval in brackets, a dash if there is none."""
    whole = percent(found.value, language)
    interval = percent_range(found.low, found.high, language)
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
