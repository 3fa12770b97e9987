"""``qsim schema``: prints the JSON Schema of scenario, claims, experiment or measures files."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from qsim.commands.words import SPOKEN


class Kind(StrEnum):
    """The kinds of files that have a schema."""

    scenario = "scenario"
    claims = "claims"
    experiment = "experiment"
    levers = "levers"
    prices = "prices"


def schema(
    kind: Annotated[
        Kind, typer.Option("--kind", help="Of which kind of files: scenarios, claims, experiments, measures or prices.")
    ] = Kind.scenario,
) -> None:
    """Print the JSON Schema of scenario, claims, experiment or measures files. Editors complete, explain and check keys with it.

    Examples: qsim schema > scenario.schema.json; qsim schema --kind claims > claims.schema.json
    """
    import json

    from qsim.present.words.descriptions import described

    if kind is Kind.claims:
        from qsim.claims.checking import claims_schema

        wanted = claims_schema()
    elif kind is Kind.experiment:
        from qsim.sweep.schema import experiment_schema

        wanted = experiment_schema()
    else:
        from qsim.advice.lever import LEVERS, PRICES
        from qsim.files.json_schema import json_schema
        from qsim.scenario.schema import SCENARIO

        kinds: dict[Kind, Any] = {Kind.levers: LEVERS, Kind.prices: PRICES}
        wanted = json_schema(kinds.get(kind, SCENARIO))
    typer.echo(json.dumps(described(wanted, SPOKEN.get()), ensure_ascii=False, indent=2))
