"""The scripts of a live page judge as `qsim compare` does, and take outcomes from months as `qsim run` does."""

import math

import numpy as np
import pytest

from qsim.comparison.verdict import OutcomeComparison, judge
from qsim.engine.prepare import prepare
from qsim.explore.scripting import joined_scripts
from qsim.measures.catalogue import OUTCOMES, SERIES, Measure
from qsim.measures.outcomes import run_outcomes
from qsim.runs.intervals import chance_share, paired
from qsim.runs.standards import Standards
from qsim.scenario.labels import Label
from qsim.scenario.loading import load_scenario
from trial_explore import in_node
from trial_rules import node

TOLERANCE = 1e-9
RELEVANT = 0.0125

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

JUDGED = """return given.map((one) => {
  const [first, plan] = [one.first, one.plan].map((table) => table.map((row) => row.map((value) => value ?? NaN)));
  const row = it.compareOutcome(first, plan, { better: one.better, relevant: one.relevant }, one.confidence);
  return [row.difference, row.low, row.high, row.shareWorlds, row.shareSettings, ...it.judge(row, [], one.standards)];
});"""


def tables(number):
    """Yield random tables (settings, worlds) of two plans: alike, apart, without luck, and with missing values."""
    draw = np.random.default_rng(16)
    for i in range(number):
        settings, worlds = int(draw.choice([2, 4, 20, 100])), int(draw.choice([1, 2, 5]))
        first = draw.normal(0.3, 0.1, (settings, 1)) + draw.normal(0, 0.02, (settings, worlds)) * (i % 4 > 0)
        apart = draw.normal(draw.choice([0, 0.01, 0.03, -0.04]), draw.choice([0, 0.005, 0.03]), (settings, 1))
        plan = first + apart + draw.normal(0, draw.choice([0, 0.01, 0.03]), (settings, worlds))
        if i % 5 == 0:
            plan[draw.random(plan.shape) < 0.2] = np.nan
        if i % 7 == 0:
            plan = first.copy()
        yield first, plan


def plain(table):
    return [[None if math.isnan(value) else value for value in row] for row in table.tolist()]


def close(one, other):
    one = math.nan if one is None else one
    return (math.isnan(one) and math.isnan(other)) or abs(one - other) <= TOLERANCE


def test_verdicts_are_those_of_compare(tmp_path):
    standards = Standards()
    given, expected = [], []
    for i, (first, plan) in enumerate(tables(60)):
        better, confidence = i % 3 > 0, 0.95 if i % 2 else 0.9875
        apart = plan - first
        row = paired(np.where(np.abs(apart) < 1e-12, 0.0, apart), confidence)
        measure = Measure("trial", "share", Label(de="x"), better, RELEVANT)
        expected.append((row, judge(OutcomeComparison(measure, (0, 0), *row, RELEVANT), [], standards)))
        asked = {"clearly": standards.clearly, "probably": standards.probably}
        given.append({"first": plain(first), "plan": plain(plan), "better": better, "relevant": RELEVANT,
                      "confidence": confidence, "standards": asked})  # fmt: skip
    verdicts = set()
    for found, (row, verdict) in zip(in_node(tmp_path, "verdict.js", JUDGED, given), expected, strict=True):
        assert all(close(one, other) for one, other in zip(found[:5], row, strict=True)), (found, row)
        assert tuple(found[5:]) == verdict
        verdicts.add(verdict[0])
    assert verdicts == {"clearly", "probably", "equal", "undecided"}


def test_what_is_worse_elsewhere_makes_a_trade_off(tmp_path):
    body = """const shared = { high: 0.03, relevant: 0.01 };
    const row = (low, better) => ({ measure: { better }, low, shareSettings: better ? 1 : 0, ...shared });
    const asked = { clearly: 0.9, probably: 0.75 };
    return [it.judge(row(0.02, true), [row(0.02, false)], asked), it.judge(row(0.02, true), [row(0, false)], asked)];"""
    assert in_node(tmp_path, "verdict.js", body) == [["trade_off", 1], ["clearly", 1]]


def test_luck_is_told_from_unsure_assumptions_as_in_run(tmp_path):
    given = [plain(first) for first, _ in tables(20)]
    found = in_node(tmp_path, "statistics.js", "return given.map((table) => it.chanceShare(table));", given)
    expected = [chance_share(np.array(table)) for table in given]
    assert all(close(one, other) for one, other in zip(found, expected, strict=True))


def test_the_normal_distribution_has_its_tails(tmp_path):
    from scipy.stats import norm

    given = [-9, -3.6, -3.4, -1, 0, 0.3, 2.2, 3.5, 3.6, 8]
    found = in_node(tmp_path, "statistics.js", "return given.map((x) => it.normal(x));", given)
    assert found == pytest.approx(norm.cdf(given), rel=1e-12)


@pytest.mark.parametrize("name", ["shock", "funding_24", "schwerin"])
def test_outcomes_are_those_of_run(name, tmp_path):
    prepared = prepare(load_scenario(name), True)
    output = prepared.run(1, [(0, 0), (9, 1)])
    columns = [measure.name for measure in SERIES]
    given = {"columns": columns, "shock": prepared.first_shock, "series": plain(output.series.reshape(2, -1))}
    body = "return given.series.map((one) => it.runOutcomes(one.map((x) => x ?? NaN), given.columns, given.shock));"
    expected = run_outcomes(output.series, prepared.first_shock)
    for found, row in zip(in_node(tmp_path, "outcomes.js", body, given), expected, strict=True):
        for measure, value in zip(OUTCOMES, row, strict=True):
            assert close(found[measure.name], value), measure.name


def test_scripts_are_joined_in_the_order_of_their_imports():
    text = joined_scripts("begin.js")
    assert text.index("const module_statistics") < text.index("const module_verdict") < text.index("const module_main")
    assert text.count("const module_dom =") == 1
    assert "\nimport " not in text
    assert "\nexport " not in text
    assert "</script" not in text


def test_what_nobody_knows_of_what_is_changed_is_named_once(tmp_path):
    controls = [
        {"key": key, "owner": owner, "value": value, "open": known}
        for key, owner, value, known in (
            ("a.start", "a", None, "not known: 2020 or never"),
            ("a.channels.gate", "a.channels", None, "not known: 0.2 to 0.8"),
            ("b.posts", "b", 2, ""),
            ("c.end", "c", None, ""),  # nothing is said of it, and so it is known that there is none
            ("d.start", "d", None, "not known"),
        )
    ]
    scenario = {"controls": controls, "owners": {name: {"label": name.upper()} for name in "abcd"}}
    changes = dict.fromkeys(("a.start", "a.channels.gate", "b.posts", "c.end"), 1)
    body = "return [it.unknownOwners(given[0], given[1]), it.unknownOwners(given[0], {})];"
    assert in_node(tmp_path, "results.js", body, [scenario, changes]) == [["A"], []]


LEVELS = """const speak = { decimal: (value, digits) => value.toFixed(digits) };
return given.map((levels) => it.levelsOfHundred(levels, speak));"""


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ([0.176], ["18"]),
        ([0.176, 0.174], ["17.6", "17.4"]),
        ([0.175, 0.183], ["17.5", "18.3"]),
        ([0.18, 0.183], ["18.0", "18.3"]),
        ([0.1801, 0.1803], ["18", "18"]),
        ([0.158, 0.139], ["16", "14"]),
        ([0.2, 0.2], ["20", "20"]),
    ],
)
def test_levels_are_rounded_so_that_they_tell_their_difference(levels, told, tmp_path):
    assert in_node(tmp_path, "words.js", LEVELS, [levels]) == [told]
