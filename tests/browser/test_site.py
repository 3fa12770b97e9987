"""The site in a browser, from a folder and from a web server: read offline, by keyboard, on a phone, enlarged and on paper."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

import trial_firefox
from tests.browser.test_keyboard import FOCUSED, tabbed
from tests.browser.test_narrow import fits, spaced
from tests.browser.test_print import plain, printed
from trial_browser import faults
from trial_site import CITY, make_site

PAGES = ("index.html", "index_en.html", "answers_de.html", "answers_en.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small site."""
    folder = tmp_path_factory.mktemp("handed on") / "ein Ordner"
    make_site("--out", folder, "--quiet")
    return folder


@pytest.fixture
def site(opened, folder):
    """Opens a page of the site."""
    return lambda name, **options: opened(folder / name, **options)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PAGES)
def test_no_fault(site, name, width):
    found = site(name, width=width)
    assert faults(found) == []
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith("data:")] == [found.path.as_uri()]
    fits(found)


@pytest.mark.parametrize("name", ["index.html", "answers_de.html"])
def test_enlarged_and_with_letters_further_apart(site, name):
    fits(site(name, width=640, scale=2))
    found = site(name, width=320)
    fits(found)
    spaced(found)
    fits(found)


@pytest.mark.parametrize(("name", "framed"), [("index.html", ".card"), ("answers_de.html", ".sideways img")])
def test_high_contrast_frames_what_stands_by_itself(site, name, framed):
    found = site(name, forced_colors="active", color_scheme="dark")
    style = "getComputedStyle(document.querySelector(selector))"
    assert found.run(f"(selector) => {style}.borderTopStyle", framed) == "solid"
    assert found.run("getComputedStyle(document.body).color !== getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("name", ["index.html", "answers_de.html"])
def test_firefox_finds_no_fault_either(firefox, folder, name):
    firefox.open(folder / name)
    assert trial_firefox.faults(firefox) == []
    assert firefox.run("return [...document.images].filter((one) => one.naturalWidth === 0).length") == 0
    assert (
        firefox.run("return performance.getEntriesByType('resource').filter((one) => !one.name.startsWith('data:'))")
        == []
    )
    assert firefox.complaints(folder / name) == []


def test_letters_of_twice_their_size(site):
    found = site("index.html", width=640)
    found.run("document.documentElement.style.fontSize = '200%'")
    fits(found)


@pytest.mark.parametrize("name", ["index.html", "answers_de.html"])
def test_tab_reaches_every_way_and_shows_where_it_is(site, name):
    found = site(name)
    ways = found.run("[...document.querySelectorAll('a, [tabindex=\"0\"]')].map(one => one.outerHTML.slice(0, 120))")
    stops = tabbed(found)
    assert [way for way in ways if way not in {stop["html"] for stop in stops}] == []
    assert [stop["html"] for stop in stops if not (stop["marked"] and stop["inside"])] == []


def follow(found, address):
    """Go to a page by keyboard."""
    found.run(f'document.querySelector(\'main a[href="{address}"], header a[href="{address}"]\').focus()')
    found.page.keyboard.press("Enter")
    found.page.wait_for_url((found.path.parent / address).as_uri())


def back(page, address):
    """Go back to an address; a live page that still writes its own address ends the wait of Playwright too early."""
    page.go_back()
    page.wait_for_url(address)


def test_every_page_is_reached_from_the_start_page_by_keyboard_and_opens_without_a_network(site):
    found = site("index.html")
    for name in ("city", CITY, "comparison_funding", "answers"):
        follow(found, f"{name}_de.html")
        assert found.run("document.querySelectorAll('h1').length") == 1
        back(found.page, found.path.as_uri())
    follow(found, "answers_de.html")
    follow(found, "index.html")
    follow(found, "index_en.html")
    assert found.run("document.documentElement.lang") == "en"
    assert [text for text in found.complaints if "AbortError" not in text] == []
    outside = [url for url in found.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert outside == []


def test_pictures_have_words_and_move_sideways_by_keyboard(site):
    found = site("answers_de.html", width=360)
    seen = found.run("""() => [...document.querySelectorAll('.sideways img')].map(one =>
        [one.complete && one.naturalWidth > 0, one.alt.split(' ').length, one.getBoundingClientRect().width])""")
    assert len(seen) == 13
    assert all(whole and told > 5 and width >= 500 for whole, told, width in seen)
    found.run("document.querySelector('.sideways').focus()")
    found.page.keyboard.press("ArrowRight")
    found.page.wait_for_function("document.querySelector('.sideways').scrollLeft > 0")
    assert found.run(FOCUSED)["marked"]


@pytest.mark.parametrize("name", PAGES[:3])
def test_on_paper(site, name):
    found = site(name)
    heads = found.run("[...document.querySelectorAll('h1, main h2, footer h2')].map(one => one.innerText)")
    pages = printed(found)
    assert len(pages) <= (4 if name.startswith("index") else 40)
    whole = "".join(plain(page.extract_text()) for page in pages)
    assert [head for head in heads if plain(head) not in whole] == []


def test_a_web_server_serves_it_as_it_is(browser, folder):
    handler = functools.partial(SimpleHTTPRequestHandler, directory=folder)
    handler.log_message = lambda *arguments: None
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        told, here = [], f"http://127.0.0.1:{server.server_port}/"
        page.on("console", lambda said: told.append(said.text) if said.type in ("error", "warning") else None)
        page.on(
            "requestfinished",
            lambda one: told.append(one.url) if not one.url.startswith((here, "data:", "blob:")) else None,
        )
        page.goto(here)
        page.click(f"main a[href='{CITY}_de.html']")
        page.wait_for_selector("#results[data-settings='3']")
        back(page, here)
        page.click("main a[href='answers_de.html']")
        page.wait_for_url(f"{here}answers_de.html")
        assert page.title()
        page.close()
        server.shutdown()
    assert [text for text in told if "favicon" not in text and "404" not in text] == []
