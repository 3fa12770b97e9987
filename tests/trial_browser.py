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
