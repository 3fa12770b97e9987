"""The ensemble of settings: its file, its rows in every command, and that it is of the rules that run."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from evidence.settings.space import DRAWN
from qsim import Administration, compare, load_scenario, simulate
from qsim.commands.root import app
from qsim.comparison.comparing import ComparisonPlan
from qsim.comparison.record import page_manifest
from qsim.comparison.worlds import twin_rows
from qsim.engine import settings
from qsim.engine.prepare import prepare
from qsim.engine.rows import TWINS, rows_of
from qsim.engine.settings import FILE, Ensemble, parameter_rows, read_ensemble, rules_hash
from qsim.mechanisms.month import RULES
from qsim.runs.execution import run_rows
from qsim.world.parameters import default_parameters
from worlds import city, run_months

LEAST = 400


@pytest.fixture(scope="module")
def ensemble():
    return read_ensemble(FILE)


def test_the_ensemble_is_of_these_rules(ensemble):
    """Where this fails rules or ranges have changed: `make settings` makes the ensemble anew."""
    assert ensemble.rules == rules_hash()
    assert ensemble.names == tuple(name for name, _, _ in DRAWN)


def test_settings_are_many_and_lie_in_their_ranges(ensemble):
    assert len(ensemble.values) >= LEAST
    assert len(np.unique(ensemble.values, axis=0)) == len(ensemble.values)
    for (name, low, high), column in zip(DRAWN, ensemble.values.T, strict=True):
        assert low <= column.min() < column.max() <= high, name


def test_the_defaults_are_the_central_setting(ensemble):
    """`make settings` writes them."""
    assert ensemble.records()[:1] == default_parameters(RULES)


def test_a_file_is_read_as_it_was_written(tmp_path):
    made = Ensemble(
        "0123abcd", 7, "2026-11-29", ("practice.up", "learning.forgetting"), np.array([[0.1, 2e-3], [0.05, 1.0]])
    )
    path = tmp_path / "settings.csv"
    path.write_text(made.text())
    again = read_ensemble(path)
    assert (again.rules, again.seed, again.date, again.names) == (made.rules, made.seed, made.date, made.names)
    assert (again.values == made.values).all()
    records = again.records()
    assert records["practice_up"].tolist() == [0.1, 0.05]
    assert (records["practice_down"] == default_parameters(RULES)["practice_down"]).all()


def test_words_and_defaults_do_not_change_the_hash_but_rules_do(tmp_path, monkeypatch):
    folder = tmp_path / "mechanisms"
    folder.mkdir()
    monkeypatch.setattr(settings, "__file__", str(tmp_path / "engine" / "settings.py"))
    text = (
        '"""Words."""\nRULE = Rule(\n    "x", (Parameter("up", 0.1, 0, 1),),\n)\n\n'
        'def rule(world):\n    """More."""\n    return 2.0  # so\n'
    )

    def hashed(content):
        (folder / "x.py").write_text(content)
        return rules_hash()

    before = hashed(text)
    assert hashed(text.replace("Words", "Others").replace("# so", "").replace("0.1", "0.2")) == before
    assert hashed(text.replace("2.0", "3.0")) != before


def test_a_stale_ensemble_is_said_once_and_used(monkeypatch, capsys):
    parameter_rows.cache_clear()
    monkeypatch.setattr(settings, "rules_hash", lambda: "others")
    rows = parameter_rows(True)
    assert parameter_rows(True) is rows
    assert capsys.readouterr().err.count("were made for other rules; make settings makes them anew") == 1
    parameter_rows.cache_clear()


def test_five_runs_share_a_setting_and_settings_begin_again():
    assert rows_of([0, 4, 5, 12]) == [(0, 0), (4, 0), (5, 1), (12, 2)]
    assert rows_of([3, 7], plausible=False) == [(3, 3), (7, 7)]
    assert rows_of(range(15)) == twin_rows(3, TWINS)
    prepared = prepare(city(), True)
    count = prepared.blueprint.parameters.size
    assert prepared.blueprint.row(count + 1) == prepared.blueprint.row(1) != prepared.blueprint.row(2)


def test_what_a_scenario_says_wins_over_the_ensemble():
    scenario = city(parameters={"practice": {"up": 0.07}})
    worlds = [prepare(scenario, True).blueprint.world(1, 0, setting) for setting in range(3)]
    assert [float(world.parameters["practice_up"][0]) for world in worlds] == [0.07] * 3
    assert len({float(world.parameters["practice_down"][0]) for world in worlds}) == 3


NAMES = ("small", "halle", "funding_24")


@pytest.mark.parametrize("name", NAMES)
def test_the_same_rows_are_the_same_numbers_everywhere(name, tmp_path):
    """In Python, `qsim run`, on its page, a comparison with any other scenario, and the Mesa model: to the last digit."""
    scenario = load_scenario(name)
    runs = simulate(scenario, 15).runs
    asked = ["run", name, "-r", "15", "--json", "--quiet", "--report", str(tmp_path / "page.html")]
    told = json.loads(CliRunner().invoke(app, asked).stdout)["outcomes"]
    page = page_manifest(tmp_path / "page.html")["numbers"]["levels"][name]
    plan = ComparisonPlan([load_scenario("no_unit"), scenario], settings=3)
    worlds = plan.worlds()
    plan.run(worlds)
    twins = worlds.results[1].runs
    pair = compare([load_scenario("no_unit"), scenario], settings=3)[0]
    for outcome in ("practice", "joint_practice", "hours_departments_total"):
        assert twins[outcome].tolist() == runs[outcome].tolist()
        assert told[outcome]["mean"] == page[outcome] == float(runs[outcome].mean())
        assert pair.outcomes[outcome].levels[1] == pytest.approx(float(runs[outcome].mean()), rel=1e-14)
    model = Administration(scenario, rng=1, replicate=7, setting=1)
    model.run_model()
    series = simulate(scenario, replicates=[7]).series
    assert model.measures["practice"] == series["practice"].iloc[-1]


def test_fixed_keeps_the_central_setting_in_all_runs():
    result = run_rows(prepare(city()), rows_of(range(4), plausible=False))
    assert simulate(city(), 4, fixed=True).runs["practice"].tolist() == result.runs["practice"].tolist()
    world = prepare(city()).blueprint.world(1, 3, 3)
    run_months(world, 24)
    assert world.parameters == default_parameters(RULES)
