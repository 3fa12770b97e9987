"""All that a page is written from: the runs, and what explains them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from qsim.comparison.comparing import Compared
from qsim.comparison.when.conditions import Conditions, all_conditions
from qsim.comparison.when.conditions import planned_runs as condition_runs
from qsim.comparison.why.case import Case, follow_case
from qsim.comparison.why.divergence import Divergence, first_divergence
from qsim.comparison.why.shares import Shares, shares
from qsim.comparison.why.shares import planned_runs as share_runs
from qsim.engine.result import Result
from qsim.files.messages import InputError, Message
from qsim.runs.execution import Progress
from qsim.runs.manifest import Manifest
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text

Stage = Callable[[int, str], AbstractContextManager[Progress]]
"""Opens the progress of a stage from its number of runs and its name."""


@dataclass(frozen=True)
class Report:
    """What a page is written from.

    ``results`` and ``cases`` hold one entry a scenario, a case as it is in the first run and as a mean of all; ``shares``,
    ``conditions`` and ``divergences`` one for each pair of ``compared``, which is None on the page of one scenario.
    """

    results: tuple[Result, ...]
    cases: tuple[tuple[Case, Case] | None, ...]
    manifest: Manifest
    compared: Compared | None = None
    shares: tuple[Shares | None, ...] = ()
    conditions: tuple[Conditions, ...] = ()
    divergences: tuple[Divergence | None, ...] = ()

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios on the page."""
        return tuple(result.scenario for result in self.results)


def check_comparable(scenarios: tuple[Scenario, ...] | list[Scenario]) -> None:
    """Raise InputError, with a line for each reason, unless scenarios can be compared.

    They need the same tasks and months, as their last twelve months say nothing of each other otherwise; and two documented
    administrations differ in everything at once, so that a comparison would be a ranking of cities.
    """
    first = scenarios[0]
    wrong = []
    for other in scenarios[1:]:
        kinds = [sorted(f"{task.id} ({task.kind})" for task in each.tasks) for each in (first, other)]
        if kinds[0] != kinds[1]:
            text = f"its tasks are {', '.join(kinds[1])}, those of {first.id} {', '.join(kinds[0])}"
            wrong.append(_refused(other, text))
        times = [_months(each) for each in (first, other)]
        if times[0] != times[1]:
            wrong.append(_refused(other, f"it runs from {times[1]}, {first.id} from {times[0]}"))
        facts = [{fact.id for fact in each.facts} for each in (first, other)]
        if all(facts) and facts[0].isdisjoint(facts[1]):
            wrong.append(_refused(other, f"its facts are of another administration than those of {first.id}"))
    if wrong:
        raise InputError(wrong)


def _months(scenario: Scenario) -> str:
    return f"{month_text(scenario.start)} to {month_text(scenario.start + scenario.months - 1)}"


def _refused(scenario: Scenario, text: str) -> Message:
    return Message(scenario.id, None, None, "", f"cannot be compared: {text}; expected the same")


def report_of_comparison(
    result: Compared,
    manifest: Manifest,
    workers: int | None = None,
    stage: Stage = lambda runs, name: nullcontext(lambda done: None),
) -> Report:
    """Explain a comparison: shares of what was changed, conditions of the verdict, where twins diverge, a case each.

    Raise RunError for a run that fails.
    """
    worlds, scenarios = result.worlds, result.scenarios
    seed, plausible = worlds.seed, worlds.plausible
    first, each = scenarios[0], worlds.replications
    with stage(sum(share_runs(first, other, seed, plausible, of=each) for other in scenarios[1:]), "why") as progress:
        carried = tuple(shares(first, other, seed, plausible, workers, progress, of=each) for other in scenarios[1:])
    with stage(condition_runs(result), "when") as progress:
        when = all_conditions(result, workers, progress)
    return Report(
        results=tuple(worlds.results),
        cases=tuple(map(_case, worlds.results)),
        manifest=manifest,
        compared=result,
        shares=carried,
        conditions=when,
        divergences=tuple(
            first_divergence(worlds.twins[0], other, seed, worlds.results[0].rows[0]) for other in worlds.twins[1:]
        ),
    )


def report_of_run(result: Result, manifest: Manifest) -> Report:
    """Explain the runs of one scenario."""
    return Report((result,), (_case(result),), manifest)


def _case(result: Result) -> tuple[Case, Case] | None:
    """Return a case of the first chain in the last month, in the runs of a result; None if it is of one department."""
    last = result.scenario.start + result.scenario.months - 1
    found = follow_case(result.prepared, None, last, result.seed, result.rows)
    return found if len(found[0].steps) > 1 else None
