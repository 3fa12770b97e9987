"""Observed facts choose among settings: those count under which the model shows what was seen (approximate Bayesian).

Each setting of the ensemble runs in twin worlds. A world's weight is the product over facts of 1 where it shows the fact
and 1 - sure where it does not; a setting's is the mean over its worlds. Setting s is accepted if its own uniform draw is
below its weight over the largest one: rejection sampling (Tavaré et al. 1997; Pritchard et al. 1999), whose tolerance is
what the scenario states. The accepted ones stand, in their order, in the place of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from qsim.engine.fit import Fit, Span
from qsim.engine.prepare import Prepared
from qsim.engine.rows import SETTINGS, TWINS, rows_of
from qsim.files.messages import InputError, Message, message_at
from qsim.runs.readings import Array, Reading, by_run_only, measure_problem, middle, read, task_problem
from qsim.runs.runner import noted_interruption, run_pieces, worker_count, workers_of
from qsim.scenario.schema import Observation, Scenario
from qsim.scenario.values import month_text
from qsim.world.draws import wide_slot
from qsim.world.unknowns import setting_uniforms

LEAST_SETTINGS = 10
"""Fewer settings that show all facts are too few to speak for anything: the facts contradict the model, or each other."""

RARE = 0.01
"""A fact that fewer worlds show by itself contradicts the model."""

CHUNK = 50
"""Worlds that a worker does at once."""

OUTCOME = Reading("joint_practice")
"""The outcome of which it is told how far facts narrow it."""

SLOT = np.array([wide_slot("observed")], dtype=np.int64)


def check_facts(scenario: Scenario) -> None:
    """Raise InputError, with a line for each, for facts of measures, tasks or months that the model does not have."""
    wrong = []
    for fact in scenario.observed:
        reading, known = reading_of(fact), measure_problem(fact.measure)
        of_run = f"{fact.measure} is one number a run, not of a month" if by_run_only(fact.measure) else None
        of_task = task_problem(reading, [scenario]) if known is None else None
        for key, problem in (("measure", known or of_run), ("task", of_task)):
            if problem is not None:
                wrong.append(_message(scenario, f"observed[{fact.id}].{key}", problem))
    if wrong:
        raise InputError(wrong)


def fitted(twins: Sequence[Prepared], seed: int, workers: int | None = None) -> list[Prepared]:
    """Return scenarios in the settings that show what was observed in the first of them that says so; else as they are.

    Twins share their settings, so the facts of one choose for all. Without plausible settings there is nothing to choose
    among. Raise InputError for facts that the model does not have, or that too few settings show.
    """
    telling = next((twin for twin in twins if twin.plausible and twin.scenario.observed), None)
    if telling is None or telling.fit is not None:
        return list(twins)
    check_facts(telling.scenario)
    fit = _fit(telling, seed, workers)
    return [twin.within(fit) for twin in twins]


@lru_cache(maxsize=16)
def _fit(prepared: Prepared, seed: int, workers: int | None) -> Fit:
    facts = prepared.scenario.observed
    values = tried(prepared, [*map(reading_of, facts), OUTCOME], seed, workers)
    shows = shown(facts, values[..., :-1])
    if np.count_nonzero(np.any(np.all(shows, axis=2), axis=1)) < LEAST_SETTINGS:
        raise InputError(_contradictions(prepared.scenario, shows))
    chosen = accepted(facts, shows, seed)
    shares = tuple((fact.id, float(share)) for fact, share in zip(facts, shows.mean(axis=(0, 1)), strict=True))
    before = middle(values[:SETTINGS, :, -1].reshape(-1, 1))[:, 0]
    return Fit(tuple(int(setting) for setting in chosen), len(values), shares, Span(*before))


def tried(prepared: Prepared, readings: Sequence[Reading], seed: int, workers: int | None = None) -> Array:
    """Return what is read from the twin worlds of each setting of the ensemble (settings, twins, readings)."""
    scenario, settings = prepared.scenario, prepared.blueprint.parameters.size
    rows = rows_of(range(settings * TWINS))
    chunks = [rows[first : first + CHUNK] for first in range(0, len(rows), CHUNK)]
    found: list[Array] = []
    everywhere = prepared.within(Fit(tuple(range(settings)), settings))
    with noted_interruption() as check_interruption, workers_of(min(worker_count(workers), len(chunks))) as pool:
        for _, future in run_pieces(pool, lambda own: everywhere.run(seed, own), chunks):
            output = future.result()
            check_interruption()
            found.append(np.stack([read(reading, output, scenario) for reading in readings], axis=1))
    return np.concatenate(found).reshape(settings, TWINS, len(readings))


def shown(facts: Sequence[Observation], values: Array) -> np.ndarray:
    """Return whether values (settings, twins, facts) are what was observed; a value that a world lacks shows nothing."""
    low, high = np.array([_ends(fact) for fact in facts]).T
    seen: np.ndarray = np.isfinite(values) & (low <= values) & (values <= high)
    return seen


def accepted(facts: Sequence[Observation], shows: np.ndarray, seed: int) -> np.ndarray:
    """Return the settings, in order, that are accepted by what their worlds show (settings, twins, facts)."""
    sure = np.array([fact.sure for fact in facts])
    weights = np.where(shows, 1.0, 1.0 - sure).prod(axis=2).mean(axis=1)
    draws = np.array([setting_uniforms(seed, setting, SLOT)[0] for setting in range(len(weights))])
    return np.flatnonzero(draws * weights.max() < weights)


def _ends(fact: Observation) -> tuple[float, float]:
    if fact.value is not None and fact.within is not None:
        return fact.value - fact.within, fact.value + fact.within
    return (-np.inf if fact.at_least is None else fact.at_least), (np.inf if fact.at_most is None else fact.at_most)


def reading_of(fact: Observation) -> Reading:
    """Return what of a run an observation is compared with."""
    return Reading(fact.measure, month_text(fact.date), fact.task)


def _contradictions(scenario: Scenario, shows: np.ndarray) -> list[Message]:
    """Return a message for each fact that hardly any world shows; if each is shown by some, one on all of them."""
    worlds = shows.shape[0] * shows.shape[1]
    alone = np.count_nonzero(shows, axis=(0, 1))
    wrong = [
        _message(scenario, f"observed[{fact.id}]",
                 f"{count} of {worlds} worlds show it; the model contradicts this fact, or the fact is wrong")
        for fact, count in zip(scenario.observed, alone, strict=True) if count < RARE * worlds
    ]  # fmt: skip
    if wrong:
        return wrong
    together = int(np.count_nonzero(np.all(shows, axis=2)))
    counts = ", ".join(f"{fact.id} {count}" for fact, count in zip(scenario.observed, alone, strict=True))
    text = f"{together} of {worlds} worlds show all facts, too few to go on; one by one: {counts}"
    return [_message(scenario, "observed", text)]


def _message(scenario: Scenario, key: str, text: str) -> Message:
    place = scenario.place(key)
    return Message(scenario.id, None, None, key, text) if place is None else message_at(place, key, text)
