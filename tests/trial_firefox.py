"""Debian's Firefox, driven by Marionette, which every Firefox has; Playwright asks for commands that this one does not know."""

import json
import shutil
import socket
import subprocess
import time

from trial_browser import RULES

NAMES = ("firefox-esr", "firefox")
PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "de-DE,de",
    "marionette.port": 0,  # any that is free
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.type": 1,
    "ui.prefersReducedMotion": 1,
}
MARK_ALL, TAB, ENTER = "\ue009a", "\ue004", "\ue007"
"""Keys, as WebDriver writes them; the first is A with Control."""
PATIENCE = 60
"""Seconds for the start, and for each script."""


AXE = """const { violations } = await axe.run(document, arguments[0]);
return violations.flatMap((one) => one.nodes.map((node) => [one.id, node.target]));"""


def found():
    return next(filter(None, map(shutil.which, NAMES)), None)


def faults(firefox):
    """Return what axe finds on the page that is open."""
    from axe_playwright_python.base import AXE_SCRIPT

    firefox.run(f"{AXE_SCRIPT}; window.axe = axe")
    return firefox.run(AXE, RULES)


class Firefox:
    """A Firefox without a window and without a network, with a profile in a folder, until it is closed."""

    def __init__(self, folder):
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        (folder / "user.js").write_text("".join(lines), encoding="utf-8")
        flags = ("--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", str(folder))
        self.process = subprocess.Popen([found(), *flags], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.last = 0
        try:
            self.socket = socket.create_connection(("127.0.0.1", self._port(folder)), PATIENCE)
            self._received()
            self.ask("WebDriver:NewSession")
            self.ask("WebDriver:SetTimeouts", script=1000 * PATIENCE)
            self.inside("Services.io.offline = true")
        except BaseException:
            self.process.kill()
            raise

    def _port(self, folder):
        deadline, path = time.monotonic() + PATIENCE, folder / "MarionetteActivePort"
        while time.monotonic() < deadline and self.process.poll() is None:
            if path.exists() and (text := path.read_text()):
                return int(text)
            time.sleep(0.05)
        raise RuntimeError("Firefox did not start")

    def _received(self):
        """Return a message: its length in bytes, a colon, and JSON."""
        size = b""
        while not size.endswith(b":"):
            size += self._bytes(1)
        return json.loads(self._bytes(int(size[:-1])))

    def _bytes(self, count):
        content = b""
        while len(content) < count:
            part = self.socket.recv(count - len(content))
            if not part:
                raise ConnectionError("Firefox is gone")
            content += part
        return content

    def ask(self, command, **given):
        """Send a command and return its result; raise RuntimeError for an error."""
        self.last += 1
        content = json.dumps([0, self.last, command, given]).encode()
        self.socket.sendall(str(len(content)).encode() + b":" + content)
        _, _, error, result = self._received()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result

    def open(self, path):
        self.ask("WebDriver:Navigate", url=path.as_uri())

    def run(self, body, *given):
        """Return what the body of an asynchronous function returns in the page; what is given are its ``arguments``."""
        return self.ask("WebDriver:ExecuteScript", script=f"return (async () => {{ {body} }})()", args=given)["value"]

    def inside(self, body, *given):
        """Return what a script returns that runs inside Firefox instead of the page."""
        self.ask("Marionette:SetContext", value="chrome")
        try:
            return self.ask("WebDriver:ExecuteScript", script=body, args=given)["value"]
        finally:
            self.ask("Marionette:SetContext", value="content")

    def until(self, condition, *given):
        """Wait until an expression is true in the page."""
        self.run(f"while (!({condition})) await new Promise((done) => setTimeout(done, 50));", *given)

    def show_as(self, medium):
        """Show the page as on a medium, such as print; as on the screen for none."""
        self.inside(
            """Services.wm.getMostRecentWindow("navigator:browser").gBrowser.selectedBrowser.browsingContext.mediumOverride
                = arguments[0]""",
            medium,
        )

    def press(self, selector, keys):
        """Press keys in an element, as somebody does who reached it by Tab."""
        element = self.ask("WebDriver:FindElement", using="css selector", value=selector)["value"]
        self.ask("WebDriver:ElementSendKeys", id=next(iter(element.values())), text=keys)

    def type(self, selector, text):
        """Type over what stands in a field, and leave it."""
        self.press(selector, MARK_ALL)
        self.press(selector, text + TAB)

    def complaints(self, path):
        """Return what Firefox has said of a page: errors and warnings of scripts, styles and the policy."""
        return self.inside(
            """return Services.console.getMessageArray()
                .filter((one) => one instanceof Ci.nsIScriptError && one.sourceName.startsWith(arguments[0])).map(String)""",
            path.as_uri(),
        )

    def close(self):
        try:
            self.ask("Marionette:Quit", flags=["eForceQuit"])
            self.socket.close()
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait(PATIENCE)
