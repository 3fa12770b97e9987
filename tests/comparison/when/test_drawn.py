"""What the table of drawn values says is what the worlds have, for either twin."""

import numpy as np
import pytest

from qsim.comparison.when.drawn import drawn
from qsim.comparison.worlds import prepare_twins
from qsim.scenario.loading import load_scenario

SETTINGS = range(12)
NEVER = 25200


def column(table, key):
    return table.values[:, [factor.id for factor in table.factors].index(key)]


def keys(table):
    return {factor.id for factor in table.factors}


def table_of(*scenarios, plausible=True):
    twins = prepare_twins(scenarios, plausible)
    return twins, drawn(twins, 7, SETTINGS)


def test_the_values_are_those_of_the_worlds_of_both_twins():
    twins, table = table_of(load_scenario("schwerin_staff_unit"), load_scenario("schwerin"))
    for twin in twins:
        worlds = [twin.blueprint.world(7, 0, setting) for setting in SETTINGS]
        assert column(table, "parameters.practice.up").tolist() == [w.parameters["practice_up"][0] for w in worlds]
        assert column(table, "administration.hierarchy").tolist() == [w.administration["hierarchy"][0] for w in worlds]
        plans = [twin.blueprint.plan(7, setting)[0] for setting in SETTINGS]
        sizes = [plan.scenario.administration.departments for plan in plans]
        assert column(table, "administration.departments").tolist() == sizes
        assert set(column(table, "concepts[concept_2008].ambition")) == {w.concepts["ambition"][0] for w in worlds}


def test_numbers_months_counts_and_levels_are_told_apart():
    _, table = table_of(load_scenario("potsdam"), load_scenario("potsdam_staff_unit"))
    factors = {factor.id: factor for factor in table.factors}
    assert factors["administration.departments"].whole
    assert any(factor.months for factor in table.factors)
    position = factors["commissioners[climate_unit].position"]
    assert position.levels == ("section", "staff_unit")
    assert set(column(table, position.id)) <= {0.0, 1.0}
    assert factors["administration.vacancy_share"].unit == "share"
    assert factors["parameters.practice.up"].unit == "share a month"


def test_what_only_one_twin_leaves_open_counts_and_says_whose_it_is():
    _, table = table_of(load_scenario("potsdam"), load_scenario("potsdam_staff_unit"))
    origins = dict(zip((factor.id for factor in table.factors), table.origins, strict=True))
    assert origins["commissioners[climate_unit].position"] == 0
    _, turned = table_of(load_scenario("potsdam_staff_unit"), load_scenario("potsdam"))
    origins = dict(zip((factor.id for factor in turned.factors), turned.origins, strict=True))
    assert origins["commissioners[climate_unit].position"] == 1
    assert keys(turned) == keys(table)


def test_facts_told_events_and_rules_that_are_off_are_left_out():
    twins, table = table_of(load_scenario("schwerin"), load_scenario("schwerin_staff_unit"))
    open_keys = set(twins[0].blueprint.unknowns)
    assert {key for key in open_keys if key.startswith("facts[")}
    assert not {key for key in keys(table) if key.startswith("facts[")}
    assert "events[reelection_2023].date" in open_keys - keys(table)
    _, without = table_of(
        *(load_scenario(name, ["rules.off=[learning]"]) for name in ("schwerin", "schwerin_staff_unit"))
    )
    assert keys(table) - keys(without) == {key for key in keys(table) if key.startswith("parameters.learning.")}
    _, half = table_of(load_scenario("schwerin"), load_scenario("schwerin_staff_unit", ["rules.off=[learning]"]))
    assert keys(half) == keys(table)


def test_nothing_is_drawn_where_nothing_is_open(short):
    _, table = table_of(short("one_unit"), short("no_unit"), plausible=False)
    assert table.values.shape == (len(SETTINGS), len(table.factors))
    assert not {key for key in keys(table) if key.startswith("parameters.")}


def test_months_after_the_end_are_all_alike():
    twins, table = table_of(load_scenario("municipality"), load_scenario("municipality"))
    after = twins[0].scenario.start + twins[0].scenario.months
    never = {key for key, unknown in twins[0].blueprint.unknowns.items() if NEVER in (unknown.one_of or ())}
    assert never
    for key in never:
        assert after in column(table, key)
        assert column(table, key).max() == after


def test_some_settings_keep_their_factors(short):
    _, table = table_of(short("one_unit"), short("no_unit"))
    some = table.some(np.arange(3))
    assert some.factors == table.factors
    assert some.values.tolist() == table.values[:3].tolist()
    with pytest.raises(IndexError):
        table.some([len(SETTINGS)])
