"""Questions and house of Meine Stadt in a browser: by keyboard, on a small screen, with hostile names, without faults."""

import pytest

from trial_browser import faults
from trial_city import drawn_answers

HOSTILE = '<img src=x onerror="alert(1)"></script>'
SOME = {"inhabitants": 55000, "term": "fixed", "council": {"since": "2024"}, "offices": []}


def answers(found):
    return found.run("qsim.own.city.answers()")


def test_it_lays_out_and_computes_the_example_as_the_program_does(city):
    found = city()
    found.page.wait_for_function("() => document.getElementById('checked').textContent")
    assert "dasselbe wie das Programm" in found.page.locator("#checked").text_content()
    assert found.page.locator("h2:visible").count() == 10
    assert [url for url in found.requests if not url.startswith(("file:", "blob:"))] == []
    assert found.complaints == []


def test_whatever_the_answers_it_opens(city):
    found = city()
    for seed in range(25):
        given = drawn_answers(seed, 0.3, 0.5)
        for view in ("questions", "house"):
            found.run("([answers, view]) => qsim.own.ask(view, answers)", [given, view])
            assert found.page.locator("#city h2").count() == (10 if view == "questions" else 1)
        found.run("(answers) => { qsim.own.entryOf(answers); }", given)
    assert found.complaints == found.dialogs == []


