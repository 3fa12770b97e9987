"""A model stepped and edited at random: agents show what is written at once, rules go on from it, invariants hold."""

import math

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from invariants import Before, check_measures, check_world
from qsim.engine.model import Administration
from qsim.engine.user_rules import own_rule
from qsim.world.records import TABLES
from strategies import scenarios, steps
from worlds import busy, changed, snapshot

VIEWS = {
    "departments": lambda model: list(model.departments),
    "stances": lambda model: [d.stance(task.id) for d in model.departments for task in model.settings.tasks],
    "units": lambda model: list(model.commissioners),
    "relations": lambda model: [u.relation(d) for d in model.departments for u in model.commissioners],
    "leaders": lambda model: list(model.leaders),
    "support": lambda model: [i.stance(task.id) for i in model.leaders for task in model.settings.tasks],
    "groups": lambda model: list(model.civil_society),
}
"""What shows the records of a table through Mesa: agents, and what they share with a task or with one another."""
STATES = [(table, field) for table in VIEWS for field in TABLES[table] if field.kind == "state"]
OTHERS = [(table, field) for table in VIEWS for field in TABLES[table] if field.kind != "state"]
BOUNDED = [(table, field) for table, field in STATES if field.low > -math.inf]


def values_of(field, month):
    """Return the values a state may be given: all shares; months within ten years; other numbers of usual size."""
    if field.unit == "month":
        return st.integers(month - 120, month + 120).map(float)
    if math.isfinite(field.high):
        return steps(field.low, field.high)
    return steps(-2.0, 2.0) if field.low < 0.0 else steps(0.0, 100.0)


class Edited(RuleBasedStateMachine):
    """An administration that somebody edits between its months."""

    @initialize(scenario=scenarios(months=5, sizes=st.integers(4, 10)), replicate=st.integers(0, 2))
    def begin(self, scenario, replicate):
        self.edits = {}
        self.seen = 0
        first = own_rule(self.stand_as_edited, before="calendar")
        self.model = Administration(scenario, rng=1, replicate=replicate, rules=[first])

    def stand_as_edited(self, model):
        """A rule before all others: nothing has touched an edit until here."""
        for (table, name, index), value in self.edits.items():
            assert getattr(model.world, table)[name][index] == value, (table, name)
        self.seen += 1

    def drawn_view(self, data, table):
        views = VIEWS[table](self.model)
        return data.draw(st.sampled_from(views)) if views else None

    @rule(data=st.data(), place=st.sampled_from(STATES))
    def write(self, data, place):
        """A written state is read back at once, stands in the world, and touches nothing else."""
        table, field = place
        view = self.drawn_view(data, table)
        if view is None:
            return
        value = data.draw(values_of(field, self.model.month))
        before = snapshot(self.model.world)
        setattr(view, field.name, value)
        assert getattr(view, field.name) == value
        assert getattr(self.model.world, table)[field.name][view.index] == value
        after, name = snapshot(self.model.world), f"{table}.{field.name}"
        assert changed(before, after) <= {name}
        assert (after[name] != before[name]).sum() <= 1
        self.edits[table, field.name, view.index] = value

    @rule(data=st.data(), kind=st.sampled_from([("departments", "stances"), ("leaders", "support")]))
    def write_for_the_task(self, data, kind):
        """With one task an agent's attribute is that of its stance; with several the mean is refused."""
        table, shared = kind
        field = data.draw(st.sampled_from([field for name, field in STATES if name == shared]))
        agent = self.drawn_view(data, table)
        value = data.draw(values_of(field, self.model.month))
        array = getattr(self.model.world, shared)[field.name]
        before = array[agent.index].copy()
        if before.size == 1:
            setattr(agent, field.name, value)
            assert getattr(agent, field.name) == getattr(agent.stance(), field.name) == value
            self.edits[shared, field.name, (agent.index, 0)] = value
        else:
            with pytest.raises(AttributeError, match="mean over"):
                setattr(agent, field.name, value)
            assert np.array_equal(array[agent.index], before)

    @rule(data=st.data(), place=st.sampled_from(OTHERS))
    def write_what_is_no_state(self, data, place):
        """What is derived, fixed or an index is refused, whatever the value."""
        table, field = place
        view = self.drawn_view(data, table)
        if view is None:
            return
        before = getattr(view, field.name)
        with pytest.raises(AttributeError, match=f"{field.name} (is|says).*cannot be written"):
            setattr(view, field.name, data.draw(st.sampled_from((0.0, 0.5, before))))
        after = getattr(view, field.name)
        assert after == before or math.isnan(before)

    @rule(data=st.data(), place=st.sampled_from(BOUNDED), far=steps(0.001, 3.0))
    def write_out_of_range(self, data, place, far):
        """Values below or above the range, and what is no number, are refused and change nothing."""
        table, field = place
        view = self.drawn_view(data, table)
        if view is None:
            return
        before = getattr(view, field.name)
        wrong = [field.low - far, math.nan, *([field.high + far] if math.isfinite(field.high) else [])]
        with pytest.raises(ValueError, match=f"{field.name} is a .* from {field.low:g} to"):
            setattr(view, field.name, data.draw(st.sampled_from(wrong)))
        assert getattr(view, field.name) == before

    @precondition(lambda self: self.model.running)
    @rule()
    def step(self):
        """The month finds all edits as they were made, and ends with the invariants."""
        model = self.model
        before, months = Before(model.world), self.seen
        model.step()
        assert self.seen == months + 1
        self.edits.clear()
        check_world(model.world, before)
        check_measures(model.world, np.array(model.gauge.values), model.gauge.by_task)
        assert model.running == (model.month < model.settings.start + model.settings.months - 1)

    @precondition(lambda self: not self.model.running)
    @rule()
    def step_after_the_end(self):
        """After the last month nothing moves, edits stay."""
        before = snapshot(self.model.world)
        self.model.step()
        assert not changed(before, snapshot(self.model.world))


Edited.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestEdited = Edited.TestCase


@pytest.fixture(scope="module")
def untouched():
    """A city with something of everything in its sixth month, and the same one month later."""
    return stepped(6), stepped(7)


def stepped(months):
    model = Administration(busy(months=24), rng=1)
    for _ in range(months):
        model.step()
    return model


@pytest.mark.parametrize(("table", "field"), STATES, ids=[f"{table}.{field.name}" for table, field in STATES])
def test_every_written_state_moves_what_follows(untouched, table, field):
    """Written for all, it is still there at the end of the month, or has left its mark on something else."""
    before, after = untouched
    model = stepped(6)
    for view in VIEWS[table](model):
        value = getattr(view, field.name)
        middle = {"month": model.month + 1.0, "months": 20.0}.get(
            field.unit, 0.5 * (max(field.low, -1.0) + min(field.high, 1.0))
        )
        setattr(view, field.name, middle if value != middle else middle + 0.1)
    assert changed(snapshot(before.world), snapshot(model.world)) == {f"{table}.{field.name}"}
    model.step()
    assert changed(snapshot(after.world), snapshot(model.world))
    check_measures(model.world, np.array(model.gauge.values), model.gauge.by_task)


@pytest.mark.parametrize("value", ["much", None, [0.5, 0.5]])
def test_what_is_no_number_is_refused(value):
    department = stepped(1).departments[0]
    before = department.practice
    with pytest.raises((TypeError, ValueError)):
        department.practice = value
    assert department.practice == before
