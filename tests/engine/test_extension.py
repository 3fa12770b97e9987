"""Files of own rules: what they declare, what is wrong with them and where, and that everything runs them alike."""

import numpy as np
import pytest

import qsim
from qsim.engine.agents import Department
from qsim.engine.model import Administration
from qsim.engine.own_files import with_own
from qsim.engine.prepare import prepare
from qsim.engine.rows import rows_of
from qsim.own import changed, parameter, rule
from qsim.scenario.loading import checked_scenario, content_of
from qsim.scenario.writing import resolved_yaml

BRIEFING = """
from qsim.own import decision, parameter, rule, uniform

LISTENS = decision("briefing.listens")


@rule(after="learning", parameters=[parameter("reach", 0.05, 0.01, 0.1, "share a month")])
def briefing(world, month, own):
    for d in range(world.departments.size):
        if uniform(world.key[0], LISTENS, month, world.departments[d].slot) < 0.5:
            stance = world.stances[d, 0]
            stance.knowledge += own.reach * max(world.units[0].knowledge - stance.knowledge, 0.0)
"""
COMPILED = BRIEFING.replace('"share a month")])', '"share a month")], compiled=True)')
NOTHING = "from qsim.own import rule\n\n@rule(after='learning')\ndef nothing(world, month):\n    pass\n"


