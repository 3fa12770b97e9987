"""A real browser without a network, and pages opened in it as somebody opens a file.

Without Playwright or a browser the tests are skipped with the reason; with CI=true they fail.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import trial_firefox
from trial_browser import launched, missing
from trial_live import live, live_pages, scriptless  # noqa: F401  # fixtures
from trial_own_city import city, city_pages  # noqa: F401  # fixtures
from trial_pages import page_files  # noqa: F401  # a fixture

OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


# Playwright keeps a loop running in its thread, which tests of other folders may not find there.
@pytest.fixture(scope="package")
def browser():
    lacking = missing()
    if lacking and os.environ.get("CI") == "true":
        pytest.fail(lacking)
    if lacking:
        pytest.skip(lacking)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    if trial_firefox.found() is None:
        told = f"no Firefox on the path; expected one of {', '.join(trial_firefox.NAMES)}"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    started = trial_firefox.Firefox(tmp_path_factory.mktemp("firefox"))
    yield started
    started.close()


@dataclass
class Opened:
    """A page that was opened: what it asked for, what it complained of, and what popped up."""

    page: object
    path: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def run(self, script, *arguments):
        return self.page.evaluate(script, *arguments)


@pytest.fixture
def opened(browser, page_files):  # noqa: F811  # the fixture imported above
    """Opens a page of a kind in a language, or that of a path, with the network off; ``unfolded`` opens all folded parts."""
    contexts = []

    def open_page(kind, language="de", width=1280, scale=1.0, unfolded=False, **options):
        path = kind if isinstance(kind, Path) else page_files(kind, language)
        context = browser.new_context(
            offline=True,
            reduced_motion="reduce",
            viewport={"width": width, "height": 800},
            device_scale_factor=scale,
            **options,
        )
        contexts.append(context)
        found = Opened(context.new_page(), path)
        found.page.on("filechooser", lambda _: None)  # asked for at the click, a chooser may open before it is caught
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.on("dialog", lambda dialog: (found.dialogs.append(dialog.message), dialog.dismiss()))
        found.page.on(
            "console",
            lambda said: found.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        found.page.goto(path.as_uri())
        if unfolded:
            found.run(OPEN_ALL)
        return found

    yield open_page
    for context in contexts:
        context.close()
