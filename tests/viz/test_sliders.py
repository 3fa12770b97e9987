"""The inputs of Mesa's page: in both languages, within the limits of the schema, and taken as a scenario has them."""

import pytest

from qsim.engine.model import Administration
from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario
from qsim.viz.sliders import Sliders, speaker

POSTS = "commissioners[integration].funding[0].posts"
MONTHS = "commissioners[integration].funding[0].duration_months"
POSITION = "commissioners[integration].position"


@pytest.fixture(scope="module", params=["de", "en"])
def small(request):
    return Sliders("small", speaker(request.param))


@pytest.mark.parametrize("name", ["medium", "halle", "no_unit", "two_units", "remscheid"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_input_has_a_name_of_its_own_and_a_value_within_its_limits(name, language):
    inputs = Sliders(name, speaker(language)).inputs
    assert next(iter(inputs)) == "replicate"
    assert len({one["label"] for one in inputs.values()}) == len(inputs) > 3
    for key, one in inputs.items():
        assert one["value"] in one["values"] if one["type"] == "Select" else one["min"] <= one["value"] <= one["max"], (
            key
        )


def test_what_matters_most_can_be_moved(small):
    assert {POSTS, MONTHS, POSITION, "administration.workload"} < set(small.inputs)


def test_what_was_not_moved_is_the_scenario_itself(small):
    values = {key: one["value"] for key, one in small.inputs.items()}
    model = small.model_class(rng=1)(**values)
    assert isinstance(model, Administration)
    assert model.settings.id == "small"
    assert small.changes({key: value for key, value in values.items() if key != "replicate"}) == {}


def test_what_was_moved_stands_in_the_scenario(small):
    options = small.inputs[POSITION]["values"]
    section = next(one for one in options if one.startswith(("Sachgebiet", "section", "Section", "A section")))
    model = small.model_class(rng=3)(replicate=2, **{POSTS: 1.5, POSITION: section})
    model.run_model()
    series = simulate(
        load_scenario("small", {POSTS: 1.5, POSITION: "section"}), replicates=[2], seed=3, fixed=True
    ).series
    assert list(model.datacollector.get_model_vars_dataframe()["practice"]) == list(series["practice"])


def test_posts_for_good_get_months(small):
    assert small.inputs[MONTHS]["value"] == 0
    model = small.model_class(rng=1)(**{MONTHS: 24})
    phase = model.settings.commissioners[0].funding[0]
    assert (phase.kind, phase.duration_months) == ("fixed", 24)


def test_what_nobody_knows_stays_open():
    halle = Sliders("halle", speaker("en"))
    known = [halle.scenario.commissioners[0].funding[number].posts for number in range(3)]
    keys = [f"commissioners[service_centre].funding[{number}].posts" for number in range(3)]
    assert [key in halle.inputs for key in keys] == [isinstance(posts, float) for posts in known] == [True, True, False]
    position = halle.inputs["commissioners[service_centre].position"]
    assert position["value"] == "as the scenario says" == position["values"][0]
    assert len(position["values"]) == 6


def test_every_input_can_be_moved_to_its_ends(small):
    town = small.model_class(rng=1)
    for key, one in small.inputs.items():
        for value in one["values"] if one["type"] == "Select" else (one["min"], one["max"]):
            town(**{key: value}).step()
