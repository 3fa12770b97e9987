"""The additive scorecard: each feature with its sign, added up, without anything that depends on another feature."""

import pytest

from qsim.claims.scorecard import FEATURES, score, score_at, scorecard_contrasts
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number
from trial_claims import claim
from worlds import BASE, START, city, unit

CIRCLE = {"id": "circle", "tasks": ["integration"], "start": "2015-06", "end": "2016-01"}
GROUP = {"id": "group", "tasks": ["integration"]}
PAPER = {"id": "paper", "tasks": ["integration"], "adopted": "2015-06"}
MONTH = START + 8


def values(scenario, month=MONTH):
    return {feature.name: feature.value(scenario, month) for feature in FEATURES}


def test_features_have_names_of_their_own_and_say_what_they_are():
    assert len({feature.name for feature in FEATURES}) == len(FEATURES) == 40
    assert all(feature.what and feature.low < feature.high and abs(feature.sign) == 1 for feature in FEATURES)


def house(**parts):
    return {"administration": {"departments": 10, **parts}}


def task(**parts):
    return {"tasks": [{"id": "integration", "kind": "integration", **parts}]}


def posts(**phase):
    return {"commissioners": [unit(funding=[{"posts": 2, "start": "2014-01", "kind": "permanent", **phase}])]}


def leader(**parts):
    return {"leaders": [{"id": "mayor", "kind": "mayor", **parts}]}


def circle(**channels):
    return {"formats": [{**CIRCLE, "channels": channels}]}


def events(*entries):
    return {"events": list(entries)}


@pytest.mark.parametrize(
    ("less", "more", "feature"),
    [
        (posts(posts=1), posts(posts=3), "posts"),
        (posts(kind="fixed", duration_months=12), posts(kind="fixed", duration_months=48), "posts"),
        (posts(kind="fixed", duration_months=12), posts(kind="fixed", duration_months=12, after="continue"), "posts"),
        (posts(start="2018-01"), posts(start="2015-01"), "posts"),
        ({"commissioners": [unit(position="section")]}, {"commissioners": [unit(position="line_unit")]}, "closeness"),
        ({"commissioners": [unit(position="line_unit")]}, {"commissioners": [unit(position="deputy_mayor")]}, "closeness"),
        ({"commissioners": [unit(under="deputy")]}, {"commissioners": [unit()]}, "closeness"),
        ({"commissioners": [unit(knowledge=0.2)]}, {"commissioners": [unit(knowledge=0.8)]}, "unit_knowledge"),
        ({"commissioners": [unit(handover=0.2)]}, {"commissioners": [unit(handover=0.8)]}, "handover"),
        (house(communication_culture=0.2), house(communication_culture=0.6), "culture"),
        (house(closed_share=0.4), house(closed_share=0.1), "closed_share"),
        (house(hierarchy=0.9), house(hierarchy=0.1), "hierarchy"),
        (house(workload=1.2), house(workload=0.8), "workload"),
        (house(vacancy_share=0.3), house(vacancy_share=0.1), "vacancy"),
        (house(turnover_per_year=0.3), house(turnover_per_year=0.1), "turnover"),
        (task(knowledge=0.1), task(knowledge=0.4), "knowledge"),
        (task(process_knowledge=0.1), task(process_knowledge=0.4), "process_knowledge"),
        *((circle(), circle(**{name: 0.8}), name) for name in ("meet", "learn", "decide", "draft", "gate", "tie")),
        (circle(), circle(relieve_posts=2), "relief"),
        ({"concepts": [PAPER]}, {"concepts": [{**PAPER, "ambition": 0.9}]}, "ambition"),
        ({"concepts": [PAPER]}, {"concepts": [{**PAPER, "concreteness": 0.9}]}, "concreteness"),
        ({"concepts": [PAPER]}, {"concepts": [{**PAPER, "council": True}]}, "council"),
        ({}, events({"kind": "council_decision", "date": "2015-03", "tasks": ["integration"]}), "council"),
        (task(), task(mandate=True), "mandate"),
        ({}, events({"kind": "mandate", "date": "2015-03", "task": "integration"}), "mandate"),
        (task(salience=0.2), task(salience=0.6), "salience"),
        (leader(support=-0.5), leader(support=0.5), "support"),
        (leader(co_responsibility=0.1), leader(co_responsibility=0.9), "co_responsibility"),
        (leader(transparency=0.1), leader(transparency=0.9), "transparency"),
        ({}, {"civil_society": [{**GROUP, "engagement": 0, "pressure": 0}]}, "expertise"),
        ({}, {"civil_society": [{**GROUP, "expertise": 0, "pressure": 0}]}, "engagement"),
        ({}, {"civil_society": [{**GROUP, "expertise": 0, "engagement": 0}]}, "pressure"),
        (house(evaluation=0.1), house(evaluation=0.5), "evaluation"),
        (house(knowledge_management=0.1), house(knowledge_management=0.5), "knowledge_management"),
        (house(reflection=0.001), house(reflection=0.01), "reflection"),
        (house(personnel_openness=0.1), house(personnel_openness=0.5), "personnel_openness"),
        (house(budget_tightness=0.8), house(budget_tightness=0.1), "tightness"),
        (events({"kind": "budget_crisis", "date": "2015-03"}), {}, "tightness"),
        (house(departments=30), house(), "size"),
        (events({"kind": "shock", "date": "2015-03", "workload": 0.4}), {}, "shocks"),
    ],
)  # fmt: skip
def test_a_good_thing_adds_points_by_its_feature_alone(less, more, feature):
    worse, better = city(**less), city(**more)
    assert score(better, MONTH) > score(worse, MONTH)
    before, after = values(worse), values(better)
    assert [name for name in before if before[name] != after[name]] == [feature]


