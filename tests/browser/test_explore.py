"""The live page in a browser: it answers, keeps, saves and opens plans, and its numbers are those of `qsim run`."""

import re

import numpy as np
import pytest

from qsim.engine.prepare import prepare
from qsim.engine.rows import rows_of
from qsim.explore.page import HERE
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.execution import run_rows
from qsim.scenario.loading import load_scenario
from trial_explore import planned
from trial_live import (
    POSTS,
    REPLICATIONS,
    SETTINGS,
    SHORT,
    WAIT,
    answered,
    control,
    set_number,
    text,
    tick,
    until,
)
from worlds import load_as

FOUNDED = "commissioners[added_commissioner].funding[added_first_post]"


def test_it_computes_by_itself_and_comes_to_the_numbers_of_run(live):
    found = live()
    assert "dasselbe wie das Programm" in text(found, "checked")
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith(("file:", "blob:"))] == []
    assert text(found, "state") == f"Aus {REPLICATIONS} Läufen."
    assert found.page.locator("#made").is_hidden()


@pytest.mark.parametrize(
    ("place", "name", "changes"),
    [
        (0, "small", {}),
        (1, "no_unit", {}),
        (1, "no_unit", {"formats[added_working_circle].start": 24244}),
        (1, "no_unit", {f"{FOUNDED}.start": 24242, "commissioners[added_commissioner].position": "line_unit"}),
    ],
)
def test_all_outcomes_are_those_of_run(live, place, name, changes):
    found = live("two")
    given = found.run(
        """async ([place, changes, settings, names]) => {
            const scenario = qsim.data.scenarios[place], { signal } = new AbortController();
            await qsim.runs.extend(scenario, [changes], [settings], signal)[0];
            const sample = qsim.runs.sample(scenario, changes);
            return Object.fromEntries(names.map((name) => [name, sample.values(name, settings)]));
        }""",
        [place, changes, SETTINGS, [measure.name for measure in OUTCOMES]],
    )
    scenario = planned(load_as(name, *SHORT), changes)
    columns = run_rows(prepare(scenario, True), rows_of(range(REPLICATIONS))).runs_columns
    for measure in OUTCOMES:
        here = np.array(given[measure.name], dtype=float)
        np.testing.assert_allclose(here, columns[measure.name], rtol=1e-9, atol=1e-12, err_msg=measure.name)


def test_a_change_is_answered_in_words_and_said_once(live):
    found = live()
    found.run("""() => {
        window.heard = [];
        new MutationObserver(() => heard.push(document.getElementById("said").textContent))
            .observe(document.getElementById("said"), { childList: true });
    }""")
    set_number(found, POSTS, "0")
    answered(found)
    assert text(found, "count") == "1 Änderung"
    assert "schlechter" in text(found, "badge")
    assert "Zwillingswelten (Zufall)" in text(found, "sentence")
    assert text(found, "sentence").startswith("Der Plan ist ")
    assert "schlechter als der heutige Stand, in " in text(found, "sentence")
    assert "mit dem Plan werden " in text(found, "sentence")
    until(found, "said", re.compile("schlechter als"))
    assert len(found.run("heard")) == 1
    assert found.complaints == []


def test_a_saved_plan_gives_the_same_numbers_in_run_and_is_opened_again(live, tmp_path):
    found = live()
    set_number(found, POSTS, "2.5")
    tick(found, "checklist")
    control(found, "commissioners[integration].position").locator("select").select_option("line_unit")
    answered(found)
    shown = found.run(
        """(settings) => {
            const sample = qsim.runs.sample(qsim.state.scenario, qsim.state.now.changes);
            const means = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
            return Object.fromEntries(["joint_practice", "practice", "workload"].map((name) =>
                [name, means(sample.values(name, settings))]));
        }""",
        SETTINGS,
    )
    with found.page.expect_download() as saving:
        found.page.click("#save")
    path = tmp_path / saving.value.suggested_filename
    saving.value.save_as(path)
    result = run_rows(prepare(load_scenario(path), True), rows_of(range(REPLICATIONS)))
    for name, value in shown.items():
        assert float(result.runs_columns[name].mean()) == pytest.approx(value, rel=1e-9), name
    assert path.name in text(found, "commands")
    found.page.fill("#plan-name", "Halbe: Sache")
    found.page.press("#plan-name", "Enter")
    with found.page.expect_download() as saving:
        found.page.click("#save")
    saving.value.save_as(path)
    found.page.get_by_role("button", name="Plan A löschen").click()
    found.page.click("#reset-all")
    assert text(found, "count") == "keine Änderung"
    found.page.set_input_files("#file", path)
    until(found, "count", "3 Änderungen")
    assert text(found, "file-told") == f"Geöffnet: {path.name}, 3 Änderungen."
    assert "Plan A öffnen: Halbe: Sache" in text(found, "plans")


