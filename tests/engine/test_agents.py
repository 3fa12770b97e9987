"""Agents as live views: what they show, what can be written, sets of them, replaced classes."""

import mesa
import numpy as np
import pytest

from qsim.engine.agents import CivilSociety, Commissioner, Department, Leader
from qsim.engine.model import Administration
from qsim.scenario.loading import load_scenario
from qsim.world.records import TABLES

KINDS = {"departments": "departments", "units": "commissioners", "leaders": "leaders", "groups": "civil_society"}


@pytest.fixture(scope="module")
def one_task():
    return load_scenario("small", ["months=12"])


@pytest.fixture(scope="module")
def two_tasks():
    return load_scenario("two_units", ["months=12"])


@pytest.fixture
def model(one_task):
    """A model with one task after three months."""
    return stepped(Administration(one_task, rng=1), 3)


@pytest.fixture
def double(two_tasks):
    """A model with two tasks after three months."""
    return stepped(Administration(two_tasks, rng=1), 3)


def stepped(model, months):
    for _ in range(months):
        model.step()
    return model


@pytest.mark.parametrize("table", KINDS)
def test_every_declared_field_is_an_attribute(model, table):
    agents = list(getattr(model, KINDS[table]))
    assert len(agents) == getattr(model.world, table).size > 0
    for field in TABLES[table]:
        for agent, value in zip(agents, getattr(model.world, table)[field.name], strict=True):
            found = getattr(agent, field.name)
            assert type(found) is (int if field.kind == "index" else float)
            assert found == value
        assert field.meaning in getattr(type(agents[0]), field.name).__doc__


def test_a_stance_has_every_declared_field(double):
    world = double.world
    for view, table, place in (
        (double.departments[2].stance("climate_adaptation"), "stances", (2, 1)),
        (double.leaders[1].stance("integration"), "support", (1, 0)),
        (double.commissioners[1].relation(double.departments[4]), "relations", (4, 1)),
    ):
        for field in TABLES[table]:
            assert getattr(view, field.name) == getattr(world, table)[field.name][place]
            assert type(getattr(view, field.name)) is float


def test_all_kinds_have_workload_knowledge_and_openness(model):
    assert {type(agent) for agent in model.agents} == {Department, Commissioner, Leader, CivilSociety}
    for agent in model.agents:
        for name in ("workload", "knowledge", "openness"):
            assert np.isfinite(getattr(agent, name))
    assert model.commissioners[0].openness == model.world.units["mediation"][0]
    assert model.leaders[0].openness == model.world.support["support"][0, 0]
    assert model.civil_society[0].knowledge == model.world.groups["expertise"][0]
    assert model.civil_society[0].openness == model.world.groups["engagement"][0]


def test_attributes_move_with_the_months(model):
    mayor = model.leader("mayor")
    department = model.department("youth")
    before = (mayor.support, department.practice, department.workload)
    model.step()
    after = (mayor.support, department.practice, department.workload)
    assert all(a != b for a, b in zip(after, before, strict=True))


def test_a_written_state_changes_what_follows(one_task):
    plain, changed = (stepped(Administration(one_task, rng=1), 3) for _ in range(2))
    for department in changed.departments:
        department.knowledge = 0.9
        department.stance().openness = 1
    changed.leader("mayor").support = -0.5
    changed.commissioners[0].relation(changed.department("youth")).familiarity = 0.75
    assert changed.world.stances["knowledge"].min() == 0.9
    assert changed.world.relations["familiarity"][changed.department("youth").index, 0] == 0.75
    assert changed.leader("mayor").stance().support == -0.5
    stepped(plain, 2)
    stepped(changed, 2)
    assert changed.measures["practice"] > plain.measures["practice"] + 0.01
    assert changed.measures["support"] < plain.measures["support"]


def test_a_written_value_that_stays_the_same_changes_nothing(one_task):
    plain, written = (Administration(one_task, rng=1) for _ in range(2))
    for _ in range(5):
        plain.step()
        written.step()
        for department in written.departments:
            department.practice = department.practice
            department.noise = department.noise
    assert written.measures == pytest.approx(plain.measures, rel=0, abs=0, nan_ok=True)


