"""Mesa's page as it is served; ``python -m tests.trial_solara PICTURE.png`` takes a picture of it.

The picture is of ``medium`` after three years, in English.
"""

import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from tests.trial_browser import launched, missing

SIZE = {"width": 1440, "height": 1120}
WAIT = 60_000
PICTURED = 36
"""Months."""


def lacking():
    """Return what is missing to see the page, nothing if all is there."""
    return missing() or (
        "" if importlib.util.find_spec("solara") else "solara is not installed; it is in the extra `viz`"
    )


def _answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _was_called(proxy):
    try:
        proxy.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@contextmanager
def served(app=None, folder="."):
    """Serve an app, and yield its address; afterwards nothing must have failed, nor been asked of anybody else.

    Whatever the server would ask for elsewhere goes to a proxy, which is nobody's but this test's.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = ["qsim.viz"] if app is None else ["solara", "run", app, "--no-check-version"]
    command = [sys.executable, "-m", *program, "--no-open", "--production", "--host", "127.0.0.1", "--port", str(port)]
    with tempfile.TemporaryFile("w+") as told, socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        elsewhere = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        asking = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), elsewhere)
        process = subprocess.Popen(command, cwd=folder, env=os.environ | asking, stdout=told, stderr=subprocess.STDOUT)
        try:
            while not _answers(port):
                assert process.poll() is None, _all_of(told)
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(20)
        faults = [line for line in _all_of(told).splitlines() if "Could not load" in line or "Traceback" in line]
        assert faults == []
        assert not _was_called(proxy), "the server asks for something elsewhere"


def _all_of(told):
    told.seek(0)
    return told.read()


def take(picture):
    """Take the picture: play until three years are over."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with served() as address, sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.set_default_timeout(WAIT)
        page.goto(f"{address}?scenario=medium&lang=en")
        page.locator("table").wait_for()
        slider = page.locator(".v-input", has_text="Render Interval").get_by_role("slider")
        while int(slider.get_attribute("aria-valuenow")) < PICTURED:
            slider.press("ArrowRight")
        page.wait_for_timeout(3000)  # the server learns the interval a little later
        page.get_by_role("button", name="Step", exact=True).click()
        page.locator("table td", has_text="20").first.wait_for()
        page.wait_for_timeout(2000)
        shot = page.screenshot()
        browser.close()
    Image.open(BytesIO(shot)).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        picture, optimize=True
    )


if __name__ == "__main__":
    if lacking():
        sys.exit(lacking())
    take(Path(sys.argv[1]))
