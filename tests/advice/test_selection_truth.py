"""What selection promises, where the truth is known: how often it is wrong, and what it saves."""

import numpy as np
import pytest
from scipy import stats

from qsim.advice.selection import select

ALPHA, DELTA, COUNT = 0.05, 1.0, 6
REPETITIONS = 1000
TRUTHS = {
    "slippage": [0.0] + [-DELTA] * (COUNT - 1),
    "equal": [0.0] * COUNT,
    "half": [0.0] + [-DELTA / 2] * (COUNT - 1),
    "falling": [-0.7 * DELTA * place for place in range(COUNT)],
}
BRUTE = 20_000
"""Observations of each alternative that leave no doubt."""


def normal(draw, shape):
    return draw.standard_normal(shape)


def lognormal(draw, shape):
    """Mean 0, variance 1, skewness 6."""
    return (np.exp(draw.standard_normal(shape)) - np.exp(0.5)) / np.sqrt((np.e - 1) * np.e)


def skewed_down(draw, shape):
    return -lognormal(draw, shape)


def tried(truth, spread=1.0, common=0.0, luck=normal, repetitions=REPETITIONS, **asked):
    """Return selections: ``spread`` is each one's own, ``common`` what all have, each somewhat more of it than the one before."""
    means, share = np.array(truth)[:, None], common * (1 + 0.05 * np.arange(len(truth))[:, None])
    results = []
    for seed in range(repetitions):
        draw = np.random.default_rng(seed)

        def observe(alive, first, count, draw=draw):
            own = spread * luck(draw, (len(means), count))
            return (means + share * luck(draw, (1, count)) + own)[alive]

        results.append(select(len(truth), observe, DELTA, alpha=ALPHA, **asked))
    return results


def mistakes(results, truth):
    """Return the share of selections that are wrong: whose first is delta below the best, which lacks it, or keeps such a one."""
    truth = np.array(truth)
    bad, best = truth <= truth.max() - DELTA, truth == truth.max()
    chosen = [bad[result.group[0]] for result in results]
    without = [not best[list(result.group)].any() for result in results]
    beside = [bad[list(result.group)].any() for result in results]
    return np.mean(chosen), np.mean(without), np.mean(beside)


def taken(results):
    return np.mean([result.observations.sum() for result in results])


def fixed(count, spread):
    """Observations of a fixed design with the same certainty: every pair is below 0 or above -delta, the variance known."""
    z = stats.norm.ppf(1 - ALPHA / (count - 1))
    return count * np.ceil((2 * z * spread * np.sqrt(2) / DELTA) ** 2)


@pytest.mark.parametrize(
    ("truth", "common"),
    [("slippage", 0.0), ("slippage", 4.0), ("equal", 0.0), ("equal", 4.0), ("half", 4.0), ("falling", 0.0)],
)
def test_a_mistake_is_as_rare_as_promised(truth, common):
    results = tried(TRUTHS[truth], common=common)
    assert max(mistakes(results, TRUTHS[truth])) <= ALPHA
    assert {result.stopped for result in results} <= {"best", "group"}


@pytest.mark.parametrize("luck", [lognormal, skewed_down])
def test_it_holds_for_skewed_differences_too(luck):
    assert max(mistakes(tried(TRUTHS["slippage"], luck=luck, repetitions=400), TRUTHS["slippage"])) <= ALPHA


def test_equals_stay_together_but_for_few():
    sizes = [len(result.group) for result in tried(TRUTHS["equal"], repetitions=300)]
    assert np.mean(sizes) > COUNT - 0.2
    assert len(tried(TRUTHS["equal"], repetitions=1, forgone=DELTA)[0].group) == 1


def test_what_may_be_forgone_is_kim_and_nelsons_promise():
    """One is left; it is the best where that leads by delta, and costs less than half of what tells all apart."""
    cheap, dear = (tried(TRUTHS["slippage"], 1.6, forgone=forgone, repetitions=200) for forgone in (DELTA, 0.0))
    assert max(mistakes(cheap, TRUTHS["slippage"])) <= ALPHA
    assert {result.stopped for result in cheap} == {"best"}
    assert taken(cheap) < taken(dear) / 2


def test_it_saves_most_where_most_are_clearly_worse():
    """Forty alternatives whose means are up to ten smallest relevant differences apart."""
    truth = (-10 * DELTA * (np.arange(40) / 39) ** 0.7).tolist()
    results = tried(truth, 2.0, 1.0, repetitions=40)
    assert max(mistakes(results, truth)) <= ALPHA
    assert taken(results) < 0.5 * fixed(40, 2.0)
    assert taken(results) < 0.01 * 40 * BRUTE


SETTINGS = 433


def populations(repetitions, luck, delta):
    """Return selections among five alternatives in a finite population of settings, each with the truth of its own."""
    for seed in range(repetitions):
        draw = np.random.default_rng([seed, 3])
        means = np.array([0.0, 0.0, -delta, -delta, -2 * delta])
        settings = draw.standard_normal((5, SETTINGS))
        settings += (means - settings.mean(axis=1))[:, None]

        def observe(alive, first, count, draw=draw, settings=settings):
            places = np.arange(first, first + count) % SETTINGS
            return (settings[:, places] + luck * draw.standard_normal((5, count)))[alive]

        yield select(5, observe, delta, alpha=ALPHA, settings=SETTINGS), means


@pytest.mark.parametrize(("luck", "delta"), [(0.5, 0.5), (0.5, 0.2), (2.0, 0.4)])
def test_in_a_finite_population_of_settings_it_is_more_careful_still(luck, delta):
    rounds, wrong = [], []
    for result, means in populations(100, luck, delta):
        rounds.append(result.observations.max() / SETTINGS)
        in_group = means[list(result.group)]
        wrong.append(in_group.max() < 0 or in_group.min() <= -delta)
    assert np.mean(wrong) <= ALPHA
    assert (np.mean(rounds) > 1) == (delta < 0.5)
