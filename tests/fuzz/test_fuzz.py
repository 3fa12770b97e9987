"""Spoilt inputs in this process: every one ends in order, and those that fail can be made smaller."""

from collections import Counter

import pytest

from tests.fuzz import minimal
from tests.fuzz.inputs import MAKERS, Input, make
from tests.fuzz.originals import CITY
from tests.fuzz.trial import tried

SEED = 20
INPUTS = 300
QUICK = tuple(kind for kind in MAKERS if kind not in ("environment", "signal"))
"""What needs no process of its own."""


def test_spoilt_inputs_end_in_order():
    endings = Counter()
    for number in range(INPUTS):
        one = make(SEED, number, QUICK)
        ending, problem = tried(one)
        assert not problem, (
            f"python -m tests.fuzz 1 --seed {SEED} --first {number} --kinds {','.join(QUICK)}: {problem}"
        )
        endings[ending] += 1
    assert endings["done"] > INPUTS / 20
    assert endings["refused"] > INPUTS / 2


def test_an_input_is_made_of_its_seed_and_number_alone():
    assert make(SEED, 7, QUICK) == make(SEED, 7, QUICK)
    assert make(SEED, 7, QUICK) != make(SEED + 1, 7, QUICK)
    assert {make(SEED, number).kind for number in range(1500)} == set(MAKERS)


@pytest.fixture
def broken(monkeypatch):
    """A reader that fails at one word."""
    from qsim.files import reading

    plain = reading.read_utf8

    def fails(*arguments):
        text = plain(*arguments)
        if "ambition" in text:
            raise LookupError("an ambition")
        return text

    monkeypatch.setattr(reading, "read_utf8", fails)


def test_a_traceback_is_noticed_and_made_small(broken):
    one = Input("scenario", {"x.yaml": CITY}, [["validate", "x.yaml"]], "x.yaml")
    ending, problem = tried(one)
    assert ending == "failed"
    assert "traceback: LookupError: 'an ambition'" in problem
    smaller, again = minimal.smallest(one, problem)
    assert "LookupError" in again
    assert smaller.files["x.yaml"].splitlines() == [line for line in CITY.splitlines() if b"ambition" in line]
