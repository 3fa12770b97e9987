"""What a page cannot change, or cannot hold, is refused where the page is made."""

import numpy as np
import pytest

from qsim.browser.bundle import bundle
from qsim.browser.image import image_of
from qsim.browser.layout import HEAD, ROW, signature
from qsim.browser.worlds import Worlds
from qsim.files.messages import InputError
from qsim.scenario.loading import load_scenario
from qsim.scenario.values import Unknown
from qsim.world.records import World
from worlds import city

SHARE = Unknown(between=(0.1, 0.9))


def test_every_number_of_departments_has_a_structure():
    worlds = Worlds(load_scenario("small"), 1, controls={"administration.departments": Unknown(between=(8, 11))})
    assert [structure.choice for structure in worlds.structures()] == [(8.0,), (9.0,), (10.0,), (11.0,)]
    assert len(worlds.prepared.house.departments) == 11


REFUSED = {
    "administration.colour": "unknown key",
    "administration.hierarchy": "is not a share",
    "commissioners[integration].funding[0].duration_months": "a permanent phase has no duration",
}


@pytest.mark.parametrize(("key", "found"), REFUSED.items())
def test_what_the_scenario_does_not_allow_is_no_control(key, found):
    with pytest.raises(InputError) as error:
        Worlds(load_scenario("medium"), 1, controls={key: Unknown(between=(2, 40))})
    assert found in str(error.value)


def test_controls_need_a_file():
    with pytest.raises(ValueError, match="read from a file"):
        Worlds(city(), 1, controls={"administration.hierarchy": SHARE})
    assert len(list(Worlds(city(), 1).structures())) == 1


def test_a_control_that_changes_more_than_its_words_is_refused():
    changes = {"concepts": [{"id": name, "adopted": "2021-01", "ambition": 0.5, "concreteness": 0.5, "tasks": ["integration"]}
                            for name in ("one", "two")]}  # fmt: skip
    scenario = load_scenario("small", changes)
    worlds = Worlds(scenario, 1, controls={"concepts[one].adopted": Unknown(between=(12 * 2020, 12 * 2028))})
    with pytest.raises(ValueError, match=r"leaving concepts\[one\].adopted open changes concepts of small"):
        list(worlds.structures())


def test_too_many_structures_and_scenarios_of_one_name():
    keys = ("administration.departments", "commissioners[integration].position")
    controls = {keys[0]: Unknown(between=(5, 105)), keys[1]: Unknown(one_of=("line_unit", "staff_unit"))}
    with pytest.raises(ValueError, match="202 structures; 200 fit a page"):
        list(Worlds(load_scenario("small"), 1, controls=controls).structures())
    with pytest.raises(ValueError, match="different ids"):
        bundle([Worlds(load_scenario("small"), 1), Worlds(load_scenario("small"), 1)])
    with pytest.raises(ValueError, match="equally many settings"):
        bundle([Worlds(load_scenario("small"), 1), Worlds(load_scenario("medium"), 2)])


def test_an_image_is_the_arrays_of_the_plan():
    worlds = Worlds(load_scenario("medium"), 1, seed=2**64 - 1)
    (structure,) = worlds.structures()
    image, template = structure.image, worlds.prepared.reference.template
    head = np.frombuffer(image.content, "<i8", HEAD + ROW * len(World._fields))
    assert head[:HEAD].tolist() == [signature(), len(image.content), 120]
    for name, array in zip(World._fields, template, strict=True):
        content = image.content[image.offsets[name] :][: array.nbytes]
        assert name == "key" or content == array.tobytes(), name
    key = np.frombuffer(image.content, template.key.dtype, 1, image.offsets["key"])
    assert (int(key["seed"][0]), int(key["start"][0])) == (2**64 - 1, worlds.scenario.start)


def test_arrays_that_do_not_fit_together_make_no_image():
    worlds = Worlds(load_scenario("small"), 1)
    plan = worlds.prepared.reference
    for name, array in (("tie_first", plan.template.tie_first[:-1]), ("scratch", plan.template.scratch.astype("f4"))):
        with pytest.raises(ValueError, match=f"^{name} is "):
            image_of(plan, plan.template._replace(**{name: array}), 1)
