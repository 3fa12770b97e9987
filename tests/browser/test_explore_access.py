"""The live page for everyone: axe in every state, all jobs by keyboard alone, little said aloud, narrow, without motion."""

import re

import pytest

from trial_browser import faults
from trial_live import POSTS, UNFOLD, WAIT, answered, control, set_number, text, until

STALLED = "globalThis.Worker = class { postMessage() {} terminate() {} };"
LACKING = "delete globalThis.WebAssembly; delete globalThis.Worker;"
FAILING = "qsim.runs.pool.run = () => Promise.reject(new Error('no room'));"
AT = "(selector) => document.activeElement.matches(selector)"
MARKED = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
HEAR = """() => {
    globalThis.heard = [];
    const region = document.getElementById("said");
    new MutationObserver(() => heard.push(region.textContent)).observe(region, { childList: true });
}"""
DRAG = """(slider, steps) => {
    for (; steps; steps--) {
        slider.stepUp();
        slider.dispatchEvent(new Event("input", { bubbles: true }));
    }
}"""
BUDGET = "administration.budget_tightness"


@pytest.mark.parametrize(("width", "language"), [(1280, "de"), (360, "en")])
def test_axe_finds_no_fault_in_results_with_an_error_and_in_print(live, width, language):
    found = live(language=language, width=width, bypass_csp=True)
    assert faults(found) == []
    found.run(UNFOLD)
    set_number(found, "administration.staff", "300")
    answered(found)
    found.page.press("#plan-name", "Enter")
    found.page.wait_for_selector("#plans table", timeout=WAIT)
    set_number(found, POSTS, "99")
    found.run(UNFOLD)
    assert faults(found) == []
    assert found.run("document.documentElement.scrollWidth") == width
    found.page.emulate_media(media="print")
    assert faults(found) == []
    found.page.emulate_media(media="screen", forced_colors="active")
    assert faults(found) == []


@pytest.mark.parametrize(
    ("begin", "shown"),
    [(STALLED, "loading"), (LACKING, "no-engine"), ("", "address")],
    ids=["start", "no engine", "address"],
)
def test_axe_finds_no_fault_where_nothing_is_computed(opened, live_pages, begin, shown):
    found = opened(live_pages("one"), bypass_csp=True)
    found.page.goto("about:blank")
    found.page.add_init_script(begin)
    found.page.goto(f"{found.path.as_uri()}#nonsense")
    found.page.wait_for_selector(f"#{shown}:not([hidden])", timeout=WAIT)
    assert found.page.locator("#made table").is_visible() == (shown != "address")
    assert faults(found) == []


def test_a_computation_that_fails_is_told_and_the_page_goes_on(live):
    found = live(bypass_csp=True)
    found.run(f"() => {{ globalThis.kept = qsim.runs.pool.run; {FAILING} }}")
    set_number(found, POSTS, "2")
    until(found, "state", "Die Rechnung ist abgebrochen: no room")
    assert text(found, "said") == text(found, "state")
    assert faults(found) == []
    found.run("() => { qsim.runs.pool.run = kept; }")
    set_number(found, POSTS, "3")
    answered(found)
    assert "error" not in found.page.locator("#state").get_attribute("class")


def test_without_scripts_the_computed_results_are_there(browser, live_pages):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_pages("one").as_uri())
    assert page.locator("#app").is_hidden()
    assert "Skripte abgeschaltet" in page.locator("noscript").inner_text()
    assert "Gemeinsam umgesetzt" in page.locator("#made table").inner_text()
    context.close()


def test_axe_finds_no_fault_without_scripts(opened, live_pages, scriptless):
    found = opened(scriptless(live_pages("one")), bypass_csp=True)
    assert "Skripte abgeschaltet" in found.page.locator("main").inner_text()
    assert faults(found) == []


@pytest.mark.parametrize("width", [640, 320])
def test_a_narrow_page_needs_no_scrolling_sideways(live, width):
    found = live(width=width)
    found.run(UNFOLD)
    assert found.run("document.documentElement.scrollWidth") == width


def test_the_verdict_is_seen_on_a_phone_while_the_plan_changes(live):
    found = live(width=360)
    bar = found.page.locator(".bar")
    assert bar.is_hidden()
    set_number(found, POSTS, "0")
    answered(found)
    control(found, POSTS).scroll_into_view_if_needed()
    seen = "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight + 1; }"
    assert bar.evaluate(seen)
    assert text(found, "bar") == text(found, "badge")
    assert bar.evaluate("one => !one.closest('[aria-live], [role]')"), "it is said aloud once, elsewhere"
    address = found.page.url
    bar.locator("a").press("Enter")
    found.page.wait_for_function(
        "() => document.getElementById('results').getBoundingClientRect().top < innerHeight / 2"
    )
    assert not bar.evaluate(seen)
    found.page.wait_for_function("address => location.href === address", arg=address)


