"""Small scenarios that run in no time, and twins of them."""

import pytest

from qsim.scenario.loading import load_scenario

SHORT = ("months=30",)


@pytest.fixture
def short():
    """Loads a scenario that comes with qsim, cut to 30 months, with more changes."""
    return lambda name="small", *changes: load_scenario(name, (*SHORT, *changes))