@pytest.mark.parametrize(("language", "width"), [("de", 1280), ("en", 360)])
def test_no_fault_in_questions_and_house(city, language, width):
    found = city(language, SOME, width=width, bypass_csp=True)
    found.page.locator("#answer_inhabitants").fill("x")
    found.page.locator("#answer_inhabitants").blur()
    assert faults(found) == []
    found.run(
        "qsim.own.city.show('house'); document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )
    assert faults(found) == []
    assert found.run("document.documentElement.scrollWidth") == width
    assert found.complaints == []


def test_questions_by_keyboard_alone(city):
    found = city()
    page = found.page
    page.locator("#answer_inhabitants").focus()
    page.keyboard.type("55.000")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "answer_employees"
    page.locator("#answer_task_unknown").focus()
    page.keyboard.press("ArrowUp")
    assert answers(found)["task"] == "other"
    assert page.locator("#answer_task_name").is_visible()
    page.locator("#answer_posts").fill("0,75")
    page.locator("#answer_term_fixed").focus()
    page.keyboard.press("Space")
    page.locator("#answer_duration").fill("36")
    page.locator("#answer_council_unknown").focus()
    page.keyboard.press("ArrowDown")
    page.locator("#answer_council_month").fill("2024")
    page.get_by_role("button", name="So sieht das Modell").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    stated = {
        "inhabitants": 55000,
        "task": "other",
        "posts": 0.75,
        "term": "fixed",
        "duration": 36,
        "council": {"since": "2024"},
    }
    assert stated.items() <= answers(found).items()


def test_nonsense_is_said_and_counts_as_unknown(city):
    found = city()
    found.page.locator("#answer_inhabitants").fill("viele")
    found.page.locator("#answer_since_month").fill("2024-13")
    found.page.locator("#answer_since_month").blur()
    assert "von 500 bis 2.000.000" in found.page.locator("#answer_inhabitants_error").inner_text()
    assert "4/2025" in found.page.locator("#answer_since_month_error").inner_text()
    assert not {"inhabitants", "since"} & set(answers(found))


def test_offices_are_ticked_and_renamed(city):
    found = city()
    page = found.page
    page.locator("#answer_inhabitants").fill("55 000")
    page.locator("#answer_inhabitants").blur()
    page.get_by_role("button", name="Die üblichen 16 Ämter ankreuzen").click()
    assert len(answers(found)["offices"]) == 16
    page.locator("#office_legal").check()
    page.get_by_label("Name bei Ihnen: Rechtsamt").fill(HOSTILE)
    page.get_by_label("Name bei Ihnen: Rechtsamt").blur()
    page.locator("#office_youth").uncheck()
    offices = {office["id"]: office.get("label") for office in answers(found)["offices"]}
    assert len(offices) == 16
    assert "youth" not in offices
    page.get_by_role("button", name="alle Kreuze löschen").click()
    assert "offices" not in answers(found)
    page.locator("#office_legal").check()
    assert {each["id"] for each in answers(found)["offices"]} == {"legal"}


def test_the_house_can_be_corrected_and_keeps_its_place(city):
    found = city(answers={"inhabitants": 55000}, view="house")
    page = found.page
    assert "angenommen" in page.locator("[data-key=house_treasury_summary]").inner_text()
    page.locator("[data-key=house_treasury_summary]").click()
    page.locator("#house_treasury_label").fill(HOSTILE)
    page.keyboard.press("Tab")
    page.wait_for_function("() => qsim.own.city.answers().offices !== undefined")
    assert page.evaluate("document.activeElement.id") == "house_treasury_division"
    assert HOSTILE in page.locator("[data-key=house_treasury_summary]").inner_text()
    assert "Ihre Angabe" in page.locator("[data-key=house_treasury_summary]").inner_text()
    page.locator("#house_treasury_division").select_option("planning")
    page.locator("#house_treasury_size").select_option("2")
    page.locator("#house_treasury_relevance").select_option("0.9")
    page.wait_for_function("() => qsim.own.city.answers().offices.some((one) => one.relevance === 0.9)")
    office = next(one for one in answers(found)["offices"] if one["id"] == "treasury")
    assert office == {"id": "treasury", "label": HOSTILE, "division": "planning", "size": 2, "relevance": 0.9}
    assert page.locator("#city > [role=status]").inner_text().startswith("Geändert.")
    page.locator("[data-key=division_planning_change]").click()
    page.get_by_role("button", name="Amt hinzufügen").click()
    page.get_by_role("button", name="Dezernat hinzufügen").click()
    page.wait_for_function("() => qsim.own.city.answers().divisions !== undefined")
    assert len(answers(found)["divisions"]) == 5
    page.locator("[data-key=fact_size_summary]").click()
    page.locator("#answer_staff").fill("300")
    page.locator("#answer_staff").blur()
    page.wait_for_function("() => qsim.own.city.answers().staff === 300")
    page.get_by_role("button", name="Zurück zu den Fragen").click()
    page.get_by_role("button", name="So sieht das Modell").click()
    assert found.dialogs == found.complaints == []
    assert page.locator("#city img").count() == 0


def test_what_was_answered_is_there_when_the_page_is_opened_again(city):
    found = city()
    page = found.page
    page.locator("#answer_inhabitants").fill("55000")
    page.locator("#answer_inhabitants").blur()
    page.locator("#answer_task_climate").check()
    page.wait_for_function("() => decodeURIComponent(location.hash).includes('climate')")
    page.reload()
    page.wait_for_selector("#city h2")
    assert page.locator("#answer_inhabitants").input_value() == "55000"
    page.get_by_role("button", name="So sieht das Modell").click()
    page.wait_for_function("() => decodeURIComponent(location.hash).includes('house')")
    page.reload()
    page.wait_for_selector("#house_title")
    assert answers(found)["task"] == "climate"


@pytest.mark.parametrize("view", ["questions", "house"])
def test_what_an_address_cannot_mean_is_told(city, view):
    found = city(answers={"inhabitants": -5, "posts": 1, "council": {"since": "x"}, "gardens": 3}, view=view)
    found.page.wait_for_selector("#address:not([hidden])")
    told = found.page.locator("#address").inner_text()
    assert told.startswith("Die Adresse enthält Antworten, die hier nicht möglich sind")
    assert told.endswith(
        ": Einwohnerinnen und Einwohner, Beirat (Klimabeirat, Integrationsbeirat), Angaben, die es hier nicht gibt."
    )
    found.run("location.hash = 'nonsense'")
    found.page.wait_for_function("() => document.getElementById('address').textContent.includes('unvollständig')")
    assert found.page.locator("#city h2").count()


def test_without_scripts_an_example_is_told(browser, city_pages):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(city_pages().as_uri())
    assert page.locator("#app").is_hidden()
    assert "Skripte abgeschaltet" in page.locator("noscript").inner_text()
    assert "Beispiel: eine Stadt mit 50.000" in page.locator("#made").inner_text()
    context.close()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_is_small(city_pages, language):
    assert city_pages(language).stat().st_size < 3_000_000
