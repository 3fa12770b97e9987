"""``qsim validate``: checks scenario files and says all that is wrong with them."""

from __future__ import annotations

from typing import Annotated

import typer

from qsim.commands.options import Changes, Quiet


def validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE ...", help="Scenario files, or names of scenarios.")],
    changes: Changes = None,
    resolved: Annotated[
        bool, typer.Option("--resolved", help="Print each file in full: with all it extends and all changes.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Check scenario files. All errors come at once, with file, line, column and what was expected.

    Example: qsim validate scenarios/mytown.yaml --resolved
    """
    from qsim.commands.group import WRONG_INPUT, say
    from qsim.engine.prepare import prepare
    from qsim.scenario.loading import load_scenario
    from qsim.scenario.messages import InputError
    from qsim.scenario.resolved import resolved_yaml

    wrong = False
    for name in files:
        try:
            scenario = load_scenario(name, changes or ())
            prepare(scenario)
        except InputError as error:
            wrong = True
            say(str(error))
            continue
        if resolved:
            typer.echo(resolved_yaml(scenario), nl=False)
        elif not quiet:
            typer.echo(f"{name}: right")
    if wrong:
        raise typer.Exit(WRONG_INPUT)
