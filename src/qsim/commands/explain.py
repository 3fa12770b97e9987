"""``qsim explain``: what holds practice back, one case followed through the house, where twins part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.options import (
    AllowRules,
    Changes,
    Fixed,
    Jobs,
    Json,
    Quiet,
    Replications,
    Rules,
    ScenarioName,
    Seed,
    speaker,
)
from qsim.commands.output import compile_rules, progress_of, show, show_json
from qsim.engine.rows import REPLICATIONS, rows_of
from qsim.engine.seeds import MOST_REPLICATIONS

if TYPE_CHECKING:
    from qsim.comparison.why.case import Case
    from qsim.comparison.why.divergence import Divergence
    from qsim.engine.result import Result
    from qsim.scenario.schema import Scenario


def explain(
    scenario: ScenarioName,
    other: Annotated[
        str | None, typer.Argument(help="A second scenario: say where its twin runs first differ.")
    ] = None,
    changes: Changes = None,
    rules: Rules = None,
    allow: AllowRules = False,
    chain: Annotated[
        str | None, typer.Option("--chain", help="The process whose case is followed, by its id. Default: the first.")
    ] = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help="When the case comes. Default: the last month.")
    ] = None,
    run: Annotated[
        int, typer.Option("--run", metavar="N", min=0, max=MOST_REPLICATIONS, help="The run that is told on its own.")
    ] = 0,
    seed: Seed = 1,
    replications: Replications = REPLICATIONS,
    fixed: Fixed = False,
    jobs: Jobs = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say what holds practice back. When and where; where a case sticks; with two scenarios, where twins part.

    Examples: qsim explain halle --month 2016-05; qsim explain funding_24 funding_60 --run 17
    """
    speak = speaker()

    from qsim.comparison.comparing import with_and_without
    from qsim.comparison.why.case import find_case, follow_case
    from qsim.engine.prepare import prepare
    from qsim.present.text.explained import (
        case_table,
        case_text,
        department_constraints_table,
        difference_text,
        period_constraints_table,
    )
    from qsim.runs.execution import run_rows
    from qsim.runs.facts import fitted
    from qsim.scenario.loading import load_scenario
    from qsim.scenario.own_code import own_rules

    with own_rules(allow=allow):
        named = [load_scenario(name, changes or ()) for name in (scenario, other) if name is not None]
    scenarios = with_and_without(named, rules)
    when = _month(month, scenarios[0])
    (prepared,) = fitted([prepare(scenarios[0], not fixed)], seed, jobs)
    (own,) = rows_of([run], not fixed)
    find_case(prepared, chain, when, seed, own[1])
    _check_twins(scenarios)
    compile_rules(quiet)
    one, _ = follow_case(prepared, chain, when, seed, [own])
    parted = _diverged(scenarios, seed, own, not fixed, jobs)
    with progress_of(replications, scenarios[0].id, quiet) as progress:
        result = run_rows(prepared, rows_of(range(replications), not fixed), seed, jobs, progress)
    _, mean = follow_case(prepared, chain, when, seed, result.rows)
    if json:
        show_json({**described(result, one, mean), **_described_difference(scenarios, run, parted)})
        return
    case = case_table(one, scenarios[0], speak, run), case_table(mean, scenarios[0], speak)
    show(
        period_constraints_table(result, speak),
        *(department_constraints_table(result, speak, task.id) for task in scenarios[0].tasks),
        *case,
        case_text(mean, scenarios[0], speak),
        *([difference_text(parted, scenarios, run, speak)] if len(scenarios) == 2 else []),
    )


def _month(text: str | None, scenario: Scenario) -> int:
    """Return an absolute month, the last of the run if none is named."""
    from qsim.scenario.values import month_number

    if text is None:
        return scenario.start + scenario.months - 1
    try:
        return month_number(text)
    except ValueError as error:
        raise typer.BadParameter(f"--month: {error}") from None


def _check_twins(scenarios: list[Scenario]) -> None:
    if len({scenario.start for scenario in scenarios}) > 1:
        raise typer.BadParameter("the scenarios start in different months; twins start together")


def _diverged(
    scenarios: list[Scenario], seed: int, row: tuple[int, int], plausible: bool, jobs: int | None
) -> Divergence | None:
    from qsim.comparison.why.divergence import first_divergence
    from qsim.engine.prepare import prepare
    from qsim.runs.facts import fitted

    if len(scenarios) < 2:
        return None
    one, other = fitted([prepare(scenario, plausible) for scenario in scenarios], seed, jobs)
    return first_divergence(one, other, seed, row)


def described(result: Result, one: Case, mean: Case) -> dict[str, Any]:
    """Return what ``--json`` prints: shares of unmet need by constraint and period, and a case in one run and in all."""
    from qsim.measures.catalogue import CONSTRAINTS
    from qsim.present.text.explained import period_labels
    from qsim.present.text.summary import binding_shares

    labels = period_labels(result.series["month"])
    constraints = [
        {"period": str(period), **{name: float(share) for name, share in shares.items()}}
        for period, part in result.series.groupby(labels, sort=False)
        for shares in [binding_shares(part, "constraint", CONSTRAINTS)]
    ]
    cases = {"one": one, "mean": mean}
    return {
        "scenario": result.scenario.id,
        "constraints": constraints,
        "case": {name: _described_case(case) for name, case in cases.items()},
    }


def _described_case(case: Case) -> dict[str, Any]:
    from dataclasses import asdict

    from qsim.scenario.values import month_text

    return {
        "chain": case.chain.id,
        "task": case.task,
        "month": month_text(case.month),
        "runs": case.runs,
        "steps": [asdict(step) for step in case.steps],
        "done": case.done,
        "sticks": "channel" if case.sticks_at_channel else "step",
        "at": case.steps[case.weakest_channel if case.sticks_at_channel else case.weakest_step].department,
    }


def _described_difference(scenarios: list[Scenario], run: int, found: Divergence | None) -> dict[str, Any]:
    from qsim.scenario.values import month_text

    if len(scenarios) < 2:
        return {}
    if found is None:
        return {"first_difference": None}
    return {
        "first_difference": {
            "run": run,
            "month": None if found.month is None else month_text(found.month),
            "rule": None if found.rule is None else found.rule.name,
            "field": f"{found.what.table}.{found.what.field.name}",
            "whose": [name for _, name in found.what.whose],
            "first": found.sides[0],
            "second": found.sides[1],
            "places": found.many,
        }
    }
