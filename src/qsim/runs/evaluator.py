"""The model as a function: a table of its parameters, a problem for SALib, and rows of values turned into outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import ValidationError

from qsim.engine.overrides import check_parameters, open_parameters
from qsim.engine.own_files import Given, extension_of, with_own
from qsim.engine.prepare import prepare
from qsim.engine.rows import TWINS, rows_of
from qsim.engine.seeds import LARGEST_REPLICATE, LARGEST_SEED, whole_number
from qsim.engine.warm import warm_up
from qsim.files.messages import suggestion
from qsim.measures.outcomes import mean_of_known
from qsim.mechanisms.month import RULES
from qsim.runs.distributions import DistributionEntry
from qsim.runs.readings import Array, Reading, measure_problem, read_all
from qsim.runs.runner import run_pieces, workers_of
from qsim.scenario.loading import as_scenario
from qsim.scenario.schema import Scenario
from qsim.world.parameters import PARAMETERS
from qsim.world.unknowns import find_unknowns

if TYPE_CHECKING:
    import pandas as pd

MEASURE = "joint_practice"
"""The outcome unless something else is asked for."""

LOG, BELOW_ONE = "log", float(np.nextafter(1.0, 0.0))
"""A range that is covered evenly in the logarithm; the peak of a triangle for SALib lies below one."""

ROWS = 16
"""Rows that a worker does at once; results do not depend on it."""


def parameters(
    scenario: Scenario | str | Path | None = None, rules: Given | Sequence[Given] | None = None
) -> pd.DataFrame:
    """Return all parameters, one a row: key, rule, name, default, low, high, unit, label_de, label_en, grade, source.

    With a ``scenario``, or with own ``rules``, those of its files are among them, and what they change is changed.
    """
    import pandas as pd

    declared = RULES
    if scenario is not None or rules is not None:
        declared = extension_of(with_own(as_scenario("small" if scenario is None else scenario), rules)).declared
    return pd.DataFrame(
        {
            "key": f"{PARAMETERS}{rule.name}.{p.name}", "rule": rule.name, "name": p.name, "default": p.default, "low": p.low,
            "high": p.high, "unit": p.unit, "label_de": p.label_de, "label_en": p.label_en, "grade": p.grade, "source": p.source,
        }
        for rule in declared for p in rule.parameters
    )  # fmt: skip


def salib_problem(
    scenario: Scenario | str | Path,
    names: Sequence[str] | None = None,
    rules: Given | Sequence[Given] | None = None,
    distributions: Mapping[str, str | Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return a problem as SALib takes it: ``num_vars``, ``names``, ``bounds``, for an :class:`Evaluator` of the same scenario.

    ``names`` are keys of parameters, or of numbers that the scenario leaves open; without them all parameters that nobody
    knows. ``distributions`` say of some of them how their values are spread, ``"log"`` or as a factor of an experiment file
    does; then the problem has ``dists``, too. Raise ValueError for another key, and a distribution that cannot be.
    """
    bounds = _bounds(with_own(as_scenario(scenario), rules))
    chosen = [key for key in bounds if key.startswith(PARAMETERS)] if names is None else list(names)
    _check(chosen, bounds)
    problem = {"num_vars": len(chosen), "names": chosen, "bounds": [list(bounds[name]) for name in chosen]}
    if not distributions:
        return problem
    _check([*distributions], {name: bounds[name] for name in chosen})
    spread = [_spread(name, bounds[name], distributions.get(name)) for name in chosen]
    return problem | {"bounds": [ends for _, ends in spread], "dists": [kind for kind, _ in spread]}


def _spread(name: str, ends: tuple[float, float], given: str | Mapping[str, Any] | None) -> tuple[str, list[float]]:
    """Return what SALib calls a distribution over a range, and the numbers that it takes for it."""
    low, high = ends
    if given is None:
        return "unif", [low, high]
    if given == LOG:
        if low <= 0.0:
            raise ValueError(f"{name}: a logarithmic range holds numbers above zero, not {low:g}")
        return "logunif", [low, high]
    try:
        entry = DistributionEntry.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ValueError(f"{name}: {'.'.join(map(str, first['loc'])) or 'distribution'}: {first['msg']}") from None
    for wrong in entry.findings((name,), low, high):
        raise ValueError(f"{': '.join(map(str, wrong.path))}: {wrong.text}")
    if entry.sd is not None:
        return "truncnorm", [low, high, entry.middle, entry.sd]
    return "triang", [low, high, min((entry.middle - low) / (high - low), BELOW_ONE)]


