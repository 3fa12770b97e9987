"""Results of claims in rival models made up: two rivals and seven claims of three groups."""

from pydantic import TypeAdapter

from qsim.claims.rival_runs import RivalResult, Rivals
from qsim.claims.variants import Model

NAMES = ("full_model", "chance", "frozen")
SHORT = {"+": "expected", "0": "negligible", "-": "opposite", "?": "unresolved"}


def model(name, de, en, **parts):
    """Return a model."""
    says = None if name == "full_model" else {"de": f"{de} genügt.", "en": f"{en} is enough."}
    return TypeAdapter(Model).validate_python({
            "name": name, "label": {"de": de, "en": en}, "says": says, "source": "Author 1999", "off": [],
            "parameters": {}, "scenario": {}, **parts})  # fmt: skip


def claim(name, group, outcomes, beyond_scorecard=True, kind="direction"):
    """Return a claim with an outcome, ``+0-?``, in each model."""
    trials = {
        model: {"outcome": SHORT[mark], "effect": 0.1, "low": 0.0, "high": 0.2, "agree": 0.9, "settings": 40}
        for model, mark in zip(NAMES, outcomes, strict=True)
    }
    return TypeAdapter(RivalResult).validate_python({
            "id": name, "kind": kind, "group": group, "beyond_scorecard": beyond_scorecard,
            "measure": "practice", "trials": trials})  # fmt: skip


RIVALS = Rivals(
    models=(
        model("full_model", "volles Modell", "full model"),
        model("chance", "Zufall", "chance", parameters={"outreach.pull": 0.0}, scenario={"commissioners.outreach": "random"}),
        model("frozen", "Stillstand", "standstill", off=["practice"]),
    ),
    claims=(
        claim("first", "B", "+++", beyond_scorecard=False),
        claim("second", "B", "+00"),
        claim("third", "B", "-+0"),
        claim("fourth", "D", "++0"),
        claim("fifth", "D", "+?0"),
        claim("sixth", "G", "0-+", kind="equivalence"),
        claim("seventh", "G", "000"),
    ),
)  # fmt: skip
