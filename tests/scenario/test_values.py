"""Numbers, choices, months and what nobody knows of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from qsim.files.json_schema import json_schema
from qsim.scenario.labels import Label
from qsim.scenario.schema import SCENARIO
from qsim.scenario.values import (
    DATES,
    MONTH_PATTERN,
    KnownMonth,
    Month,
    Number,
    Share,
    Unknown,
    month_number,
    month_text,
)


@given(st.integers(12 * 1900, 12 * 2200 - 1))
def test_months_are_written_and_read(month):
    assert month_number(month_text(month)) == month
    assert TypeAdapter(Month).validate_python(month_text(month)) == month
    assert TypeAdapter(KnownMonth).validate_python(month) == month


@pytest.mark.parametrize(
    "text", ["2015", "2015-00", "2015-13", "15-01", "2015-1", "1815-01", "2015-01-01", "2015-01\n", ""]
)
def test_other_texts_are_no_months(text):
    with pytest.raises(ValueError, match="is not a month"):
        month_number(text)
    with pytest.raises(ValidationError):
        TypeAdapter(Month).validate_python(text)


def test_an_unknown_value_has_a_middle_and_ends():
    between, choice = Unknown(between=(2, 6)), Unknown(one_of=(5, 3, 4))
    assert (between.smallest, between.middle, between.largest) == (2, 4, 6)
    assert (choice.smallest, choice.middle, choice.largest) == (3, 5, 5)


@pytest.mark.parametrize("forms", [{}, {"between": (1, 2), "one_of": (1,)}])
def test_an_unknown_value_has_one_form(forms):
    with pytest.raises(ValidationError, match="takes one of between and one_of"):
        Unknown(**forms)


def test_unknown_months_and_shares():
    month = TypeAdapter(Month).validate_python({"between": ["2012-01", "2014-12"], "reason": "x"})
    assert month.between == (month_number("2012-01"), month_number("2014-12"))
    assert TypeAdapter(Month).dump_python(month) == {"between": ["2012-01", "2014-12"], "reason": "x"}
    assert TypeAdapter(Share).validate_python(month) is month
    with pytest.raises(ValidationError):
        TypeAdapter(KnownMonth).validate_python({"between": ["2012-01", "2014-12"]})


def test_all_fields_that_are_months_are_among_the_dates():
    schema, pattern = json_schema(SCENARIO), json.dumps(MONTH_PATTERN.pattern)
    fields = [pair for one in (schema, *schema["$defs"].values()) for pair in one.get("properties", {}).items()]
    assert {name for name, field in fields if pattern in json.dumps(field)} == set(DATES)


def test_one_language_of_a_label_suffices():
    assert Label(de="Stadt") == Label(de="Stadt", en="Stadt") == Label(en="Stadt")
    assert Label(de="Stadt", en="City").in_language("en") == "City"
    for wrong in ({}, {"de": ""}, {"de": "", "en": "City"}, {"de": 5}):
        with pytest.raises(ValidationError) as caught:
            Label(**wrong)
        assert len(caught.value.errors()) == 1


def test_the_ends_of_a_range_of_whole_numbers_are_told_to_the_last_digit():
    with pytest.raises(Exception, match="a whole number from 0 to 9223372036854775807"):
        Number(0, 2**63 - 1, "seed", whole=True).read(-1)
