"""A city of one's own on the live page: its numbers are those of `qsim run`, it is saved, opened again, corrected and printed."""

import json
import re

import numpy as np
import pytest

from qsim.engine.prepare import prepare
from qsim.engine.rows import rows_of
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.execution import run_rows
from qsim.scenario.loading import load_scenario
from trial_browser import faults
from trial_city import drawn_answers
from trial_live import DONE, REPLICATIONS, SETTINGS, UNFOLD, WAIT, answered, control, text, until

POSTS = "commissioners[unit].funding[0].posts"
DURATION = "commissioners[unit].funding[0].duration_months"
CHECKLIST = "formats[checklist].start"
NEWCOMER = {
    "name": "Musterstadt", "inhabitants": 55000, "task": "climate", "posts": 0.75, "term": "fixed", "since": "2026-01",
    "duration": 36, "own_share": 30, "council": {"since": "2024"},
    "offices": [{"id": name} for name in (
        "main_office", "treasury", "public_order", "planning", "social_services", "schools", "registry", "personnel",
        "building_management", "civil_engineering", "youth", "municipal_works", "green_spaces", "fire_service", "culture",
        "environment", "building_regulation", "legal")],
}  # fmt: skip
CITIES = {
    "newcomer": NEWCOMER,
    "nothing": {},
    "some": drawn_answers(7, 0.4),
    "other": {**drawn_answers(8, 0.9), "task": "other"},
}


@pytest.fixture
def own(city):
    """Opens the results of a city."""

    def open_own(answers=NEWCOMER, language="de", **options):
        found = city(language, answers, "house", **options)
        found.page.locator("[data-key=show_results]").click()
        found.page.wait_for_selector(DONE, timeout=WAIT)
        return found

    return open_own


def saved(found, folder):
    """Save the scenario and return the path of the file."""
    with found.page.expect_download() as saving:
        found.page.click("#save")
    path = folder / saving.value.suggested_filename
    saving.value.save_as(path)
    return path


def outcomes(found):
    """Return the outcomes of the runs of the plan as it stands."""
    values = found.run(
        """([names, settings]) => {
            const sample = qsim.runs.sample(qsim.state.scenario, qsim.state.now.changes);
            return names.map((name) => sample.values(name, settings).map((x) => Number.isNaN(x) ? null : x));
        }""",
        [[measure.name for measure in OUTCOMES], SETTINGS],
    )
    return dict(zip((measure.name for measure in OUTCOMES), np.array(values, dtype=float), strict=True))


def set_plan(found):
    """Half a post, permanent, with a checklist."""
    found.run(UNFOLD)
    control(found, POSTS).locator("input").first.fill("0,5")
    control(found, POSTS).locator("input").first.press("Tab")
    control(found, DURATION).locator("input[type=checkbox]").check()
    control(found, CHECKLIST).locator("input[type=checkbox]").check()
    answered(found)


@pytest.mark.parametrize("name", CITIES)
def test_a_saved_city_gives_the_same_numbers_in_run_and_is_opened_again(own, city, tmp_path, name):
    found = own(CITIES[name])
    if name == "newcomer":
        set_plan(found)
        assert text(found, "count") == "3 Änderungen"
    path = saved(found, tmp_path)
    columns = run_rows(prepare(load_scenario(path), True), rows_of(range(REPLICATIONS))).runs_columns
    first = outcomes(found)
    for measure, values in first.items():
        np.testing.assert_allclose(values, columns[measure], rtol=1e-9, atol=1e-12, err_msg=measure)
    title, count = text(found, "title"), text(found, "count")
    again = city()
    again.page.set_input_files("#city_file", path)
    again.page.wait_for_selector(DONE, timeout=WAIT)
    assert (text(again, "title"), text(again, "count")) == (title, count)
    assert path.name in text(again, "file-told")
    assert saved(again, tmp_path).read_text("utf-8") == path.read_text("utf-8")
    np.testing.assert_equal(outcomes(again), first)
    assert found.complaints == again.complaints == []


