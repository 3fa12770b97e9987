from __future__ import annotations

import datetime
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.present.text.numbers import (
    decimal,
    exact,
    month_name,
    number_range,
    of_hundred,
    percent,
    percent_range,
    plural_form,
)


def test_german_has_a_decimal_comma_and_english_a_point() -> None:
    assert decimal(1234.56, "de") == "1.234,6"
    assert decimal(1234.56, "en") == "1,234.6"
    assert exact(1.25, "de") == "1,25"
    assert exact(3.0, "en") == "3"


def test_percent_has_a_space_in_german_only() -> None:
    assert percent(0.123, "de", 1) == "12,3\N{NO-BREAK SPACE}%"
    assert percent(0.123, "en", 1) == "12.3%"
    assert percent_range(0.1, 0.25, "de") == "10 bis 25\N{NO-BREAK SPACE}%"
    assert percent_range(0.1, 0.25, "en") == "10 to 25%"


def test_signs_are_typographic_and_zero_has_none() -> None:
    assert decimal(-2.0, "de", signed=True) == "−2,0"
    assert decimal(2.0, "en", signed=True) == "+2.0"
    assert decimal(-0.04, "en", signed=True) == "0.0"
    assert decimal(0.04, "en", signed=True) == "0.0"
    assert number_range(-1, 2, "de", signed=True) == "−1,0 bis +2,0"


@pytest.mark.parametrize("missing", [math.nan, math.inf])
def test_what_is_missing_is_a_dash(missing: float) -> None:
    assert {decimal(missing, "de"), percent(missing, "en"), of_hundred(missing, "de"), exact(missing, "en")} == {"–"}
    assert number_range(1, missing, "de") == percent_range(missing, 1, "en") == "–"


def test_months_are_named_in_the_language_whatever_the_kind_of_date() -> None:
    for date in (
        "2015-03-01",
        "2015-03",
        datetime.date(2015, 3, 1),
        np.datetime64("2015-03"),
        pd.Timestamp(2015, 3, 1),
    ):
        assert month_name(date, "de") == "März 2015"
        assert month_name(date, "en", full=True) == "March 2015"


@given(st.floats(0, 1))
def test_of_hundred_keeps_all_and_none_for_certainty(share: float) -> None:
    said = int(of_hundred(share, "en"))
    assert abs(said - 100 * share) <= 1
    assert (said == 100) == (share == 1)
    assert (said == 0) == (share == 0)


@given(st.floats(-1e6, 1e6))
def test_german_and_english_numbers_are_the_same_number(value: float) -> None:
    english = decimal(value, "en", 2).replace(",", "").replace("−", "-")
    german = decimal(value, "de", 2).replace(".", "").replace(",", ".").replace("−", "-")
    assert float(english) == float(german) == pytest.approx(value, abs=0.0051)


def test_one_is_singular() -> None:
    assert [plural_form(number, "de") for number in (0, 1, 2)] == ["other", "one", "other"]
