"""``qsim explore``: the live page, on which the model runs in a browser while somebody changes the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qsim.commands.measures import asked_measures, library_of, month_of, names_in
from qsim.commands.options import Changes, From, Jobs, OwnLevers, Quiet, Seed, With
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
    measures: With = None,
    start: From = None,
    own: OwnLevers = None,
    seed: Seed = 1,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Write a page on which the model runs by itself. Whoever opens it changes the plan and sees what comes of it.

    It needs no network and nothing installed but a browser. It says how sure its verdict is, and saves the plan as a scenario
    that `qsim run` reads. Measures are boxes with their costs; those of --with are ticked when it opens.

    Examples: qsim explore halle --out halle.html; qsim explore halle --with checklist --from 2026-01 --out halle.html;
    qsim explore remscheid potsdam --lang de --out staedte.html;
    qsim explore --city --lang de --out stadt.html
    """
    from qsim.explore.offer import Offer
    from qsim.explore.page import live_page
    from qsim.files.messages import InputError
    from qsim.runs.manifest import command_line
    from qsim.scenario.loading import load_scenario

    names = scenarios or []
    if city and (names or changes or measures or start or own):
        raise typer.BadParameter("--city asks for a city of one's own; it takes no scenario, no --set and no measures")
    if not (city or names):
        raise typer.BadParameter("name a scenario, or ask for a city of one's own with --city")
    check_page(out, "--out")
    ticked, month = tuple(names_in(measures)) if measures else (), month_of(start)
    loaded = [load_scenario(name, changes or ()) for name in names]
    if extended := [one.id for one in loaded if one.rules.own]:
        text = "names rules of one's own; a live page runs those of qsim alone"
        raise InputError.about(extended[0], text, "rules.own")
    offers = [Offer(one, library_of(name, own), month, ticked) for one, name in zip(loaded, names, strict=True)]
    language = SPOKEN.get()
    command = command_line("explore", "--city" if city else None, *names, changes=changes or (),
                           **asked_measures(measures, start, own), seed=seed, out=out.name, lang=language)  # fmt: skip
    compile_rules(quiet)
    page, _ = live_page(offers, seed, language, command, jobs, lambda runs, name: progress_of(runs, name, quiet))
    write_page(out, page)
    told_page(out, quiet)
