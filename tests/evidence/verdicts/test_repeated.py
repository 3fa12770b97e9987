"""Verdicts where the truth is known, a few times; `make verdicts` does it five hundred times."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from evidence.verdicts.counting import SAME, Kind, counted
from evidence.verdicts.repeated import DisjointWorlds, repeated_verdicts, true_difference
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.runs.standards import Standards

POSTS = "commissioners[integration].funding[0].posts=2"


def test_a_difference_just_below_relevant_is_rarely_called_clear(short):
    pair = [short(), short("small", POSTS)]
    truth, low, high = true_difference(pair, 1_000, seed=1)
    assert low < truth < high
    standards = Standards(relevant={"joint_practice": 1.01 * truth})
    said = Counter(repeated_verdicts(pair, range(100, 104), standards, budget=500))
    assert said["clearly"] <= 1
    assert said["probably"] >= 2


@pytest.mark.parametrize("apart", ["luck", "everything"])
def test_worlds_that_are_no_twins_are_not_told_apart_by_their_labels(short, apart):
    pair = [short(), short()]
    said = Counter(repeated_verdicts(pair, range(100, 103), apart=apart, budget=1000))
    assert said["equal"] + said["undecided"] == 3


def test_disjoint_worlds_share_what_is_said_and_no_more(short):
    pair = prepare_twins([short(), short()])
    twins, luck, everything = (
        TwinWorlds(pair, 1, 2, True),
        *(DisjointWorlds(pair, 1, 2, a) for a in ("luck", "everything")),
    )
    for worlds in (twins, luck, everything):
        worlds.extend(3)
    assert (twins.outcome(0, "practice") == twins.outcome(1, "practice")).all()
    for worlds in (luck, everything):
        assert (worlds.outcome(0, "practice") == twins.outcome(0, "practice")).all()
        assert (worlds.outcome(1, "practice") != twins.outcome(1, "practice")).all()
    settings = [{setting for _, setting in worlds.results[1].rows} for worlds in (luck, everything)]
    assert settings[0] == {0, 1, 2}
    assert not settings[1] & {0, 1, 2}


def test_other_processes_count_what_this_one_does():
    kind, told = Kind("same", SAME, Standards(relevant={"joint_practice": 0.5}), None), []
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert counted(kind, range(100, 106), pool, told.append) == Counter({"equal": 6})
    assert told == ["same: 6 of 6, {'equal': 6}"]
