"""Live pages for the tests in browsers: small ones, opened, and worked with as people do."""

import re

import pytest

from qsim.engine.rows import TWINS
from trial_explore import page_of
from worlds import load_as

LOOKS = (2, 4, 8)
"""Fewer settings than people get, as every test waits for them."""
SETTINGS, REPLICATIONS = LOOKS[-1], LOOKS[-1] * TWINS
DONE = f"#results[data-settings='{SETTINGS}']"
WAIT = 120_000
POSTS = "commissioners[integration].funding[0].posts"
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
ANSWERED = (
    "(globalThis.qsim && qsim.last && qsim.last.settings === qsim.data.looks.at(-1)"
    " && JSON.stringify(qsim.last.changes ?? {}) === JSON.stringify(qsim.state.now.changes))"
)
"""Whether all is computed for the plan as it stands."""
SHORT = ("months=24", "administration.departments=8")


@pytest.fixture(scope="package")
def live_pages(tmp_path_factory):
    """The live page of a small administration, or of two, as paths, each made once."""
    folder, made = tmp_path_factory.mktemp("live"), set()

    def page(kind, language="de"):
        path = folder / f"{kind}_{language}.html"
        if path not in made:
            names = ("small", "no_unit") if kind == "two" else ("small",)
            made.add(path)
            path.write_text(page_of([load_as(name, *SHORT) for name in names], language, LOOKS), encoding="utf-8")
        return path

    return page


@pytest.fixture
def scriptless(tmp_path):
    """Returns a page as a path without its scripts, and with what stands in for them shown: axe itself is a script."""

    def plain(path):
        content = re.sub(r"<script type=\"module\">.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found = tmp_path / "plain.html"
        found.write_text(re.sub("<(/?)noscript>", r"<\1div>", content), encoding="utf-8")
        return found

    return plain


@pytest.fixture
def live(opened, live_pages):
    """Opens a live page and waits until all is computed."""

    def open_live(kind="one", language="de", fragment="", **options):
        found = opened(live_pages(kind, language), **options)
        if fragment:
            found.page.goto("about:blank")
            found.page.goto(f"{found.path.as_uri()}{fragment}")
        found.page.wait_for_selector(DONE, timeout=WAIT)
        return found

    return open_live


def control(found, key):
    return found.page.locator(f'[data-key="{key}"]')


def tick(found, measure):
    """Tick the box of a measure, whose group may be folded."""
    box = found.page.locator(f"#m-{measure}")
    box.locator("xpath=ancestor::details[1]").evaluate("one => { one.open = true }")
    box.check()


def set_number(found, key, value):
    """Set a number as somebody types it, and wait for the answer."""
    found.page.evaluate("document.getElementById('results').dataset.settings = ''")
    field = control(found, key).locator("input").first
    field.fill(value)
    field.press("Tab")


def answered(found):
    """Wait until all is computed for the plan as it stands, not for one of before."""
    found.page.wait_for_function(f"() => {ANSWERED}", timeout=WAIT)
    found.page.wait_for_selector(DONE, timeout=WAIT)


def until(found, name, expected):
    """Wait until an element holds a text."""
    from playwright.sync_api import expect

    expect(found.page.locator(f"#{name}")).to_have_text(expected, timeout=WAIT)


def text(found, name):
    return found.page.locator(f"#{name}").inner_text()


def live_calls(found):
    """Return a function that says which changes the workers have been asked to run since."""
    found.run("""() => {
        globalThis.asked = [];
        const run = qsim.runs.pool.run.bind(qsim.runs.pool);
        qsim.runs.pool.run = (world, how) => { asked.push(how.changes); return run(world, how); };
    }""")
    return lambda: found.run("asked")
