"""Measures of a live page: what is ticked is what `qsim run --with` runs, and what keeps one out is what `qsim levers` tells."""

import json
import random

import pytest

from qsim.advice.applying import with_levers
from qsim.advice.library import load_library
from qsim.advice.offer import A_YEAR, ONCE, Budget, offer_of
from qsim.browser.bundle import bundle
from qsim.engine.prepare import Prepared
from qsim.explore.catalogue import entry_of, measures_of
from qsim.explore.measures import measures_in
from qsim.explore.offer import Offer
from qsim.explore.page import TEXTS, speaker
from qsim.explore.worlds import Changeable
from qsim.scenario.loading import load_scenario
from trial_explore import in_node, with_groups
from trial_rules import RELATIVE, farthest, native, node, run_in_node

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

TICKED = """return given.packages.map((ids) => {
  let changes = {};
  for (const id of ids) changes = it.withMeasure(given.scenario.measures.find((one) => one.id === id), changes);
  const had = [...it.measuresIn(given.scenario, changes)];
  let left = changes;
  const ticked = given.scenario.measures.filter(({ id }) => ids.includes(id));
  for (const one of ticked) left = it.withoutMeasure(given.scenario, one, left);
  return { changes, had, left, cost: it.costOf(given.scenario, new Set(ids)) };
});"""
SENT = "return given.plans.map((changes) => ({ ...changes, ...it.placesOfPhases(given.scenario, changes) }));"
WRITE = "return given.plans.map((changes) => it.yamlOf(it.contentOf(given.scenario, changes), []));"


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
    ticked = in_node(tmp_path, "measures.js", TICKED, {"scenario": entry, "packages": packages})
    plans = {"scenario": entry, "plans": [one["changes"] for one in ticked]}
    sent, texts = (in_node(tmp_path, f"{module}.js", body, plans)
                   for module, body in (("changes", SENT), ("scenario_file", WRITE)))  # fmt: skip
    for ids, found, changes, text in zip(packages, ticked, sent, texts, strict=True):
        assert sorted(found["had"]) == sorted(ids)
        assert found["left"] == {}
        jobs.append([name, 6, 7, changes])
        scenario = with_levers(offer.scenario, ids)
        (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
        saved = native(Prepared(with_groups(load_scenario(tmp_path / "plan.yaml"), offer), True), [(6, 1)])
        expected.append(native(Prepared(with_groups(scenario, offer), True), [(6, 1)]))
        assert farthest(saved, expected[-1]) < RELATIVE, ids
    for ids, here, there in zip(
        packages, run_in_node(tmp_path, bundle([Changeable(offer, 3)]), jobs), expected, strict=True
    ):
        assert not isinstance(here, str), (ids, here)
        assert farthest(here, there) < RELATIVE, ids


@pytest.mark.parametrize("name", ["medium", "no_unit"])
def test_what_measures_cost_on_a_page_is_what_they_cost_in_advice(name):
    scenario = load_scenario(name)
    costs = {one.id: one.cost for one in offer_of(scenario, load_library(), Budget(0)).options}
    told = {one["id"]: one["cost"] for one in measures_in(Offer(scenario), speaker("de"))}
    both = set(costs) & set(told)
    assert len(both) > 15
    for one in both:
        assert told[one] == {"a_year": [*costs[one][A_YEAR]], "once": [*costs[one][ONCE]]}
        assert all(euros == round(euros) for euros in (*costs[one][A_YEAR], *costs[one][ONCE]))


OWN = """\
kind: levers
schema_version: 1
label: {{de: Eigene, en: Own}}
levers:
  - id: quiet_hour
    label: {{de: "eine stille Stunde", en: "a quiet hour"}}
    help: {{de: "Eine Stunde ohne Termine.", en: "An hour without meetings."}}
    changes: {{administration.knowledge_management: 0.6}}
    decided_by: mayor
    evidence: {{grade: {grade}}}
    cost: {{a_year: 1000.4, year: 2026, source: "assumption: our own guess"}}
"""


@pytest.mark.parametrize(
    ("grade", "language", "said"),
    [
        ("assumption", "de", "Eigene Annahme, ohne Beleg"),
        ("assumption", "en", "An assumption of its author, without evidence"),
        ("literature", "de", "Beleg: nach eigener Angabe Literatur"),
        ("report", "en", "Evidence: the report, as its author says"),
    ],
)
def test_a_measure_of_ones_own_says_that_nobody_vouches_for_it(tmp_path, grade, language, said):
    (tmp_path / "own.yaml").write_text(OWN.format(grade=grade), encoding="utf-8")
    offer = Offer(load_scenario("small"), load_library(tmp_path / "own.yaml"))
    told = {one["id"]: one for one in measures_in(offer, speaker(language))}
    assert told["quiet_hour"]["evidence"] == said
    assert told["quiet_hour"]["cost"]["a_year"] == [1000, 1000]
    assert said not in {one["evidence"] for name, one in told.items() if name != "quiet_hour"}


def test_a_measure_has_a_name_for_sentences_and_the_costs_of_those_that_act_like_it():
    told = {one["id"]: one for one in measures_in(Offer(load_scenario("small")), speaker("de"))}
    post = told["post_e11"]
    assert (post["label"], post["name"]) == ("Eine weitere Dauerstelle (E 11)", "eine weitere Dauerstelle (E 11)")
    assert "eine weitere Dauerstelle (E 9c), " in post["like"]
    assert "eine weitere Dauerstelle (E 13), " in post["like"]
    assert post["like"].count("Euro im Jahr") == 2
    assert told["checklist"]["like"] == ""


def test_the_page_knows_of_which_time_an_outcome_is():
    told = measures_of(speaker("en"))
    texts = speaker("en").texts
    times = {name: told[name]["time"] for name in ("joint_practice", "hours_units_total", "practice_after_funding_24")}
    assert [*times.values()] == ["last_year", "whole_run", "own"]
    assert all(f"advise.at.{time}" in texts and "advise.at.".startswith(TEXTS) for time in times.values())