def test_answers_and_house_are_corrected_and_the_plan_stays(own):
    found = own()
    set_plan(found)
    found.page.fill("#plan-name", "Halbe Stelle")
    found.page.press("#plan-name", "Enter")
    before = outcomes(found)
    found.page.get_by_role("button", name="Haus berichtigen").click()
    assert found.page.locator("#app").is_hidden()
    found.page.locator("[data-key=house_planning_summary]").click()
    found.page.locator("#house_planning_relevance").select_option("0.05")
    found.page.wait_for_function("() => qsim.own.city.answers().offices.some((one) => one.relevance === 0.05)")
    found.page.locator("[data-key=show_results]").click()
    assert found.run("document.activeElement.id") == "title"
    answered(found)
    assert text(found, "count") == "3 Änderungen"
    assert "A: Halbe Stelle" in text(found, "plans")
    assert not np.array_equal(outcomes(found)["joint_practice"], before["joint_practice"])
    found.page.get_by_role("button", name="Angaben ändern").click()
    assert found.page.locator("#answer_inhabitants").input_value() == "55000"
    found.page.locator("#answer_term_permanent").check()
    found.page.locator("[data-key=to_house]").click()
    found.page.locator("[data-key=show_results]").click()
    answered(found)
    assert text(found, "count") == "2 Änderungen"


def test_a_click_right_after_typing_is_not_lost(own, city):
    found = city(answers=NEWCOMER)
    found.page.locator("#answer_inhabitants").fill("60000")
    found.page.locator("#office_sport").click()
    assert found.page.locator("#office_sport").is_checked()
    found.page.get_by_label("Name bei Ihnen: Sportamt").fill("Bäderbetrieb")
    found.page.locator("#office_libraries").click()
    found.page.locator("[data-key=to_house]").click()
    assert "Bäderbetrieb" in text(found, "city")
    found.page.locator("[data-key=house_planning_summary]").click()
    found.page.locator("#house_planning_label").fill("Fachdienst Bau")
    found.page.locator("[data-key=show_results]").click()
    found.page.wait_for_selector(DONE, timeout=WAIT)
    offices = {one["id"]: one.get("label") for one in found.run("qsim.state.scenario.answers.offices")}
    assert (offices["planning"], offices["sport"]) == ("Fachdienst Bau", "Bäderbetrieb")
    assert "libraries" in offices
    found.page.get_by_role("button", name="Haus berichtigen").click()
    found.page.locator("[data-key=house_treasury_summary]").click()
    found.page.locator("#house_treasury_label").fill("Finanzen")
    found.page.locator("[data-key=house_schools_summary]").click()
    assert found.page.locator("#house_schools_label").is_visible()
    assert "Finanzen" in found.page.locator("[data-key=house_treasury_summary]").inner_text()


def test_the_address_holds_city_and_plan(own, city_pages):
    found = own()
    set_plan(found)
    found.page.reload()
    answered(found)
    assert text(found, "title") == "Was wäre, wenn? Musterstadt"
    assert text(found, "count") == "3 Änderungen"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"x" * 2_000_000, "Megabyte"),
        (b'kind: "scenario"\nschema_version: 1\n', "keine Antworten"),
        (b'# meine-stadt: {"offices": 5, "task": "<b>"}\nkind: scenario\n', "lässt sich nicht lesen"),
        (b"# meine-stadt: [[[\n", "keine Antworten"),
    ],
    ids=["large", "another", "spoilt", "no answers"],
)
def test_another_file_is_refused_and_the_city_stays(own, city, tmp_path, content, told):
    path = tmp_path / "other.yaml"
    path.write_bytes(content)
    found = city()
    found.page.set_input_files("#city_file", path)
    found.page.locator("#city [role=status].error").wait_for()
    assert told in found.page.locator("#city [role=status].error").inner_text()
    shown = own()
    shown.page.set_input_files("#file", path)
    shown.page.wait_for_selector("#file-told.error")
    assert told in text(shown, "file-told")
    assert text(shown, "title") == "Was wäre, wenn? Musterstadt"
    assert found.dialogs == shown.dialogs == found.complaints == []


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "de")])
def test_axe_finds_no_fault_in_results_and_print(own, width, language):
    found = own(language=language, width=width, bypass_csp=True)
    set_plan(found)
    found.page.press("#plan-name", "Enter")
    found.page.wait_for_selector("#plans table", timeout=WAIT)
    found.run(UNFOLD)
    assert faults(found) == []
    assert found.run("document.documentElement.scrollWidth") == width
    found.page.emulate_media(media="print")
    assert faults(found) == []
    found.run("qsim.own.ask('house')")
    assert faults(found) == []


