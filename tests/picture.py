"""Takes a picture of the upper part of a page: ``python -m tests.picture PAGE.html PICTURE.png``; `make picture` calls it."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.trial_browser import launched, missing

SIZE = {"width": 1280, "height": 1500}


def take(page, picture):
    with sync_playwright() as playwright:
        browser = launched(playwright)
        opened = browser.new_context(offline=True, viewport=SIZE).new_page()
        opened.goto(Path(page).resolve().as_uri())
        opened.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    if missing():
        sys.exit(missing())
    take(*sys.argv[1:])
