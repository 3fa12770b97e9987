"""A sensitivity study for the terminal: the ranked table, the strongest pairs, and what is known of luck in sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qsim.present.text.numbers import decimal, month_name, number_range, percent
from qsim.present.text.sensitivity_words import SENSITIVITY
from qsim.present.text.tables import new_table
from qsim.present.words.language import Language
from qsim.runs.readings import MEASURES
from qsim.sensitivity.results import WHOLE_RUN, dates_of, ranked

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from qsim.sensitivity.indices import Estimate
    from qsim.sensitivity.study import Sensitivity

PAIRS = 8
"""Pairs that are printed; the tables hold all."""


def date_text(date: str, language: Language) -> str:
    """Return the date of a reading for people."""
    return SENSITIVITY("run", language) if date == WHOLE_RUN else month_name(pd.Timestamp(f"{date}-01"), language)


def dimension_name(found: Sensitivity, place: int, language: Language) -> str:
    """Return the name of a dimension, with its key where two have the same."""
    label = found.dimensions[place].label.in_language(language)
    same = [one for one in found.dimensions if one.label.in_language(language) == label]
    return f"{label} ({found.dimensions[place].id.removeprefix('parameters.')})" if len(same) > 1 else label


def sensitivity_parts(found: Sensitivity, language: Language) -> list[RenderableType]:
    """Return the ranked table, those over time and of pairs if there are any, and the sentences."""
    parts: list[RenderableType] = [_ranked_table(found, language)]
    if len(found.readings) > 1:
        parts.append(_dates_table(found, language))
    if found.pairs:
        parts.append(_pairs_table(found, language))
    return [*parts, "\n".join(_sentences(found, language))]


def _ranked_table(found: Sensitivity, language: Language) -> Table:
    luck = found.luck[-1]
    points = decimal(found.design.number * (len(found.chosen) + 2), language, 0)
    floor = decimal(luck.floor_total, language, 3)
    form = "note" if math.isfinite(luck.floor_total) else "note_no_luck"
    table = new_table(_title(found, language), SENSITIVITY(form, language, points=points, floor=floor))
    _name_columns(table, language)
    for name in ("first", "interval", "total", "interval"):
        table.add_column(SENSITIVITY(name, language), justify="right", no_wrap=True)
    if math.isfinite(luck.floor_total):
        table.add_column(SENSITIVITY("luck", language), justify="center", no_wrap=True)
    for rank, place in enumerate(ranked(found), start=1):
        above = bool(found.indices.total.low[place, -1] > luck.floor_total)
        cells = [
            str(rank),
            dimension_name(found, found.chosen[place], language),
            *_cells(found.indices.first, place, language),
            *_cells(found.indices.total, place, language),
        ]
        if math.isfinite(luck.floor_total):
            cells.append(SENSITIVITY("yes" if above else "no", language))
        table.add_row(*cells, style="" if above or not math.isfinite(luck.floor_total) else "dim")
    return table


def _name_columns(table: Table, language: Language) -> None:
    table.add_column(SENSITIVITY("rank", language), justify="right", no_wrap=True)
    table.add_column(SENSITIVITY("name", language), ratio=1, overflow="fold")


def _dates_table(found: Sensitivity, language: Language) -> Table:
    """Return the total indices by date, in the order of the ranked table."""
    table = new_table(SENSITIVITY("over_time", language))
    _name_columns(table, language)
    for date in dates_of(found):
        table.add_column(date_text(date, language), justify="right", no_wrap=True)
    for rank, place in enumerate(ranked(found), start=1):
        values = [decimal(float(value), language, 2) for value in found.indices.total.value[place]]
        table.add_row(str(rank), dimension_name(found, found.chosen[place], language), *values)
    return table


def _pairs_table(found: Sensitivity, language: Language) -> Table:
    table = new_table(SENSITIVITY("pairs", language, date=date_text(dates_of(found)[-1], language)))
    table.add_column(SENSITIVITY("pair", language), ratio=1, overflow="fold")
    for name in ("second", "interval"):
        table.add_column(SENSITIVITY(name, language), justify="right", no_wrap=True)
    order = np.argsort(-np.nan_to_num(found.second.value[:, -1]), kind="stable")
    for place in map(int, order[:PAIRS]):
        names = [dimension_name(found, one, language) for one in found.pairs[place]]
        table.add_row(" × ".join(names), *_cells(found.second, place, language))
    return table


def _sentences(found: Sensitivity, language: Language) -> list[str]:
    dates = dates_of(found)
    if not np.isfinite(found.indices.total.value).any():
        return [SENSITIVITY("nothing", language)]
    told = []
    if found.screening is not None:
        above = found.screening.effect - found.screening.half > np.array(found.effect_floors)
        counts = {"number": int(above.any(axis=1).sum()), "all": len(found.dimensions), "top": len(found.chosen),
                  "trajectories": found.design.screen}  # fmt: skip
        told.append(SENSITIVITY("said_screen", language, **{name: str(count) for name, count in counts.items()}))
    for date, luck in zip(dates, found.luck, strict=True):
        if math.isfinite(luck.points):
            shares = {name: percent(getattr(luck, name), language) for name in ("points", "everywhere", "meeting")}
            told.append(SENSITIVITY("said_luck", language, date=date_text(date, language), **shares))
    if len(found.looks) > 1:
        before, last = found.looks[-2:]
        changes = {"change": decimal(float(np.nanmax(before.change)), language, 3),
                   "ranks": decimal(float(np.nanmin(before.ranks)), language, 2)}  # fmt: skip
        told.append(SENSITIVITY("said_change", language, half=str(before.number), all=str(last.number), **changes))
    if found.left_out:
        told.append(SENSITIVITY("said_left_out", language, number=str(found.left_out)))
    return told


def _title(found: Sensitivity, language: Language) -> str:
    measure = MEASURES[found.readings[0].measure].label.in_language(language)
    scenario = found.scenario.label.in_language(language)
    date = date_text(dates_of(found)[-1], language)
    return SENSITIVITY("title", language, measure=measure, scenario=scenario, date=date)


def _cells(estimate: Estimate, place: int, language: Language) -> list[str]:
    value, low, high = (float(getattr(estimate, name)[place, -1]) for name in ("value", "low", "high"))
    return [decimal(value, language, 2), number_range(low, high, language, 2)]
