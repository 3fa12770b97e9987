"""Where an added phase of funding stands among those of its unit: its draws hang on it, and so on what else is added."""

from __future__ import annotations

from qsim.browser.image import Image
from qsim.browser.layout import array_type
from qsim.browser.worlds import Words
from qsim.explore.offer import begins_never
from qsim.scenario.schema import Scenario
from qsim.world.draws import wide_slot
from qsim.world.records import World

PLACE = "place"
"""The name of the choice, as if it were a field of the phase; the scripts of the page count the phases that begin."""


def places_of(scenario: Scenario) -> dict[str, tuple[int, ...]]:
    """Return the places that each added phase of a scenario may have, by the key of the choice."""
    found = {}
    for unit in scenario.commissioners:
        added = [phase for phase in unit.funding if begins_never(phase)]
        for phase in added:
            first = len(unit.funding) - len(added)
            if len(added) > 1 and phase.id is not None:
                key = f"commissioners[{unit.id}].funding[{phase.id}].{PLACE}"
                found[key] = tuple(range(first, len(unit.funding)))
    return found


def place_words(scenario: Scenario, world: World, image: Image) -> dict[str, list[Words]]:
    """Return for each choice, and each place, the words that say it in an image of a world."""
    choices, found, row = places_of(scenario), {}, 0
    for unit in scenario.commissioners:
        for phase in unit.funding:
            key = f"commissioners[{unit.id}].funding[{phase.id}].{PLACE}"
            if key in choices:
                posts = [int(j) for j in range(len(world.posts)) if world.posts["phase"][j] == row]
                found[key] = [
                    [(_offset(image, "phases", row), wide_slot(f"{unit.id}/{place}"))]
                    + [
                        (_offset(image, "posts", j), wide_slot(f"{unit.id}/{place}/{rank}"))
                        for rank, j in enumerate(posts)
                    ]
                    for place in choices[key]
                ]
            row += 1
    return found


def _offset(image: Image, name: str, row: int) -> int:
    kind = array_type(name)
    assert kind.fields is not None
    return image.offsets[name] + row * kind.itemsize + kind.fields["slot"][1]
