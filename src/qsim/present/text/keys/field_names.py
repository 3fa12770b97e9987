"""What the fields of a scenario file are called, each kind of object by itself, and which keys are parameters of rules."""

from __future__ import annotations

import re

from qsim.engine.overrides import all_parameters
from qsim.present.words.speaker import Speaker
from qsim.scenario.values import Part
from qsim.world.parameters import Parameter

PARAMETERS = "parameters."


def field_name(part: type[Part], field: str, speak: Speaker) -> str:
    """Return what a field of a kind of object is called; raise KeyError for one without a name."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", part.__name__).lower()
    own = f"keys.{kind}.{field}"
    return speak(own if own in speak else f"keys.any.{field}")


def parameter_of(key: str) -> Parameter | None:
    """Return the parameter of a rule that a key names, None if it names none."""
    return (
        all_parameters().get(key.removeprefix(PARAMETERS).replace(".", "_", 1)) if key.startswith(PARAMETERS) else None
    )
