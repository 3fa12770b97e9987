"""A small site for tests: one city, one comparison, few runs, made by the command as people call it."""

import importlib
import sys
from contextlib import contextmanager
from unittest import mock

from qsim.explore import page
from trial_pages import quick_reports
from worlds import load_as

SHORT = ("months=30", "administration.departments=6")
CITY, COMPARISON = "small", "funding"
SETTINGS = "3"

script = importlib.import_module("evidence.site.__main__")


@contextmanager
def small():
    """Let the command make one city and one comparison of a small town, in few settings."""
    pairs = {COMPARISON: script.COMPARISONS[COMPARISON]}
    with (
        quick_reports(),
        mock.patch.object(page, "LOOKS", (1, 2, 3)),
        mock.patch.object(script, "CITIES", (CITY,)),
        mock.patch.object(script, "COMPARISONS", pairs),
        mock.patch.object(script, "load_scenario", lambda name: load_as(name, *SHORT)),
    ):
        yield


def make_site(*arguments):
    """Call the command with arguments and few settings."""
    with small(), mock.patch.object(sys, "argv", ["site", "--settings", SETTINGS, *map(str, arguments)]):
        script.main()
