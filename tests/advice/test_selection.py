"""Who is out and who is left, by observations that are known beforehand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.advice.selection import Exit, select

LUCK = np.random.default_rng(5).standard_normal(4096)


def source(means, spread=1.0, common=1.0, seed=0, settings=None):
    """Observations with these means: ``common`` luck of all, and as much as ``spread`` of each one's own."""
    own = np.random.default_rng([seed, 1]).standard_normal((len(means), 4096))

    def observe(alive, first, count):
        places = np.arange(first, first + count) % (settings or 4096)
        return np.asarray(means)[alive, None] + common * LUCK[places] + spread * own[np.ix_(alive, places)]

    return observe


def test_the_best_is_left_and_each_other_knows_by_whom_and_when():
    result = select(3, source([0.0, 3.0, 1.5], 0.5), 0.5)
    assert result.stopped == "best"
    assert result.group == (1,)
    assert result.order == (1, 2, 0)
    assert result.out == (Exit(0, 1, 24), Exit(2, 1, 24))
    assert result.observations.tolist() == [24, 24, 24]
    assert result.differences == pytest.approx([-3.0, 0.0, -1.5], abs=0.3)
    assert (result.low <= result.differences).all()
    assert (result.differences <= result.high).all()
    assert result.low[1] == result.high[1] == 0.0
    seen = source([0.0, 3.0, 1.5], 0.5)([0, 1, 2], 0, 24)
    assert result.best_share == pytest.approx(np.bincount(seen.argmax(axis=0), minlength=3) / 24)
    lacks = seen.max(axis=0) - seen
    assert result.regret_largest == pytest.approx(lacks.max(axis=1))
    assert result.regret_90 == pytest.approx(np.quantile(lacks, 0.9, axis=1))


def test_equals_stay_together_and_nobody_wins_by_chance():
    result = select(3, source([1.0, 1.0, 1.0], 0.5), 0.5)
    assert result.stopped == "group"
    assert sorted(result.group) == [0, 1, 2]
    assert result.out == ()
    assert result.best_share.sum() == pytest.approx(1.0)


def test_what_never_differs_shares_the_first_place_at_once():
    result = select(2, lambda alive, first, count: np.tile(LUCK[first : first + count], (len(alive), 1)), 0.1)
    assert (result.stopped, result.group) == ("group", (0, 1))
    assert result.observations.tolist() == [24, 24]
    assert result.best_share.tolist() == [0.5, 0.5]
    assert not result.regret_largest.any()


@pytest.mark.parametrize(("delta", "stopped"), [(0.4, "best"), (4.0, "group"), (0.1, "budget")])
def test_the_first_look_is_that_of_the_formula(delta, stopped):
    """Two alternatives of which one is better by 1 in each second setting, judged once: all by hand."""
    lead = 1.0 + np.arange(8) % 2.0
    eta = ((2 * 0.05) ** (-2 / 7) - 1) / 2
    bound = max(0.0, 2 * eta * 7 * lead.var(ddof=1) / (2 * (delta / 2)) - delta / 2 * 8 / 2)
    worse, better = -lead.sum() + 8 * delta / 2, lead.sum() + 8 * delta / 2
    by_hand = "best" if worse < -bound else "group" if min(worse, better) >= bound else "budget"
    result = select(2, lambda alive, first, count: np.stack([lead, np.zeros(8)])[alive], delta, first=8, most=16)
    assert result.stopped == by_hand == stopped


def test_it_stops_at_the_budget_with_whoever_is_left():
    calls = []
    watched = []
    looked = source([0.0, 0.1, -9.0])

    def observe(alive, first, count):
        calls.append((list(alive), first, count))
        return looked(alive, first, count)

    result = select(3, observe, 0.2, most=100, watch=lambda alive, taken: watched.append((list(alive), taken)))
    assert calls == [([0, 1, 2], 0, 24), ([0, 1], 24, 8), ([0, 1], 32, 6)]
    assert watched == [([0, 1], 24), ([0, 1], 32), ([0, 1], 38)]
    assert result.stopped == "budget"
    assert result.observations.sum() == 100
    assert sorted(result.group) == [0, 1]
    assert result.means[2] == pytest.approx(source([0.0, 0.1, -9.0])([2], 0, 24).mean())


def test_one_alternative_is_the_best_there_is():
    result = select(1, source([2.0]), 0.1)
    assert (result.stopped, result.group, result.order) == ("best", (0,), (0,))
    with pytest.raises(ValueError, match="nothing to choose from"):
        select(0, source([]), 0.1)


