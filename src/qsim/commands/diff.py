"""``qsim diff``: what a change of the rules does to scenarios, verdicts and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.options import Jobs, Json, Quiet, Report, Seed, speaker
from qsim.commands.output import (
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
from qsim.engine.seeds import MOST_SETTINGS

if TYPE_CHECKING:
    from qsim.diff.difference import Difference


def diff(
    version: Annotated[
        str, typer.Argument(metavar="VERSION", help="Another qsim: a revision of its checkout, a wheel, or a folder with one.")
    ],
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO ...]", help="Scenarios that come with qsim, by name. Default: all."),
    ] = None,
    settings: Annotated[
        int,
        typer.Option("--settings", metavar="N", min=2, max=MOST_SETTINGS, help="Plausible settings, with five twins in each."),
    ] = 20,
    claims: Annotated[
        bool,
        typer.Option("--claims", help="Test the statements of the report anew in both versions, too: forty minutes for all."),
    ] = False,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", "-g", metavar="LETTER", help="With --claims: only those of a group, A to K. Repeatable."),
    ] = None,
    seed: Seed = 1,
    jobs: Jobs = None,
    report: Report = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Show what a change of the rules does. Scenarios, verdicts and claims of another version against those of this one.

    Each version runs its own scenarios by its own rules, with the same luck. The other version is executed: take one you trust.

    Examples: qsim diff HEAD~1; qsim diff v1.0.0 halle small --settings 50; qsim diff qsim-1.0.0-py3-none-any.whl;
    qsim diff HEAD --report diff.html --lang de
    """
    speak = speaker()
    if group and not claims:
        raise typer.BadParameter("--group has no meaning without --claims")
    check_page(report)

    from qsim.diff.difference import difference, planned
    from qsim.diff.version import opened
    from qsim.present.text.diff_text import MOST, diff_text, other_sentences, tables
    from qsim.runs.manifest import command_line

    with opened(version) as other:
        number = sum(map(len, planned(other, scenarios or ())))
        compile_rules(quiet)
        with progress_of(number, said("scenarios"), quiet) as progress:
            asked = [letter.upper() for letter in group or ()] if claims else None
            found = difference(other, scenarios or (), settings, seed, jobs, asked, progress)
    command = command_line(
        "diff", version, *(scenarios or ()), "--claims" if claims else None, settings=settings, seed=seed,
        group=group, **page_options(report, speak),
    )  # fmt: skip
    if report is not None:
        from qsim.engine.rows import TWINS
        from qsim.present.page.diff_page import diff_page
        from qsim.present.page.report import made_on
        from qsim.runs.manifest import DIFF, make_manifest

        manifest = make_manifest(
            DIFF, [], seed=seed, replications=settings * TWINS, settings=settings, plausible=True, command=command
        )
        write_page(report, diff_page(found, manifest, speak, made_on()))
    if json:
        show_json({"command": command, **described(found), "text": diff_text(found, speak)})
    else:
        show(diff_text(found, speak), *tables(found, speak, MOST), "\n".join(other_sentences(found, speak)))
    told_page(report, quiet)


def described(found: Difference) -> dict[str, Any]:
    """Return what ``--json`` prints of two versions; differences are after minus before."""
    from qsim.comparison.verdict import NUMBERS

    verdicts = [
        {"first": one.pair[0], "second": one.pair[1], "turned": one.turned,
         **{side: {"verdict": judged[0], "better": one.pair[judged[1]] if judged[1] >= 0 else None}
            for side, judged in (("before", one.before), ("after", one.after))}}
        for one in found.verdicts
    ]  # fmt: skip
    outcomes = [
        {"scenario": one.scenario, "outcome": one.row.measure.name, "before": one.row.levels[0], "after": one.row.levels[1],
         **{name: getattr(one.row, name) for name in NUMBERS}, "moved": one.moved, "open": one.open}
        for one in found.changes
    ]  # fmt: skip
    return {
        "before": found.versions[0],
        "after": found.versions[1],
        "settings": found.settings,
        "seed": found.seed,
        "same": list(found.same),
        "new": list(found.new),
        "gone": list(found.gone),
        "outcomes": outcomes,
        "verdicts": verdicts,
        "claims": [
            {"id": one.id, "before": one.before, "after": one.after, "turned": one.turned} for one in found.claims
        ],
        "claims_anew": found.rerun,
    }
