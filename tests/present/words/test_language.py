from __future__ import annotations

import subprocess
import sys

import pytest

from qsim.present.words.language import chosen_language, default_language


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
    modules = ", ".join(f"qsim.present.text.{name}" for name in ("summary", "tables", "explain_tables", "verdict"))
    code = f"import {modules}, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
