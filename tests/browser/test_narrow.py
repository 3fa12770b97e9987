"""The page is read at 320 pixels and at 200 %: no line is longer than the screen, and nothing is cut off."""

import pytest

from trial_pages import KINDS

TOO_WIDE = """
() => {
    const root = document.documentElement;
    const inside = one => {
        for (let above = one.parentElement; above && above !== document.body; above = above.parentElement) {
            if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(above).overflowX)) return true;
        }
        return false;
    };
    const name = one => one.tagName + (one.id && '#' + one.id) + (one.className && '.' + one.className);
    const beyond = [...document.body.querySelectorAll('*')]
        .filter(one => one.getClientRects().length && one.getBoundingClientRect().right > root.clientWidth + 1)
        .filter(one => !inside(one)).map(name);
    return {scroll: root.scrollWidth, client: root.clientWidth, beyond: beyond.slice(0, 5)};
}
"""

CUT_OFF = """
() => [...document.body.querySelectorAll('*')].filter(one => {
    const style = getComputedStyle(one);
    const hides = ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);
    const box = one.getBoundingClientRect();
    const away = box.width <= 2 || box.height <= 2 || one.closest('svg, [aria-hidden=true]');
    return hides && !away && one.innerText && one.innerText.trim()
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => one.outerHTML.slice(0, 100))
"""

SPACED = """
*:not(svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
"""The spacing that readers may set, WCAG 2.1, 1.4.12."""


def spaced(found):
    """Set letters and lines of a page further apart, as a reader's own style does, which no policy of a page keeps out."""
    found.run(
        """(text) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(text);
            document.adoptedStyleSheets = [sheet];
        }""",
        SPACED,
    )


def fits(found):
    measured = found.run(TOO_WIDE)
    assert measured["scroll"] <= measured["client"], measured
    assert found.run(CUT_OFF) == []


# German words are the longer ones, so every kind of page is looked at in German.
@pytest.mark.parametrize(("kind", "language"), [*((kind, "de") for kind in KINDS), ("pair", "en")])
def test_a_small_screen(opened, kind, language):
    fits(opened(kind, language, width=320, unfolded=True))


def test_tables_are_cards_on_a_phone(opened):
    found = opened("three", "de", width=360, unfolded=True)
    tables = "[...document.querySelectorAll('.table[role]')]"
    assert found.run(f"{tables}.length") > 5
    assert found.run(f"{tables}.filter(one => one.scrollWidth > one.clientWidth + 1).length") == 0
    heads = found.run(f"{tables}.map(one => getComputedStyle(one.querySelector('td'), '::before').content)")
    assert all(len(head) > 2 for head in heads)


def test_a_table_that_goes_on_beside_the_screen_has_a_shade(opened):
    found = opened("three", "de", width=560, unfolded=True)
    wide = "[...document.querySelectorAll('.table[role]')].filter(one => one.scrollWidth > one.clientWidth + 1)"
    shades = found.run(f"{wide}.map(one => getComputedStyle(one).backgroundImage)")
    assert shades
    assert all(shade.count("linear-gradient") == 2 for shade in shades)


def test_high_contrast_shows_dots_and_pictures(opened):
    found = opened("pair", "de", forced_colors="active", color_scheme="dark")
    ink, paper = "getComputedStyle(document.body).color", "getComputedStyle(document.body).backgroundColor"
    assert found.run(f"getComputedStyle(document.querySelector('.dots .full')).stroke === {ink}")
    assert found.run(f"{ink} !== {paper}")
    assert found.run("getComputedStyle(document.querySelector('.chart img')).borderTopStyle") == "solid"


@pytest.mark.parametrize("kind", ["pair", "hostile"])
def test_a_screen_enlarged_to_twice_its_size(opened, kind):
    fits(opened(kind, "de", width=640, scale=2, unfolded=True))


@pytest.mark.parametrize("width", [640, 1280])
def test_letters_of_twice_their_size(opened, width):
    found = opened("pair", "de", width=width, unfolded=True)
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = found.run(size)
    found.run("document.documentElement.style.fontSize = '200%'")
    assert found.run(size) == pytest.approx(2 * before, rel=0.05)
    fits(found)


def test_letters_and_lines_further_apart(opened):
    found = opened("pair", "de", width=320, unfolded=True)
    spaced(found)
    fits(found)


def test_what_is_too_wide_is_noticed(opened):
    found = opened("pair", "de", width=320)
    found.run("document.querySelector('main p').style.width = '400px'")
    with pytest.raises(AssertionError):
        fits(found)
