"""Boxes of measures on the live page: ticks follow the plan, what cannot be had says why, and a bar tells the budget."""

import pytest

from qsim.advice.applying import with_levers
from qsim.engine.prepare import prepare
from qsim.engine.rows import rows_of
from qsim.runs.execution import run_rows
from qsim.scenario.loading import load_scenario
from trial_live import REPLICATIONS, SETTINGS, SHORT, answered, set_number, text, tick, until
from worlds import load_as

MEASURES = ("half_post_e11", "checklist", "training_all", "handover", "advisory_council")
MEANS = """(settings) => {
    const sample = qsim.runs.sample(qsim.state.scenario, qsim.state.now.changes);
    const means = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
    const names = ["joint_practice", "practice", "workload"];
    return Object.fromEntries(names.map((name) => [name, means(sample.values(name, settings))]));
}"""


def ticked(found):
    """Return the ids of the measures whose boxes are ticked."""
    boxes = found.page.locator("#measures input[type=checkbox]:checked")
    return boxes.evaluate_all("all => all.map(({ id }) => id.slice(2)).sort()")


def test_what_is_ticked_has_the_numbers_of_run_with_these_measures(live, tmp_path):
    found = live()
    for name in MEASURES:
        tick(found, name)
    answered(found)
    shown = found.run(MEANS, SETTINGS)
    with found.page.expect_download() as saving:
        found.page.click("#save")
    saving.value.save_as(tmp_path / "plan.yaml")
    for scenario in (with_levers(load_as("small", *SHORT), MEASURES), load_scenario(tmp_path / "plan.yaml")):
        columns = run_rows(prepare(scenario, True), rows_of(range(REPLICATIONS))).runs_columns
        for name, value in shown.items():
            assert float(columns[name].mean()) == pytest.approx(value, rel=1e-9), name
    found.page.click("#reset-all")
    assert ticked(found) == []
    found.page.set_input_files("#file", tmp_path / "plan.yaml")
    until(found, "count", "7 Änderungen")
    assert ticked(found) == sorted(MEASURES)


def test_boxes_follow_whatever_changes_the_plan(live):
    found = live()
    tick(found, "checklist")
    tick(found, "handover")
    until(found, "count", "3 Änderungen")
    address = found.page.url
    found.page.click("#undo")
    assert ticked(found) == ["checklist"]
    found.page.click("#redo")
    found.page.locator("#m-checklist").uncheck()
    assert ticked(found) == ["handover"]
    found.run("() => qsim.form.onSet(qsim.form.fields.get('administration.knowledge_management').control, 0.5)")
    assert ticked(found) == []
    other = live(fragment=address[address.index("#") :])
    assert ticked(other) == ["checklist", "handover"]


def test_what_cannot_be_had_says_why(live):
    found = live()
    box, reason = found.page.locator("#m-commissioner"), found.page.locator("[data-measure=commissioner] .reason")
    assert box.is_disabled()
    assert reason.text_content().startswith("Es gibt schon eine Einheit dafür")
    other = found.page.locator("[data-measure=training_few]")
    assert other.locator("input").is_enabled()
    tick(found, "training_all")
    assert other.locator("input").is_disabled()
    assert other.locator(".reason").text_content() == "Nicht neben: Fortbildung für alle Ämter. "
    tick(found, "two_posts_e11")
    assert (
        found.page.locator("[data-measure=post_e11] .reason")
        .text_content()
        .startswith("Nicht neben: zwei weitere Dauerstellen")
    )
    assert (
        "Wirkt im Modell ebenso: eine weitere Dauerstelle (E 9c), "
        in found.page.locator("[data-measure=post_e11]").text_content()
    )


def test_what_a_measure_adds_is_seen_once_it_is_ticked(live):
    found = live()
    fieldset = found.page.locator("fieldset", has=found.page.locator('[data-key="formats[added_checklist].hours"]'))
    assert fieldset.get_attribute("hidden") is not None
    tick(found, "checklist")
    assert fieldset.get_attribute("hidden") is None
    found.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    set_number(found, "formats[added_checklist].hours", "2")
    until(found, "count", "2 Änderungen")
    found.page.locator("#m-checklist").uncheck()
    until(found, "count", "keine Änderung")


def test_a_budget_is_told_as_a_bar_and_in_words(live):
    found = live()
    assert "Es bleiben 40.000 Euro im Jahr." in text(found, "budget-told")
    tick(found, "half_post_e11")
    assert text(found, "budget-told") == (
        "Das Angekreuzte kostet höchstens 60.500 Euro im Jahr. Das sind 20.500 Euro im Jahr mehr als das Budget."
    )
    found.page.fill("#budget", "80000")
    found.page.press("#budget", "Tab")
    assert "Es bleiben 19.500 Euro im Jahr." in text(found, "budget-told")
    for euros, rest in (
        ("60.509", "Das sind 3 Euro im Jahr mehr als das Budget."),
        ("60.512", "Es bleiben 0 Euro im Jahr."),
    ):
        found.page.fill("#budget", euros)
        found.page.press("#budget", "Tab")
        assert text(found, "budget-told") == f"Das Angekreuzte kostet höchstens 60.512 Euro im Jahr. {rest}"
        assert ("error" in found.page.locator("#budget-told").get_attribute("class")) == ("mehr" in rest)
    found.page.fill("#budget", "80000")
    found.page.press("#budget", "Tab")
    meter = found.page.locator("#budget-meter")
    assert meter.evaluate("one => [one.value, one.high, one.max]") == [60_500, 80_000, 80_000]
    found.page.fill("#budget", "viel")
    found.page.press("#budget", "Tab")
    assert found.page.locator("#budget").get_attribute("aria-invalid") == "true"
    assert "Bitte einen Betrag" in text(found, "budget-wrong")
    assert "Es bleiben 19.500" in text(found, "budget-told")
