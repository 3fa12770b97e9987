"""The JSON Schema of experiment files, with which editors complete, explain and check them."""

from __future__ import annotations

from typing import Any

from qsim.runs.readings import MEASURES
from qsim.scenario.json_schema import DIALECT
from qsim.sweep.schema import ExperimentFile


def experiment_schema() -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12) of experiment files, with the names of all measures."""
    schema = ExperimentFile.model_json_schema(mode="validation")
    definitions = schema["$defs"]
    measure = definitions["OutcomeEntry"]["properties"]["measure"]
    definitions["OutcomeEntry"]["properties"]["measure"] = {**measure, "enum": list(MEASURES)}
    definitions["FactorEntry"]["oneOf"] = [{"required": ["key"]}, {"required": ["set"]}]
    return {"$schema": DIALECT, **schema, "title": "qsim experiment"}
