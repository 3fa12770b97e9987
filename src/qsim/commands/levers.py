"""``qsim levers``: lists the measures with their costs, and says which of them a scenario can have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.options import Changes, From, Json, OwnLevers, Quiet, With, speaker
from qsim.commands.output import show, show_json
from qsim.commands.words import SPOKEN, say

if TYPE_CHECKING:
    from qsim.advice.library import Library
    from qsim.advice.situation import Situation
    from qsim.present.text.levers_table import Standing
    from qsim.present.words.speaker import Speaker


def levers(
    scenario: Annotated[
        str | None,
        typer.Argument(metavar="SCENARIO", help="Say which measures this scenario can have, and which it has already."),
    ] = None,
    changes: Changes = None,
    start: From = None,
    own: OwnLevers = None,
    measures: With = None,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write", metavar="FILE.yaml",
            help="Write the scenario with the measures of --with as a file that extends it.",
        ),
    ] = None,
    csv: Annotated[
        bool, typer.Option("--csv", help="Print the list as CSV, as spreadsheets of the language read it.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """List the measures: what each costs a year and once, who decides it, what it needs, and what speaks for it.

    Examples: qsim levers; qsim levers halle --from 2026-01 --lang de; qsim levers --json;
    qsim levers halle --with checklist,network --write halle_checked.yaml
    """
    from qsim.commands.measures import library_of, month_of, with_measures
    from qsim.scenario.loading import load_scenario

    if scenario is None and (changes or start or measures or write):
        raise typer.BadParameter("--set, --from, --with and --write need a scenario")
    if (write is None) != (measures is None):
        raise typer.BadParameter("--with and --write belong together here")
    speak, library = speaker(), library_of(scenario, own)
    loaded = None if scenario is None else load_scenario(scenario, changes or ())
    month = month_of(start)
    if write is not None and scenario is not None and loaded is not None:
        _write(write, scenario, with_measures(loaded, measures or (), month, library), quiet)
        return
    from qsim.advice.situation import Situation, usual_start
    from qsim.present.text.levers_table import levers_table

    situation = None if loaded is None else Situation(loaded, usual_start(loaded) if month is None else month)
    standings = None if situation is None else _standings(library, situation, month is not None)
    if json or csv:
        rows = [described(name, library, speak, situation, standings) for name in library.levers]
        show_json(rows) if json else _show_csv(rows)
        return
    show(levers_table(library, speak, situation, standings))


def _standings(library: Library, situation: Situation, dated: bool) -> dict[str, Standing]:
    from qsim.advice.applying import check_start, has_already, lever_problem
    from qsim.present.text.levers_table import Standing

    check_start(situation)
    found = {}
    for name, lever in library.levers.items():
        there = has_already(lever, situation, library)
        found[name] = Standing(there, None if there else lever_problem(lever, situation, library, dated))
    return found


def _write(path: Path, name: str, changed: Any, quiet: bool) -> None:
    """Write a scenario as a file that extends the one of this name, over none."""
    import os

    from qsim.advice.applying import overlay_text
    from qsim.commands.init import write_new
    from qsim.files.kinds import find, lasting_name
    from qsim.files.messages import InputError
    from qsim.scenario.loading import load_scenario
    from qsim.scenario.schema import SCENARIO

    lasting = lasting_name(SCENARIO, name)
    extends = os.path.relpath(find(SCENARIO, name), path.parent) if os.path.isabs(lasting) else lasting
    try:
        write_new(path, overlay_text(load_scenario(name), changed, extends))
    except FileExistsError:
        raise InputError.about(path, "exists already; name another file") from None
    if not quiet:
        say(f"saved: {path}")


def described(
    name: str,
    library: Library,
    speak: Speaker,
    situation: Situation | None = None,
    standings: dict[str, Standing] | None = None,
) -> dict[str, Any]:
    """Return what ``--json`` prints of a lever; amounts are euros, low and high."""
    from dataclasses import asdict

    from qsim.advice.applying import change_of, is_dated
    from qsim.advice.costing import cost_of

    lever = library.levers[name]
    costs, cost = cost_of(lever, library, situation), lever.cost
    told = {
        "id": name,
        "group": speak.label(library.groups[name]),
        "label": speak.label(lever.label),
        "help": speak.label(lever.help),
        "decided_by": lever.decided_by,
        "needs": lever.needs,
        "not_beside": lever.not_beside,
        "like": lever.like,
        "whole_run": not is_dated(change_of(lever, library)),
        "statements": lever.evidence.statements,
        "grade": lever.evidence.grade,
        "a_year": asdict(costs.a_year),
        "once": asdict(costs.once),
        "per": cost.per if situation is None else "house",
        "months": cost.months if cost.funded is None else cost.funded.months,
        "posts": cost.posts,
        "pay_grade": cost.grade,
        "year": cost.year,
        "source": cost.source,
    }
    if standings is not None:
        told |= {
            "possible": standings[name].problem is None and standings[name].there is None,
            **asdict(standings[name]),
        }
    return told


def _show_csv(rows: list[dict[str, Any]]) -> None:
    """Print the rows as CSV: amounts as two columns, lists in one cell."""
    import sys

    import pandas as pd

    from qsim.runs.csv_files import csv_bytes, dialect_of

    flat = []
    for row in rows:
        cells: dict[str, Any] = {}
        for key, value in row.items():
            if isinstance(value, dict):
                cells |= {f"{key}_{end}": each for end, each in value.items()}
            else:
                cells[key] = " ".join(value) if isinstance(value, tuple) else value
        flat.append(cells)
    sys.stdout.write(csv_bytes(pd.DataFrame(flat), dialect_of(SPOKEN.get())).decode())
