"""Fields of the live page: numbers as people type them, and what is wrong, which is told and never computed with."""

import pytest

from qsim.explore.entries import placed
from qsim.explore.offer import NEVER
from qsim.scenario.values import Unknown
from trial_explore import page_of
from trial_live import DONE, LOOKS, POSTS, SHORT, UNFOLD, WAIT, answered, control, live_calls, set_number, text, tick
from worlds import load_as

CONCEPT = "concepts[added_concept].adopted"
RANGE = "Zahl der Stellen: Möglich sind Werte von 0 bis 5. Gerechnet wird weiter mit dem vorigen Wert."
NUMBER = RANGE.replace("Möglich sind Werte von 0 bis 5.", "Bitte eine Zahl von 0 bis 5 eingeben.")
GERMAN, ENGLISH = ("de-DE", "de"), ("en-US", "en")


def typed(found, key, value):
    """Type over what stands in a field, as a person does."""
    field = control(found, key).locator("input:not([type=checkbox])")
    field.focus()
    found.page.keyboard.press("Control+A")
    found.page.keyboard.type(value)
    found.page.keyboard.press("Tab")
    return field


@pytest.mark.parametrize("written", ["2,5", "2.5", " +2,50 "])
@pytest.mark.parametrize(("locale", "language"), [GERMAN, ENGLISH])
def test_a_comma_or_a_point_is_understood_in_every_browser(live, locale, language, written):
    found = live(language=language, locale=locale)
    field = typed(found, POSTS, written)
    assert found.run("key => qsim.state.now.changes[key]", POSTS) == 2.5
    assert field.input_value() == ("2,5" if language == "de" else "2.5")
    assert field.get_attribute("aria-invalid") is None


@pytest.mark.parametrize(
    ("value", "told"),
    [("99", RANGE), ("-1", RANGE), *((one, NUMBER) for one in ("1e308", "NaN", "9" * 4000, "<b>2</b>"))],
)
def test_what_is_wrong_is_told_in_a_line_and_not_taken(live, value, told):
    found = live()
    found.run(UNFOLD)
    set_number(found, "administration.staff", "300")
    answered(found)
    calls = live_calls(found)
    field = typed(found, POSTS, value)
    error = control(found, POSTS).get_by_role("alert")
    assert error.text_content() == told
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-describedby").split()[1] == error.get_attribute("id")
    assert text(found, "count") == "1 Änderung"
    assert calls() == []
    set_number(found, "administration.staff", "310")
    answered(found)
    assert error.text_content() == told, "what was not put right must not vanish"
    assert {key for one in calls() for key in one} == {"administration.staff"}
    control(found, POSTS).get_by_role("button", name="zurücksetzen").press("Enter")
    assert error.text_content() == ""
    assert field.input_value() == "1"
    assert field.evaluate("one => one === document.activeElement")


def test_what_may_be_added_is_there_from_the_month_that_is_said(live):
    found = live()
    found.run(UNFOLD)
    tick(found, "concept")
    control(found, CONCEPT).locator("input[type=month]").fill("2021-03")
    assert found.run("key => qsim.state.now.changes[key]", CONCEPT) == 12 * 2021 + 2


def test_what_is_there_since_a_month_that_nobody_knows_is_ticked(opened, tmp_path):
    key = "concepts[concept].adopted"
    scenario = placed(load_as("small", *SHORT), {key: Unknown(between=(12.0 * 2018, 12.0 * 2018 + 11))})
    path = tmp_path / "unknown.html"
    path.write_text(page_of([scenario], "de", LOOKS), encoding="utf-8")
    found = opened(path)
    found.page.wait_for_selector(DONE, timeout=WAIT)
    found.run(UNFOLD)
    box = control(found, key).locator("input[type=checkbox]")
    assert box.is_checked()
    assert not box.evaluate("one => one.indeterminate")
    assert "seit 2018, Monat offen" in control(found, key).inner_text()
    box.uncheck()
    assert found.run("key => qsim.state.now.changes[key]", key) == NEVER
    box.check()
    assert found.run("qsim.state.now.changes") == {}
    assert box.is_checked()
    assert control(found, key).locator("input[type=month]").input_value() == ""


def test_what_says_something_of_an_end_cannot_be_set_where_there_is_none(live):
    found = live()
    found.run(UNFOLD)
    phase = POSTS.rpartition(".")[0]
    fields = [control(found, f"{phase}.own_share").locator("input"), control(found, f"{phase}.after").locator("select")]
    assert all(field.is_disabled() for field in fields)
    assert "Ohne Bedeutung" in control(found, f"{phase}.own_share").inner_text()
    control(found, f"{phase}.duration_months").locator("input[type=checkbox]").uncheck()
    assert all(field.is_enabled() for field in fields)
    assert "Ohne Bedeutung" not in control(found, f"{phase}.own_share").inner_text()


def test_arrows_go_from_value_to_value(live):
    found = live()
    field = control(found, POSTS).locator("input")
    field.press("ArrowUp")
    field.press("ArrowUp")
    assert field.input_value() == "1,5"
    for _ in range(9):
        field.press("ArrowDown")
    assert field.input_value() == "0"
    found.page.wait_for_function("key => qsim.state.now.changes[key] === 0", arg=POSTS, timeout=WAIT)
