"""The packages that a page finds affordable are those of Python, in the same order."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.advice.packages import Choice, Option
from trial_explore import in_node, plain_option
from trial_rules import node

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

MOST = 60
FOUND = f"""return given.map(({{ options, budget }}) => {{
  const choice = new it.Choice(options, budget), rows = choice.every({MOST});
  if (!choice.options.length) return choice.cheapest ?? "nothing";
  return [choice.options.map((one) => one.id), rows?.map((row) => [choice.ids(row), choice.maximal(row)]) ?? null];
}});"""


@st.composite
def shelves(draw):
    """Draw options, some of which need or exclude others, with two kinds of costs, and a budget; some are left out."""
    names = [f"m{place}" for place in draw(st.permutations(range(draw(st.integers(1, 9)))))]
    amounts = st.sampled_from([0.0, 0.1, 0.2, 0.5, 2.5, 9.0])
    options = []
    for place, name in enumerate(names):
        earlier, later = st.sampled_from(names[:place] or [name]), st.sampled_from(names[place + 1 :] or [name])
        cost = {limit: (0.0, draw(amounts)) for limit in draw(st.sets(st.sampled_from(["euro", "posts", "days"])))}
        needs, apart = ([draw(some)] if draw(st.integers(0, 3)) == 0 else [] for some in (earlier, later))
        options.append(Option(name, cost, [one for one in needs if one != name], [one for one in apart if one != name]))
    budget = {"euro": draw(st.sampled_from([0.0, 0.3, 3.0, 9.0])), "posts": draw(st.sampled_from([0.0, 2.5, 5.0]))}
    return draw(st.permutations(options)), budget, draw(st.lists(st.sampled_from(names), max_size=2))


def by_python(options, budget, without):
    try:
        choice = Choice(options, budget, without=without)
    except ValueError as error:
        return str(error)
    rows = choice.every(MOST)
    if rows is None:
        return [[one.id for one in choice.options], None]
    packages = choice.packages(rows)
    return [[one.id for one in choice.options], [[list(one.ids), one.maximal] for one in packages]]


@settings(max_examples=4)
@given(cases=st.lists(shelves(), min_size=30, max_size=40))
def test_packages_are_those_of_python(tmp_path_factory, cases):
    asked = [
        {"options": [plain_option(one) for one in options if one.id not in without], "budget": budget}
        for options, budget, without in cases
    ]
    found = in_node(tmp_path_factory.mktemp("packages"), "packages.js", FOUND, asked)
    for case, own in zip(cases, found, strict=True):
        expected = by_python(*case)
        if isinstance(expected, str) and "affords nothing" in expected:
            name, euro, posts = re.search(r"cheapest, (\w+), costs euro (\S+), posts (\S+)", expected).groups()
            assert own["id"] == name
            assert [f"{own['cost'][limit]:.12g}" for limit in ("euro", "posts")] == [euro, posts]
        elif isinstance(expected, str) and "nothing left to choose from" in expected:
            assert own == "nothing"
        elif not isinstance(expected, str):
            assert own == expected
