"""What a page needs for "Meine Stadt": questions, figures, the catalogue of offices, and numbers of the model."""

from __future__ import annotations

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


def city_style() -> str:
    """Return the style sheet; all of its rules begin with ``.city``, the class of the element that holds the page."""
    return (FOLDER / "city.css").read_text(encoding="utf-8")