@pytest.mark.parametrize(
    ("kind", "name", "why"),
    [
        ("departments", "workload", "Department.workload is computed anew every month and cannot be written"),
        ("departments", "need", "Department.need is computed anew"),
        ("departments", "relevance", "Department.relevance is fixed for the whole run and cannot be written"),
        ("departments", "division", "Department.division says where it stands and cannot be written"),
        ("commissioners", "openness", "Commissioner.openness is fixed for the whole run"),
        ("leaders", "attention", "Leader.attention is computed anew"),
        ("civil_society", "workload", "CivilSociety.workload is computed anew"),
    ],
)
def test_what_is_not_state_cannot_be_written(model, kind, name, why):
    agent = getattr(model, kind)[0]
    before = getattr(agent, name)
    with pytest.raises(AttributeError, match=why):
        setattr(agent, name, 0)
    assert getattr(agent, name) == before


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_value_out_of_range_is_refused(model, value):
    department = model.departments[0]
    before = department.practice
    with pytest.raises(ValueError, match=r"Department.practice is a share from 0 to 1, not"):
        department.practice = value
    with pytest.raises(ValueError, match=r"Stance.practice is a share from 0 to 1, not"):
        department.stance().practice = value
    assert department.practice == before


@pytest.mark.parametrize("value", [float("inf"), -float("inf")])
def test_an_endless_number_is_refused(model, value):
    with pytest.raises(ValueError, match="noise"):
        model.departments[0].noise = value


def test_a_wrong_name_on_a_stance_is_refused(model):
    with pytest.raises(AttributeError, match="practise"):
        model.departments[0].stance().practise = 0.5
    with pytest.raises(AttributeError, match="need"):
        model.departments[0].stance().need = 0.5


def test_with_several_tasks_a_department_shows_the_weighted_mean(double):
    department = double.department("youth")
    stances = [department.stance(task.id) for task in double.settings.tasks]
    weights = [stance.weight for stance in stances]
    assert min(weights) > 0.0
    assert weights[0] != weights[1]
    expected = sum(w * s.practice for w, s in zip(weights, stances, strict=True)) / sum(weights)
    assert department.practice == pytest.approx(expected, rel=1e-12)
    assert min(s.practice for s in stances) < department.practice < max(s.practice for s in stances)
    stances[1].practice = 0.8
    assert department.practice > expected
    double.world.stances["weight"][department.index] = 0.0
    assert department.practice == pytest.approx((stances[0].practice + 0.8) / 2, rel=1e-12)


def test_with_several_tasks_the_mean_cannot_be_written(double):
    for agent, name in ((double.departments[0], "practice"), (double.leaders[0], "support")):
        with pytest.raises(AttributeError, match=rf"{name} is a mean over 2 tasks; write \.stance\(task\)\.{name}"):
            setattr(agent, name, 0.5)
    with pytest.raises(AttributeError, match=r"Department\.need is computed anew"):
        double.departments[0].need = 0.5
    with pytest.raises(AttributeError, match=r"Department.reached has no mean; read \.stance\(task\)\.reached"):
        double.departments[0].reached  # noqa: B018  # reading is what fails


def test_a_leader_shows_the_mean_support(double):
    leader = double.leader("mayor")
    leader.stance("integration").support = 0.6
    leader.stance("climate_adaptation").support = -0.2
    assert leader.support == leader.openness == pytest.approx(0.2, abs=1e-12)


def test_tasks_and_agents_are_found_by_id(double):
    assert double.commissioner("adaptation").tasks == ("climate_adaptation",)
    assert double.leader("mayor").label.de == "Stadtoberhaupt"
    assert repr(double.department("youth")) == "<Department youth>"
    assert Administration("small", rng=1).department("youth").id == "social_services"
    assert repr(double.department("youth").stance("integration")) == "<Stance of youth: integration>"
    with pytest.raises(ValueError, match='there is no task "integratoin"; did you mean "integration"'):
        double.departments[0].stance("integratoin")
    with pytest.raises(ValueError, match="say which of the tasks; expected one of integration, climate_adaptation"):
        double.departments[0].stance()
    with pytest.raises(ValueError, match='there is no department "yuoth"; did you mean "youth"'):
        double.department("yuoth")
    with pytest.raises(ValueError, match=r'there is no group of civil society "associations"$'):
        double.group("associations")


