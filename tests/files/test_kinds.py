"""Files of a kind are found by path, by name in the current folder, and by name among those that come with qsim."""

import os
from pathlib import Path

import pytest

import qsim
from qsim.claims.schema import CLAIMS
from qsim.files.kinds import file_name, find, known_file, known_files, packaged
from qsim.files.messages import InputError
from qsim.scenario.loading import listed, load_scenario
from qsim.scenario.schema import SCENARIO
from qsim.sweep.schema import EXPERIMENT


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
        ("berlin", "berlin:  there is no such scenario; there are remscheid, halle"),
        ("hale.yaml", 'hale.yaml:  there is no such file; did you mean "halle.yaml"?'),
        ("her.yml", 'her.yml:  there is no such file; did you mean "here.yml"?'),
        ("packaged/hale.yaml", 'packaged/hale.yaml:  there is no such file; did you mean "halle.yaml"?'),
        ("nowhere/halle.yaml", "nowhere/halle.yaml:  there is no such file"),
        ("packaged/", "packaged/:  there is no such scenario; there are remscheid, halle"),
        ("./packaged/../packaged", "packaged:  is a folder; expected a file"),
        ("", '"":  there is no such scenario; there are remscheid, halle'),
    ],
)
def test_what_is_not_there(cities, complaints, name, line):
    assert complaints(name) == [line]


def test_a_file_is_found_by_its_name_as_in_the_list(cities):
    known = known_files(SCENARIO)
    assert {name: known_file(SCENARIO, name) for name in known} == known
    assert [known_file(SCENARIO, name) for name in ("", "notes", "../here", "scenarios/remscheid", "halle.yaml")] == [
        None
    ] * 5


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
