"""What rival models add up to: counts of outcomes, tests that only some models pass, groups without an advantage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qsim.claims.results import Count, Record, count
from qsim.claims.rivals import FULL_MODEL
from qsim.claims.statements import all_groups


@dataclass(frozen=True)
class ModelCounts:
    """How a model did: all tests, those that expect no difference, the diagnostic ones, those of them held out.

    ``diagnostic`` and ``held_out`` are None where it is not known which tests are diagnostic.
    """

    every: Count
    equivalences: Count
    diagnostic: Count | None
    held_out: Count | None


@dataclass(frozen=True)
class GroupCount:
    """Of a group of statements: its letter, its tests, and how many the full model and a rival pass."""

    letter: str
    tests: int
    full: int
    rival: int


def model_counts(record: Record, model: str) -> ModelCounts:
    """Return how a model did."""
    claims = record["claims"]
    known = bool(claims) and all(one["diagnostic"] is not None for one in claims)
    diagnostic = [one for one in claims if one["diagnostic"]]
    return ModelCounts(
        _count(claims, model),
        _count([one for one in claims if one["kind"] == "equivalence"], model),
        _count(diagnostic, model) if known else None,
        _count([one for one in diagnostic if one["held_out"]], model) if known else None,
    )


def passed(record: Record, model: str) -> list[str]:
    """Return the tests that a model passes, by id."""
    return [one["id"] for one in record["claims"] if _passes(one, model)]


def only_rival(record: Record, rival: str) -> list[str]:
    """Return the tests that a rival passes and the full model does not."""
    full = {*passed(record, FULL_MODEL)}
    return [name for name in passed(record, rival) if name not in full]


def not_rival(record: Record, rival: str) -> list[str]:
    """Return the tests that the full model passes and a rival does not."""
    there = {*passed(record, rival)}
    return [name for name in passed(record, FULL_MODEL) if name not in there]


def only_full(record: Record) -> list[str]:
    """Return the tests that the full model passes and no rival does."""
    others = {name for model in rival_names(record) for name in passed(record, model)}
    return [name for name in passed(record, FULL_MODEL) if name not in others]


def rival_names(record: Record) -> list[str]:
    """Return the names of the rivals."""
    return [model["name"] for model in record["models"] if model["name"] != FULL_MODEL]


def groups_as_good(record: Record, rival: str, diagnostic: bool = False) -> list[GroupCount]:
    """Return the groups of statements in which a rival passes as many tests as the full model, or more.

    ``diagnostic`` counts only diagnostic tests. Groups in which neither passes any are left out.
    """
    found = []
    for letter in all_groups():
        claims = [one for one in record["claims"] if one["group"] == letter and (one["diagnostic"] or not diagnostic)]
        full, other = (_count(claims, model).expected for model in (FULL_MODEL, rival))
        if other >= full and other > 0:
            found.append(GroupCount(letter, len(claims), full, other))
    return found


def _passes(claim: Record, model: str) -> bool:
    return bool(claim["trials"][model]["outcome"] == "expected")


def _count(claims: Sequence[Record], model: str) -> Count:
    return count(one["trials"][model] for one in claims)
