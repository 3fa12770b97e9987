"""Loads the text of a scenario file."""

import pytest

from qsim.scenario.loading import load_scenario


@pytest.fixture
def load(tmp_path):
    def loaded(text, name="city"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return load_scenario(path)

    return loaded
