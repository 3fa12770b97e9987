"""``qsim explore``: the live page, on which the model runs in a browser while somebody changes the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qsim.commands.options import Changes, Jobs, Quiet, Seed
from qsim.commands.output import check_page, compile_rules, progress_of, told_page, write_page
from qsim.commands.words import SPOKEN


def explore(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO", help="Scenarios, by name or file, among which the page lets choose.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.html", help="The page to write.")],
    changes: Changes = None,
    seed: Seed = 1,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Write a page on which the model runs by itself. Whoever opens it changes the plan and sees what comes of it.

    It needs no network and nothing installed but a browser. It says how sure its verdict is, and saves the plan as a scenario
    that `qsim run` reads.

    Examples: qsim explore halle --out halle.html; qsim explore remscheid potsdam --lang de --out staedte.html
    """
    from qsim.explore.page import live_page
    from qsim.runs.manifest import command_line
    from qsim.scenario.loading import load_scenario

    check_page(out, "--out")
    loaded = [load_scenario(name, changes or ()) for name in scenarios]
    language = SPOKEN.get()
    command = command_line("explore", *scenarios, changes=changes or (), seed=seed, out=out.name, lang=language)
    compile_rules(quiet)
    page, _ = live_page(loaded, seed, language, command, jobs, lambda runs, name: progress_of(runs, name, quiet))
    write_page(out, page)
    told_page(out, quiet)
