"""Answers to "Meine Stadt" for tests: drawn ones, sensible and not, and the modules of the page applied to them by Node."""

import json
import os
import random
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from qsim.browser.bundle import bundle
from qsim.explore.city.data import city_data, city_numbers
from qsim.explore.city.templates import templates
from qsim.explore.city.town import town_data
from qsim.explore.page import speaker
from qsim.explore.scripting import joined_scripts
from qsim.scenario.catalogue import load_catalogue
from trial_rules import PARTS, node

RUNNERS = Path(__file__).parent / "explore/city"
OFFICES = [entry.id for entry in load_catalogue().departments]
OFFICES_NOT = [None, 3, "x", {"id": "__proto__"}, {"id": 7}, {"id": "constructor"}]
OFFICE_NOT = {"id": "own_1", "label": '"}]: &x *x', "division": "nowhere", "size": -3, "relevance": 9}
HOSTILE = (
    None, True, -1, 0, 1e300, float(10**9), "", "  ", "2024-13", "1066", "x" * 5000, "<b>fett</b>", "a: b # c",
    "\u2028\u0000\ud800", "__proto__", "constructor", [], {}, {"since": "nie"}, {"since": {"between": []}}, OFFICES_NOT,
    [OFFICE_NOT],
)  # fmt: skip


def applied(*cases):
    """Return what the modules make of answers, each followed by corrections: scenario, text of the file, house, view."""
    given = {
        "data": {**city_data(), "numbers": city_numbers()},
        "cases": [case if isinstance(case, list) else [case] for case in cases],
    }
    with tempfile.TemporaryDirectory() as folder:
        return json.loads(_in_node(Path(folder), "apply.mjs", given))


@cache
def _page_data(language):
    return {**town_data(0.0), "templates": templates(1, speaker(language))}


def own_cities(folder, language, cases, rows=(), settings=4):
    """Return what the page makes of own cities, each of answers with changes, and what their worlds give in rows of runs.

    Each is ``{"scenario", "entry", "text", "answers", "results"}``, the results by part, for all rows one after another.
    """
    speak = speaker(language)
    (folder / "bundle").write_bytes(bundle([], settings))
    given = {
        "city": _page_data(language),
        "words": dict(speak.texts),
        "language": language,
    }
    given |= {"cases": [{"answers": answers, "changes": changes} for answers, changes in cases], "rows": rows}
    _in_node(folder, "own.mjs", given)
    found = []
    for place in range(len(cases)):
        said = json.loads((folder / f"{place}.json").read_text(encoding="utf-8"))
        numbers = np.fromfile(folder / f"{place}.bin", "<f8")
        results = dict(zip(PARTS, np.split(numbers, np.cumsum(said["lengths"])[:-1]), strict=True))
        found.append({**said, "results": results})
    return found


def _in_node(folder, runner, given):
    """Return what a runner says, with the modules of the page before it, in a folder with what is given."""
    if node() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no node on the path")
    (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
    text = joined_scripts("main.js") + joined_scripts("rules.mjs") + (RUNNERS / runner).read_text(encoding="utf-8")
    (folder / runner).write_text(text, encoding="utf-8")
    command = [node(), str(folder / runner), str(folder)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def parts():
    return [part for question in city_data()["questions"]["questions"] for part in question["parts"]]


def drawn_answers(seed, known=0.6, hostile=0.0):
    """Return drawn answers: each part is answered with the chance ``known``, and with nonsense with the chance ``hostile``."""
    draw = random.Random(seed)
    answers = {"start": f"20{draw.randint(24, 34)}-{draw.randint(1, 12):02d}", "lang": draw.choice(["de", "en"])}
    for part in parts():
        if draw.random() < hostile:
            answers[part["id"]] = draw.choice(HOSTILE)
        elif draw.random() < known:
            answers[part["id"]] = _answer(part, draw)
    if draw.random() < 0.3:
        ids = draw.sample(["central", "order", "social", "works", "division_1", "division_2"], draw.randint(1, 5))
        answers["divisions"] = [{"id": name, "label": f"Dezernat {name}"} for name in ids]
    return answers


def _answer(part, draw):
    month = draw.choice(["2015", "2024-05", "2026", "2027-12"])
    if part["kind"] == "number":
        ends = part["min"], part["max"]
        return draw.choice(
            [*ends, round(draw.uniform(*ends)), round(ends[0] + draw.random() ** 4 * (ends[1] - ends[0]))]
        )
    if part["kind"] == "choice":
        return draw.choice(part["answers"])["id"]
    if part["kind"] == "offices":
        return [
            _office(name, draw) for name in draw.sample([*OFFICES, "own_1", "own_2"], draw.choice([0, 1, 3, 18, 42]))
        ]
    return {
        "text": draw.choice(["Musterstadt", 'Stadt "X": Y # Z', "ja", "2024-05", "yes"]),
        "month": month,
        "having": draw.choice([True, False, {"since": month}]),
        "office": draw.choice(OFFICES),
    }[part["kind"]]


def _office(name, draw):
    more = {
        "label": "Fachdienst 7: Äpfel & <Birnen>",
        "division": draw.choice(["social", "works", "division_1"]),
        "size": draw.choice([0.5, 1, 2]),
        "relevance": draw.choice([0.05, 0.9]),
    }
    return {"id": name, **{key: value for key, value in more.items() if draw.random() < 0.3}}
