"""What to do when money ends: when that is decided, what can be added then, from what is free, and by which rule."""

from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pytest

import qsim
from advice.conftest import CITY
from qsim.advice.advice import Condition, Rule
from qsim.advice.advising import advise
from qsim.advice.again import SEEN, decided_again
from qsim.advice.applying import with_levers
from qsim.advice.choosing import Effort
from qsim.advice.library import load_library
from qsim.advice.offer import Budget, offer_of
from qsim.advice.ruling import best_rule
from qsim.advice.table import Table
from qsim.measures.catalogue import OUTCOMES
from qsim.present.text.again_text import again_text
from qsim.present.words.speaker import Speaker

SMALL = Effort(runs=50, side=16, most=800, shown=3)
JOINT = next(measure for measure in OUTCOMES if measure.name == "joint_practice")
PLANS = [(), ("a",), ("b",)]
RELEVANT = 0.0125


def again_of(scenario, ids, budget, **asked):
    """Return what to do when the money of a package ends, with few runs."""
    table = Table(offer_of(scenario, load_library(), budget, **asked))
    return decided_again(table, ids, JOINT, RELEVANT, SMALL, lambda runs, name: nullcontext(lambda done: None))


def all_but(*names):
    return {"without": [name for name in load_library().levers if name not in names]}


def test_where_no_money_ends_it_is_decided_again_after_three_years():
    """The project is paid at once and ends nothing; three years later what is left of the budget may add a measure."""
    town = qsim.load_scenario("small", ["months=60", "administration.departments=8"])
    found = advise(
        town,
        Budget(20_000, once=50_000),
        only=("joint_project", "training_few", "working_circle", "checklist"),
        effort=SMALL,
    )
    again = found.again
    assert (again.month, again.ends) == ("2023-01", ())
    assert again.euro == 20_000 - found.recommended.a_year.high
    assert not set(again.add) & set(found.recommended.ids)
    assert again.effect.mean >= 0
    later = Table(offer_of(with_levers(town, found.recommended.ids), load_library(), Budget(20_000), start=12 * 2023))
    rows = later.columns(0, 2 * SMALL.side)
    gains = later.outcome("joint_practice", [(), again.add], rows)
    assert again.effect.mean == pytest.approx((gains[1] - gains[0]).mean())


def test_it_is_not_decided_again_where_too_little_is_left(city):
    assert again_of(city(changes=["months=36"]), (), Budget(200_000)) is None


def test_posts_of_the_unit_can_be_made_permanent_in_the_last_month_that_is_paid(city):
    again = again_of(city(), (), Budget(200_000), **all_but("permanence"))
    assert (again.month, again.ends, again.euro) == ("2021-12", (), 200_000)
    assert again.add == ("permanence",)
    assert again.effect.low > 0


def test_posts_that_the_package_makes_permanent_do_not_end(city):
    again = again_of(city(), ("permanence",), Budget(200_000), **all_but("permanence", "checklist"))
    assert again.month == "2023-01"
    assert again.euro == 200_000 - 121_023


def test_what_ends_first_is_decided_on_first(city):
    """The unit's own posts end half a year before those of the project."""
    town = city(CITY.replace("duration_months: 24", "duration_months: 18"))
    again = again_of(town, ("temporary_post",), Budget(250_000), **all_but("temporary_post", "permanence"))
    assert (again.month, again.ends) == ("2021-06", ())


def test_what_ends_in_the_first_month_is_decided_on_at_once(city):
    """The first decision is already that of the last paid month; nothing can be seen before it, and nothing is decided again."""
    town = city(CITY.replace("duration_months: 24", "duration_months: 1"))
    again = again_of(town, (), Budget(200_000), **all_but("permanence", "training_few"))
    assert again.month == "2023-01"


def test_a_post_that_the_package_gets_funded_can_be_made_permanent_at_its_end(city):
    """At the beginning nothing can be made permanent: the post of the unit is, and the funded one comes with the package."""
    text = CITY.replace("kind: integration}", "kind: climate_adaptation}").replace(
        "kind: fixed, duration_months: 24", "kind: permanent"
    )
    names = ("funded_post", "permanence")
    again = again_of(city(text), ("funded_post",), Budget(125_000, posts=1), **all_but(*names))
    assert (again.month, again.ends, again.add) == ("2021-12", ("funded_post",), ("permanence",))
    assert again.euro == 125_000
    left_out = {"without": [*all_but(*names)["without"], "permanence"]}
    assert again_of(city(text), ("funded_post",), Budget(125_000, posts=1), **left_out) is None


