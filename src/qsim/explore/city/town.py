"""The example of "Meine Stadt": a town of 50,000 inhabitants of which nothing else is known, as the questions lead to it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from qsim.advice.lever import Lever
from qsim.advice.library import load_library
from qsim.explore.city.data import FOLDER, city_data, city_numbers
from qsim.explore.offer import Offer
from qsim.scenario.labels import Label
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario

EXAMPLE = FOLDER / "town.yaml"
"""As the page saves it: a line with the answers, then the scenario; a test says when the questions lead to another."""

OF_HOUSE = ("{lead_department", "{groups}", "{above", "{ending}", "{units}", "unit_move")
"""What a measure says that hangs on the offices, leaders and groups of a city."""

ANSWERS = "# meine-stadt: "
LABEL = Label(
    de="Beispiel: eine Stadt mit 50.000 Einwohnerinnen und Einwohnern", en="Example: a town of 50,000 inhabitants"
)


def example_town() -> Scenario:
    """Return the scenario of the example."""
    return load_scenario(EXAMPLE).model_copy(update={"label": LABEL})


def example_answers() -> dict[str, Any]:
    """Return the answers that lead to the example."""
    first = EXAMPLE.read_text(encoding="utf-8").splitlines()[0]
    answers: dict[str, Any] = json.loads(first.removeprefix(ANSWERS))
    return answers


def offer_of(town: Scenario) -> Offer:
    """Return what the page offers for a city of one's own: measures that are laid in alike whatever its house."""
    library = load_library()
    levers = {name: lever for name, lever in library.levers.items() if _fits_any_house(lever)}
    return Offer(town, replace(library, levers=levers))


def _fits_any_house(lever: Lever) -> bool:
    """Return whether all that a measure adds are formats, concepts and decisions that name no office, leader or group."""
    lists = set(lever.adds) <= {"formats", "concepts", "events"}
    return lever.like is None and lists and not any(place in str(lever) for place in OF_HOUSE)


def town_data(found: float | None) -> dict[str, Any]:
    """Return what the scripts of a page need to ask for a city and to lay out its house; ``found`` is what the example gives."""
    return {**city_data(), "numbers": city_numbers(), "check": {"answers": example_answers(), "value": found}}