def _bounds(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Return low and high end of what can be varied, by key: parameters, and numbers that a scenario leaves open."""
    known = {f"{PARAMETERS}{name}": unknown for name, unknown in open_parameters(scenario).items()}
    known |= {key: unknown for key, unknown in find_unknowns(scenario) if key not in known}
    return {key: unknown.between for key, unknown in known.items() if unknown.between is not None}


def _check(names: Sequence[str], known: dict[str, tuple[float, float]]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f'"{name}" cannot be varied{suggestion(name, known)}')
    if len(set(names)) < len(names):
        raise ValueError("a name is there twice")


class Evaluator:
    """Outcomes of a scenario at rows of values, for SALib, the EMA Workbench, an optimiser or an emulator.

    ``names`` (columns,) are keys as in :func:`salib_problem`; what is not among them keeps its central value if it is a
    parameter, and is drawn with each run if the scenario leaves it open. Every row is run with the same ``replications``,
    each with its own luck, so that differences between rows are not luck. ``outcomes`` are measures, mean of the last
    twelve months, NaN where no run has one. A value of what comes in whole numbers is rounded. Raise ValueError for names and
    outcomes that do not exist.

    >>> evaluate = Evaluator("small", ["parameters.practice.up"], replications=2)
    >>> evaluate([[0.02], [0.05]]).shape
    (2, 1)
    """

    def __init__(
        self,
        scenario: Scenario | str | Path,
        names: Sequence[str],
        outcomes: Sequence[str] = (MEASURE,),
        replications: int = TWINS,
        seed: int = 1,
        workers: int | None = None,
        rules: Given | Sequence[Given] | None = None,
    ) -> None:
        self.names = tuple(names)
        self.outcomes = tuple(outcomes)
        self.scenario = with_own(as_scenario(scenario), rules)
        _check(self.names, _bounds(self.scenario))
        if wrong := next(filter(None, map(measure_problem, self.outcomes)), None):
            raise ValueError(wrong)
        self._readings = [Reading(name) for name in self.outcomes]
        count = whole_number(replications, "replications", LARGEST_REPLICATE, least=1)
        self._rows = rows_of(range(count), plausible=False)
        self._seed = whole_number(seed, "seed", LARGEST_SEED)
        self._workers = workers
        self._prepared = prepare(self.scenario)
        plan, _ = self._prepared.blueprint.plan(0, 0)
        self._whole = {*(key for _, _, key, _, whole in plan.patches if whole), *self._prepared.blueprint.structural}

    def __call__(self, values: Any) -> Array:
        """Return the outcomes (rows, outcomes), means over the runs, at values (rows, names).

        Raise ValueError for another shape, InputError for a value that a parameter does not allow.
        """
        table = np.asarray(values, dtype=np.float64)
        if table.ndim != 2 or table.shape[1] != len(self.names):
            raise ValueError(f"expected values (rows, {len(self.names)}), not {table.shape}")
        warm_up()
        pieces = [table[first : first + ROWS] for first in range(0, len(table), ROWS)]
        with workers_of(self._workers) as pool:
            found = [future.result() for _, future in run_pieces(pool, self._evaluated, pieces)]
        return np.concatenate(found) if found else np.empty((0, len(self.outcomes)))

    def _evaluated(self, rows: Array) -> Array:
        return np.stack([self._outcomes(dict(zip(self.names, row.tolist(), strict=True))) for row in rows])

    def _outcomes(self, values: dict[str, float]) -> Array:
        """Return the outcomes (outcomes,) at one row."""
        values = {key: round(value) if key in self._whole else value for key, value in values.items()}
        check_parameters(
            {key: value for key, value in values.items() if key.startswith(PARAMETERS)}, self._prepared.rules
        )
        read = read_all(self._readings, self._prepared.at(values).run(self._seed, self._rows), self.scenario)
        return mean_of_known(read.T)
