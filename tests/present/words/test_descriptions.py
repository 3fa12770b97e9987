"""Descriptions of keys in German: each has one, none is of another time, and nothing else of a schema changes but titles."""

import json

import pytest

from qsim.advice.lever import LEVERS, PRICES
from qsim.claims.checking import claims_schema
from qsim.files.json_schema import json_schema
from qsim.present.words.descriptions import described, descriptions, one_line
from qsim.scenario.schema import SCENARIO
from qsim.sweep.schema import experiment_schema
from sentences import english_in


@pytest.fixture(scope="module")
def schemas():
    """The schemas of all kinds of files."""
    return [*map(json_schema, (SCENARIO, LEVERS, PRICES)), experiment_schema(), claims_schema()]


TEXTS = ("description", "title")


def texts_of(part):
    if isinstance(part, list):
        return [text for each in part for text in texts_of(each)]
    if not isinstance(part, dict):
        return []
    own = [part["description"]] if isinstance(part.get("description"), str) else []
    return own + [text for each in part.values() for text in texts_of(each)]


def without_texts(part):
    if isinstance(part, list):
        return [without_texts(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {key: without_texts(each) for key, each in part.items() if not isinstance(each, str) or key not in TEXTS}


def test_every_description_has_a_german_form_and_no_form_is_left_over(schemas):
    known = descriptions("de")
    assert set(map(one_line, texts_of(schemas))) == set(known)
    assert [text for text in known.values() if english_in(text.replace("``", "`"))] == []


def test_nothing_else_is_changed(schemas):
    assert described(schemas, "en") is schemas
    german = described(schemas, "de")
    assert '"title": "' not in json.dumps(german)
    assert without_texts(german) == without_texts(schemas)
    assert texts_of(german) == [descriptions("de")[one_line(text)] for text in texts_of(schemas)]
