"""Files of a kind are found by path, by name in the current folder, and by name among those that come with qsim."""

import os
from pathlib import Path

import pytest

import qsim
from qsim.claims.loading import load_ledger
from qsim.claims.schema import CLAIMS
from qsim.files.kinds import file_name, find, known_files, lasting_name, packaged
from qsim.files.messages import InputError
from qsim.scenario.loading import listed, load_scenario
from qsim.scenario.schema import SCENARIO
from qsim.sweep.loading import load_experiment
from qsim.sweep.schema import EXPERIMENT

STUDY = """\
kind: experiment
schema_version: 1
label: {{de: Probe, en: Trial}}
question: {{de: Was?, en: What?}}
scenarios: [{name}]
factors: [{{id: length, key: months, levels: [6, 8]}}]
design: {{kind: factorial}}
replications: 2
seed: 3
outcomes: [{{measure: joint_practice}}]
"""
LEDGER = """\
kind: claims
schema_version: 1
label: {{de: Probe, en: Trial}}
claims:
  - id: longer
    statements: [B04]
    key_phrase: mehr als eine Stelle
    section: "3.1"
    text: {{de: Mehr., en: More.}}
    test: direction
    base: {name}
    worlds: {{one: , four: {{months: 60}}}}
    expected: [{{four: 1, one: -1}}]
    measure: knowledge
    relevant: 0.003
    mechanism: {{rule: outreach}}
"""


@pytest.fixture
def cities(write, base):
    write(base, "packaged/halle.yaml")
    write(base.replace("Trial", "Mine"), "scenarios/remscheid.yaml")
    write(base.replace("Trial", "Theirs"), "packaged/remscheid.yaml")
    write(base, "here.yml")
    write("no scenario", "scenarios/notes.txt")


def test_by_name(cities):
    assert load_scenario("halle").id == "halle"
    assert load_scenario("halle.yaml").id == "halle"
    assert load_scenario("remscheid").label.en == "Mine"
    assert load_scenario("remscheid").place("months") == ("scenarios/remscheid.yaml", 5, 9)


def test_by_path(cities, folder):
    assert load_scenario("packaged/remscheid.yaml").label.en == "Theirs"
    assert load_scenario(folder / "here.yml").id == "here"
    assert load_scenario(folder / "here.yml").place("months").file == "here.yml"
    assert find(SCENARIO, Path("scenarios") / "remscheid.yaml") == Path("scenarios/remscheid.yaml")


def test_a_file_elsewhere_is_named_in_full(cities, folder, monkeypatch):
    monkeypatch.chdir(folder / "scenarios")
    assert load_scenario("../here.yml").place("months").file == "../here.yml"
    assert load_scenario("halle").place("months").file == "halle.yaml"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("hale", 'hale:  there is no such scenario; did you mean "halle"?'),
        ("berlin", "berlin:  there is no such scenario; there are remscheid, halle, here"),
        ("hale.yaml", 'hale.yaml:  there is no such file; did you mean "halle.yaml"?'),
        ("her.yml", 'her.yml:  there is no such file; did you mean "here.yml"?'),
        ("packaged/hale.yaml", 'packaged/hale.yaml:  there is no such file; did you mean "halle.yaml"?'),
        ("nowhere/halle.yaml", "nowhere/halle.yaml:  there is no such file"),
        ("packaged/", "packaged/:  there is no such scenario; there are remscheid, halle, here"),
        ("./packaged/../packaged", "packaged:  is a folder; expected a file"),
        ("", '"":  there is no such scenario; there are remscheid, halle, here'),
    ],
)
def test_what_is_not_there(cities, complaints, name, line):
    assert complaints(name) == [line]


def test_a_file_is_found_by_its_name_as_in_the_list(cities):
    known = known_files(SCENARIO)
    assert {name: find(SCENARIO, name) for name in known} == known
    assert {name: find(SCENARIO, f"{name}.yaml") for name in known} == known


@pytest.mark.parametrize("name", ["remscheid", "remscheid.yaml"])
def test_a_name_stands_for_the_same_file_wherever_it_is_written(cities, write, base, name):
    """Beside the file that names it first, then in the folder of its kind here, then among those that come with qsim."""
    study = STUDY.format(name=name)
    child, claims = f"extends: {name}\n", LEDGER.format(name=name)
    for place, label in (("packaged", "Theirs"), ("scenarios", "Mine"), ("elsewhere", "Beside")):
        write(base.replace("Trial", label), f"{place}/remscheid.yaml")
        paths = [write(text, f"elsewhere/{file}.yaml") for file, text in (("s", study), ("x", child), ("c", claims))]
        here = {"packaged": "Mine"}.get(place, label)
        assert load_scenario(paths[1]).label.en == f"{here} (x)"
        assert load_experiment(paths[0]).scenarios[0].label.en == f"{here}"
        assert load_ledger([paths[2]]).claims[0].worlds["one"].label.en == f"{here}"
    assert load_scenario(name).label.en == "Mine"
    write(base.replace("Trial", "Near"), "remscheid.yaml")
    assert load_scenario(name).label.en == "Near"


@pytest.mark.parametrize(("kind", "noun"), [(EXPERIMENT, "experiment"), (CLAIMS, "claims file")])
def test_files_of_other_kinds(write, kind, noun):
    name = write("", f"{kind.folder}/trial.yaml")
    assert find(kind, "trial").resolve() == Path(name).resolve()
    assert file_name(find(kind, "trial"), kind) == name
    for wrong, said in (
        ("trail", f'there is no such {noun}; did you mean "trial"?'),
        ("trail.yaml", 'there is no such file; did you mean "trial.yaml"?'),
        (f"{kind.folder}/trail.yaml", 'there is no such file; did you mean "trial.yaml"?'),
        ("elsewhere/trail.yaml", "there is no such file"),
    ):
        with pytest.raises(InputError) as error:
            find(kind, wrong)
        assert str(error.value) == f"{wrong}:  {said}"


def test_the_list_of_scenarios(cities, write):
    write("extends: halle\nkind: scenario\nschema_version: 1\n", "scenarios/child.yaml")
    write("label: [broken\n", "scenarios/broken.yaml")
    write("kind: scenario\nlabel: 5\ndescription: {de: a, en: b}\n", "scenarios/odd.yaml")
    found = {entry.id: entry for entry in listed(SCENARIO)}
    assert list(found) == ["broken", "child", "halle", "odd", "remscheid"]
    assert found["child"].label.en == "Trial (child)"
    assert found["broken"].label.de == "broken"
    assert (found["odd"].label.en, found["odd"].explanation.en) == ("odd", "b")
    assert found["remscheid"].path.parent.name == "scenarios"


def test_the_scenarios_of_the_sources_are_found():
    assert (packaged("scenarios") / "halle.yaml").is_file()


def test_the_scenarios_of_the_package_come_first(tmp_path, monkeypatch):
    package = tmp_path / "site" / "qsim"
    (package / "data" / "scenarios").mkdir(parents=True)
    monkeypatch.setattr(qsim, "__file__", os.fspath(package / "__init__.py"))
    assert packaged("scenarios") == package / "data" / "scenarios"
    (package / "data" / "scenarios").rmdir()
    assert packaged("scenarios") == tmp_path / "scenarios"


def test_what_only_points_to_itself_has_a_lasting_name_and_hides_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("circle.yaml", SCENARIO.folder):
        Path(name).symlink_to(name)
    assert lasting_name(SCENARIO, "circle.yaml") == str(tmp_path / "circle.yaml")
    assert "halle" in known_files(SCENARIO)
