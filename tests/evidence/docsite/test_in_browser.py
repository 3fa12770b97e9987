"""The built site as somebody opens it from a folder: accessible, searched in both languages, and nothing comes from outside."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from evidence.docsite.faults import faults as faults_of
from trial_browser import faults, launched, missing

SITE = os.environ.get("QSIM_DOCS_SITE", "")
BUILT = pytest.mark.skipif(not SITE, reason="`make docs-site` builds the site and calls these tests")
pytestmark = [pytest.mark.browser, BUILT, pytest.mark.skipif(bool(missing()), reason=missing())]

PAGES = (
    "index.html", "python.html", "rules.html", "levers.html", "contributing.html", "tutorials/first_answer.html",
    "decisions/index.html", "de/index.html", "de/keys.html", "de/tutorials/first_answer.html",
)  # fmt: skip
SEARCH = "[data-md-component=search-query]"


@pytest.fixture(scope="module")
def browser():
    """Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = launched(playwright)
        yield found
        found.close()


@pytest.fixture
def opened(browser):
    """Opens pages of the site; what was asked for outside of its folder is told at the end."""
    folder = Path(SITE).resolve()
    asked = []
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))

    def open_(name, width=1280, **media):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(**media)
        page.goto((folder / name).as_uri())
        page.wait_for_timeout(600)  # tables are wrapped, and made reachable, a little later
        return page

    yield open_
    context.close()
    assert [url for url in asked if not url.startswith((folder.as_uri(), "data:", "blob:", "about:"))] == []
    assert asked


def test_no_link_is_dead_and_nothing_is_loaded_from_elsewhere():
    assert faults_of(Path(SITE)) == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(opened, name):
    page = opened(name)
    assert page.locator("html").get_attribute("lang") == ("de" if name.startswith("de/") else "en")
    assert faults(SimpleNamespace(page=page)) == []


@pytest.mark.parametrize(("name", "word"), [("index.html", "workload"), ("de/index.html", "Förderung")])
def test_search_works_from_a_folder(opened, name, word):
    page = opened(name)
    page.click(SEARCH)
    page.locator(SEARCH).press_sequentially(word)
    first = page.locator(".md-search-result__item a").first
    first.wait_for(timeout=20_000)
    assert word.lower() in page.locator(".md-search-result__list").inner_text().lower()
    assert faults(SimpleNamespace(page=page)) == []
    first.click()
    page.wait_for_url("**/*h=*")
    assert page.locator("h1").first.is_visible()


def test_dark_and_small_pages_have_no_fault_either(opened):
    page = opened("measures.html", width=360, color_scheme="dark")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert faults(SimpleNamespace(page=page)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_policy_of_a_page_lets_nothing_in(browser):
    page = browser.new_page()
    page.goto((Path(SITE).resolve() / "index.html").as_uri())
    refused = page.evaluate(
        """() => new Promise(done => {
            document.addEventListener("securitypolicyviolation", event => done(event.violatedDirective));
            const script = document.createElement("script");
            script.src = "https://example.org/a.js";
            document.head.append(script);
        })"""
    )
    page.close()
    assert refused.startswith("script-src")
