"""The luck of the small worlds: for each group of worlds the seed that stands best for all."""

import numpy as np

from evidence.settings import luck
from evidence.settings.luck import chosen, groups, refused
from evidence.settings.patterns import PATTERNS, Pattern
from evidence.settings.space import NAMES
from evidence.settings.worlds import TWINS, alike


def test_worlds_that_a_pattern_compares_have_the_same_luck():
    made = groups()
    assert sorted(world for worlds, _ in made for world in worlds) == sorted(TWINS)
    assert sorted(name for _, patterns in made for name in patterns) == sorted(PATTERNS)
    together = next(worlds for worlds, patterns in made if "sizes" in patterns)
    assert together == {"nobody", "funded_24", "shock", "one_post", "nobody_80", "one_post_80"}


def test_the_seed_nearest_to_all_is_chosen_for_each_group(monkeypatch):
    monkeypatch.setattr(luck, "groups", lambda: [({"one"}, {"first"}), ({"two"}, {"second"})])
    monkeypatch.setattr(luck, "CANDIDATES", range(11, 16))
    shifts = {"first": (3.0, -1.0, 0.1, -4.0, 2.0), "second": (0.2, 5.0, -2.0, -4.0, 1.0)}
    numbers = [
        [
            {name: {"moved": place + shift[seed], "same": 1.0, "endless": np.inf} for name, shift in shifts.items()}
            for place in range(3)
        ]
        for seed in range(5)
    ]
    assert chosen(numbers) == {"one": 13, "two": 11}


def test_a_setting_is_refused_by_the_means_of_its_numbers(monkeypatch):
    """Where one luck is on this side of a bound and another beyond it, their mean decides."""

    def drifting(of):
        return Pattern("", "", "", {"share": (0.0, 0.5)}, lambda trial: {"share": of[trial.luck["nobody"]]})

    monkeypatch.setattr(luck, "PATTERNS", {"first": drifting({1: 0.4, 2: 0.55}), "second": drifting({1: 0.4, 2: 0.65})})
    point = np.full(len(NAMES), 0.5)
    assert refused(point, [alike(1)]) == ""
    assert refused(point, [alike(1), alike(2)]) == "second"
    assert refused(point, [alike(2)]) == "first"