def test_money_and_posts_of_what_ends_are_free_from_the_next_month_on(city):
    town = city(CITY.replace("kind: fixed, duration_months: 24", "kind: permanent"))
    asked = {"only": ("temporary_post", "post_e11", "checklist")}
    again = again_of(town, ("temporary_post",), Budget(125_000, posts=1), **asked)
    assert (again.month, again.ends, again.euro) == ("2021-12", ("temporary_post",), 125_000)
    assert again.add == ("post_e11",)


def parted(seen, noise, there):
    """Return what three plans gain: nothing, one that helps where it says, and one that helps elsewhere."""
    return np.stack([np.zeros(len(seen)), np.where(there, 0.1, 0.0), np.where(there, 0.0, 0.1)]) + noise


@pytest.mark.parametrize("luck", [0.0, 0.02])
def test_a_rule_is_made_from_half_of_the_worlds_and_judged_in_the_rest(luck):
    """Where little is considered one measure helps, elsewhere the other; without that no rule is better than the best measure."""
    draw = np.random.default_rng(3)
    seen = draw.random((200, 4))
    noise = luck * draw.standard_normal((3, 200))
    rule = best_rule(parted(seen, noise, seen[:, 0] > 0.5), seen, SEEN, PLANS, RELEVANT)
    (condition,) = rule.conditions
    assert (condition.measure, condition.above, rule.then, rule.otherwise) == ("considered", True, ("a",), ("b",))
    assert condition.threshold == pytest.approx(0.5, abs=0.1)
    assert 0.03 < rule.low <= rule.gain <= rule.high < 0.07
    same = best_rule(
        np.stack([np.zeros(200), np.full(200, 0.1), np.full(200, 0.05)]) + noise, seen, SEEN, PLANS, RELEVANT
    )
    assert same is None or same.low <= 0


@pytest.mark.parametrize("above", [True, False])
def test_a_second_condition_is_found_where_it_is_needed(above):
    """One measure helps only where much is considered and, at the same time, few posts are filled, or many."""
    draw = np.random.default_rng(5)
    seen = draw.random((400, 4))
    there = (seen[:, 0] > 0.5) & ((seen[:, 3] > 0.5) == above)
    rule = best_rule(parted(seen, 0.01 * draw.standard_normal((3, 400)), there), seen, SEEN, PLANS, RELEVANT)
    assert [(one.measure, one.above) for one in rule.conditions] == [("considered", True), ("posts_filled", above)]
    assert [one.threshold for one in rule.conditions] == pytest.approx([0.5, 0.5], abs=0.1)
    assert (rule.then, rule.otherwise) == (("a",), ("b",))
    assert rule.gain == pytest.approx(0.025, abs=0.01)


def test_a_second_condition_that_gains_too_little_is_not_told():
    draw = np.random.default_rng(5)
    seen = draw.random((400, 4))
    there = (seen[:, 0] > 0.5) & (seen[:, 3] > 0.5)
    gains = parted(seen, 0.01 * draw.standard_normal((3, 400)), there)
    assert len(best_rule(gains, seen, SEEN, PLANS, 0.015).conditions) == 2
    assert len(best_rule(gains, seen, SEEN, PLANS, 0.05).conditions) == 1


def test_where_nothing_is_known_there_is_no_rule():
    assert best_rule(np.zeros((3, 40)), np.full((40, 4), np.nan), SEEN, PLANS, RELEVANT) is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Liegt bis dahin „Berücksichtigt“ über 30,0 % und „Besetzte Stellen“ bei höchstens 1,5, dann Verstetigung der "
               "befristeten Stellen, sonst nichts weiter"),
        ("en", "if by then “Considered” is above 30.0% and “Filled posts” is at most 1.5, then permanence of the fixed-term "
               "posts, else nothing more"),
    ],
)  # fmt: skip
def test_a_rule_is_told_with_its_conditions(language, said):
    town = qsim.load_scenario("small", ["months=60", "administration.departments=8"])
    found = advise(town, Budget(20_000), only=("working_circle", "checklist"), effort=SMALL)
    conditions = (Condition("considered", 0.3, True), Condition("posts_filled", 1.5, False))
    rule = Rule(conditions, ("permanence",), (), 0.03, 0.02, 0.04)
    text = again_text(replace(found, again=replace(found.again, rule=rule, helps=True)), Speaker(language))
    assert said in text.replace("\xa0", " ").replace("\u202f", " ")
