"""Plausible settings as a factor: runs lie in the setting that their point says, and a study grows by settings."""

import numpy as np
import pytest

from qsim.comparison.when.study import read_study
from qsim.engine.prepare import prepare
from qsim.engine.settings import moved_parameters, parameter_rows
from qsim.files.messages import InputError
from qsim.measures.catalogue import OUTCOMES
from qsim.scenario.loading import load_scenario
from qsim.sensitivity.space import asked_of
from qsim.sweep.reproduce import reproduce
from trial_studies import CHANGES, files_of, run, tables

PRACTICE = [one.name for one in OUTCOMES].index("practice")
LAST = len(parameter_rows(True)) - 1
SETTINGS = """factors:
  - {{id: world, key: setting, {values}}}
  - {{id: posts, key: "commissioners[integration].funding[0].posts", levels: [1, 2]}}
design: {{kind: {kind}}}
replications: 2
outcomes: [{{measure: practice}}]
"""


def settings(values="levels: [0, 7]", kind="factorial"):
    return SETTINGS.format(values=values, kind=kind)


def test_all_runs_of_a_point_lie_in_its_setting(load, tmp_path):
    run(load(settings()), tmp_path / "out")
    runs, points = tables(tmp_path / "out")
    assert points["world"].tolist() == [0, 0, 7, 7]
    for point, (setting, posts) in enumerate([(0, 1), (0, 2), (7, 1), (7, 2)]):
        scenario = load_scenario("small", [*CHANGES, f"commissioners[integration].funding[0].posts={posts}"])
        expected = prepare(scenario, plausible=True).run(1, [(0, setting), (1, setting)]).outcomes[:, PRACTICE]
        assert runs[runs["point"] == point]["practice"].tolist() == expected.tolist()
    assert reproduce(tmp_path / "out", everything=True).agrees


def test_more_settings_use_those_that_were_run(load, counted, tmp_path):
    run(load(settings()), tmp_path / "small")
    more = load(settings("levels: [7, 3, 0]"))
    run(more, tmp_path / "once")
    counted.clear()
    run(more, tmp_path / "grown", reuse=tmp_path / "small")
    assert counted == [(0, 3), (1, 3), (0, 3), (1, 3)]
    assert files_of(tmp_path / "grown") == files_of(tmp_path / "once")


def test_a_range_of_settings(load):
    experiment = load(settings(f"range: [0, {LAST}], integer: true", "sobol, number: 64"))
    chosen = experiment.design.codes(0, 64)[:, 0]
    assert (chosen == np.floor(chosen)).all()
    assert len(set(chosen)) > 32


def test_discovery_asks_what_settings_say(load, tmp_path):
    run(load(settings()), tmp_path / "out")
    found = read_study(tmp_path / "out")
    keys, values = moved_parameters(parameter_rows(True))
    assert found.factors == ["posts", *keys]
    assert found.points[keys[0]].tolist() == values[[0, 0, 7, 7], 0].tolist()
    assert found.names["parameters.practice.up"].label.de != "parameters.practice.up"


WRONG = {
    "no such": (settings(f"levels: [0, {LAST + 1}]"), f"{LAST + 1} is no setting; expected a whole number from 0 to {LAST}"),
    "broken": (settings("levels: [0, 1.5]"), "1.5 is no setting; expected a whole number"),
    "a text": (settings("levels: [0, all]"), '"all" is no setting'),
    "a range": (settings("range: [0, 9]", "sobol, number: 4"), 'write "integer: true" beside the range'),
    "a name near it": (settings().replace("key: setting,", "key: setings,"), 'unknown key "setings"; did you mean "setting"?'),
    "fixed": ("fixed: true\n" + settings(), "with fixed parameters there is one setting alone; leave out one of both"),
    "a package": (
        settings("levels: [0, 7]") .replace("key: setting, levels: [0, 7]", "set: {a: {setting: 1}, b: {}}"),
        "settings are a factor of their own, by levels or over a range",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_its_place(load, name):
    text, words = WRONG[name]
    with pytest.raises(InputError) as caught:
        load(text)
    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_sensitivity_varies_all_settings_anyway(write):
    with pytest.raises(InputError, match="all settings are varied here anyway; leave the factor out"):
        asked_of(write(settings()))