def test_it_prints_on_one_sheet_and_the_house_with_all_it_assumes(own, tmp_path):
    from pypdf import PdfReader

    found = own()
    set_plan(found)
    found.page.pdf(path=tmp_path / "plan.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "plan.pdf").pages
    assert len(sheets) == 1
    assert "Musterstadt" in sheets[0].extract_text()
    found.page.get_by_role("button", name="Haus berichtigen").click()
    found.page.pdf(path=tmp_path / "house.pdf", prefer_css_page_size=True)
    printed = "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "house.pdf").pages)
    assert "Umweltamt" in printed
    assert "Nächste Wahl des Stadtoberhaupts" in printed
    assert "Dezernat hinzufügen" not in printed


def test_what_nobody_knows_is_said_beside_the_verdict(own):
    found = own(NEWCOMER)
    control(found, POSTS).locator("input").first.fill("0,5")
    control(found, POSTS).locator("input").first.press("Tab")
    answered(found)
    assert "Nicht bekannt ist bisher: " not in text(found, "sentence")
    set_plan(found)
    assert "Nicht bekannt ist bisher: " in text(found, "sentence")
    commands = text(found, "commands").splitlines()
    assert [line.split()[:3] for line in commands] == [["qsim", "run", "musterstadt_plan.yaml"]]


def test_a_value_that_cannot_be_is_named_by_its_field(own, tmp_path):
    found = own(NEWCOMER)
    set_plan(found)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(re.sub(r"posts: 0\.5\b", "posts: -4", found.run("() => qsim.files.text()")), encoding="utf-8")
    assert "posts: -4" in wrong.read_text(encoding="utf-8")
    found.page.set_input_files("#file", wrong)
    found.page.wait_for_selector("#file-told.error")
    told = text(found, "file-told")
    assert "4" in told
    assert "undefined" not in told
    assert found.dialogs == found.complaints == []


def test_names_are_shown_as_text(own):
    hostile = "</script><img src=x onerror=alert(1)>"
    found = own({**NEWCOMER, "name": hostile, "task": "other", "task_name": hostile})
    assert hostile in text(found, "title")
    assert found.page.locator("img").count() == 0
    assert found.dialogs == found.complaints == []


def test_without_webassembly_an_example_is_told(opened, city_pages):
    found = opened(city_pages(), bypass_csp=True)
    found.page.add_init_script("delete globalThis.WebAssembly; delete globalThis.Worker;")
    found.page.reload()
    found.page.wait_for_selector("#no-engine:not([hidden])")
    assert "Beispiel: eine Stadt" in text(found, "made")
    assert faults(found) == []


def test_from_the_first_question_to_a_saved_plan_by_keyboard(city, tmp_path):
    found = city()
    page = found.page

    def go(selector, *keys):
        page.focus(selector)
        for key in keys:
            page.keyboard.press(key)

    page.focus("#answer_inhabitants")
    page.keyboard.type("55000")
    go("#office_planning", "Space")
    go("#answer_task_climate", "Space")
    page.focus("#answer_posts")
    page.keyboard.type("0,75")
    go("[data-key=to_house]", "Enter")
    page.wait_for_selector("#house_title")
    assert found.run("document.activeElement.tagName") == "H2"
    go("[data-key=house_planning_summary]", "Enter")
    go("#house_planning_size", "ArrowDown")
    page.wait_for_function("() => qsim.own.city.answers().offices.some((one) => one.size === 2)")
    go("[data-key=show_results]", "Enter")
    page.wait_for_selector(DONE, timeout=WAIT)
    page.focus(f'[data-key="{POSTS}"] input')
    page.keyboard.press("Control+A")
    page.keyboard.type("0,5")
    page.keyboard.press("Tab")
    until(found, "count", "1 Änderung")
    with page.expect_download() as saving:
        go("#save", "Enter")
    held = json.loads(saving.value.path().read_text("utf-8").splitlines()[0].partition(": ")[2])
    assert held["inhabitants"] == 55000
    assert {"id": "planning", "size": 2} in held["offices"]
