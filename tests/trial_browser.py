"""Debian's Chromium, or another of its kind, driven by Playwright: where it is, and how it starts without a network."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


def missing():
    """Return what is missing to open pages in a browser, nothing if all is there."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed; it is in the extra `browser`"
    return "" if found() else f"no browser on the path; expected one of {', '.join(NAMES)}"


def found():
    return next(filter(None, map(shutil.which, NAMES)), None)


def launched(playwright):
    """Return a browser without a window."""
    return playwright.chromium.launch(executable_path=found(), args=FLAGS)


RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


def faults(found, part=None):
    """Return what axe finds on a page, or in the part of it that a selector names."""
    from axe_playwright_python.sync_playwright import Axe

    response = Axe().run(found.page, context=part, options=RULES).response
    assert response["passes"], "axe checked nothing"
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in response["violations"]
        for node in fault["nodes"]
    ]
