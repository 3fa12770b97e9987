"""What every own city has in common, for each task it may be about: arrays, the words of each key, controls, and texts.

The page lays out the arrays of its house itself, in the place of those of the example.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from qsim.browser.image import image_of
from qsim.browser.layout import ALIGNMENT, HEAD, ROW, array_type, signature
from qsim.browser.worlds import Structure
from qsim.explore.catalogue import entry_of, told_value
from qsim.explore.city.data import city_data
from qsim.explore.city.town import example_town, offer_of
from qsim.explore.offer import NEVER, ROOM
from qsim.explore.worlds import Changeable
from qsim.files.changes import changed
from qsim.measures.catalogue import OUTCOMES
from qsim.present.page.limits_section import source_text
from qsim.present.words.speaker import Speaker
from qsim.runs.standards import Standards
from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.loading import checked_scenario
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.world.draws import wide_slot
from qsim.world.records import TABLES, World
from qsim.world.unknowns import UNKNOWN

POSTS, POSITION = "commissioners[unit].funding[0].posts", "commissioners[unit].position"
MOST_POSTS = 50
"""As many as the questions allow."""

MOST_OWN = 99
"""Offices and divisions of its own that a city can name at most, and tasks it can be about."""
MOST_TASKS = 2

STANCES = ("relevance", "contact", "exposure")
ABOUT = ("commissioners", "civil_society", "formats", "concepts")
"""Lists whose entries name the tasks they are about."""


def templates(seed: int, speak: Speaker) -> dict[str, Any]:
    """Return the templates by the answer that says the task, and what all share: the layout, draws, the texts of sources."""
    tasks = {answer["id"]: answer["set"]["tasks"] for answer in _part("task")["answers"]}
    made = {answer: _template(_town(given), seed, speak) for answer, given in tasks.items()}
    keys = {key for each in made.values() for key in each["words"]} | {POSITION}
    return {
        "seed": [seed & 0xFFFFFFFF, seed >> 32],
        "decision": UNKNOWN,
        "never": NEVER,
        "room": ROOM,
        "layout": {"signature": signature(), "alignment": ALIGNMENT, "head": HEAD, "row": ROW, "order": World._fields},
        "records": {name: _record(name) for name in World._fields if array_type(name).fields},
        "sources": {source: source_text(source, speak) for source in _sources()},
        "slots": {key: wide_slot(key) for key in (*sorted(keys), *_keys_of_houses())},
        "tasks": made,
    }


def _part(name: str) -> dict[str, Any]:
    parts = (part for question in city_data()["questions"]["questions"] for part in question["parts"])
    found: dict[str, Any] = next(part for part in parts if part["id"] == name)
    return found


def _town(tasks: list[dict[str, Any]]) -> Scenario:
    """Return the example about other tasks, with room for as many posts as there may be, in one structure."""
    example = example_town()
    named = [{**task, "label": {"de": "?"} if isinstance(task["label"], str) else task["label"]} for task in tasks]
    changes: dict[str, Any] = {"tasks": named, POSTS: MOST_POSTS, POSITION: "staff_unit"}
    concerned = [{"kind": task["kind"], "relevance": 1.0} for task in tasks]
    changes[f"administration.own_departments[{example.administration.own_departments[0].id}].tasks"] = concerned
    about = (f"{name}[{entry.id}].tasks" for name in ABOUT for entry in getattr(example, name))
    changes |= {key: [task["id"] for task in tasks] for key in about}
    root = example._origin.root
    assert root is not None
    return checked_scenario(changed(SCENARIO, root, changes), "city")


def _template(town: Scenario, seed: int, speak: Speaker) -> dict[str, Any]:
    """Return the arrays of a town, the words of each key and option in them, its controls, and what it holds in full."""
    offer = offer_of(town)
    worlds = Changeable(offer, 1, seed)
    [structure] = worlds.structures()
    template = worlds.prepared.reference.template
    entry = entry_of(offer, speak)
    for control, given in zip(entry["controls"], worlds.given, strict=True):
        field = given.part.model_fields[given.field]
        control["default"] = None if field.is_required() else told_value(field.default)
    staff = float(template.administration["staff"][0])

    def place(offset: int) -> tuple[str, int]:
        start, name = max((begin, name) for name, begin in structure.image.offsets.items() if begin <= offset)
        return name, offset - start

    return {
        "arrays": {name: _array(name, array, structure) for name, array in zip(World._fields, template, strict=True)},
        "words": {key: [[*place(at), whole] for at, whole in found] for key, found in structure.image.words.items()},
        "starts": [place(at) for at in _starts(worlds)],
        "options": {
            key: [[[*place(at), word & 0xFFFFFFFF, word >> 32] for at, word in words] for words in each]
            for key, each in structure.options.items()
        },
        "choices": worlds.options,
        "entry": entry,
        "whole": offer.whole.model_dump(mode="json", exclude_unset=True, exclude_none=True),
        "relevant": {
            measure.name: Standards().smallest_relevant(measure, worlds.prepared) / staff
            for measure in OUTCOMES
            if measure.by_size
        },
    }


def _array(name: str, array: np.ndarray, structure: Structure) -> dict[str, Any]:
    """Return rows, columns and bytes of an array, and the bytes of an element."""
    begin = structure.image.offsets[name]
    content = structure.image.content[begin : begin + array.nbytes]
    rows, columns = (*array.shape, 1)[:2]
    return {"rows": rows, "columns": columns, "size": array.itemsize, "bytes": base64.b64encode(content).decode()}


def _starts(worlds: Changeable) -> list[int]:
    """Return the offsets of the numbers that are the first month of the run."""
    plan = worlds.prepared.reference
    moved = worlds.with_values(plan, {"start": worlds.scenario.start + 1})
    one, other = (
        np.frombuffer(image_of(each, each.template, worlds.seed).content, np.uint64) for each in (plan, moved)
    )
    return [8 * int(place) for place in np.flatnonzero(one != other)]


def _record(name: str) -> dict[str, list[Any]]:
    """Return for each field of a record its offset, whether it is an integer, and whether what is drawn is whole."""
    fields, months = array_type(name).fields, {field.name for field in TABLES.get(name, ()) if field.unit == "month"}
    assert fields is not None
    return {field: [told[1], bool(told[0].kind != "f"), field in months] for field, told in fields.items()}


def _sources() -> list[str]:
    """Return all sources that the questions write into scenarios, and that of what has none."""
    found: dict[str, None] = {"": None}

    def look(value: Any) -> None:
        if isinstance(value, dict):
            found.update({value["source"]: None} if isinstance(value.get("source"), str) else {})
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            look(each)

    look(city_data()["questions"])
    return list(found)


def _keys_of_houses() -> list[str]:
    """Return the keys of what may be open in a house: concern of offices, support of heads of divisions."""
    catalogue = load_catalogue()
    offices = [*(entry.id for entry in catalogue.departments), *(f"own_{n}" for n in range(1, MOST_OWN + 1))]
    divisions = [*(entry.id for entry in catalogue.divisions), *(f"division_{n}" for n in range(1, MOST_OWN + 1))]
    places = [f"{office}].tasks[{task}" for office in offices for task in range(MOST_TASKS)]
    return [
        *(f"administration.own_departments[{place}].{name}" for place in places for name in STANCES),
        *(f"leaders[head_{division}].support" for division in divisions),
    ]
