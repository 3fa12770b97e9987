"""Whether the best package is among those proposed, in towns where the truth is known."""

import numpy as np
import pytest

from qsim.advice.packages import Choice, Option
from qsim.advice.proposals import proposed

COUNT, SETTINGS, SPREAD, BUDGET = 15, 24, 5.0, 80_000.0
DELTA = 1.25
"""The smallest relevant difference; the best package has 12."""


def channels(draw, rows, dear):
    """Measures widen four channels with falling returns, and practice needs all of them."""
    share = draw.exponential(1.0, (COUNT, 4)) * (draw.random((COUNT, 4)) < 0.4) * draw.uniform(0.05, 0.35, (COUNT, 1))
    widened = draw.uniform(0.1, 0.6, 4) + rows @ (share * (1 + dear[:, None]))
    return np.exp(np.log(1 - np.exp(-widened)) @ np.array([0.4, 0.3, 0.2, 0.1]))


def pairs(draw, rows, dear):
    """Some help, some harm, many pairs help or stand in each other's way, and all of it levels off."""
    single = draw.normal(1.2, 1.2, COUNT) * (1 + dear)
    together = np.triu(draw.normal(0.0, 1.2, (COUNT, COUNT)) * (draw.random((COUNT, COUNT)) < 0.3), 1)
    return np.tanh((rows @ single + ((rows @ together) * rows).sum(axis=1)) / 25)


class Town:
    """Fifteen measures, the true effect of each affordable package, and what is seen of it in settings."""

    def __init__(self, kind, seed):
        draw = np.random.default_rng([seed, 11])
        free = draw.random(COUNT) < 0.35
        cost = np.where(free, 0.0, np.round(np.exp(draw.uniform(np.log(2_000), np.log(75_000), COUNT)), -2))
        others = draw.permutation(COUNT)
        self.choice = Choice(
            [
                Option(
                    f"m{place}",
                    {"euro": (0.0, own)},
                    needs=[f"m{others[1]}"] if place == others[0] else [],
                    not_beside=[f"m{others[3]}"] if place == others[2] else [],
                )
                for place, own in enumerate(cost)
            ],
            {"euro": BUDGET},
        )
        self.rows = self.choice.every(100_000)
        names = {option.id for option in self.choice.options}
        whole = np.zeros((len(self.rows), COUNT))
        whole[:, [place for place in range(COUNT) if f"m{place}" in names]] = self.rows
        effect = kind(draw, whole, (cost > 20_000).astype(float))
        self.effect = 12 * (effect - effect[0]) / (effect.max() - effect[0])
        self.places = {row.tobytes(): place for place, row in enumerate(self.rows)}
        self.luck = draw.normal(0.0, SPREAD, (len(self.rows), SETTINGS)) + draw.normal(0.0, SPREAD, SETTINGS)
        self.looked = []

    def look(self, rows):
        places = [self.places[row.tobytes()] for row in rows]
        self.looked += places
        return self.effect[places, None] + self.luck[places]

    def lost(self, rows):
        """Return what the best of some packages lacks to the best of all."""
        return self.effect.max() - max(self.effect[self.places[row.tobytes()]] for row in rows)


@pytest.mark.parametrize("kind", [channels, pairs])
def test_the_best_package_is_proposed(kind):
    """Of thousands of packages two hundred are looked at, and sixty proposed; by chance, they would hold none as good."""
    lost, chance = [], []
    for seed in range(4):
        town = Town(kind, seed)
        rows = proposed(town.choice, town.look, looks=200)
        assert len(rows) <= 60
        assert len(town.looked) == len(set(town.looked)) <= 200
        assert town.choice.allowed(rows).all()
        lost.append(town.lost(rows))
        chance.append(town.lost(town.rows[np.random.default_rng(seed).permutation(len(town.rows))[:60]]))
    assert np.mean(np.array(lost) <= DELTA) == 1.0
    assert np.mean(lost) < 0.2 * np.mean(chance)


def test_the_same_is_proposed_again():
    first, second = (proposed(town.choice, town.look, looks=120) for town in (Town(pairs, 3), Town(pairs, 3)))
    assert (first == second).all()


def test_few_packages_are_all_looked_at():
    choice = Choice([Option("a"), Option("b", {"euro": (1.0, 1.0)})], {"euro": 1.0})
    seen = []

    def look(rows):
        seen.extend(tuple(row) for row in rows)
        return rows.sum(axis=1, keepdims=True) + np.zeros((1, 4))

    assert proposed(choice, look)[0].all()
    assert sorted(seen) == [(False, False), (False, True), (True, False), (True, True)]


def test_what_makes_no_difference_is_proposed_as_well():
    choice = Choice([Option(f"m{place}") for place in range(6)], {})
    assert len(proposed(choice, lambda rows: np.zeros((len(rows), 3)), looks=20)) > 6


def test_what_was_seen_with_more_money_is_used_with_less():
    """A few looks more are as good as a search of their own, and nothing is proposed that costs too much."""
    lost = []
    for seed in range(4):
        town = Town(channels, seed)
        proposed(town.choice, town.look, looks=120)
        before = [*dict.fromkeys(town.looked)]
        less = Choice(town.choice.options, {"euro": BUDGET / 2})
        seen = less.rows(package.ids for package in town.choice.packages(town.rows[before]))

        def look(rows, town=town, less=less):
            return town.look(town.choice.rows(package.ids for package in less.packages(rows)))

        found = proposed(less, look, looks=len(seen) + 12, at_once=6, most=5, known=seen)
        assert less.allowed(found).all()
        assert len({*town.looked} - {*before}) <= 12
        own = town.choice.rows(package.ids for package in less.packages(less.every(100_000)))
        best = max(town.effect[town.places[row.tobytes()]] for row in own)
        lost.append(best - max(town.effect[town.places[row.tobytes()]]
                               for row in town.choice.rows(package.ids for package in less.packages(found))))  # fmt: skip
    assert sorted(lost)[-2] <= DELTA, lost
