from __future__ import annotations

import datetime
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.present.words import speaker as words
from qsim.present.words.languages import chosen_language, default_language
from qsim.present.words.speaker import Speaker


def test_german_has_a_decimal_comma_and_english_a_point() -> None:
    assert Speaker("de").decimal(1234.56) == "1.234,6"
    assert Speaker("en").decimal(1234.56) == "1,234.6"
    assert Speaker("de").exact(1.25) == "1,25"
    assert Speaker("en").exact(3.0) == "3"


def test_percent_has_a_space_in_german_only() -> None:
    assert Speaker("de").percent(0.123, 1) == "12,3\N{NO-BREAK SPACE}%"
    assert Speaker("en").percent(0.123, 1) == "12.3%"
    assert Speaker("de").percent_range(0.1, 0.25) == "10 bis 25\N{NO-BREAK SPACE}%"
    assert Speaker("en").percent_range(0.1, 0.25) == "10 to 25%"


def test_signs_are_typographic_and_zero_has_none() -> None:
    assert Speaker("de").decimal(-2.0, signed=True) == "−2,0"
    assert Speaker("en").decimal(2.0, signed=True) == "+2.0"
    assert Speaker("en").decimal(-0.04, signed=True) == "0.0"
    assert Speaker("en").decimal(0.04, signed=True) == "0.0"
    assert Speaker("de").number_range(-1, 2, signed=True) == "−1,0 bis +2,0"


@pytest.mark.parametrize("missing", [math.nan, math.inf])
def test_what_is_missing_is_a_dash(missing: float) -> None:
    assert {
        Speaker("de").decimal(missing),
        Speaker("en").percent(missing),
        Speaker("de").of_hundred(missing),
        Speaker("en").exact(missing),
    } == {"–"}
    assert Speaker("de").number_range(1, missing) == Speaker("en").percent_range(missing, 1) == "–"


def test_months_are_named_in_the_language_whatever_the_kind_of_date() -> None:
    for date in (
        "2015-03-01",
        "2015-03",
        datetime.date(2015, 3, 1),
        np.datetime64("2015-03"),
        pd.Timestamp(2015, 3, 1),
    ):
        assert Speaker("de").month(date) == "März 2015"
        assert Speaker("en").month(date, full=True) == "March 2015"


@given(st.floats(0, 1))
def test_of_hundred_keeps_all_and_none_for_certainty(share: float) -> None:
    said = int(Speaker("en").of_hundred(share))
    assert abs(said - 100 * share) <= 1
    assert (said == 100) == (share == 1)
    assert (said == 0) == (share == 0)


@given(st.floats(-1e6, 1e6))
def test_german_and_english_numbers_are_the_same_number(value: float) -> None:
    english = Speaker("en").decimal(value, 2).replace(",", "").replace("−", "-")
    german = Speaker("de").decimal(value, 2).replace(".", "").replace(",", ".").replace("−", "-")
    assert float(english) == float(german) == pytest.approx(value, abs=0.0051)


def test_one_is_singular() -> None:
    assert [Speaker("de").plural_form(number) for number in (0, 1, 2)] == ["other", "one", "other"]


def test_a_counted_text_holds_its_number() -> None:
    assert Speaker("de").counted("terms.runs", 1) == "1 Lauf"
    assert Speaker("de").counted("terms.runs", 1200) == "1.200 Läufe"
    assert Speaker("en").counted("terms.runs", 1200) == "1,200 runs"


def test_an_empty_place_and_an_unknown_text_are_errors() -> None:
    with pytest.raises(KeyError, match="number"):
        Speaker("de")("terms.runs.one")
    with pytest.raises(KeyError, match=r"terms\.nothing"):
        Speaker("de")("terms.nothing")
    assert "terms.nothing" not in Speaker("de")


def test_words_are_joined_as_people_do() -> None:
    assert Speaker("de").joined(["a"]) == "a"
    assert Speaker("de").joined(["a", "b", "c"]) == "a, b und c"
    assert Speaker("en").joined(["a", "b"]) == "a and b"
    assert Speaker("de").either(["a", "b", "c"]) == "a, b oder c"


def test_a_folder_adds_its_texts(tmp_path: Path) -> None:
    (tmp_path / "de.yaml").write_text("greeting:\n  hello: Guten Tag, {name}\n", encoding="utf-8")
    speak = Speaker("de", (tmp_path,))
    assert speak("greeting.hello", name="Kassel") == "Guten Tag, Kassel"
    assert speak("terms.division") == "Dezernat"


def test_only_the_language_that_is_spoken_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(words, "kept", lambda path, build: read.append(path.name) or build(path.read_text("utf-8")))
    speak = Speaker("de")
    assert read == []
    assert (speak("terms.division"), speak("terms.department"), read) == ("Dezernat", "Amt", ["de.yaml"])


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de_AT"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "de_DE"}, "de"),
        ({"LANG": "en_US", "LC_MESSAGES": "en_US", "LC_ALL": "de_DE"}, "de"),
        ({"LANG": "de_DE", "LC_ALL": ""}, "de"),
        ({"LANG": "dede_DE"}, "en"),
    ],
)
def test_the_first_variable_that_is_set_decides(environment: dict[str, str], language: str) -> None:
    assert default_language(environment) == language


def test_a_choice_goes_before_the_locale() -> None:
    assert chosen_language("en", {"LANG": "de_DE"}) == "en"
    assert chosen_language(None, {"LANG": "de_DE"}) == "de"


def test_a_language_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'fr' is not a language here; expected de or en"):
        chosen_language("fr", {})


def test_matplotlib_is_not_imported_before_a_figure_is_drawn() -> None:
    modules = ", ".join(f"qsim.present.text.{name}" for name in ("summary", "tables", "explained", "verdict"))
    code = f"import {modules}, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
