"""Who is the best of some alternatives is told on a page as in Python, from the same observations."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from qsim.advice.selection import select
from trial_explore import in_node
from trial_rules import node

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

TOLERANCE = 1e-9
NUMBERS = ("means", "differences", "low", "high", "best_share", "regret_90", "regret_largest")
FOUND = """return Promise.all(given.map(async ({ seen, delta, options }) => {
  const asked = [], watched = [];
  const observe = async (alive, first, count) => {
    asked.push([alive, first, count]);
    return alive.map((place) => seen[place].slice(first, first + count));
  };
  const all = { ...options, watch: (alive, taken) => watched.push([alive, taken]) };
  return { ...await it.select(seen.length, observe, delta, all), asked, watched };
}));"""


@st.composite
def contests(draw):
    """Draw observations of alternatives, some of them equal, the smallest relevant difference, and how much is looked at."""
    luck = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(1, 7))
    means = np.array(draw(st.lists(st.sampled_from([0.0, 0.2, 0.5, 1.5]), min_size=count, max_size=count)))
    seen = (
        means[:, None] + luck.normal(size=400) + draw(st.sampled_from([0.0, 0.3, 2.0])) * luck.normal(size=(count, 400))
    )
    if draw(st.booleans()):
        seen[-1] = seen[0]
    first = draw(st.sampled_from([2, 8, 24]))
    options = {"first": first, "batch": draw(st.sampled_from([1, 8, 20]))}
    options |= {"most": count * first + draw(st.integers(0, 300)), "settings": draw(st.sampled_from([2, 10, 100]))}
    return seen, draw(st.sampled_from([0.1, 0.4, 2.0])), options


@settings(max_examples=4)
@given(cases=st.lists(contests(), min_size=15, max_size=20))
def test_who_is_best_is_told_as_in_python(tmp_path_factory, cases):
    asked = [{"seen": seen.tolist(), "delta": delta, "options": options} for seen, delta, options in cases]
    found = in_node(tmp_path_factory.mktemp("selection"), "selection.js", FOUND, asked)
    for (seen, delta, options), own in zip(cases, found, strict=True):
        looks, watched = [], []

        def observe(alive, first, count, seen=seen, looks=looks):
            looks.append([list(alive), first, count])
            return seen[alive, first : first + count]

        def watch(alive, taken, watched=watched):
            watched.append([alive, taken])

        expected = select(len(seen), observe, delta, **options, watch=watch)
        assert own["asked"] == looks
        assert own["watched"] == watched
        assert own["stopped"] == expected.stopped
        assert own["group"] == list(expected.group)
        assert own["order"] == list(expected.order)
        assert [(one["place"], one["by"], one["after"]) for one in own["out"]] == [tuple(one) for one in expected.out]
        assert own["observations"] == expected.observations.tolist()
        for name in NUMBERS:
            here = own[name.replace("_s", "S").replace("_9", "9").replace("_l", "L")]
            np.testing.assert_allclose(here, getattr(expected, name), rtol=TOLERANCE, atol=TOLERANCE, err_msg=name)


def test_quantiles_of_student_are_those_of_a_library(tmp_path):
    asked = [[freedom, share] for freedom in (1, 2, 3, 4, 23, 24, 99, 432, 5000) for share in (0.975, 0.6, 0.5, 0.01)]
    found = in_node(tmp_path, "statistics.js", "return given.map((one) => it.studentQuantile(...one));", asked)
    assert found == pytest.approx([t.ppf(share, freedom) for freedom, share in asked], rel=1e-11, abs=1e-11)
