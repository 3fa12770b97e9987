"""Real pages, and what they are written from, made once."""

from functools import cache

import pytest

from trial_pages import make_report, page_files, scenarios_of  # noqa: F401  # a fixture

_made = cache(lambda kind: make_report(scenarios_of(kind, None)))


@pytest.fixture(scope="session")
def report():
    """What the page of a kind is written from: ``pair``, ``three``, ``one`` or ``same``."""
    return _made
