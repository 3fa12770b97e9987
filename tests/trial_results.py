"""Results of claims, made up."""

import math

from pydantic import TypeAdapter

from qsim.claims.results import ClaimResult


def trial(outcome, effect=math.nan):
    return {"outcome": outcome, "effect": effect, "low": effect, "high": effect, "runs": 8}


def result(name, outcome="expected", effect=0.04, severity=("negligible", "opposite", "not_applicable"), **parts):
    """Return a result as it is read from JSON."""
    shares = {"expected": 0.75, "negligible": 0.2, "opposite": 0.05}
    return TypeAdapter(ClaimResult).validate_python({
        "id": name, "kind": "direction", "test": "practice, last_year: a - b > 0.0125", "outcome": outcome,
        "effect": effect, "low": effect - 0.01, "high": effect + 0.01, "share_expected": 0.75,
        "diagnostic": "expected" not in severity, "held_out": False, "group": "B", "statements": ["B04"], "section": "3.1",
        "key_phrase": "mehr", "text": {"de": "Mehr hilft.", "en": "More helps."}, "literal": True, "cluster": name,
        "measure": "practice", "at": "last_year", "relevant": 0.0125, "runs": 32, "chance": 0.001,
        "share_negligible": 0.2, "share_opposite": 0.05, "shares": {"0.25": shares, "0.5": shares, "1": shares},
        "severity": dict(zip(("off", "reversed", "scorecard"), map(trial, severity), strict=True)),
        "changed": [], "mechanism": "outreach", "because": None, "fair": True, "cause": None, **parts,
    })  # fmt: skip


CAUSE = {"rule": "outreach", "effect": 0.002, "ends": True, "others": ["staffing"], "first": "learning"}
RECORDS = [
    result("first"),
    result("second", "opposite", -0.05, cause=CAUSE),
    result("third", "expected", severity=("expected", "negligible", "expected"), group="G", held_out=True),
    result("fourth", "negligible", 0.001, group="G", held_out=True, fair=False),
    result("fifth", "opposite", -0.02, cause={**CAUSE, "ends": False, "others": [], "first": None}),
]
