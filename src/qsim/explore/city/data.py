"""What a page needs for "Meine Stadt": questions, figures and the catalogue of offices as data, the modules as one script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import qsim.scenario
from qsim.files.kept import kept_yaml
from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.house import HEAD_SLOTS, division_slot
from qsim.scenario.structure import POSITIONS
from qsim.world.fill_calendar import CLOSE
from qsim.world.hierarchy import FIRST_HEAD
from qsim.world.kinds import ACTIVITIES, IN_DEPARTMENT, IN_DIVISION, IN_HOUSE
from qsim.world.maths import CONCERNED
from qsim.world.ties import MOST_ACQUAINTANCES, OWN_EDITION

FOLDER = Path(__file__).parent
MODULES = ("answers.js", "saved.js", "house.js", "arrays.js", "questions.js", "city.js")
"""In the order in which they stand in a script: each imports only from those before it."""

IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=function (\w+))", re.MULTILINE)


def city_data() -> dict[str, Any]:
    """Return ``{"questions", "figures", "words", "catalogue"}``, the content of their files, as the modules take it."""
    return {
        "questions": kept_yaml(FOLDER / "questions.yaml"),
        "figures": kept_yaml(FOLDER / "figures.yaml"),
        "words": kept_yaml(FOLDER / "words.yaml"),
        "catalogue": kept_yaml(Path(qsim.scenario.__file__).with_name("catalogue.yaml")),
    }


def city_numbers() -> dict[str, Any]:
    """Return the numbers of the model that the arrays of a house hang on, as ``houseArrays`` takes them."""
    divisions = [*(entry.id for entry in load_catalogue().divisions), *(f"division_{n}" for n in range(1, 100))]
    return {
        "positions": POSITIONS,
        "levels": {"house": IN_HOUSE, "division": IN_DIVISION, "department": IN_DEPARTMENT},
        "first_head": FIRST_HEAD,
        "head_slots": HEAD_SLOTS,
        "division_slots": {name: division_slot(name) for name in divisions},
        "concerned": float(CONCERNED),
        "close": float(CLOSE),
        "most_acquaintances": MOST_ACQUAINTANCES,
        "own_edition": OWN_EDITION,
        "activities": len(ACTIVITIES),
    }


def city_script() -> str:
    """Return the modules as one script that defines ``city``, for a page that is opened from a file and cannot import."""
    body = "".join(_module(name) for name in MODULES)
    found = ", ".join(f"...{Path(name).stem}" for name in MODULES)
    return f"const city = (() => {{\n{body}return {{ {found} }};\n}})();\n"


def _module(name: str) -> str:
    """Return a module as an object of what it exports."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    exported = ", ".join(EXPORT.findall(text))
    body = EXPORT.sub("", IMPORT.sub(r"const \1 = \2;", text))
    return f"const {Path(name).stem} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def city_style() -> str:
    """Return the style sheet; all of its rules begin with ``.city``, the class of the element that holds the page."""
    return (FOLDER / "city.css").read_text(encoding="utf-8")
