"""Rules of one's own on the command line: what the document shows, what is compared, kept, refused and run again."""

import json
import re
import shlex
from pathlib import Path

import pandas as pd
import pytest

from qsim.claims import evaluation
from qsim.claims.evaluation import Budget
from qsim.comparison.comparing import with_and_without
from qsim.comparison.why.changes import changes
from qsim.comparison.why.divergence import first_divergence
from qsim.engine.prepare import prepare
from qsim.present.text.names import key_name
from qsim.present.text.setting_text import setting_text
from qsim.present.words.speaker import Speaker
from qsim.runs.to_json import to_json
from qsim.scenario.loading import load_scenario
from trial_claims import CITY, LEDGER

DOCUMENT = Path(__file__).parents[2] / "docs" / "own_rules.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
FEW = ("-r", 2, "--set", "months=12", "-q")


@pytest.fixture
def briefing(folder):
    path = folder / "briefing.py"
    path.write_text(BLOCKS[0], encoding="utf-8")
    return path


@pytest.fixture
def town(folder, briefing):
    text = "extends: small\nkind: scenario\nschema_version: 1\nrules: {own: [briefing.py]}\n"
    (folder / "town.yaml").write_text(text, encoding="utf-8")
    return "town.yaml"


def test_what_the_document_shows_in_python_runs(town):
    names = {"__name__": "own_rules_document"}
    for block in BLOCKS[1:]:
        exec(compile(block, str(DOCUMENT), "exec"), names)


def test_what_the_document_shows_on_the_command_line_runs(command, briefing):
    (line,) = (line for line in re.findall(r"^qsim (compare .*)$", TEXT, re.MULTILINE))
    done = command(*shlex.split(line), *FEW, "--settings", 3)
    assert done.exit_code == 0, done.stderr
    assert "B: Small administration, changed, with briefing.py" in " ".join(done.stdout.split())


def test_what_was_run_is_kept_and_run_again_only_if_allowed(command, folder, briefing):
    assert command("run", "small", "--rules", "briefing.py", *FEW, "--out", "out").exit_code == 0
    manifest = json.loads((folder / "out" / "manifest.json").read_text("utf-8"))
    assert "def briefing(world, month, own)" in manifest["scenarios"][0]["text"]
    assert "--rules briefing.py" in manifest["command"]
    briefing.unlink()
    refused = command("reproduce", "out")
    assert refused.exit_code == 2
    assert "names Python code, which has not been run; read the file, then allow it" in refused.stderr
    done = command("reproduce", "out", "--all", "--allow-rules")
    assert done.exit_code == 0, done.stderr
    assert "the numbers agree" in done.stdout


def test_another_text_is_another_plan(command, briefing):
    assert command("run", "small", "--rules", "briefing.py", *FEW, "--out", "out").exit_code == 0
    briefing.write_text(BLOCKS[0].replace("0.05", "0.06"), encoding="utf-8")
    done = command("run", "small", "--rules", "briefing.py", *FEW, "--out", "out")
    assert done.exit_code == 2
    assert "other content of" in done.stderr


def test_a_scenario_that_names_code_says_so(command, town):
    assert "names Python code" in command("validate", town).stderr
    refused = command("run", town, *FEW)
    assert refused.exit_code == 2
    assert "town.yaml:4:15  rules.own: briefing.py names Python code" in refused.stderr
    assert command("run", town, *FEW, "--allow-rules").exit_code == 0


def test_a_page_of_own_rules_says_which_and_no_more_than_their_name(briefing):
    first, second = with_and_without([load_scenario("small")], [briefing])
    (change,) = changes(first, second)
    assert to_json(change)["second"] == [{"file": "briefing.py"}]
    assert key_name(change.key, second, Speaker("de")) == "Dateien eigener Regeln"
    assert setting_text(change.key, change.second, second, Speaker("en")) == "briefing.py"


TINY = ("-N", 8, "--screen", 2, "--top", 2, "--second", 0, "--measure", "knowledge")


def test_a_sensitivity_study_varies_the_parameters_of_own_rules(command, folder, briefing):
    done = command("sensitivity", "small", "--set", "months=12", "--rules", "briefing.py", *TINY, "-o", "all", "-q")
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((folder / "all" / "manifest.json").read_text("utf-8"))
    assert "def briefing(world, month, own)" in manifest["scenarios"][0]["text"]
    points = pd.read_parquet(folder / "all" / "points.parquet")
    assert points["parameters.briefing.reach"].between(0.01, 0.1).all()


@pytest.mark.parametrize(
    ("label", "told"), [(', label="reach of the briefing"', "reach of the briefing"), ("", "reach")]
)
def test_a_sensitivity_study_calls_own_parameters_what_their_file_calls_them(command, briefing, label, told):
    text = BLOCKS[0].replace('unit="share a month"', f'unit="share a month"{label}')
    briefing.write_text(text, encoding="utf-8")
    done = command("sensitivity", "small", "--set", "months=12", "--rules", "briefing.py", *TINY, "-q")
    assert done.exit_code == 0, done.stderr
    assert re.search(rf"^ +[1-3] +{told} ", done.stdout, re.MULTILINE), done.stdout


def test_claims_are_tested_with_own_rules(command, folder, briefing, monkeypatch):
    monkeypatch.setattr(evaluation, "QUICK", Budget(looks=(6, 12), cause=2))
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "city.yaml").write_text(CITY, encoding="utf-8")
    (folder / "claims").mkdir()
    (folder / "claims" / "trial.yaml").write_text(LEDGER, encoding="utf-8")
    plain, own = (
        json.loads(command("claims", "more_posts", *more, "--json", "-q").stdout)["claims"][0]["effect"]
        for more in ((), ("--rules", "briefing.py"))
    )
    assert plain != own


def test_twins_part_at_the_own_rule(command, folder, briefing):
    text = BLOCKS[0].partition("forgetful = ")[0]
    briefing.write_text(text, encoding="utf-8")
    one, other = map(prepare, with_and_without([load_scenario("small")], [briefing]))
    found = first_divergence(one, other)
    assert (found.rule.name, found.what.field.name) == ("briefing", "knowledge")
    done = command("explain", "small", "--rules", "briefing.py", *FEW)
    assert done.exit_code == 0, done.stderr
    assert "briefing" in done.stdout


def test_a_live_page_refuses_own_rules(command, town):
    done = command("explore", town, "--out", "page.html")
    assert done.exit_code == 2
    assert "names rules of one's own; a live page runs those of qsim alone" in done.stderr


def test_advice_is_given_with_own_rules_and_says_so(command, briefing):
    asked = ("small", "-S", "months=24", "-S", "administration.departments=8", "--euro", 9000)
    asked += ("--only", "checklist", "--once", 10000, "--goal", "knowledge")
    plain, own = (
        json.loads(command("advise", *asked, *more, "--json", "-q").stdout) for more in ((), ("--rules", "briefing.py"))
    )
    assert "--rules briefing.py" in own["command"]
    assert plain["nothing"]["level"] != own["nothing"]["level"]


def test_rules_that_are_allowed_are_validated_too(command, folder, town):
    done = command("validate", town, "--allow-rules")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "town.yaml: right\n", "")
    (folder / "briefing.py").write_text(BLOCKS[0].replace('after="learning"', 'after="lerning"'), encoding="utf-8")
    done = command("validate", town, "--allow-rules")
    assert done.exit_code == 2
    assert "briefing.py:" in done.stderr
    assert "lerning" in done.stderr
