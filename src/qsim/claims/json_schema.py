"""The JSON Schema of claims files, with which editors complete, explain and check them."""

from __future__ import annotations

from typing import Any

from qsim.claims.schema import ClaimsFile
from qsim.claims.statements import all_statements
from qsim.mechanisms.month import NAMES, RULES
from qsim.runs.readings import MEASURES
from qsim.scenario.json_schema import DIALECT


def claims_schema() -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12) of claims files, with the names of statements, measures, rules, parameters."""
    schema = ClaimsFile.model_json_schema(mode="validation")
    definitions = schema["$defs"]
    claim, mechanism = definitions["Claim"]["properties"], definitions["Mechanism"]["properties"]
    claim["statements"]["items"] = {"enum": list(all_statements())}
    claim["measure"] = {**claim["measure"], "enum": list(MEASURES)}
    claim["worlds"]["additionalProperties"] = {"type": ["object", "null"]}
    definitions["EqualCost"]["properties"]["measure"]["enum"] = list(MEASURES)
    mechanism["rule"] = {**_plain(mechanism["rule"]), "enum": [*NAMES]}
    names = [f"{rule.name}.{parameter.name}" for rule in RULES for parameter in rule.parameters]
    mechanism["parameter"] = {**_plain(mechanism["parameter"]), "enum": names}
    definitions["Mechanism"]["oneOf"] = [{"required": ["parameter", "neutral"]}, {"required": ["rule"]}]
    return {"$schema": DIALECT, **schema, "title": "qsim claims"}


def _plain(field: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a field without the form that it has where it is left out."""
    return {name: value for name, value in field.items() if name not in ("anyOf", "default")}
