"""Which sets of measures a budget affords, and what is told where something cannot be meant."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.advice.packages import Choice, Option

POST = Option("post", {"euro": (70_000.0, 78_000.0), "posts": (1.0, 1.0)})
HEAD = Option("head", {"euro": (9_000.0, 10_000.0)}, needs=["post"])
CIRCLE = Option("circle", {"euro": (2_000.0, 2_000.0)}, not_beside=["council"])
COUNCIL = Option("council", {"euro": (5_000.0, 8_000.0), "once": (100.0, 200.0)})
PAPER = Option("paper")
ALL = (HEAD, POST, CIRCLE, COUNCIL, PAPER)


def ids(choice, most=2000):
    return [package.ids for package in choice.packages(choice.every(most))]


def test_all_that_fits_is_listed_small_ones_first():
    choice = Choice(ALL, {"euro": 10_000.0})
    packages = choice.packages(choice.every())
    assert [package.ids for package in packages] == [
        (), ("circle",), ("council",), ("paper",), ("circle", "paper"), ("council", "paper"),
    ]  # fmt: skip
    assert [package.ids for package in packages if package.maximal] == [("circle", "paper"), ("council", "paper")]
    assert packages[5].cost == {"euro": (5_000.0, 8_000.0), "once": (100.0, 200.0)}
    assert packages[0].cost == {"euro": (0, 0), "once": (0, 0)}


def test_what_is_needed_comes_along_and_costs():
    assert ("head", "post") in ids(Choice(ALL, {"euro": 88_000.0}))
    assert not any("head" in one for one in ids(Choice(ALL, {"euro": 87_999.0})))
    assert not any("post" in one for one in ids(Choice(ALL, {"euro": 500_000.0, "posts": 0.5})))


def test_the_post_alone_is_not_maximal_where_its_head_can_be_paid():
    choice = Choice([POST, HEAD], {"euro": 90_000.0})
    assert [one.maximal for one in choice.packages(choice.every())] == [False, False, True]


def test_costs_are_those_at_most_and_sums_that_are_exact_fit():
    cheap = [Option(f"one{number}", {"euro": (0.0, 0.1)}) for number in range(3)]
    assert ("one0", "one1", "one2") in ids(Choice(cheap, {"euro": 0.3}))
    assert Choice([COUNCIL, PAPER], {"euro": 7_999.0}).options == (PAPER,)


def test_only_and_without():
    assert ids(Choice(ALL, {"euro": 10_000.0}, only=["paper", "council"])) == [
        (), ("council",), ("paper",), ("council", "paper"),
    ]  # fmt: skip
    assert ids(Choice(ALL, {"euro": 1e6}, without=["post", "circle"])) == ids(Choice([COUNCIL, PAPER], {"euro": 1e6}))


def test_too_many_are_not_listed():
    many = [Option(f"m{number}") for number in range(12)]
    assert Choice(many, {"euro": 0.0}).every(4095) is None
    assert len(Choice(many, {"euro": 0.0}).every(4096)) == 4096


@st.composite
def shelves(draw):
    count = draw(st.integers(1, 6))
    names = [f"m{place}" for place in range(count)]
    return [
        Option(
            name,
            {"euro": (0.0, float(draw(st.integers(0, 6))))},
            needs=draw(st.lists(st.sampled_from(names[:place]), max_size=1)) if place else [],
            not_beside=draw(st.lists(st.sampled_from(names[place + 1 :]), max_size=1)) if place + 1 < count else [],
        )
        for place, name in enumerate(names)
    ]


@given(shelves(), st.integers(0, 15))
def test_it_lists_what_trying_all_sets_finds(options, budget):
    def fits(some):
        names = {one.id for one in some}
        return (
            sum(one.cost["euro"][1] for one in some) <= budget
            and all(set(one.needs) <= names and not names & set(one.not_beside) for one in some)
        )  # fmt: skip

    by_hand = [
        tuple(one.id for one in some)
        for size in range(len(options) + 1)
        for some in combinations(options, size)
        if fits(some)
    ]
    try:
        choice = Choice(options, {"euro": float(budget)})
    except ValueError:
        return
    packages = choice.packages(choice.every())
    assert [one.ids for one in packages] == by_hand
    for one in packages:
        assert one.maximal == (not any(set(one.ids) < set(other) for other in by_hand)), one


@pytest.mark.parametrize(
    ("options", "budget", "asked", "message"),
    [
        (ALL, {"euro": -5.0}, {}, "^euro is -5; expected a number from 0 on$"),
        (ALL, {"euro": float("nan")}, {}, "euro is nan"),
        ([Option("a", {"euro": (-1.0, 2.0)})], {}, {}, "a costs -1 to 2 euro; expected numbers from 0 on, low first"),
        ([Option("a", {"euro": (3.0, 2.0)})], {}, {}, "low first"),
        (
            [POST, CIRCLE, COUNCIL],
            {"euro": 500.0},
            {},
            "^euro 500 affords nothing; the cheapest, circle, costs euro 2000$",
        ),
        ([HEAD, POST], {"euro": 500.0, "posts": 0.5}, {}, "the cheapest, post, costs euro 78000, posts 1"),
        (ALL, {}, {"only": ["counsil"]}, 'there is no measure "counsil"; did you mean "council"?'),
        (ALL, {}, {"without": ["x"]}, 'there is no measure "x"; expected one of head, post'),
        (ALL, {}, {"only": ["post"], "without": ["post"]}, "post is asked for and left out"),
        (ALL, {}, {"only": ["head"]}, "head needs post, which is not among those asked for"),
        (ALL, {}, {"without": [one.id for one in ALL]}, "there is nothing left to choose from"),
        ([Option("a", needs=["b"]), Option("b", needs=["a"])], {}, {}, "a and b need each other"),
        (
            [Option("a", needs=["b"]), Option("b", not_beside=["a"])],
            {},
            {},
            "a is in no package; it takes b and a, which exclude each other",
        ),
    ],
)
def test_what_cannot_be_meant_is_told(options, budget, asked, message):
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        Choice(options, budget, **asked)


def test_sets_are_judged_at_once():
    choice = Choice(ALL, {"euro": 10_000.0})
    rows = np.array([[True, False, False], [True, True, False], [False, True, True]])
    assert [one.id for one in choice.options] == ["circle", "council", "paper"]
    assert choice.allowed(rows).tolist() == [True, False, True]
    assert choice.maximal(rows[[0, 2]]).tolist() == [False, True]
