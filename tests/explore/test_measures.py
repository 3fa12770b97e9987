"""Measures of a live page: what is ticked is what `qsim run --with` runs, and what keeps one out is what `qsim levers` tells."""

import json
import random

import pytest

from qsim.advice.applying import with_levers
from qsim.browser.bundle import bundle
from qsim.engine.prepare import Prepared
from qsim.explore.catalogue import entry_of
from qsim.explore.measures import measures_in
from qsim.explore.offer import Offer
from qsim.explore.page import speaker
from qsim.explore.worlds import Changeable
from qsim.scenario.loading import load_scenario
from trial_explore import in_node, with_groups
from trial_rules import RELATIVE, farthest, native, node, run_in_node

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

TICKED = """let changes = {};
for (const id of given.ids) changes = it.withMeasure(given.scenario.measures.find((one) => one.id === id), changes);
const had = [...it.measuresIn(given.scenario, changes)];
let left = changes;
const ticked = given.scenario.measures.filter(({ id }) => given.ids.includes(id));
for (const one of ticked) left = it.withoutMeasure(given.scenario, one, left);
return { changes, had, left, cost: it.costOf(given.scenario, new Set(given.ids)) };"""
SENT = "return { ...given.changes, ...it.placesOfPhases(given.scenario, given.changes) };"
WRITE = "return it.yamlOf(it.contentOf(given.scenario, given.changes), []);"


def shown(offer, language="de"):
    """Return what a page says of a scenario, with its measures."""
    speak = speaker(language)
    return json.loads(json.dumps(entry_of(offer, speak) | {"measures": measures_in(offer, speak)}))


def package(ids, measures):
    """Return measures of these that may stand together, with what they need, in the order of the library."""
    known = {one["id"]: one for one in measures}
    found = []
    for name in ids:
        new = [*(need for need in known[name]["needs"] if need not in found), name]
        if all(known[one]["problem"] is None and not set(known[one]["not_beside"]) & {*found, *new} for one in new):
            found += new
    return [one for one in known if one in found]


@pytest.mark.parametrize("name", ["medium", "no_unit", "halle", "remscheid"])
def test_what_is_ticked_is_what_run_computes_with_these_measures(name, tmp_path):
    offer = Offer(load_scenario(name))
    entry, draw = shown(offer), random.Random(name)
    able = [one["id"] for one in entry["measures"] if one["problem"] is None]
    assert len(able) > 15
    first = [] if offer.founder is None else [offer.founder.id]
    drawn = [draw.sample(able, count) for count in (3, 6, len(able))]
    packages = [package([*first, *ids], entry["measures"]) for ids in (*([one] for one in able[::4]), *drawn)]
    jobs, expected = [], []
    for ids in packages:
        ticked = in_node(tmp_path, "measures.js", TICKED, {"scenario": entry, "ids": ids})
        assert sorted(ticked["had"]) == sorted(ids)
        assert ticked["left"] == {}
        sent = in_node(tmp_path, "changes.js", SENT, {"scenario": entry, "changes": ticked["changes"]})
        jobs.append([name, 6, 7, sent])
        scenario = with_levers(offer.scenario, ids)
        text = in_node(tmp_path, "scenario_file.js", WRITE, {"scenario": entry, "changes": ticked["changes"]})
        (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
        saved = native(Prepared(with_groups(load_scenario(tmp_path / "plan.yaml"), offer), True), [(6, 1)])
        expected.append(native(Prepared(with_groups(scenario, offer), True), [(6, 1)]))
        assert farthest(saved, expected[-1]) < RELATIVE, ids
    for ids, here, there in zip(
        packages, run_in_node(tmp_path, bundle([Changeable(offer, 3)]), jobs), expected, strict=True
    ):
        assert not isinstance(here, str), (ids, here)
        assert farthest(here, there) < RELATIVE, ids
