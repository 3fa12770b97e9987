"""What each factor of a study does, from runs whose outcomes are known by a formula; expectations have tests of their own."""

import numpy as np
import pandas as pd
import pytest

import qsim
from qsim.claims.answers import answer_study
from qsim.files.messages import InputError

POSTS = {"key": "commissioners[integration].funding[0].posts", "levels": [2, 1, 3]}
POSITION = {"key": "commissioners[integration].position", "levels": ["section", "staff_unit", "line_unit"]}
WORKLOAD = {"key": "administration.workload", "range": [0.8, 1.2]}
REPLICATIONS = 20


def answered(factors, formula, outcome=None, scenarios="small", **options):
    """Return the effects of a study whose outcome is a formula of the scenario, the values of the point, and the setting."""
    outcomes = options.pop("outcomes", ["practice"])
    study = qsim.Study.of(scenarios, factors, replications=REPLICATIONS, outcomes=outcomes, **options)
    experiment = study.experiment
    codes = experiment.design.codes(0, experiment.design.points)
    rows = [
        {"scenario": base.id, "point": point, "replicate": r,
         **dict.fromkeys((one.column for one in experiment.readings), formula(base.id, own, r // 5))}
        for base in experiment.bases for point, own in enumerate(codes) for r in range(REPLICATIONS)
    ]  # fmt: skip
    return answer_study(experiment, pd.DataFrame(rows).sample(frac=1.0, random_state=1), outcome)


def shown(answer):
    return [(one.factor, one.more.en, one.less.en, round(one.contrast.effect, 9), one.contrast.verdict)
            for one in answer.effects]  # fmt: skip


def test_numbers_go_from_the_least_to_the_largest_and_names_against_the_first():
    found = answered(
        {"posts": POSTS, "place": POSITION}, lambda name, codes, setting: 0.1 * codes[1] + 0.2 * (codes[0] == 2)
    )
    assert shown(found) == [
        ("posts", "3", "1", 0.2, "expected"),
        ("place", "staff_unit", "section", 0.1, "expected"),
        ("place", "line_unit", "section", 0.2, "expected"),
    ]
    contrast = found.effects[0].contrast
    assert (contrast.runs, contrast.relevant, contrast.unit) == (4, 0.0125, "share")
    assert contrast.levels == (pytest.approx((0.3, 0.1)),)


def test_the_interval_is_that_of_settings():
    found = answered(
        {"posts": POSTS}, lambda name, codes, setting: (codes[0] == 2) * (0.1 + 0.01 * setting) + 0.3 * setting
    )
    contrast = found.effects[0].contrast
    half = 3.182446 * np.std([0.1, 0.11, 0.12, 0.13], ddof=1) / 2
    assert (contrast.effect, contrast.low, contrast.high) == pytest.approx((0.115, 0.115 - half, 0.115 + half))
    down = answered({"posts": POSTS}, lambda name, codes, setting: -0.1 * (codes[0] == 2))
    small = answered({"posts": POSTS}, lambda name, codes, setting: 0.001 * (codes[0] == 2))
    assert [one.effects[0].contrast.verdict for one in (down, small)] == ["opposite", "negligible"]


def test_one_at_a_time_only_what_differs_in_nothing_else_is_compared():
    design = {"kind": "one_at_a_time"}
    found = answered({"posts": POSTS, "place": POSITION},
                     lambda name, codes, setting: 0.1 * codes[1] + 0.7 * (codes[0] == 0) + 0.2 * (codes[0] == 2),
                     design=design)  # fmt: skip
    assert shown(found) == [
        ("posts", "3", "1", 0.2, "expected"),
        ("place", "staff_unit", "section", 0.1, "expected"),
        ("place", "line_unit", "section", 0.2, "expected"),
    ]


def test_of_a_range_the_upper_half_is_compared_with_the_lower():
    found = answered(
        {"load": WORKLOAD}, lambda name, codes, setting: 1.0 - codes[0], design={"kind": "sobol", "number": 64}
    )
    (factor, more, less, effect, verdict) = shown(found)[0]
    assert (factor, more, less, verdict) == ("load", "> 1", "≤ 1", "opposite")
    assert effect == pytest.approx(-0.2, abs=0.01)


def test_scenarios_are_compared_with_the_first():
    found = answered({}, lambda name, codes, setting: {"small": 0.1, "medium": 0.3, "large": 0.1}[name],
                     scenarios=["small", "medium", "large"])  # fmt: skip
    assert [(one[1], one[3], one[4]) for one in shown(found)] == [
        ("Medium administration", 0.2, "expected"), ("Large administration", 0.0, "negligible"),
    ]  # fmt: skip


def test_where_settings_are_a_factor_they_are_what_is_independent():
    factors = {"world": {"key": "setting", "levels": [0, 5, 9]}, "posts": POSTS}
    found = answered(factors, lambda name, codes, setting: 0.1 * codes[0] + (codes[1] == 2) * (0.1 + 0.1 * codes[0]))
    assert [one.factor for one in found.effects] == ["posts"]
    contrast = found.effects[0].contrast
    assert (contrast.runs, round(contrast.effect, 9)) == (3, 0.2)
    assert contrast.high - contrast.effect == pytest.approx(4.302653 * 0.1 / np.sqrt(3), rel=1e-5)


def test_what_is_asked_about_is_the_figure_or_the_first_outcome_that_has_a_relevant_difference():
    def flat(name, codes, setting):
        return 0.0

    outcomes = ["hours_total", "practice", "knowledge"]
    assert answered({"posts": POSTS}, flat, outcomes=outcomes).outcome.column == "practice"
    figure = {"figure": {"outcome": "knowledge", "x": "posts"}}
    assert answered({"posts": POSTS}, flat, outcomes=outcomes, more=figure).outcome.column == "knowledge"
    assert answered({"posts": POSTS}, flat, "practice", outcomes=outcomes, more=figure).outcome.column == "practice"
    with pytest.raises(InputError, match='--outcome: there is no outcome "practise"; did you mean "practice"'):
        answered({"posts": POSTS}, flat, "practise", outcomes=outcomes)
    with pytest.raises(InputError, match="hours_total has no smallest relevant difference of its own; expected one of"):
        answered({"posts": POSTS}, flat, "hours_total", outcomes=outcomes)
