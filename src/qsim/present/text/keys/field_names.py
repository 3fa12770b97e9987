"""What the fields of a scenario file are called, each kind of object by itself, and which keys are parameters of rules."""

from __future__ import annotations

import re

from qsim.engine.overrides import all_parameters
from qsim.present.text.keys.carrier_key_words import CARRIER_KEYS
from qsim.present.text.keys.event_key_words import EVENT_KEYS
from qsim.present.text.keys.key_words import KEYS
from qsim.present.words.language import Language
from qsim.scenario.values import Part
from qsim.world.parameters import Parameter

PARAMETERS = "parameters."


def field_name(part: type[Part], field: str, language: Language) -> str:
    """Return what a field of a kind of object is called; raise KeyError for one without a name."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", part.__name__).lower()
    for topic in (KEYS, CARRIER_KEYS, EVENT_KEYS):
        if f"{kind}.{field}" in topic.texts:
            return topic(f"{kind}.{field}", language)
    return KEYS(f"any.{field}", language)


def parameter_of(key: str) -> Parameter | None:
    """Return the parameter of a rule that a key names, None if it names none."""
    return (
        all_parameters().get(key.removeprefix(PARAMETERS).replace(".", "_", 1)) if key.startswith(PARAMETERS) else None
    )
