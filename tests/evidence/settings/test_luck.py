"""The luck of the small worlds: for each group of worlds the seed that stands best for all."""

import numpy as np
import pytest

from evidence.settings import luck
from evidence.settings.luck import chosen, groups, looked_at
from evidence.settings.patterns import PATTERNS
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


def test_what_a_setting_lacks_over_much_luck_is_that_of_its_mean_numbers():
    point = np.full(len(NAMES), 0.5)
    lucks = [alike(1), alike(2)]
    each = [luck.numbers_at(point, one) for one in lucks]
    means = {name: np.mean([one["nobody"][name] for one in each]) for name in ("least", "most", "drift")}
    assert looked_at(point, lucks)["missing"]["nobody"] == pytest.approx(PATTERNS["nobody"].missing(means))
