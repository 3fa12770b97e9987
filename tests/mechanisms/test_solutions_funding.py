"""Known solution of funding: the posts are a step function of the months, whatever share of them the city pays.

Posts here are quarters, which binary numbers hold exactly: so all is compared to the last bit.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.scenario.values import month_text
from worlds import START, city, off, run_month, unit, world_of

MONTHS = 36
SHARES = st.integers(0, 4).map(lambda quarters: quarters / 4)


@st.composite
def phases(draw):
    """Phases of one unit in order, some of them over before the run, with gaps or none, and own parts."""
    found, start = [], draw(st.integers(-12, 12))
    for _ in range(draw(st.integers(1, 4))):
        posts, share = draw(st.integers(0, 12)) / 4, draw(SHARES)
        phase = {"posts": posts, "start": month_text(START + start), "own_share": share}
        if draw(st.integers(0, 4)) == 0:
            return [*found, phase | {"kind": "permanent"}]
        length, after = draw(st.integers(1, 12)), draw(st.sampled_from(("end", "continue")))
        found.append(phase | {"kind": "fixed", "duration_months": length, "after": after})
        start += length + draw(st.integers(0, 4))
    return found


def step(entries):
    """The posts and the posts that the city pays for, by month: (months,) each."""
    posts, own = np.zeros(MONTHS), np.zeros(MONTHS)
    months = np.arange(START, START + MONTHS)
    for entry in entries:
        year, month = entry["start"].split("-")
        first = 12 * int(year) + int(month) - 1
        begun, over = months >= first, months >= first + entry.get("duration_months", np.inf)
        continued = entry.get("after") == "continue" and first + entry["duration_months"] >= START
        kept = begun & ~over | over & continued
        posts += entry["posts"] * kept
        own += entry["posts"] * np.where(over, 1.0, entry["own_share"]) * kept
    return posts, own


def posts_by_month(world):
    """Run funding; return the posts (months, units) and those the city pays for."""
    posts, own = [], []
    for month in range(START, START + MONTHS):
        run_month(world, month)
        posts.append(world.units["posts"].copy())
        paid = np.zeros(world.units.size)
        np.add.at(
            paid, world.phases["unit"], world.phases["active"] * world.phases["posts"] * world.phases["own_share"]
        )
        own.append(paid)
    return np.array(posts), np.array(own)


def test_a_step_by_hand():
    """The step function of this test itself: a gap, a phase that ends, one that the city takes over in full."""
    entries = [
        {"posts": 1.5, "start": "2015-03", "duration_months": 6, "own_share": 0.5, "after": "end"},
        {"posts": 2, "start": "2015-11", "duration_months": 4, "own_share": 0.25, "after": "continue"},
    ]
    posts, own = step(entries)
    assert list(posts) == [0.0] * 2 + [1.5] * 6 + [0.0] * 2 + [2.0] * 26
    assert list(own) == [0.0] * 2 + [0.75] * 6 + [0.0] * 2 + [0.5] * 4 + [2.0] * 22


@settings(max_examples=60)
@given(st.lists(phases(), min_size=1, max_size=3))
def test_funding_is_the_step_of_posts(units):
    entries = [unit(f"unit_{u}", funding=funding) for u, funding in enumerate(units)]
    world = world_of(city(commissioners=entries, months=MONTHS, rules=off("funding")))
    posts, own = posts_by_month(world)
    for u, funding in enumerate(units):
        expected_posts, expected_own = step(funding)
        assert (posts[:, u] == expected_posts).all()
        assert (own[:, u] == expected_own).all()


@pytest.mark.parametrize(("base", "kept"), [(-15.0, False), (15.0, True)])
def test_where_the_city_decides_the_step_follows_the_decision(base, kept):
    """A base of a thousand logits leaves nothing to luck: with it the posts stay, against it they end."""
    funding = [{"posts": 1.5, "start": "2015-03", "kind": "fixed", "duration_months": 6, "own_share": 0.25}]
    parameters = {"funding": {"base": base}}
    world = world_of(
        city(commissioners=[unit(funding=funding)], months=MONTHS, rules=off("funding"), parameters=parameters)
    )
    posts, own = posts_by_month(world)
    expected = step([funding[0] | {"after": "continue" if kept else "end"}])
    assert (posts[:, 0] == expected[0]).all()
    assert (own[:, 0] == expected[1]).all()
