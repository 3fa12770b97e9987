"""``qsim validate``: checks scenario, experiment, claims and measures files and says all that is wrong with them."""

from __future__ import annotations

from typing import Annotated

import typer

from qsim.commands.group import WRONG_INPUT
from qsim.commands.options import AllowRules, Changes, Quiet
from qsim.commands.words import said, say_wrong, tell


def validate(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE ...", help="Scenario, experiment, claims or measures files, or names.")
    ],
    changes: Changes = None,
    allow: AllowRules = False,
    resolved: Annotated[
        bool, typer.Option("--resolved", help="Print each file in full: with all it extends and all changes.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Check scenario, experiment, claims and measures files.

    All errors come at once, with file, line, column and what was expected.

    Example: qsim validate scenarios/mytown.yaml --resolved
    """
    from qsim.engine.overrides import chosen_overrides
    from qsim.files.messages import InputError
    from qsim.runs.facts import check_facts
    from qsim.scenario.loading import load_scenario
    from qsim.scenario.own_code import own_rules
    from qsim.scenario.writing import resolved_yaml

    wrong = False
    for name in files:
        try:
            with own_rules(allow=allow):
                scenario = None if _is_of_another_kind(name) else load_scenario(name, changes or ())
            if scenario is not None:
                chosen_overrides(scenario, plausible=False)
                check_facts(scenario)
        except InputError as error:
            wrong = True
            say_wrong(error)
            continue
        if resolved and scenario is not None:
            typer.echo(resolved_yaml(scenario), nl=False)
        elif not quiet:
            tell(said(f"{name}: right"))
    if wrong:
        raise typer.Exit(WRONG_INPUT)


def _is_of_another_kind(name: str) -> bool:
    """Return whether a file is no scenario but of another kind, having checked it; raise InputError if it is wrong."""
    from pathlib import Path

    from qsim.files.kinds import known_files
    from qsim.scenario.schema import SCENARIO
    from qsim.sweep.schema import EXPERIMENT

    path = Path(name)
    if not path.is_file() and name not in known_files(SCENARIO):
        path = known_files(EXPERIMENT).get(name, path)
    if not path.is_file():
        return False
    from qsim.advice.lever import LEVERS, PRICES
    from qsim.advice.library import load_library
    from qsim.claims.loading import kind_of, load_ledger
    from qsim.claims.statements import load_roles
    from qsim.sweep.loading import load_experiment

    kind = kind_of(path)
    if kind == "claims":
        load_ledger([path])
    elif kind == "roles":
        load_roles([path])
    elif kind == "experiment":
        load_experiment(path)
    elif kind in (LEVERS.name, PRICES.name):
        load_library(path)
    return kind in ("claims", "roles", "experiment", LEVERS.name, PRICES.name)
