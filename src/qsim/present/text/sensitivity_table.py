"""A sensitivity study for the terminal: ranked tables, the strongest pairs, and its stochastic variability in sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from rich.console import RenderableType
from rich.table import Table

from qsim.present.text.tables import add_numbers, new_table
from qsim.present.words.speaker import Speaker
from qsim.runs.designs import named
from qsim.runs.readings import MEASURES
from qsim.scenario.labels import Label
from qsim.sensitivity.assumptions import Assumptions
from qsim.sensitivity.indices import Estimate
from qsim.sensitivity.results import WHOLE_RUN, dates_of, ranked, ranked_assumptions
from qsim.sensitivity.study import Sensitivity
from qsim.world.parameters import PARAMETERS

PAIRS = 8
"""Pairs that are printed; the tables hold all."""

ASSUMPTIONS = 12
"""Assumptions that are printed."""


def date_text(date: str, speak: Speaker) -> str:
    """Return the date of a reading for people."""
    return speak("sensitivity.run") if date == WHOLE_RUN else speak.month(pd.Timestamp(f"{date}-01"))


def dimension_name(found: Sensitivity, place: int, speak: Speaker) -> str:
    """Return the name of a dimension, with its key where two have the same."""
    return _distinct(found.dimensions[place].id, [(one.id, one.label) for one in found.dimensions], speak)


def _distinct(key: str, labels: Sequence[tuple[str, Label]], speak: Speaker) -> str:
    """Return the label of a key among those of others, with the key where two have the same."""
    label = speak.label(dict(labels)[key])
    same = [one for _, one in labels if speak.label(one) == label]
    return f"{label} ({key.removeprefix(PARAMETERS)})" if len(same) > 1 else label


def sensitivity_parts(found: Sensitivity, speak: Speaker) -> list[RenderableType]:
    """Return the ranked table, those over time, of assumptions and of pairs if there are any, and the sentences."""
    parts: list[RenderableType] = [_ranked_table(found, speak)]
    if len(found.readings) > 1:
        parts.append(_dates_table(found, speak))
    if found.assumptions is not None:
        parts.append(_assumptions_table(found, found.assumptions, speak))
    if found.pairs:
        parts.append(_pairs_table(found, speak))
    return [*parts, "\n".join(_sentences(found, speak))]


def _ranked_table(found: Sensitivity, speak: Speaker) -> Table:
    variability = found.variability[-1]
    points = speak.decimal(found.design.number * (len(found.chosen) + 2), 0)
    floor = speak.decimal(variability.floor_total, 3)
    form = (
        "note"
        if math.isfinite(variability.floor_total)
        else "note_no_luck"
        if found.design.replicates < 2
        else "note_same"
    )
    table = new_table(_title(found, speak), speak(f"sensitivity.{form}", points=points, floor=floor))
    _name_columns(table, speak)
    add_numbers(table, (speak(f"sensitivity.{name}") for name in ("first", "interval", "total", "interval")))
    if math.isfinite(variability.floor_total):
        table.add_column(speak("sensitivity.luck"), justify="center", no_wrap=True)
    for rank, place in enumerate(ranked(found), start=1):
        above = bool(found.indices.total.low[place, -1] > variability.floor_total)
        cells = [
            str(rank),
            dimension_name(found, found.chosen[place], speak),
            *_cells(found.indices.first, place, speak),
            *_cells(found.indices.total, place, speak),
        ]
        if math.isfinite(variability.floor_total):
            cells.append(speak("sensitivity.yes" if above else "sensitivity.no"))
        table.add_row(*cells, style="" if above or not math.isfinite(variability.floor_total) else "dim")
    return table


def _name_columns(table: Table, speak: Speaker) -> None:
    add_numbers(table, [speak("sensitivity.rank")])
    table.add_column(speak("sensitivity.name"), ratio=1, overflow="fold")


def _dates_table(found: Sensitivity, speak: Speaker) -> Table:
    """Return the total indices by date, in the order of the ranked table."""
    table = new_table(speak("sensitivity.over_time"))
    _name_columns(table, speak)
    add_numbers(table, (date_text(date, speak) for date in dates_of(found)))
    for rank, place in enumerate(ranked(found), start=1):
        values = [speak.decimal(float(value), 2) for value in found.indices.total.value[place]]
        table.add_row(str(rank), dimension_name(found, found.chosen[place], speak), *values)
    return table


def _assumptions_table(found: Sensitivity, known: Assumptions, speak: Speaker) -> Table:
    """Return what one would learn from the assumptions that tell most."""
    floor = float(known.floors[-1])
    said = {"floor": speak.decimal(floor, 3), "all": str(len(known.keys)), "families": str(known.families)}
    note = speak("sensitivity.note_known", **said) if math.isfinite(floor) else speak("sensitivity.note_known_few")
    table = new_table(speak("sensitivity.known", date=date_text(dates_of(found)[-1], speak)), note)
    add_numbers(table, [speak("sensitivity.rank")])
    table.add_column(speak("sensitivity.assumption"), ratio=1, overflow="fold")
    add_numbers(table, (speak(f"sensitivity.{name}") for name in ("share", "interval")))
    table.add_column(speak("sensitivity.luck"), justify="center", no_wrap=True)
    labels = [(key, named(key)[0]) for key in known.keys]
    for rank, place in enumerate(ranked_assumptions(known)[:ASSUMPTIONS], start=1):
        above = bool(known.share.value[place, -1] > floor)
        name = _distinct(known.keys[place], labels, speak)
        table.add_row(str(rank), name, *_cells(known.share, place, speak),
                      speak("sensitivity.yes" if above else "sensitivity.no"), style="" if above else "dim")  # fmt: skip
    return table


def _pairs_table(found: Sensitivity, speak: Speaker) -> Table:
    table = new_table(speak("sensitivity.pairs", date=date_text(dates_of(found)[-1], speak)))
    table.add_column(speak("sensitivity.pair"), ratio=1, overflow="fold")
    add_numbers(table, (speak(f"sensitivity.{name}") for name in ("second", "interval")))
    order = np.argsort(-np.nan_to_num(found.second.value[:, -1]), kind="stable")
    for place in map(int, order[:PAIRS]):
        names = [dimension_name(found, one, speak) for one in found.pairs[place]]
        table.add_row(" × ".join(names), *_cells(found.second, place, speak))
    return table


def _sentences(found: Sensitivity, speak: Speaker) -> list[str]:
    dates = dates_of(found)
    if not np.isfinite(found.indices.total.value).any():
        return [speak("sensitivity.nothing")]
    told = []
    if found.screening is not None:
        above = found.screening.effect - found.screening.half > np.array(found.effect_floors)
        counts = {"number": int(above.any(axis=1).sum()), "all": len(found.dimensions), "top": len(found.chosen),
                  "trajectories": found.design.screen}  # fmt: skip
        told.append(speak("sensitivity.said_screen", **{name: str(count) for name, count in counts.items()}))
    for date, variability in zip(dates, found.variability, strict=True):
        if math.isfinite(variability.points):
            shares = {name: speak.percent(getattr(variability, name)) for name in ("points", "everywhere", "meeting")}
            told.append(speak("sensitivity.said_luck", date=date_text(date, speak), **shares))
    if len(found.looks) > 1:
        before, last = found.looks[-2:]
        changes = {"change": speak.decimal(float(np.nanmax(before.change)), 3)}
        form = "said_change_one"
        if np.isfinite(before.ranks).any():
            changes["ranks"] = speak.decimal(float(np.nanmin(before.ranks)), 2)
            form = "said_change"
        told.append(speak(f"sensitivity.{form}", half=str(before.number), all=str(last.number), **changes))
    if found.left_out:
        told.append(speak("sensitivity.said_left_out", number=str(found.left_out)))
    return told


def _title(found: Sensitivity, speak: Speaker) -> str:
    measure = speak.label(MEASURES[found.readings[0].measure].label)
    scenario = speak.label(found.scenario.label)
    date = date_text(dates_of(found)[-1], speak)
    return speak("sensitivity.title", measure=measure, scenario=scenario, date=date)


def _cells(estimate: Estimate, place: int, speak: Speaker) -> list[str]:
    value, low, high = (float(getattr(estimate, name)[place, -1]) for name in ("value", "low", "high"))
    return [speak.decimal(value, 2), speak.number_range(low, high, 2)]
