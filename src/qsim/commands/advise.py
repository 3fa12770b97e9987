"""``qsim advise``: the best that can be done within a budget, what it brings, and what more money would buy."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.measures import allowing, asked_rules, library_of, month_of, names_in
from qsim.commands.options import (
    AllowRules,
    Changes,
    From,
    Jobs,
    Json,
    OwnLevers,
    Quiet,
    Relevant,
    Report,
    Rules,
    ScenarioName,
    Seed,
    amount,
    speaker,
)
from qsim.commands.output import (
    check_folder,
    check_page,
    compile_rules,
    page_options,
    progress_of,
    show,
    show_json,
    told_page,
    write_page,
)
from qsim.commands.words import said

if TYPE_CHECKING:
    from qsim.advice.advice import Advice
    from qsim.present.brief.brief import Brief
    from qsim.present.words.speaker import Speaker


FORMS = {".pdf": "fpdf", ".docx": "docx"}
"""The endings of files that hold briefs, with the library that writes each."""


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
    rules: Rules = None,
    allow: AllowRules = False,
    start: From = None,
    own: OwnLevers = None,
    relevant: Relevant = None,
    seed: Seed = 1,
    report: Report = None,
    brief: Annotated[
        Path | None,
        typer.Option("--brief", metavar="FILE", help="Write a draft of one page for those who decide: FILE.pdf or FILE.docx."),
    ] = None,
    jobs: Jobs = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Say what is the best that can be done for the money. Searches packages of measures and tells the best apart.

    All packages meet the same luck and the same guesses at what nobody knows; it ends where no more can be told.

    Examples: qsim advise halle --euro 40000; qsim advise halle --euro 150000 --posts 1.5 --from 2026-01 --lang de;
    qsim advise small --euro 20000 --only checklist,working_circle,training_few --json;
    qsim advise halle --euro 40000 --lang de --report advice.html --brief advice.docx
    """
    speak = speaker()

    from qsim.advice.advising import advise as advised
    from qsim.advice.offer import Budget
    from qsim.runs.manifest import command_line
    from qsim.runs.standards import Standards, read_relevant
    from qsim.scenario.loading import load_scenario
    from qsim.scenario.own_code import own_rules

    check_page(report)
    _check_brief(brief)
    asked = None if only is None else names_in(only, "--only")
    left_out = [] if without is None else names_in(without, "--not")
    standards = Standards(relevant=read_relevant(relevant or ()))
    with own_rules(rules or (), allow):
        loaded, library = load_scenario(scenario, changes or ()), library_of(scenario, own)
    month = month_of(start)
    compile_rules(quiet)
    found = advised(
        loaded, Budget(euro, once, posts), library, only=asked, without=left_out, goal=goal, start=month, standards=standards,
        seed=seed, workers=jobs, stage=lambda runs, name: progress_of(runs, said(name), quiet),
    )  # fmt: skip
    options = {"euro": euro, "once": once, "posts": posts, "only": only, "not": without, "goal": goal, "from": start,
               "levers": [str(path) for path in own or ()], "relevant": relevant, "seed": seed,
               "rules": asked_rules(rules)}  # fmt: skip
    command = command_line(
        "advise",
        scenario,
        allowing(allow),
        changes=changes or (),
        **options,
        **page_options(report, speak),
    )
    if report is not None:
        _write_report(report, found, month, {"command": command, "standards": standards}, jobs, speak, quiet)
    if brief is not None:
        _write_brief(brief, found, command, speak)
    if json:
        show_json({"command": command, **described(found, speak)})
    else:
        _show(found, speak)
    told_page(report, quiet)
    told_page(brief, quiet)


def _show(found: Advice, speak: Speaker) -> None:
    """Print an advice in words and tables."""
    from qsim.present.text.advice_text import (
        advice_text,
        curve_table,
        effort_text,
        left_out_table,
        packages_table,
        packages_text,
        singles_table,
    )
    from qsim.present.text.again_text import again_text

    rest = left_out_table(found, speak)
    parts = (advice_text, packages_table, packages_text, again_text, curve_table, singles_table)
    show(*(part(found, speak) for part in parts), *([] if rest is None else [rest]), effort_text(found, speak))


def _write_report(
    path: Path, advice: Advice, month: int | None, plan: dict[str, Any], jobs: int | None, speak: Speaker, quiet: bool
) -> None:
    """Compare what is recommended with doing nothing, in the worlds of the advice, explain it, and write the page."""
    from qsim.advice.applying import with_levers
    from qsim.comparison.comparing import ComparisonPlan
    from qsim.comparison.report import report_of_comparison
    from qsim.engine.rows import SETTINGS, TWINS
    from qsim.present.page.advice_page import advice_page
    from qsim.present.page.report import made_on
    from qsim.runs.manifest import ADVISE, make_manifest

    scenarios, report = [advice.scenario], None
    manifest = make_manifest(ADVISE, scenarios, seed=advice.seed, replications=SETTINGS * TWINS, settings=SETTINGS,
                             plausible=True, **plan)  # fmt: skip
    if advice.recommended.ids:
        scenarios.append(with_levers(advice.scenario, advice.recommended.ids, month, advice.library))
        compared = ComparisonPlan(scenarios, advice.seed, SETTINGS, standards=plan["standards"])
        worlds = compared.worlds()
        with progress_of(compared.most_runs(worlds), said("compare"), quiet) as progress:
            found = compared.run(worlds, jobs, progress)
        report = report_of_comparison(found, manifest, jobs, lambda runs, name: progress_of(runs, said(name), quiet))
    write_page(path, advice_page(advice, report, manifest, speak, made_on()))


def _write_brief(path: Path, advice: Advice, command: str, speak: Speaker) -> None:
    """Write the brief in the form that the name of its file asks for."""
    import qsim
    from qsim.files.writing import write_whole
    from qsim.present.brief.brief import brief_of
    from qsim.present.page.report import made_on

    brief = brief_of(advice, speak, command, qsim.__version__, made_on())
    write_whole(path, writer_of(path)(brief))


def writer_of(path: Path) -> Callable[[Brief], bytes]:
    """Return what writes a brief in the form of a file's name; raise InputError if its library is not installed."""
    from qsim.files.messages import InputError

    form = path.suffix.lower()
    try:
        module = import_module(f"qsim.present.brief.{form.removeprefix('.')}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != FORMS[form]:
            raise
        text = f"a brief needs the library {FORMS[form]}; install it with: pip install 'qsim[brief]'"
        raise InputError.about("--brief", text) from None
    writer: Callable[[Brief], bytes] = module.written
    return writer


def _check_brief(path: Path | None) -> None:
    """Raise BadParameter unless a brief can be written there, over nothing; InputError where its library is missing."""
    if path is None:
        return
    if path.suffix.lower() not in FORMS:
        raise typer.BadParameter(f"--brief takes a file that ends in .pdf or .docx, not {path.name or path}")
    if path.exists():
        raise typer.BadParameter(f"--brief: {path} is there and may have been gone on with; name another file")
    check_folder(path, "--brief")
    writer_of(path)


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
