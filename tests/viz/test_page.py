"""Mesa's page in a browser, with its buttons and sliders: what it shows are the numbers of ``simulate``, to the last bit."""

import re

import pytest

from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario
from qsim.viz.pictures import NUMBERS
from trial_browser import launched
from trial_solara import SIZE, WAIT, lacking, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(lacking()), reason=lacking())]

POSTS = "commissioners[integration].funding[0].posts"
POSITION = "commissioners[integration].position"
STEPS = 3


@pytest.fixture(scope="module")
def server():
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = launched(playwright)
        yield found
        found.close()


@pytest.fixture
def opened(server, browser):
    """Opens the page and waits until it stands; nothing else than this server may be asked for."""
    asked = []
    page = browser.new_page(viewport=SIZE)
    page.set_default_timeout(WAIT)
    page.on("request", lambda request: asked.append(request.url))

    def open_(query):
        page.goto(server + query)
        page.locator("table").wait_for()
        return page

    yield open_
    page.close()
    assert {url for url in asked if not url.startswith((server, "data:", "blob:"))} == set()
    assert asked


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def shown(page):
    """Return the month and the numbers that the page shows at one moment."""
    month, numbers = page.evaluate(
        "() => { const all = (what) => [...document.querySelectorAll(`table ${what}`)];"
        " return [all('td')[0].textContent, all('data').map((one) => one.value)]; }"
    )
    return month, [float(number) for number in numbers]


def wait_for_month(page, month):
    page.locator("table td", has_text=re.compile(f"^{month}$")).wait_for()


def steps(page, months):
    """Press Step once for each month, as somebody does who waits for the answer."""
    for month in months:
        button(page, "Step").click()
        wait_for_month(page, month)


def course_of(changes=(), replicate=0):
    """Return the numbers of each month as ``simulate`` has them (months, numbers)."""
    series = simulate(load_scenario("small", changes), replicates=[replicate], seed=1, fixed=True).series
    return series[[one.name for one in NUMBERS]].to_numpy().tolist()


def moved(page, label, key, times):
    """Move a slider by keys, as who has no mouse."""
    slider = page.locator(".v-input", has_text=label).get_by_role("slider")
    for _ in range(times):
        slider.press(key)
    return slider


def chosen(page, label, option):
    page.locator(".v-select", has_text=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_steps_show_the_numbers_of_the_run(opened):
    page = opened("?scenario=small&lang=de")
    assert shown(page)[0] == "vor dem ersten Monat"
    assert all(value != value for value in shown(page)[1])
    steps(page, ("Januar 2020", "Februar 2020", "März 2020"))
    assert shown(page)[1] == course_of()[STEPS - 1]


def test_play_goes_on_until_pause(opened):
    page = opened("?scenario=small&lang=en")
    button(page, "▶").click()
    wait_for_month(page, "April 2020")
    button(page, "❚❚").click()
    button(page, "▶").wait_for()
    page.wait_for_function("document.querySelector('table td').textContent !== 'April 2020'")
    page.wait_for_timeout(1500)
    month, values = shown(page)
    page.wait_for_timeout(1000)
    assert shown(page)[0] == month
    assert values in course_of()[3:]


def test_reset_takes_what_was_moved_and_chosen(opened):
    page = opened("?scenario=small&lang=de")
    steps(page, ("Januar 2020",))
    moved(page, "Zahl der Stellen", "ArrowRight", 2)
    moved(page, "Nummer des Laufs", "ArrowRight", 4)
    chosen(page, "Anbindung", "Sachgebiet in einem Amt")
    assert shown(page)[0] == "Januar 2020"
    button(page, "Reset").click()
    wait_for_month(page, "vor dem ersten Monat")
    steps(page, ("Januar 2020", "Februar 2020", "März 2020"))
    posts = load_scenario("small").commissioners[0].funding[0].posts + 0.5
    expected = course_of({POSTS: posts, POSITION: "section"}, replicate=4)[STEPS - 1]
    assert shown(page)[1] == expected != course_of()[STEPS - 1]


def test_colour_shows_what_is_chosen(opened):
    page = opened("?scenario=small&lang=en")
    steps(page, ("January 2020",))
    picture = page.locator("img[alt^='The departments']")
    before = picture.get_attribute("src")
    chosen(page, "What the colour", "Workload")
    page.locator("img[alt*='shows: Workload']").wait_for()
    assert picture.get_attribute("src") != before


@pytest.mark.parametrize(
    ("query", "told"), [("?scenario=hale", 'no scenario "hale"'), ("?lang=fr", 'no language "fr"')]
)
def test_what_there_is_not_is_said(server, browser, query, told):
    page = browser.new_page()
    page.goto(server + query)
    page.get_by_text(told).wait_for(timeout=WAIT)
    page.close()
