"""The demonstrations of the README run: their scripts find what they use, and print their tables."""

import runpy
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "experiments/demonstrations"


@pytest.mark.parametrize("name", ["size", "position", "funding"])
def test_a_demonstration_prints_its_tables(name, monkeypatch, capsys):
    monkeypatch.syspath_prepend(FOLDER)
    sys.modules.pop("paired", None)
    paired = __import__("paired")
    monkeypatch.setattr(paired.run, "__defaults__", ((), 2))
    runpy.run_path(str(FOLDER / f"{name}.py"), run_name="__main__")
    assert "|---|" in capsys.readouterr().out
