"""Whoever has no mouse reaches all of the page, sees where they are, and opens what is folded up."""

import pytest

from trial_pages import LANGUAGES

WANTED = """
() => {
    const scrolls = one => {
        const style = getComputedStyle(one);
        return ['auto', 'scroll'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    };
    const shown = one => one.checkVisibility() && one.getClientRects().length > 0;
    const number = (list, kind) => list.filter(shown).forEach(one => { one.dataset.wanted = kind });
    number([...document.querySelectorAll('a[href]')], 'link');
    number([...document.querySelectorAll('button')], 'button');
    number([...document.querySelectorAll('summary')], 'summary');
    number([...document.querySelectorAll('main *')].filter(scrolls), 'region');
    let next = 0;
    const all = [...document.querySelectorAll('[data-wanted]')];
    all.forEach(one => { one.dataset.number = next++ });
    return all.map(one => [one.dataset.number, one.dataset.wanted, one.outerHTML.slice(0, 120)]);
}
"""

FOCUSED = """
() => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none';
    const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return {number: one.dataset.number ?? null, tag: one.tagName, marked, inside, html: one.outerHTML.slice(0, 120)};
}
"""


def tabbed(found, most=600):
    """Press Tab until the page is left; return what had the focus."""
    stops = []
    for _ in range(most):
        found.page.keyboard.press("Tab")
        stop = found.run(FOCUSED)
        if stop["tag"] in ("BODY", "HTML"):
            return stops
        stops.append(stop)
    raise AssertionError("Tab never leaves the page")


@pytest.mark.parametrize(("width", "unfolded"), [(1280, False), (320, True)])
def test_tab_reaches_everything_and_shows_where_it_is(opened, width, unfolded):
    found = opened("pair", "de", width=width, unfolded=unfolded)
    wanted = found.run(WANTED)
    kinds = {kind for _, kind, _ in wanted}
    assert {"link", "summary"} <= kinds
    stops = tabbed(found)
    reached = {stop["number"] for stop in stops}
    assert [html for number, _, html in wanted if number not in reached] == []
    assert [stop["html"] for stop in stops if not stop["marked"]] == []
    assert [stop["html"] for stop in stops if not stop["inside"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_link_skips_to_the_content(opened, language):
    found = opened("pair", language)
    found.page.keyboard.press("Tab")
    first = found.run(FOCUSED)
    assert first["tag"] == "A"
    assert first["inside"]
    found.page.keyboard.press("Enter")
    found.page.keyboard.press("Tab")
    assert found.run("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_what_is_folded_up_opens_by_key(opened, key):
    found = opened("pair", "de")
    assert found.run("document.querySelectorAll('details:not([open])').length") > 0
    for index in range(found.run("document.querySelectorAll('summary').length")):
        summary = f"document.querySelectorAll('summary')[{index}]"
        if not found.run(f"{summary}.checkVisibility()"):
            continue
        before = found.run(f"{summary}.parentElement.open")
        found.run(f"{summary}.focus()")
        found.page.keyboard.press(key)
        assert found.run(f"{summary}.parentElement.open") != before


def test_the_contents_lead_to_their_sections(opened):
    found = opened("pair", "de")
    links = "document.querySelectorAll('nav a[href^=\"#\"]')"
    count = found.run(f"{links}.length")
    assert count == found.run("document.querySelectorAll('main section').length") > 5
    for index in range(count):
        found.run(f"{links}[{index}].focus()")
        found.page.keyboard.press("Enter")
        found.page.wait_for_function(
            """link => {
                const one = document.getElementById(decodeURIComponent(location.hash.slice(1)));
                const box = one?.getBoundingClientRect();
                return location.hash === link.hash && box.top >= -1 && box.top < innerHeight;
            }""",
            arg=found.page.evaluate_handle(f"{links}[{index}]"),
        )
