"""The live page in Debian's Firefox: offline, under its policy, by keyboard, with the numbers of `qsim run`.

Without a Firefox the tests are skipped with the reason; with CI=true they fail.
"""

import numpy as np
import pytest

import trial_firefox
from qsim.engine.prepare import prepare
from qsim.engine.rows import rows_of
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.execution import run_rows
from qsim.scenario.loading import load_scenario
from trial_explore import planned
from trial_live import ANSWERED, POSTS, REPLICATIONS, SETTINGS, SHORT, UNFOLD
from worlds import load_as

FIELD = f'[data-key="{POSTS}"] input'


@pytest.fixture
def page(firefox, live_pages):
    """The path of a live page that Firefox has opened and computed."""
    path = live_pages("one")
    firefox.open(path)
    firefox.until(ANSWERED)
    return path


def outcomes(firefox):
    """Return the outcomes of the runs of the plan as it stands."""
    values = firefox.run(
        """const sample = qsim.runs.sample(qsim.state.scenario, qsim.state.now.changes);
        return arguments[0].map((name) => sample.values(name, arguments[1]).map((x) => Number.isNaN(x) ? null : x));""",
        [measure.name for measure in OUTCOMES],
        SETTINGS,
    )
    return dict(zip((measure.name for measure in OUTCOMES), np.array(values, dtype=float), strict=True))


@pytest.mark.parametrize(("typed", "changes"), [("", {}), ("0,5", {POSTS: 0.5})])
def test_it_computes_offline_what_run_computes(firefox, page, typed, changes):
    before = firefox.run("return document.getElementById('sentence').textContent")
    if typed:
        firefox.type(FIELD, typed)
        firefox.until(f"{ANSWERED} && qsim.last.changes")
        assert " Plan " in firefox.run("return document.getElementById('sentence').textContent") != before
    assert firefox.run("return navigator.onLine") is False
    assert firefox.run("return qsim.state.now.changes") == changes
    assert "dasselbe wie das Programm" in firefox.run("return document.getElementById('checked').textContent")
    columns = run_rows(
        prepare(planned(load_as("small", *SHORT), changes), True), rows_of(range(REPLICATIONS))
    ).runs_columns
    for name, values in outcomes(firefox).items():
        np.testing.assert_allclose(values, columns[name], rtol=1e-9, atol=1e-12, err_msg=name)
    assert firefox.run("return performance.getEntriesByType('resource').map((one) => one.name)") == []
    assert firefox.complaints(page) == []


def test_the_policy_is_at_work(firefox, page):
    firefox.run(
        "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hurt = 1' }))"
    )
    assert firefox.run("return 'hurt' in window") is False
    assert any("Content-Security-Policy" in one for one in firefox.complaints(page))


def test_axe_finds_no_fault_in_any_state(firefox, page):
    firefox.run(UNFOLD)
    assert trial_firefox.faults(firefox) == []
    firefox.type(FIELD, "99")
    assert firefox.run("return document.querySelector('[aria-invalid=true]').value") == "99"
    firefox.press("#plan-name", trial_firefox.ENTER)
    firefox.until(f"{ANSWERED} && document.querySelector('#plans table')")
    assert trial_firefox.faults(firefox) == []


def test_axe_finds_no_fault_on_paper_and_without_scripts(firefox, page, scriptless):
    firefox.type(FIELD, "0,5")
    firefox.press("#plan-name", trial_firefox.ENTER)
    firefox.until(f"{ANSWERED} && qsim.last.changes && document.querySelector('#plans table')")
    shown = "return getComputedStyle(document.querySelector(arguments[0])).display"
    firefox.show_as("print")
    try:
        assert firefox.run(shown, ".case") == "block"
        assert (firefox.run(shown, ".case"), firefox.run(shown, ".files")) == ("block", "none")
        assert trial_firefox.faults(firefox) == []
    finally:
        firefox.show_as("")
    assert firefox.run(shown, ".case") == "none"
    firefox.open(scriptless(page))
    assert "Skripte abgeschaltet" in firefox.run("return document.querySelector('main').innerText")
    assert trial_firefox.faults(firefox) == []


def test_a_month_is_typed_as_people_write_it(firefox, page):
    key = "concepts[added_concept].adopted"
    firefox.run(UNFOLD)
    firefox.press("#m-concept", " ")
    firefox.type(f'[data-key="{key}"] input[type=month]', "3.2021")
    assert firefox.run("return qsim.state.now.changes") == {key: 12 * 2021 + 2}
    firefox.type(f'[data-key="{key}"] input[type=month]', "soon")
    assert "Bitte Jahr und Monat" in firefox.run(
        "return document.querySelector('[data-key] [role=alert]:not(:empty)').textContent"
    )
    assert firefox.run("return qsim.state.now.changes") == {key: 12 * 2021 + 2}


def test_a_city_of_ones_own_is_asked_for_and_computed(firefox, city_pages):
    firefox.open(city_pages())
    firefox.until("document.getElementById('checked').textContent")
    assert "dasselbe wie das Programm" in firefox.run("return document.getElementById('checked').textContent")
    firefox.type("#answer_inhabitants", "55.000")
    firefox.press("#answer_task_climate", " ")
    firefox.type("#answer_since_month", "4/2025")
    assert trial_firefox.faults(firefox) == []
    firefox.press("[data-key=to_house]", trial_firefox.ENTER)
    firefox.run(UNFOLD)
    assert trial_firefox.faults(firefox) == []
    assert firefox.run("return qsim.own.city.answers().since") == "2025-04"
    firefox.press("[data-key=show_results]", trial_firefox.ENTER)
    firefox.until(ANSWERED)
    firefox.run(UNFOLD)
    assert trial_firefox.faults(firefox) == []
    path = city_pages().with_name("firefox.yaml")
    path.write_text(firefox.run("return qsim.files.text()"), encoding="utf-8")
    columns = run_rows(prepare(load_scenario(path), True), rows_of(range(REPLICATIONS))).runs_columns
    for name, values in outcomes(firefox).items():
        np.testing.assert_allclose(values, columns[name], rtol=1e-9, atol=1e-12, err_msg=name)
    assert firefox.complaints(city_pages()) == []