def test_settings_that_run_out_start_again_and_count_once():
    """Ten settings without luck: after a whole pass, intervals are those of ten means, and no more is known after the second."""
    result = select(2, source([0.0, 0.3], settings=10), 0.2, first=20, settings=10, most=40)
    once = source([0.0, 0.3], settings=10)([0, 1], 0, 10)
    assert result.means == pytest.approx(once.mean(axis=1))
    apart = once[result.order[1]] - once[result.order[0]]
    half = 2.262157 * apart.std(ddof=1) / np.sqrt(10)
    other = result.order[1]
    assert result.low[other] == pytest.approx(apart.mean() - half)
    assert result.high[other] == pytest.approx(apart.mean() + half)
    assert result.regret_largest[0] == pytest.approx(max(0.0, (once[1] - once[0]).max()))


def test_luck_of_a_second_pass_is_averaged_within_settings():
    values = np.array([[0.0, 4.0, 0.0, 2.0], [1.0, 1.0, 1.0, 1.0]])
    result = select(
        2, lambda alive, first, count: values[alive, first : first + count], 9.0, first=4, settings=2, most=8
    )
    assert result.best_share.tolist() == [0.5, 0.5]
    assert result.regret_largest.tolist() == [1.0, 2.0]


@given(st.integers(0, 10_000), st.sampled_from([1, 3, 8, 20]))
def test_who_is_out_is_worse_by_what_was_seen_and_the_rest_is_as_good(seed, batch):
    means = np.random.default_rng(seed).normal(size=6)
    result = select(6, source(means, 0.7, seed=seed), 0.4, batch=batch)
    assert sorted(result.order) == list(range(6))
    assert sorted([*result.group, *(one.place for one in result.out)]) == list(range(6))
    assert result.group[0] == result.order[0]
    assert (np.diff(result.means[list(result.group)]) <= 0).all()
    for one in result.out:
        assert result.observations[one.place] == one.after
        assert result.observations[one.by] >= one.after
        seen = source(means, 0.7, seed=seed)([one.place, one.by], 0, one.after).mean(axis=1)
        assert seen[0] < seen[1]
    assert (result.differences[list(result.group)] > -0.4).all()


def test_the_answer_depends_on_nothing_but_observations():
    """Luck of all in common, and the order in which alternatives stand, change nothing but rounding."""
    means = [0.0, 0.2, 0.5, 0.45, -1.0]
    plain = select(5, source(means, common=0.0), 0.3)
    common = select(5, source(means, common=50.0), 0.3)
    assert plain.out == common.out
    assert plain.observations.tolist() == common.observations.tolist()
    turned = select(5, lambda alive, first, count: source(means)([4 - one for one in alive], first, count), 0.3)
    assert {4 - one for one in turned.group} == set(plain.group)
    assert turned.observations.tolist() == plain.observations.tolist()[::-1]


def test_whoever_is_still_in_does_not_change_what_others_show():
    """Alone, a pair needs no more than beside others, whose number only widens its triangle."""
    pair = select(2, source([0.0, 0.5]), 0.3)
    more = select(4, source([0.0, 0.5, -9.0, -9.0]), 0.3)
    assert pair.group == more.group == (1,)
    assert pair.observations[0] <= more.observations[0]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"delta": 0.0}, "smallest relevant difference is 0.0"),
        ({"delta": float("nan")}, "smallest relevant difference is nan"),
        ({"alpha": 0.5}, "probability of a mistake is 0.5"),
        ({"forgone": 2.0}, "may be forgone is 2.0; expected a number from 0 to 1.0"),
        ({"first": 1}, "at least two observations"),
        ({"settings": 1}, "two settings"),
        ({"batch": 0}, "one in a batch"),
        ({"most": 47}, "47 observations are too few; 2 alternatives need 48"),
    ],
)
def test_what_cannot_be_meant_is_told(wrong, message):
    with pytest.raises(ValueError, match=message):
        select(2, source([0.0, 1.0]), **{"delta": 1.0, **wrong})


def test_observations_that_are_missing_are_told():
    with pytest.raises(ValueError, match="2 alternatives by 24"):
        select(2, lambda alive, first, count: np.full((2, count), np.nan), 1.0)
    with pytest.raises(ValueError, match="2 alternatives by 24"):
        select(2, lambda alive, first, count: np.zeros((1, count)), 1.0)
