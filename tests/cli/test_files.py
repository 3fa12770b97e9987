"""``qsim validate``, ``scenarios``, ``schema`` and ``init``."""

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from qsim.scenario.loading import listed, load_scenario
from qsim.scenario.schema import SCENARIO

DOCS = Path(__file__).parents[2] / "docs" / "schema"


def test_a_right_file_is_right(command, city):
    done = command("validate", city, "halle")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == ["city.yaml: right", "halle: right"]


def test_all_scenarios_that_come_along_are_right(command):
    done = command("validate", *(entry.id for entry in listed(SCENARIO)))
    assert done.exit_code == 0, done.stderr


def test_all_errors_of_all_files_at_once(command, city, write):
    write(
        "wrong.yaml", "kind: scenario\nschema_version: 1\nlabel: {de: a, en: b}\nstart: 2015-01\nmonths: 0\ntaks: []\n"
    )
    write("rules.yaml", "extends: city.yaml\nkind: scenario\nschema_version: 1\nrules: {off: [lerning]}\n")
    done = command("validate", "wrong.yaml", city, "rules.yaml", "gone.yaml")
    assert done.exit_code == 2
    assert done.stdout == "city.yaml: right\n"
    lines = done.stderr.splitlines()
    assert any(line.startswith("wrong.yaml:5:") and "months" in line for line in lines)
    assert any(line.startswith("wrong.yaml:6:") and 'did you mean "tasks"' in line for line in lines)
    assert any(line.startswith("rules.yaml:4:") and 'did you mean "learning"' in line for line in lines)
    assert any(line.startswith("gone.yaml:") and "no such file" in line for line in lines)


def test_a_resolved_file_is_the_scenario(command, city, folder):
    (folder / "whole.yaml").write_text(command("validate", "remscheid", "--resolved").stdout, encoding="utf-8")
    one, other = load_scenario("whole.yaml"), load_scenario("remscheid")
    assert one.model_copy(update={"id": ""}) == other.model_copy(update={"id": ""})
    assert "months: 36" in command("validate", city, "--resolved", "--set", "months=36").stdout


@pytest.mark.parametrize(("language", "label"), [("de", "Mittlere Verwaltung"), ("en", "Medium administration")])
def test_scenarios_are_listed(command, language, label):
    done = command("scenarios", "--lang", language)
    assert done.exit_code == 0
    assert "halle" in done.stdout
    found = json.loads(command("scenarios", "--lang", language, "--json").stdout)
    assert {entry["id"] for entry in found} == {entry.id for entry in listed(SCENARIO)}
    assert next(entry["label"] for entry in found if entry["id"] == "medium").startswith(label.split()[0])


def test_own_scenarios_come_first(command, folder, city):
    (folder / "scenarios").mkdir()
    (folder / city).rename(folder / "scenarios" / "halle.yaml")
    assert "Trial town" in command("scenarios").stdout


def test_the_schema_of_claims_files_is_that_of_the_documents(command):
    assert command("schema", "--kind", "claims").stdout == (DOCS / "claims.json").read_text(encoding="utf-8")
    assert command("schema", "--kind", "scenario").stdout == command("schema").stdout
    assert command("schema").stdout == (DOCS / "scenario.json").read_text(encoding="utf-8")


def test_the_schema_of_experiment_files_is_that_of_the_documents(command):
    text = command("schema", "--kind", "experiment").stdout
    assert text == (DOCS / "experiment.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    checked = jsonschema.Draft202012Validator(schema)
    for path in sorted((DOCS.parents[1] / "experiments").glob("*.yaml")):
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for outcome in content["outcomes"]:
            outcome["at"] = str(outcome.get("at", "last_year"))
        checked.validate(content)
    content["outcomes"][0]["measure"] = "practise"
    assert not checked.is_valid(content)


def test_the_schema_accepts_a_scenario(command, folder, city):
    schema = json.loads(command("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    content = YAML(typ="safe").load((folder / city).read_text())
    content["start"] = str(content["start"])[:7]
    jsonschema.Draft202012Validator(schema).validate(content)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("town", "scenarios/town.yaml"),
        ("town.yaml", "town.yaml"),
        ("plans/town", "plans/town.yaml"),
        ("plans/town.yml", "plans/town.yml"),
    ],
)
def test_a_new_file_is_right(command, folder, name, file):
    done = command("init", name, "--lang", "de")
    assert (done.exit_code, done.stdout) == (0, f"{file}\n")
    assert command("validate", name if name == "town" else file).exit_code == 0
    assert "# Ämter" in (folder / file).read_text(encoding="utf-8")


def test_an_existing_file_is_kept(command, folder, city):
    before = (folder / city).read_text()
    done = command("init", city)
    assert (done.exit_code, done.stderr) == (2, "city.yaml:  exists already; name another file\n")
    assert (folder / city).read_text() == before


@pytest.mark.parametrize("name", ["", ".", "..", ".yaml", "/"])
def test_a_file_needs_a_name(command, folder, name):
    done = command("init", name)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert list(folder.iterdir()) == []
