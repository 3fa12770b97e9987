"""A researcher's own rules: where they run, what they are given, and that they change nothing by being there."""

import numba
import numpy as np
import pytest

from qsim.engine.model import Administration
from qsim.engine.user_rules import own_rule
from qsim.mechanisms.month import NAMES
from qsim.scenario.loading import load_scenario


@pytest.fixture(scope="module")
def short():
    return load_scenario("small", ["months=12"])


def nothing(model):
    pass


def train(world, month):
    """Train all departments each January."""
    if month % 12 == 0:
        for d in range(world.departments.size):
            stance = world.stances[d, 0]
            stance.knowledge = min(stance.knowledge + 0.2, 1.0)


def recorded(scenario, rules):
    model = Administration(scenario, rng=1, rules=rules)
    model.run_model()
    return model.datacollector.get_model_vars_dataframe().to_numpy()


@pytest.mark.parametrize("name", ["small", "two_units"])
def test_rules_that_do_nothing_change_no_bit(name):
    scenario = load_scenario(name, ["months=24"])
    everywhere = [own_rule(nothing, before=rule) for rule in NAMES] + [own_rule(nothing, after=NAMES[-1])]
    plain = recorded(scenario, ())
    assert recorded(scenario, everywhere).tobytes() == plain.tobytes()
    for rules in ([own_rule(nothing, after="learning")], [own_rule(nothing, before=NAMES[0])]):
        assert recorded(scenario, rules).tobytes() == plain.tobytes()


def test_rules_run_in_their_places_once_a_month(short):
    order = []
    rules = [
        own_rule(lambda model: order.append(("late", model.month)), after="civil_society", name="late"),
        own_rule(lambda model: order.append(("b", model.month)), after="learning", name="b"),
        own_rule(lambda model: order.append(("a", model.month)), before="openness", name="a"),
        own_rule(lambda model: order.append(("early", model.month)), before="calendar", name="early"),
    ]
    model = Administration(short, rng=1, rules=rules)
    model.step()
    model.step()
    months = (short.start, short.start + 1)
    assert order == [(name, month) for month in months for name in ("early", "b", "a", "late")]
    at = NAMES.index("openness")
    assert model.rule_names == ("early", *NAMES[:at], "b", "a", *NAMES[at:], "late")
    assert Administration(short, rng=1).rule_names == NAMES


def test_the_rules_before_have_run_and_those_behind_have_not(short):
    seen = {}

    def look(when):
        return lambda model: seen.__setitem__(when, model.departments.get(["workload", "knowledge", "practice"]))

    rules = [own_rule(look("first"), before="calendar"), own_rule(look("last"), after="civil_society"),
             own_rule(look("before"), before="workload"), own_rule(look("after"), after="workload"),
             own_rule(look("untaught"), before="learning"), own_rule(look("taught"), after="learning")]  # fmt: skip
    model = Administration(short, rng=1, rules=rules)
    model.step()
    model.step()
    workload, knowledge, practice = range(3)
    values = {when: np.array(rows) for when, rows in seen.items()}

    def same(field, first, second):
        return np.array_equal(values[first][:, field], values[second][:, field])

    assert same(workload, "first", "before")
    assert not same(workload, "before", "after")
    assert same(workload, "after", "last")
    assert same(knowledge, "after", "untaught")
    assert not same(knowledge, "untaught", "taught")
    assert same(knowledge, "taught", "last")
    assert same(practice, "first", "taught")
    assert not same(practice, "taught", "last")


def test_a_rule_that_writes_reaches_the_rules_behind_it(short):
    def open_up(model):
        model.departments.set("openness", 0.9)

    plain = recorded(short, ())
    changed = recorded(short, [own_rule(open_up, before="learning")])
    assert (changed != plain).any()
    model = Administration(short, rng=1, rules=[own_rule(open_up, after="openness")])
    model.step()
    assert model.measures["openness"] == pytest.approx(0.9, abs=1e-12)


def test_a_compiled_rule_and_its_plain_form_give_the_same(short):
    compiled = own_rule(numba.njit(train), after="learning", name="train")
    plain = own_rule(train, after="learning")
    by_agents = own_rule(
        lambda model: [
            setattr(department, "knowledge", min(department.knowledge + 0.2, 1.0))
            for department in model.departments
            if model.month % 12 == 0
        ],
        after="learning",
    )
    tables = [recorded(short, [rule]) for rule in (compiled, plain, by_agents)]
    assert tables[0].tobytes() == tables[1].tobytes() == tables[2].tobytes()
    assert tables[0].tobytes() != recorded(short, ()).tobytes()
    assert plain.name == compiled.name == "train"


def test_a_rule_keeps_its_place_where_its_neighbour_is_off(short):
    seen = []
    scenario = load_scenario("small", ["months=3", "rules.off=[learning]"])
    model = Administration(scenario, rng=1, rules=[own_rule(lambda model: seen.append(1), after="learning")])
    model.run_model()
    assert len(seen) == 3


def test_unknown_places_and_missing_ones_are_refused():
    with pytest.raises(ValueError, match='no rule of the month is called "lerning"; did you mean "learning"'):
        own_rule(nothing, after="lerning")
    for places in ({}, {"after": "learning", "before": "openness"}):
        with pytest.raises(ValueError, match="either after= or before="):
            own_rule(nothing, **places)


def test_functions_with_other_parameters_are_refused():
    with pytest.raises(
        TypeError, match=r'the rule "triple" takes 4 parameters; expected \(model\), \(world, month\) or'
    ):
        own_rule(lambda a, b, c, d: None, after="learning", name="triple")


def test_what_is_no_rule_is_refused(short):
    with pytest.raises(TypeError, match="rules takes what own_rule"):
        Administration(short, rng=1, rules=[nothing])