@pytest.fixture
def written(tmp_path):
    def write(text, name="own.py"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.fixture(scope="module")
def small():
    return qsim.load_scenario("small", ["months=12"])


def output(scenario, runs=6, **more):
    return qsim.simulate(scenario, runs, **more).output


def same(one, other):
    return all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("fixed", [False, True])
def test_a_rule_that_does_nothing_changes_no_bit(small, written, fixed):
    plain = output(small, fixed=fixed)
    assert same(output(small, fixed=fixed, rules=written(NOTHING)), plain)
    compiled = NOTHING.replace("'learning'", "'learning', compiled=True")
    assert same(output(small, fixed=fixed, rules=written(compiled)), plain)
    unused = NOTHING.replace("'learning'", "'learning', parameters=[parameter('x', 1, 0, 2)]").replace(
        "th):", "th, own):"
    )
    assert same(
        output(small, fixed=fixed, rules=written(unused.replace("import rule", "import parameter, rule"))), plain
    )


def test_a_plain_rule_a_compiled_one_and_one_of_agents_give_the_same(small, written):
    found = output(small, rules=written(BRIEFING))
    assert not same(found, output(small))
    assert same(found, output(small, rules=written(COMPILED, "compiled.py")))
    assert same(found, output(small, rules=written(BRIEFING), workers=3))

    class Idle(Department):
        def step(self):
            pass

    assert same(found, output(small, rules=[written(BRIEFING), Idle]))


def test_a_run_is_the_same_as_a_mesa_model(small, written):
    scenario = with_own(small, written(BRIEFING))
    found = qsim.simulate(scenario, replicates=[7])
    model = Administration(scenario, rng=1, replicate=7, setting=1)
    assert "briefing" in model.rule_names
    model.run_model()
    practice = model.datacollector.get_model_vars_dataframe()["practice"].to_numpy()
    assert np.array_equal(practice, found.series["practice"].to_numpy())


def test_agents_of_a_file_take_their_steps(small):
    class Learner(Department):
        def step(self):
            self.stance().knowledge = 1.0

    found = qsim.simulate(small, 1, rules=Learner)
    assert found.series["knowledge"].iloc[-1] == pytest.approx(1.0)
    assert found.scenario.id == "small[months=12][rules=Learner]"


def test_own_parameters_are_drawn_stated_and_fixed_as_all_others(small, written):
    own = written(BRIEFING)
    prepared = prepare(with_own(small, own), True)
    worlds = [prepared.blueprint.world(1, replicate, setting) for replicate, setting in rows_of(range(0, 200, 5))]
    drawn = [float(prepared.values_of(world)["briefing_reach"][0]) for world in worlds]
    assert 0.01 <= min(drawn) < 0.03 < 0.08 < max(drawn) <= 0.1
    twin = prepared.blueprint.world(1, 3, 0)
    assert prepared.values_of(twin)["briefing_reach"][0] == drawn[0]
    fixed = prepare(with_own(small, own), False)
    assert fixed.values_of(fixed.blueprint.world(1, 3))["briefing_reach"][0] == 0.05
    with qsim.own_rules([own]):
        stated = prepare(qsim.load_scenario("small", ["parameters.briefing.reach=0.2"]), True)
    assert stated.values_of(stated.blueprint.world(1, 3))["briefing_reach"][0] == 0.2
    assert prepared.at({"parameters.briefing.reach": 0.09}).values_of(twin)["briefing_reach"][0] == 0.09


def test_other_ranges_and_values_hold_unless_the_scenario_states_one(small):
    key = "staffing.newcomer_knowledge"

    def values(change, plausible, scenario=small):
        prepared = prepare(with_own(scenario, [change]), plausible)
        return [
            float(prepared.blueprint.world(1, 0, s).parameters["staffing_newcomer_knowledge"][0]) for s in range(40)
        ]

    spread = values(changed(key, low=0.3, high=0.5), True)
    assert 0.3 <= min(spread) < 0.33 < 0.47 < max(spread) <= 0.5
    assert set(values(changed(key, low=0.3, high=0.5), False)) == {0.4}
    assert set(values(changed(key, default=0.7), True)) == set(values(changed(key, default=0.7), False)) == {0.7}
    stated = qsim.load_scenario("small", [f"parameters.{key}=0.1"])
    assert set(values(changed(key, low=0.3, high=0.5), True, stated)) == {0.1}


def test_an_own_rule_can_be_switched_off(small, written):
    with qsim.own_rules([written(BRIEFING)]):
        off = qsim.load_scenario("small", {"months": 12, "rules.off": ["briefing"]})
    assert same(output(off), output(small))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BRIEFING.replace('"learning"', '"lerning"'), ':7  no rule of the month is called "lerning"; did you mean "learning"?'),
        ("def (:\n", ":1:5  is no Python: "),
        ("x = 1\n", ":  declares no rule, no changed parameter and no class of agents"),
        ("import qsim\nimport nosuchmodule\n", ":2  ModuleNotFoundError: No module named 'nosuchmodule'"),
        ("from qsim.own import changed\nchanged('staffing.newcomer_knowledge', default=0.1)\n", ":2:1  what is declared here"),
        ("from qsim.own import changed\nx = changed('staffing.newcomer', 1)\n", ':2  staffing has no parameter "newcomer"; did'),
        ("from qsim.own import changed\nx = changed('staffing.newcomer_knowledge', 2)\n", ":2  staffing.newcomer_knowledge: 2 "),
        ("from qsim.own import changed\nx = changed('staffing.newcomer_knowledge')\n", ":2  staffing.newcomer_knowledge is not"),
        ("from qsim.own import changed\nx = changed('staffing.newcomer_knowledge', low=0)\n", "has one end of a range"),
        ("from qsim.own import parameter\nx = parameter('a', 3, 0, 1)\n", ":2  a: the default 3 lies outside the range 0 to 1"),
        ("from qsim.own import parameter\nx = parameter('A', 1, 0, 1)\n", ':2  "A" is no name of a parameter'),
        (NOTHING.replace("nothing", "learning"), '"learning" is the name of a rule of qsim'),
        (NOTHING.replace("world, month", "a, b, c, d"), 'the rule "nothing" takes 4 parameters'),
        (NOTHING.replace("world, month", "model").replace("')", "', compiled=True)"), "takes the model and cannot be compiled"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_line(written, text, message):
    with pytest.raises(qsim.InputError) as caught:
        with_own(qsim.load_scenario("small"), written(text))
    assert message in str(caught.value)
    assert "own.py" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("1 / 0", 'own.py:5  the rule "nothing" failed in 2020-01: ZeroDivisionError: division by zero'),
        ("world.departments[0].wrkload", 'own.py:5  the rule "nothing" failed in 2020-01: AttributeError: '),
    ],
)
def test_a_rule_that_fails_is_told_at_its_line(small, written, body, message):
    with pytest.raises(qsim.InputError) as caught:
        qsim.simulate(small, 1, rules=written(NOTHING.replace("pass", body)))
    assert message in str(caught.value)


