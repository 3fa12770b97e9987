"""``qsim advise``: the best that can be done within a budget, what it brings, and what more money would buy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.measures import library_of, month_of, names_in
from qsim.commands.options import (
    Changes,
    From,
    Jobs,
    Json,
    OwnLevers,
    Quiet,
    Relevant,
    ScenarioName,
    Seed,
    amount,
    speaker,
)
from qsim.commands.output import compile_rules, progress_of, show, show_json
from qsim.commands.words import said

if TYPE_CHECKING:
    from qsim.advice.advice import Advice
    from qsim.present.words.speaker import Speaker


def advise(
    scenario: ScenarioName,
    euro: Annotated[
        float,
        typer.Option("--euro", metavar="EURO", parser=amount, help="Euros a year that there are, at today's prices."),
    ],
    posts: Annotated[
        float | None, typer.Option("--posts", metavar="POSTS", parser=amount, help="Posts that may be added at most.")
    ] = None,
    once: Annotated[
        float | None,
        typer.Option("--once", metavar="EURO", parser=amount, help="Euros that may be paid once. Default: as many as a year."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAMES", help="Choose among these measures only, with commas. Repeatable."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--not", metavar="NAMES", help="Leave these measures out, with commas. Repeatable.")
    ] = None,
    goal: Annotated[
        str, typer.Option("--goal", metavar="OUTCOME", help="What shall get better: an outcome of `qsim run --json`.")
    ] = "joint_practice",
    changes: Changes = None,
    start: From = None,
    own: OwnLevers = None,
    relevant: Relevant = None,
    seed: Seed = 1,
    jobs: Jobs = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Say what is the best that can be done for the money. Searches packages of measures and tells the best apart.

    All packages meet the same luck and the same guesses at what nobody knows; it ends where no more can be told.

    Examples: qsim advise halle --euro 40000; qsim advise halle --euro 150000 --posts 1.5 --from 2026-01 --lang de;
    qsim advise small --euro 20000 --only checklist,working_circle,training_few --json
    """
    speak = speaker()

    from qsim.advice.advising import advise as advised
    from qsim.advice.offer import Budget
    from qsim.runs.manifest import command_line
    from qsim.runs.standards import Standards, read_relevant
    from qsim.scenario.loading import load_scenario

    asked = None if only is None else names_in(only, "--only")
    left_out = [] if without is None else names_in(without, "--not")
    standards = Standards(relevant=read_relevant(relevant or ()))
    loaded, library = load_scenario(scenario, changes or ()), library_of(scenario, own)
    month = month_of(start)
    compile_rules(quiet)
    found = advised(
        loaded, Budget(euro, once, posts), library, only=asked, without=left_out, goal=goal, start=month, standards=standards,
        seed=seed, workers=jobs, stage=lambda runs, name: progress_of(runs, said(name), quiet),
    )  # fmt: skip
    if json:
        options = {"euro": euro, "once": once, "posts": posts, "only": only, "not": without, "goal": goal, "from": start,
                   "levers": [str(path) for path in own or ()], "relevant": relevant, "seed": seed}  # fmt: skip
        command = command_line("advise", scenario, changes=changes or (), **options)
        show_json({"command": command, **described(found, speak)})
        return
    from qsim.present.text.advice_text import (
        advice_text,
        curve_table,
        effort_text,
        left_out_table,
        packages_table,
        packages_text,
        singles_table,
    )

    rest = left_out_table(found, speak)
    parts = (advice_text, packages_table, packages_text, curve_table, singles_table)
    show(*(part(found, speak) for part in parts), *([] if rest is None else [rest]), effort_text(found, speak))


def described(advice: Advice, speak: Speaker) -> dict[str, Any]:
    """Return what ``--json`` prints: the advice, what its measures are called, and the advice in words."""
    from qsim.present.text.advice_text import advice_text, effort_text
    from qsim.present.text.facts import described_fit
    from qsim.runs.to_json import to_json

    labels = {name: speak.label(lever.label) for name, lever in advice.library.levers.items()}
    return {
        "scenario": advice.scenario.id,
        "label": speak.label(advice.scenario.label),
        "text": advice_text(advice, speak),
        "effort": effort_text(advice, speak),
        "unit": advice.measure.unit,
        **to_json(advice),
        "measures": labels,
        **described_fit(advice.base),
    }
