"""The pages on packages: expectations are of measures and cities that there are, and ticks follow from what came out."""

from __future__ import annotations

import pytest

from evidence.packages.__main__ import Asked, expectations, page
from evidence.site.__main__ import CITIES
from qsim.advice.advising import advise
from qsim.advice.choosing import Effort
from qsim.advice.library import load_library
from qsim.advice.offer import Budget
from qsim.scenario.loading import load_scenario


def test_six_cities_and_three_budgets_are_expected_something_of():
    assert len(expectations()) == 3
    for entry in expectations().values():
        assert sorted(entry["cities"]) == sorted(CITIES)
        assert {name for names in entry["cities"].values() for name in names} <= set(load_library().levers)
        assert set(entry["why"]) == {"de", "en"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_tick_stands_where_a_best_package_holds_what_was_expected(language):
    quick = Effort(runs=20, most=100, side=8, shown=2, looks=8, look_settings=2, side_looks=4)
    town = load_scenario("small", ["months=24", "administration.departments=6"])
    advice = advise(town, Budget(20_000.0), only=("working_circle", "training_few"), effort=quick, workers=1)
    held = {name for one in advice.best for name in one.ids}
    asked = Asked(advice, ("working_circle", "network"))
    assert asked.found == tuple(name for name in ("working_circle",) if name in held)
    text = page([asked], language)
    labels = [load_library().levers[name].label for name in asked.expected]
    told = [getattr(label, language) for label in labels]
    assert f"{told[0]} {'✓' if 'working_circle' in held else '–'}, {told[1]} –" in text
