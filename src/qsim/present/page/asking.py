"""Whom to ask about what nobody knows: from the kind of a key to the office that can tell."""

from __future__ import annotations

import re

from qsim.present.words.speaker import Speaker
from qsim.world.parameters import PARAMETERS

OFFICES = (
    ("parameters", r"parameters\..*"),
    ("treasury", r".*\.own_share|administration\.budget_tightness|events\.(tightness|half_life_months)"),
    (
        "personnel",
        r"administration\.(staff|vacancy_share|turnover_per_year|personnel_openness)|commissioners\.funding\.posts"
        r"|.*\.(staff_weight|relieve_posts|release_posts)",
    ),
    ("departments", r".*workload(_half_life_months)?|tasks\.(knowledge|process_knowledge|practice)"),
    ("statistics", r"(tasks|events)\.need(_half_life_months)?"),
    ("press", r".*salience(_half_life_months)?"),
    ("leaders", r"leaders\..*|events\.(support|reelection_share)"),
    ("unit", r"(commissioners|formats|chains)\..*"),
    ("groups", r"civil_society\..*"),
    ("council", r"concepts\.adopted"),
    ("papers", r"concepts\..*"),
)
"""Offices by the keys, without their entries, on which they know most; the first that fits is told."""

OTHERS = "main_office"


def office_of(key: str) -> str:
    """Return the name of the office that can tell the value of a key; ``parameters`` if none in the house can."""
    kind = re.sub(r"\[[^]]*\]", "", key)
    return next((office for office, pattern in OFFICES if re.fullmatch(pattern, kind)), OTHERS)


def is_fact(key: str) -> bool:
    """Whether a town can find out the value of a key: it is no parameter of a rule."""
    return not key.startswith(PARAMETERS)


def asking_text(key: str, speak: Speaker) -> str:
    """Return whom to ask about a key."""
    return speak(f"when.office.{office_of(key)}")


def asking_cell(key: str, speak: Speaker) -> str:
    """Return whom to ask about a key, short enough for a table."""
    return asking_text(key, speak) if is_fact(key) else speak("when.nobody")