def test_two_live_models_keep_apart(one_task, two_tasks):
    first, second = Administration(one_task, rng=1), Administration(two_tasks, rng=2)
    third = Administration(one_task, rng=3)
    before = [department.practice for department in first.departments]
    for model in (second, third):
        for department in model.departments:
            for task in model.settings.tasks:
                department.stance(task.id).practice = 1.0
        model.step()
    assert [department.practice for department in first.departments] == before
    assert max(before) < 0.5 < min(department.practice for department in third.departments)
    assert first.departments[0].world is first.world


def test_sets_of_agents_select_sum_up_and_group(model):
    departments = model.departments
    workloads = [department.workload for department in departments]
    assert departments.agg("workload", np.mean) == np.mean(workloads)
    assert departments.get("workload") == workloads
    busy = departments.select(lambda department: department.workload > np.median(workloads))
    assert len(busy) == 5
    assert all(department.workload > np.median(workloads) for department in busy)
    means = departments.groupby("division").agg("workload", np.mean)
    assert set(means) == set(model.world.departments["division"])
    assert means[0] == np.mean([d.workload for d in departments if d.division == 0])
    assert len(model.agents.select(agent_type=Leader)) == model.world.leaders.size
    departments.set("knowledge", 0.4)
    assert set(departments.get("knowledge")) == {0.4}
    departments.do(lambda department: setattr(department, "openness", 0.7))
    assert set(departments.get("openness")) == {0.7}
    seen = []
    departments.shuffle_do(lambda department: seen.append(department.id))
    assert sorted(seen) == sorted(department.id for department in departments)
    assert seen != [department.id for department in departments]


def test_a_kind_of_which_there_is_none_is_an_empty_set():
    model = Administration("no_unit", rng=1)
    assert len(model.commissioners) == len(model.civil_society) == 0


class Eager(Department):
    def __init__(self, model, index):
        super().__init__(model, index)
        self.seen = []

    def step(self):
        self.seen.append((self.model.month, self.practice))
        self.practice = 0.5


class Quiet(Commissioner):
    pass


class Recorder(Leader):
    def step(self):
        self.model.stepped.append(self.id)


def test_a_replaced_class_steps_after_the_rules_and_before_the_record(one_task):
    plain = Administration(one_task, rng=1)
    model = Administration(one_task, rng=1, department_class=Eager, commissioner_class=Quiet, leader_class=Recorder)
    model.stepped = []
    plain.step()
    model.step()
    department = model.department("youth")
    assert type(department) is Eager
    assert department.seen == [(one_task.start, plain.department("youth").practice)]
    assert model.measures["practice"] == pytest.approx(0.5, abs=1e-12)
    assert model.stepped == [leader.id for leader in model.leaders]
    model.step()
    assert [month for month, _ in department.seen] == [one_task.start, one_task.start + 1]
    assert model.datacollector.model_vars["practice"] == pytest.approx([0.5, 0.5], abs=1e-12)


def test_a_class_that_does_not_override_step_is_never_called(one_task, monkeypatch):
    def unexpected(agent):
        raise AssertionError(agent)

    model = Administration(one_task, rng=1, commissioner_class=Quiet)
    monkeypatch.setattr(mesa.Agent, "step", unexpected)
    model.step()
    assert type(model.commissioners[0]) is Quiet


@pytest.mark.parametrize(("argument", "wrong"), [("department_class", Leader), ("leader_class", mesa.Agent),
                                                 ("civil_society_class", 3)])  # fmt: skip
def test_a_class_of_another_kind_is_refused(one_task, argument, wrong):
    with pytest.raises(TypeError, match=r"cannot stand for (Department|Leader|CivilSociety): derive the class from it"):
        Administration(one_task, rng=1, **{argument: wrong})
