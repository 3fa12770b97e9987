"""The terms of contrasts: a world, what is measured in it and when, as ``world.measure@time``; and their scales.

"More where" names no scale: two shares may grow alike in points and not in odds. So a difference of differences of shares is
tested on both, one of quantities without an upper end as a ratio (decision 18).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qsim.claims.schema import Claim
from qsim.runs.readings import LAST_YEAR, MEASURES, Reading, by_run_only

ABSOLUTE, LOG, LOG_ODDS = "absolute", "log", "log_odds"
"""The scales on which contrasts are formed."""

UNBOUNDED = ("hours", "posts", "months", "share of capacity")
"""Units without an upper end and with a zero."""

CHANGES = ("practice_per_1000_hours", "shock_depth", "shock_new_level")
"""Measures in shares that are changes of a share and no share themselves: they have no odds."""


@dataclass(frozen=True)
class Term:
    """What a contrast weighs: a reading of a world; ``own_measure`` and ``own_time`` where the term itself names them."""

    world: str
    reading: Reading
    own_measure: bool
    own_time: bool


def term_of(text: str, claim: Claim) -> Term:
    """Return what a term says; the measure and time of the claim hold where it has none itself.

    The time of the claim does not hold for a measure of the term that is one number a run.
    """
    named, own_time, at = text.partition("@")
    world, own_measure, measure = named.partition(".")
    if not own_time:
        at = LAST_YEAR if own_measure and by_run_only(measure) else claim.at
    return Term(world, Reading(measure or claim.measure, at), bool(own_measure), bool(own_time))


def terms_of(claim: Claim) -> dict[str, Term]:
    """Return all terms of a claim by their text, in order: those of its contrasts, or the world whose runs are counted."""
    texts = [claim.exists.world] if claim.exists is not None else [text for one in claim.expected for text in one]
    return {text: term_of(text, claim) for text in texts}


def readings_by_world(claim: Claim) -> Mapping[str, dict[Reading, None]]:
    """Return what is read from each world of a claim: what its terms say, and what all worlds must have alike."""
    alike = {} if claim.equal is None else {Reading(claim.equal.measure): None}
    result = {name: dict(alike) for name in claim.worlds}
    for term in terms_of(claim).values():
        result[term.world][term.reading] = None
    return result


def measures_of(claim: Claim) -> tuple[str, ...]:
    """Return the measures of a claim's terms by name, each once, in order."""
    return tuple(dict.fromkeys(term.reading.measure for term in terms_of(claim).values()))


def scales_of(claim: Claim) -> tuple[str, ...]:
    """Return the scales on which a claim is tested; the first is the one on which its effect is told."""
    measures = measures_of(claim)
    if not _is_interaction(claim):
        return (ABSOLUTE,)
    if MEASURES[measures[0]].unit in UNBOUNDED:
        return (LOG,)
    shares = all(MEASURES[name].unit == "share" and name not in CHANGES for name in measures)
    return (ABSOLUTE, LOG_ODDS) if shares else (ABSOLUTE,)


def _is_interaction(claim: Claim) -> bool:
    """Return whether a claim asks whether differences differ: by its kind, or as an equivalence of four levels or more."""
    if claim.test == "difference_of_differences":
        return True
    return claim.test == "equivalence" and all(sum(map(abs, one.values())) >= 4 for one in claim.expected)
