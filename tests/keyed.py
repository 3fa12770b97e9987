"""The value of a key of a scenario, given in its file or by default."""

from qsim.files.keys import Entry, parse_key


def get(scenario, key):
    """Return the value; a key that the scenario does not have fails in one way or another."""
    value = scenario
    for step in parse_key(key):
        if isinstance(step, Entry):
            value = value[step.index([getattr(entry, "id", None) for entry in value])]
        else:
            value = value[step] if isinstance(value, dict) else getattr(value, step)
    return value
