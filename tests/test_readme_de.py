"""The guide for advisors: each command of README.de.md does what it says, in the order in which it stands there."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qsim.commands.root import app

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.de.md").read_text("utf-8")
STEPS = re.compile(r"```yaml\n(?P<file>.*?)```|(?:^    |`)(?P<command>qsim [^`\n]+)`?", re.MULTILINE | re.DOTALL)
SMALL = ("--set", "months=60", "--set", "administration.departments=6", "-r", "2")
FEW = {"run": SMALL, "compare": (*SMALL, "--settings", "2")}
"""What keeps runs short."""


def steps():
    """Return the commands and the file that the guide names, in order."""
    return [(found["command"], found["file"]) for found in STEPS.finditer(TEXT)]


def test_the_guide_names_commands_and_a_file():
    found = steps()
    assert len(found) > 10
    assert len([file for _, file in found if file]) == 1
    assert {command.split()[1] for command, _ in found if command} >= {
        "init",
        "validate",
        "run",
        "compare",
        "reproduce",
    }


def test_all_that_the_guide_says_can_be_done(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command, file in steps():
        if file:
            Path("scenarios/meinestadt_dauer.yaml").write_text(file, "utf-8")
            continue
        words = shlex.split(command)[1:]
        few = () if "--help" in words else FEW.get(words[0], ())
        done = CliRunner().invoke(app, [*words, *few])
        assert done.exit_code == 0, (command, done.output)
    assert {path.name for path in tmp_path.glob("*.html")} >= {"foerderung.html", "meinestadt.html", "vergleich.html"}
    assert ";" in (tmp_path / "ergebnisse" / "runs.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("name", re.findall(r"\]\(([^)]+)\)", TEXT))
def test_links_lead_somewhere(name):
    file, _, heading = name.partition("#")
    assert (ROOT / file).exists()
    assert not heading or f"## {heading.replace('-', ' ')}\n" in (ROOT / file).read_text("utf-8").lower()


def test_the_page_has_the_parts_that_the_guide_names():
    german = (ROOT / "src/qsim/present/words/de.yaml").read_text("utf-8")
    headings = re.findall(r"^- \*\*([^*]+?)\.?\*\* ", TEXT.partition("## Wie Sie")[0], re.MULTILINE)
    assert len(headings) == 7
    for heading in [*headings, "Was zuerst erfragen?"]:
        assert heading in german