def test_four_plans_fit_beside_each_other(live):
    found = live()
    for name in ("Halbe Stelle, unbefristet, mit Checkliste", "Netzwerk der Leitungen und Ratsbeschluss", "C", "D"):
        found.page.fill("#plan-name", name)
        found.page.press("#plan-name", "Enter")
    found.page.wait_for_selector("#plans th:nth-child(6)[scope=col]", timeout=WAIT)
    assert found.page.locator("#plans .table").evaluate("one => one.scrollWidth <= one.clientWidth")
    cells = (
        "[...document.querySelectorAll('#plans :is(th, td)')].filter((one) => one.scrollWidth > one.clientWidth).length"
    )
    assert found.run(cells) == 0


def test_a_slider_that_is_dragged_is_answered_once_and_aloud_once(live):
    found = live()
    found.run(HEAR)
    slider = control(found, BUDGET).locator("input")
    slider.evaluate(DRAG, 6)
    found.page.wait_for_function("(key) => qsim.state.now.changes[key] === 0.56", arg=BUDGET, timeout=WAIT)
    answered(found)
    until(found, "said", re.compile("der Plan"))
    assert len(found.run("heard")) == 1
    assert slider.get_attribute("aria-valuetext") == "56 %"
    live_regions = "[...document.querySelectorAll('[aria-live], [role=status]')].map((one) => one.id)"
    assert found.run(live_regions) == ["loading", "suggest-said", "said", "file-told"]


def test_nothing_moves_for_those_who_want_no_motion(live):
    found = live()
    found.run("document.getElementById('said').scrollIntoView()")
    assert found.run("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert found.run("document.getAnimations().length") == 0


class Keys:
    """Somebody at a keyboard, without a mouse."""

    def __init__(self, found):
        self.found = found

    def to(self, selector, most=300):
        """Press Tab until an element has the focus, which must be seen."""
        for _ in range(most):
            self.found.page.keyboard.press("Tab")
            if self.found.run(AT, selector):
                assert self.found.run(MARKED), selector
                return
        raise AssertionError(f"Tab does not come to {selector}")

    def press(self, *keys):
        for key in keys:
            self.found.page.keyboard.press(key)


def test_all_jobs_are_done_by_keyboard_alone(live, tmp_path):
    found = live()
    keys, page = Keys(found), found.page
    found.run("() => { globalThis.print = () => { globalThis.printed = true; }; }")
    keys.to(".skip")
    keys.to("#measures details:nth-of-type(4) > summary")
    keys.press("Enter")
    keys.to("#m-checklist")
    keys.press("Space")
    until(found, "count", "1 Änderung")
    assert found.run(AT, "#m-checklist"), "who ticks a box stays at it"
    keys.to(f'[data-key="{POSTS}"] input')
    keys.press("Control+A", "0", "Comma", "5")
    keys.to(f'[data-key="{POSTS}"] .reset')
    until(found, "count", "2 Änderungen")
    keys.press("Enter")
    until(found, "count", "1 Änderung")
    assert found.run(AT, f'[data-key="{POSTS}"] input'), "who resets a value stays at it"
    keys.press("ArrowUp")
    keys.to('[data-key$=".position"] select')
    keys.press("ArrowDown")
    until(found, "count", "3 Änderungen")
    keys.to(f'[data-key="{BUDGET}"] input')
    keys.press("ArrowRight")
    until(found, "count", "4 Änderungen")
    keys.to("details.group:not([open]) > summary")
    keys.press("Enter")
    keys.to('[data-key="concepts[concept].council"] input')
    keys.press("Space")
    until(found, "count", "5 Änderungen")
    answered(found)
    keys.to("#chart-curve summary")
    keys.press("Enter")
    assert page.locator("#chart-curve table").is_visible()
    keys.to("#chart-curve .save button")
    with page.expect_download() as saving:
        keys.press("Enter")
    assert saving.value.suggested_filename == "chart-curve.svg"
    keys.to("#calendar summary")
    keys.press("Enter")
    assert page.locator("#dated").is_visible()
    keys.to("#plan-name")
    page.keyboard.type("Mit Checkliste")
    keys.press("Enter")
    page.wait_for_selector("#plans table", timeout=WAIT)
    assert "A: Mit Checkliste" in text(found, "plans")
    keys.to("#save")
    with page.expect_download() as saving:
        keys.press("Enter")
    path = tmp_path / "plan.yaml"
    saving.value.save_as(path)
    keys.to("#link")
    keys.press("Enter")
    until(found, "file-told", "Die Adresse ist kopiert.")
    keys.to("#print")
    keys.press("Enter")
    assert found.run("globalThis.printed")
    keys.to("#file")
    with page.expect_file_chooser() as choosing:
        keys.press("Space")
    choosing.value.set_files(path)
    until(found, "file-told", re.compile("5 Änderungen"))
    for way, count in (("#reset-all", "keine Änderung"), ("#undo", "5 Änderungen"), ("#redo", "keine Änderung")):
        keys.to(way)
        keys.press("Enter")
        until(found, "count", count)
    keys.to("ul.plans button")
    keys.press("Enter")
    until(found, "count", "5 Änderungen")
    keys.to("ul.plans button:nth-child(2)")
    keys.press("Enter")
    assert page.locator("ul.plans li").count() == 0
    assert found.run(AT, "#plan-name"), "who deletes a plan is not thrown out of the list"
    assert (found.complaints, found.dialogs) == ([], [])
