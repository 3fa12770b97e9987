"""Results of claims, made up."""

import math

from pydantic import TypeAdapter

from qsim.claims.results import ClaimResult


def trial(outcome, effect=math.nan):
    return {"outcome": outcome, "effect": effect, "low": effect, "high": effect, "agree": 0.8, "settings": 40}


def result(name, outcome="expected", effect=0.04, severity=("negligible", "not_applicable"), **parts):
    """Return a result as it is read from JSON."""
    off, scorecard = map(trial, severity)
    return TypeAdapter(ClaimResult).validate_python({
        "id": name, "kind": "direction", "test": "practice, last_year: a - b > 0.0125", "outcome": outcome,
        "effect": effect, "low": effect - 0.01, "high": effect + 0.01, "agree": 0.75, "settings": 40,
        "beyond_scorecard": severity[1] != "expected", "needs_mechanism": severity[0] != "expected", "held_out": False,
        "group": "B", "statements": ["B04"], "section": "3.1", "key_phrase": "mehr",
        "text": {"de": "Mehr hilft.", "en": "More helps."}, "literal": True, "cluster": name, "measure": "practice",
        "at": "last_year", "scale": "absolute", "relevant": 0.0125, "chance": 0.001, "scales": {}, "off": off,
        "scorecard": scorecard, "changed": [], "mechanism": "outreach", "because": None, "fair": True, "cause": None, **parts,
    })  # fmt: skip


CAUSE = {"rule": "outreach", "effect": 0.002, "ends": True, "others": ["staffing"], "first": "learning"}
RECORDS = [
    result("first"),
    result("second", "opposite", -0.05, cause=CAUSE),
    result("third", "expected", severity=("expected", "expected"), group="G"),
    result("fourth", "negligible", 0.001, group="G", held_out=True, fair=False),
    result("fifth", "opposite", -0.02, cause={**CAUSE, "ends": False, "others": [], "first": None}),
    result("sixth", "depends_on_scale", 0.03, severity=("expected", "negligible"),
           scales={"absolute": trial("expected"), "log_odds": trial("negligible")}),
]  # fmt: skip