def test_a_head_of_its_own_is_as_close_as_a_staff_unit():
    plain, headed = (
        values(city(commissioners=[unit(position=name)])) for name in ("staff_unit", "staff_unit_with_head")
    )
    assert [name for name in plain if plain[name] != headed[name]] == ["head"]


def test_what_counts_is_there_at_the_date():
    scenario = city(formats=[{**CIRCLE, "channels": {"meet": 0.5}}], concepts=[PAPER],
                    events=[{"kind": "unit_move", "date": "2015-09", "commissioner": "unit", "position": "section"}])  # fmt: skip
    found = [values(scenario, month_number(date)) for date in ("2015-05", "2015-06", "2015-09", "2016-01")]
    assert [one["meet"] for one in found] == [0, 0.5, 0.5, 0]
    assert [one["ambition"] for one in found] == [0, 0.6, 0.6, 0.6]
    assert [one["closeness"] for one in found] == [1, 1, 0, 0]


def test_shocks_fade():
    shock = {"kind": "shock", "date": "2015-03", "workload": 0.4, "salience": 0.2, "salience_half_life_months": 6}
    found = [values(city(events=[shock]), month_number(date)) for date in ("2015-02", "2015-03", "2016-03")]
    assert [one["shocks"] for one in found] == pytest.approx([0, 0.4, 0.2])
    assert [one["salience"] - 0.3 for one in found] == pytest.approx([0, 0.2, 0.05])


def test_unknown_values_count_with_their_middle():
    assert score(city(**house(closed_share={"between": [0.1, 0.3]})), MONTH) == pytest.approx(
        score(city(**house(closed_share=0.2)), MONTH)
    )


def test_a_new_leader_brings_support_or_takes_it():
    entry = {"kind": "new_leader", "date": "2015-06", "leader": "mayor"}
    before, after = month_number("2015-05"), month_number("2015-06")
    redrawn = city(**leader(support=0.8), events=[entry])
    stated = city(**leader(support=0.8), events=[{**entry, "support": 0.4}])
    assert [values(redrawn, month)["support"] for month in (before, after)] == [0.8, 0]
    assert [values(stated, month)["support"] for month in (before, after)] == [0.8, 0.4]


def test_it_adds_up_so_differences_of_differences_are_none():
    worlds = {
        "both": city(**posts(posts=4), **house(communication_culture=0.8)),
        "posts": city(**posts(posts=4), **house(communication_culture=0.2)),
        "culture": city(**posts(posts=1), **house(communication_culture=0.8)),
        "none": city(**posts(posts=1), **house(communication_culture=0.2)),
    }
    both = claim({"both": 1, "none": -1})
    assert scorecard_contrasts(claim({"both": 1, "posts": -1, "culture": -1, "none": 1}), worlds) == pytest.approx([0])
    assert scorecard_contrasts(both, worlds)[0] > 1
    assert scorecard_contrasts(both.model_copy(update={"measure": "need_gap"}), worlds)[0] < -1


@pytest.mark.parametrize("measure", ["workload", "hours_departments_total", "salience", "commitment", "hours_total"])
def test_on_some_measures_it_says_nothing(measure):
    assert scorecard_contrasts(claim({f"a.{measure}": 1}), {"a": city()}) == []
    assert scorecard_contrasts(claim({"a": 1, f"a.{measure}": -1}), {"a": city()}) == []


def test_terms_with_measures_and_times_have_their_own_scores():
    worlds = {"a": city(**posts(posts=4)), "b": city(**posts(kind="fixed", duration_months=18))}
    a, b = (score(worlds[name], START + 23) for name in "ab")
    assert scorecard_contrasts(claim({"a.considered": 1, "a.practice": -1}), worlds) == [0]
    assert scorecard_contrasts(claim({"a.need_gap": -1, "b.need_gap": 1}), worlds) == pytest.approx([a - b])
    ended = claim({"b@2015-03": 1, "b": -1})
    assert scorecard_contrasts(ended, worlds) == pytest.approx([score(worlds["b"], month_number("2015-03")) - b])
    assert scorecard_contrasts(ended, worlds)[0] > 0


def test_the_time_of_a_measure():
    scenario = city(
        **{**posts(kind="fixed", duration_months=18), **events({"kind": "shock", "date": "2015-06", "workload": 0.5})}
    )
    ends, last = month_number("2015-07"), START + 23
    assert score_at(scenario, "practice", "last_year") == score(scenario, last)
    assert score_at(scenario, "practice", "2015-06") == score(scenario, month_number("2015-06"))
    assert score_at(scenario, "practice_after_funding_12", "last_year") == score(scenario, ends + 12)
    assert score_at(scenario, "practice_after_funding_60", "last_year") == score(scenario, last)
    assert score_at(scenario, "shock_depth", "last_year") == score(scenario, month_number("2016-06"))
    monthly = [score(scenario, month) for month in range(START, last + 1, 6)]
    assert score_at(scenario, "practice", "peak") == max(monthly)
    assert score_at(scenario, "practice", "whole_run") == pytest.approx(sum(monthly) / len(monthly))


def test_a_scenario_without_anything_has_a_score():
    bare = Scenario.model_validate({name: BASE[name] for name in BASE if name != "commissioners"})
    assert score(bare, MONTH) < score(city(), MONTH)
