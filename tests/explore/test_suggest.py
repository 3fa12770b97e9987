"""What a page suggests is what advice is in Python, from the same runs."""

from contextlib import nullcontext
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qsim.advice.choosing import Chooser, Effort
from qsim.advice.costing import Euros
from qsim.advice.packages import Choice, Option
from qsim.advice.table import Table
from qsim.comparison.ranking import regrets, shares_of_best
from qsim.engine.rows import TWINS
from trial_explore import in_node, plain_option
from trial_rules import node

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

RELEVANT, SETTINGS, TOLERANCE = 0.2, 100, 1e-9
MONEY = {"--euro": "a_year", "--once": "once"}
FOUND = """return Promise.all(given.map(async ({ options, budget, single, together, luck, effort, world }) => {
  const places = new Map(options.map((one, i) => [one.id, i])), asked = [], told = [];
  const observe = async (packages, runs) => {
    asked.push([packages, runs]);
    return packages.map((ids) => {
      const inside = ids.map((id) => places.get(id));
      const height = inside.reduce((sum, i) => inside.reduce((own, l) => own + together[i][l], sum + single[i]), 0);
      return runs.map((run) => height + inside.reduce((sum, i) => sum + luck[run][i], 0));
    });
  };
  const how = { ...world, effort, tell: (one) => told.push(one) };
  return { ...await it.suggest({ options, budget, observe, ...how }), asked, told };
}));"""


@st.composite
def towns(draw):
    """Draw measures with their costs, a budget, a seed for effects and luck, how much luck, and how much is run."""
    count = draw(st.integers(1, 9))
    euros = st.sampled_from([0.0, 1.0, 2.0, 4.0])
    options = [
        Option(f"m{place}", {name: (0.0, draw(euros)) for name in MONEY},
               needs=["m0"] if place and draw(st.integers(0, 6)) == 0 else [],
               not_beside=[f"m{place - 1}"] if place > 1 and draw(st.integers(0, 4)) == 0 else [])
        for place in range(count)
    ]  # fmt: skip
    effort = {"few": draw(st.sampled_from([5, 40])), "looks": 30, "look_settings": draw(st.sampled_from([3, 105])),
              "proposals": 12, "most": draw(st.sampled_from([200, 990])), "shown": 4}  # fmt: skip
    budget = {"--euro": draw(st.sampled_from([4.0, 12.0])), "--once": draw(st.sampled_from([4.0, 12.0]))}
    return options, budget, (draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from([0.02, 1.0]))), effort


def world(count, seed, spread):
    """Return effects of measures of their own and in pairs, and luck of each in each run (runs, measures)."""
    draw = np.random.default_rng(seed)
    together = np.triu(draw.normal(0, 0.3, (count, count)), 1)
    return draw.normal(0.1, 0.3, count), together, draw.normal(0, spread, (SETTINGS * TWINS, count))


class Runs(Table):
    """A table whose runs are made up."""

    settings = SETTINGS

    def __init__(self, offer, places, single, together, luck):
        self.offer = offer
        self.places, self.single, self.together, self.luck = places, single, together, luck
        self.asked = []

    def outcome(self, name, packages, rows, progress=None):
        assert all(setting == run // TWINS for run, setting in rows)
        runs = [run for run, _ in rows]
        self.asked.append([[list(ids) for ids in packages], runs])
        whole = np.array([[name in ids for name in self.places] for ids in packages])
        height = whole @ self.single + ((whole @ self.together) * whole).sum(axis=1)
        return height[:, None] + whole @ self.luck[runs].T


def by_python(options, budget, world, effort):
    """Return what is chosen of made up runs, and which were asked for."""
    costs = {one.id: one.cost for one in options}

    def costs_of(ids):
        return *(Euros(0.0, sum(costs[name][limit][1] for name in ids)) for limit in MONEY), Euros(0.0, 0.0)

    offer = SimpleNamespace(choice=Choice(options, budget), costs_of=costs_of)
    table = Runs(offer, [one.id for one in options], *world)
    measure = SimpleNamespace(name="goal", higher_is_better=True)
    chooser = Chooser(table, measure, RELEVANT, Effort(**effort), lambda runs, name: nullcontext(lambda done: None))
    return chooser.chosen(), table.asked


def test_as_much_is_run_as_in_python(tmp_path):
    usual = Effort()
    found = in_node(tmp_path, "suggest.js", "return it.EFFORT;")
    assert found == {name: getattr(usual, "look_settings" if name == "lookSettings" else name) for name in found}


def test_who_is_best_in_a_setting_is_told_without_luck(tmp_path):
    draw = np.random.default_rng(4)
    levels = [draw.normal(0, 1, (4, 30, 1)) + draw.normal(0, luck, (4, 30, worlds))
              for luck in (0.0, 0.5, 3.0) for worlds in (1, 5)]  # fmt: skip
    levels.append(np.repeat(levels[3][:2], 2, axis=0))
    body = "return given.map((one) => { const lost = it.regrets(one); return [lost, it.sharesOfBest(lost)]; });"
    found = in_node(tmp_path, "ranking.js", body, [one.tolist() for one in levels])
    for (lost, best), own in zip(found, levels, strict=True):
        expected = regrets(own)
        np.testing.assert_allclose(np.array(lost).T, expected, rtol=TOLERANCE, atol=TOLERANCE)
        np.testing.assert_allclose(best, shares_of_best(expected), rtol=TOLERANCE)


@settings(max_examples=3, phases=[Phase.generate])
@given(cases=st.lists(towns(), min_size=10, max_size=15))
def test_suggestions_are_advice(tmp_path_factory, cases):
    asked = []
    for options, budget, luck, effort in cases:
        single, together, runs = (part.tolist() for part in world(len(options), *luck))
        plain = [
            {**plain_option(one), "cost": {MONEY[name]: cost for name, cost in one.cost.items()}} for one in options
        ]
        asked.append({
            "options": plain, "budget": {MONEY[name]: limit for name, limit in budget.items()},
            "world": {"relevant": RELEVANT, "settings": SETTINGS, "twins": TWINS},
            "single": single, "together": together, "luck": runs,
            "effort": {"lookSettings" if name == "look_settings" else name: number for name, number in effort.items()},
        })  # fmt: skip
    found = in_node(tmp_path_factory.mktemp("suggest"), "suggest.js", FOUND, asked)
    for (options, budget, luck, effort), own in zip(cases, found, strict=True):
        chosen, runs = by_python(options, budget, world(len(options), *luck), effort)
        assert own["asked"] == runs
        assert own["packages"] == [list(ids) for ids in chosen.packages]
        assert own["group"] == list(chosen.found.group)
        assert own["stopped"] == chosen.found.stopped
        assert own["affordable"] == chosen.affordable
        assert [own["packages"][place] for place in own["shown"]] == [list(ids) for ids in chosen.shown]
        assert own["differences"] == pytest.approx(chosen.found.differences, abs=TOLERANCE)
        last = {"stage": "comparing", "packages": len(own["group"]), "worlds": max(own["observations"])}
        assert own["told"][-1] == last