def test_the_address_holds_the_plan_and_undo_goes_back(live):
    found = live()
    set_number(found, POSTS, "3")
    answered(found)
    address = found.page.url
    assert "posts" in address
    found.page.click("#undo")
    assert text(found, "count") == "keine Änderung"
    found.page.click("#redo")
    assert text(found, "count") == "1 Änderung"
    other = live(fragment=address[address.index("#") :])
    assert text(other, "count") == "1 Änderung"
    assert control(other, POSTS).locator("input").first.input_value() == "3"


def test_plans_are_kept_named_and_set_side_by_side(live):
    found = live()
    for value, name in (("0.5", "Halbe Stelle"), ("4", "")):
        set_number(found, POSTS, value)
        found.page.fill("#plan-name", name)
        found.page.press("#plan-name", "Enter")
    found.page.wait_for_selector("#plans table", timeout=WAIT)
    found.page.wait_for_selector("#plans th:nth-child(4)[scope=col]", timeout=WAIT)
    assert "A: Halbe Stelle" in text(found, "plans")
    assert "B: Plan B" in text(found, "plans")
    found.page.get_by_role("button", name="Plan A öffnen").click()
    assert control(found, POSTS).locator("input").first.input_value() == "0,5"
    found.page.get_by_role("button", name="Plan B löschen").click()
    assert "Plan B" not in found.page.locator("ul.plans").inner_text()


def test_the_calendar_follows_the_plan_and_what_was_unfolded_stays(live):
    found = live()
    dated = found.page.locator("#dated")
    found.page.locator("#calendar summary").press("Enter")
    duration = control(found, f"{POSTS.rpartition('.')[0]}.duration_months")
    before = dated.inner_text().splitlines()
    assert all("nur" not in line for line in before)
    duration.locator("xpath=ancestor::details").evaluate("one => { one.open = true }")
    duration.locator("input[type=checkbox]").uncheck()
    set_number(found, f"{POSTS.rpartition('.')[0]}.duration_months", "12")
    answered(found)
    assert [line for line in dated.inner_text().splitlines() if "Förderung" in line][-1] == (
        "4 · Januar 2021: Förderung läuft aus; der Rat entscheidet, ob es weitergeht (nur „Ihr Plan“)"
    )
    assert dated.is_visible()
    numbers = found.page.locator("#chart-curve svg text").all_text_contents()
    assert {"1–2", "3", "4"} <= set(numbers), "marks of one month stand as one"


def test_what_has_the_focus_keeps_it_when_results_change(live):
    found = live()
    saving = found.page.locator("#chart-hours .save button").first
    saving.focus()
    found.run(
        "(key) => { qsim.state.set(qsim.state.scenario.controls.find((one) => one.key === key), 3); qsim.changed(); }",
        POSTS,
    )
    answered(found)
    assert saving.evaluate("one => one === document.activeElement")


def test_another_administration_is_chosen(live):
    found = live("two", "en")
    found.page.evaluate("document.getElementById('results').dataset.settings = ''")
    found.page.select_option("#scenario", "1")
    answered(found)
    assert found.page.locator("h1").inner_text().startswith("What if?")
    assert "same as the program" in text(found, "checked")
    assert control(found, f"{FOUNDED}.posts").count() == 1


def test_the_page_is_small(live_pages):
    assert live_pages("two", "en").stat().st_size < 1_500_000
    assert (HERE / "live.html").stat().st_size < 10_000
