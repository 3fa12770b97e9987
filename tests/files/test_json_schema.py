"""The JSON Schema says yes to all scenario files, and no to wrong ones."""

import json
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from qsim.files.json_schema import json_schema
from qsim.files.nodes import plain
from qsim.files.reading import read_file, read_text
from qsim.scenario.schema import SCENARIO
from qsim.scenario.writing import scenario_template

FOLDER = Path(__file__).parents[2] / "scenarios"


@cache
def schema():
    return json_schema(SCENARIO)


def complaints(content):
    return [error.json_path for error in Draft202012Validator(schema()).iter_errors(content)]


def test_it_is_a_schema():
    Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema(), allow_nan=False)) == schema()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_scenarios_that_come_with_qsim(path):
    assert complaints(plain(read_file(path, path.name))) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_new_scenario(language):
    assert complaints(plain(read_text(scenario_template("x", language), "x"))) == []


def test_a_file_that_extends_another_may_leave_out_what_it_inherits():
    content = {
        "kind": "scenario",
        "schema_version": 1,
        "extends": "base",
        "label": {"en": "x"},
        "commissioners": [{"id": "a", "knowledge": {"between": [0.1, 0.2]}}, {"id": "b", "remove": True}],
        "administration": {"divisions": [{"id": "x", "label": {"en": "y"}}]},
    }
    assert complaints(content) == []
    content["commissioners"].append({"knowledge": 0.3})
    content["events"] = [{"kind": "shock"}]
    content["formats"] = [{"id": "f", "hour": 3}]
    assert len(complaints(content)) == 3
    assert len(complaints({key: value for key, value in content.items() if key != "extends"})) > 3


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, False),
        ({"months": 0}, True),
        ({"months": {"between": [1, 2]}}, True),
        ({"start": "2015"}, True),
        ({"departments": 4}, True),
        ({"id": "x"}, True),
        ({"administration": {"hierarchy": {"between": [0.2, 0.3], "reason": "x"}}}, False),
        ({"administration": {"hierarchy": {"between": [0.2]}}}, True),
        ({"administration": {"hierarchy": 1.2}}, True),
        ({"parameters": {"learning": {"rate": 1e9}}}, False),
        ({"parameters": {"learning": {"rate": "fast"}}}, True),
        ({"events": [{"kind": "shock", "date": "2016-01", "departments": ["youth"]}]}, False),
        ({"events": [{"kind": "shock", "date": "2016-01", "departments": "youth"}]}, True),
        ({"label": {"de": "x"}}, False),
        ({"label": {}}, True),
        ({"label": {"de": ""}}, True),
        ({"events": [{"kind": "shok", "date": "2016-01"}]}, True),
    ],
)
def test_values(base, change, wrong):
    assert bool(complaints(plain(read_text(base, "x")) | change)) is wrong


def test_editors_show_what_keys_mean():
    definitions = schema()["$defs"]
    assert definitions["Commissioner"]["properties"]["handover"]["description"].startswith(
        "Share of personal knowledge"
    )
    assert definitions["PartialCommissioner"]["properties"]["handover"]["description"].startswith("Share of personal")
    assert definitions["Shock"]["description"].startswith("Demand, need or public attention")
