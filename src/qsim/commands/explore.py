"""``qsim explore``: the live page, on which the model runs in a browser while somebody changes the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qsim.commands.options import Changes, Jobs, Quiet, Seed
from qsim.commands.output import check_page, compile_rules, progress_of, told_page, write_page
from qsim.commands.words import SPOKEN


def explore(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.html", help="The page to write.")],
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(metavar="SCENARIO", help="Scenarios, by name or file, among which the page lets choose."),
    ] = None,
    city: Annotated[
        bool, typer.Option("--city", help="Ask for a city of one's own, in ten questions, in place of scenarios.")
    ] = False,
    changes: Changes = None,
    seed: Seed = 1,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Write a page on which the model runs by itself. Whoever opens it changes the plan and sees what comes of it.

    It needs no network and nothing installed but a browser. It says how sure its verdict is, and saves the plan as a scenario
    that `qsim run` reads.

    Examples: qsim explore halle --out halle.html; qsim explore remscheid potsdam --lang de --out staedte.html;
    qsim explore --city --lang de --out stadt.html
    """
    from qsim.explore.page import live_page
    from qsim.runs.manifest import command_line
    from qsim.scenario.loading import load_scenario

    names = scenarios or []
    if city and (names or changes):
        raise typer.BadParameter("--city asks for a city of one's own; it takes no scenario and no --set")
    if not (city or names):
        raise typer.BadParameter("name a scenario, or ask for a city of one's own with --city")
    check_page(out, "--out")
    loaded = [load_scenario(name, changes or ()) for name in names]
    language = SPOKEN.get()
    own = "--city" if city else None
    command = command_line("explore", own, *names, changes=changes or (), seed=seed, out=out.name, lang=language)
    compile_rules(quiet)
    page, _ = live_page(loaded, seed, language, command, jobs, lambda runs, name: progress_of(runs, name, quiet))
    write_page(out, page)
    told_page(out, quiet)
