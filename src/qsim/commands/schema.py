"""``qsim schema``: prints the JSON Schema of scenario files."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of scenario files. Editors complete, explain and check keys with it.

    Example: qsim schema > scenario.schema.json
    """
    import json

    from qsim.scenario.json_schema import scenario_schema

    typer.echo(json.dumps(scenario_schema(), ensure_ascii=False, indent=2))