def test_what_cannot_be_compiled_is_told_at_its_line(small, written):
    text = NOTHING.replace("'learning'", "'learning', compiled=True").replace(
        "pass", "world.departments[0].workload = '1' + 1"
    )
    with pytest.raises(qsim.InputError) as caught:
        qsim.simulate(small, 1, rules=written(text))
    assert 'own.py:5  the rule "nothing" cannot be compiled: TypingError' in str(caught.value)


def test_nothing_is_declared_twice(written):
    first, second = written(NOTHING, "a.py"), written(NOTHING + "\n# again\n", "b.py")
    with pytest.raises(qsim.InputError, match=r'the rule "nothing" is declared twice, first in a\.py'):
        with_own(qsim.load_scenario("small"), [first, second])


def test_code_that_a_scenario_names_is_not_run_unless_that_is_allowed(written, tmp_path):
    ran = tmp_path / "ran"
    written(NOTHING + f"\nopen({str(ran)!r}, 'w').close()\n")
    file = written("extends: small\nkind: scenario\nschema_version: 1\nrules: {own: [own.py]}\n", "town.yaml")
    town = qsim.load_scenario(file)
    with pytest.raises(
        qsim.InputError, match=r"town.yaml:4:15  rules.own: own.py names Python code, which has not been run"
    ):
        qsim.simulate(town, 1)
    again = checked_scenario(content_of(resolved_yaml(town), "manifest"), "town")
    with pytest.raises(qsim.InputError, match="has not been run"):
        prepare(again, True)
    assert not ran.exists()
    with qsim.own_rules(allow=True):
        allowed = checked_scenario(content_of(resolved_yaml(town), "manifest"), "town")
    assert allowed.rules == town.rules
    prepare(allowed, True)
    assert ran.exists()


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("[nothere.py]", "nothere.py: there is no such file"),
        ("[town.yaml]", "is no Python file"),
        ("[3]", "found 3; a file of rules is named in a scenario file"),
        ("[{file: a.py, text: '', allowed: true}]", "expected the name of a Python file"),
        ("[{file: a.py, text: '', sha256: '12'}]", "the text of a.py is not the one of its sha256"),
    ],
)
def test_what_a_scenario_names_has_to_be_a_file_of_rules(written, own, message):
    file = written(f"extends: small\nkind: scenario\nschema_version: 1\nrules: {{own: {own}}}\n", "town.yaml")
    with qsim.own_rules(allow=True), pytest.raises(qsim.InputError) as caught:
        qsim.load_scenario(file)
    assert "town.yaml:4" in str(caught.value)
    assert message in str(caught.value)


def test_objects_run_but_cannot_be_written(small):
    @rule(after="learning", parameters=[parameter("x", 1, 0, 2)])
    def mine(world, month, own):
        world.stances["knowledge"][:] = 0.5 * own.x

    scenario = with_own(small, mine)
    assert qsim.simulate(scenario, 1, fixed=True).series["knowledge"].iloc[0] == pytest.approx(0.5)
    with pytest.raises(qsim.InputError, match="rules given as Python objects cannot be written down"):
        resolved_yaml(scenario)
    with pytest.raises(TypeError, match="rules takes files, rules, changed parameters and classes of agents, not 3"):
        with_own(small, [3])
