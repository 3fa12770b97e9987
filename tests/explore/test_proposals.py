"""The packages that a page proposes are those of Python, looked at in the same order."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qsim.advice.packages import Choice, Option
from qsim.advice.proposals import proposed
from trial_explore import in_node, plain_option
from trial_rules import node

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

FOUND = """return Promise.all(given.map(async ({ options, budget, single, together, luck, effort }) => {
  const choice = new module_packages.Choice(options, budget), looked = [];
  const look = async (rows) => {
    looked.push(rows.map(module_packages.keyOf));
    return rows.map((row) => {
      const inside = row.flatMap((there, place) => (there ? [place] : []));
      const height = inside.reduce((sum, i) => inside.reduce((own, l) => own + together[i][l], sum + single[i]), 0);
      return luck.map((own) => height + inside.reduce((sum, i) => sum + own[i], 0));
    });
  };
  return { proposed: (await it.proposed(choice, look, effort)).map(module_packages.keyOf), looked };
}));"""


@st.composite
def towns(draw):
    """Draw measures with their costs, a budget, a seed for effects and luck, how much luck, and how much is looked at."""
    count = draw(st.integers(2, 12))
    options = [
        Option(f"m{place}", {"euro": (0.0, float(draw(st.sampled_from([0, 1, 2, 4, 7]))))},
               needs=["m0"] if place and draw(st.integers(0, 6)) == 0 else [],
               not_beside=[f"m{place - 1}"] if place > 1 and draw(st.integers(0, 4)) == 0 else [])
        for place in range(count)
    ]  # fmt: skip
    effort = {
        "looks": draw(st.integers(2, 60)),
        "atOnce": draw(st.sampled_from([1, 5, 20])),
        "most": draw(st.integers(1, 30)),
    }
    luck = draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from([1, 4, 12])), draw(st.sampled_from([0.01, 1.0]))
    return options, {"euro": float(draw(st.integers(7, 20)))}, luck, effort


def world(count, seed, worlds, spread):
    """Return effects of measures of their own and in pairs, and luck of each in some worlds (worlds, measures)."""
    draw = np.random.default_rng(seed)
    return (
        draw.normal(0.5, 1, count),
        np.triu(draw.normal(0, 0.5, (count, count)), 1),
        draw.normal(0, spread, (worlds, count)),
    )


def bits(rows):
    return ["".join(str(int(one)) for one in row) for row in rows]


@settings(max_examples=3, phases=[Phase.generate])
@given(cases=st.lists(towns(), min_size=10, max_size=15))
def test_proposals_are_those_of_python(tmp_path_factory, cases):
    asked, expected = [], []
    for options, budget, luck, effort in cases:
        choice, looked = Choice(options, budget), []
        single, together, luck = world(len(choice.options), *luck)

        def look(rows, single=single, together=together, luck=luck, looked=looked):
            looked.append(bits(rows))
            return (rows @ single + ((rows @ together) * rows).sum(axis=1))[:, None] + rows @ luck.T

        rows = proposed(choice, look, looks=effort["looks"], at_once=effort["atOnce"], most=effort["most"])
        expected.append({"proposed": bits(rows), "looked": looked})
        plain = {"single": single.tolist(), "together": together.tolist(), "luck": luck.tolist()}
        asked.append({"options": [plain_option(one) for one in options], "budget": budget, "effort": effort, **plain})
    folder = tmp_path_factory.mktemp("proposals")
    found = in_node(folder, "proposals.js", FOUND, asked)
    assert found == expected
