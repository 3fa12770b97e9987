"""``qsim crate``: what the RO-Crate specification 1.2 asks of its document, and that the folder stays what it was."""

import json
import tomllib
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from qsim import Study
from qsim.claims import evaluation
from qsim.claims.evaluation import Budget
from qsim.runs.manifest import CRATE, MANIFEST, read_manifest
from qsim.sweep.crate import LICENCE
from trial_claims import CITY, LEDGER

BY = "https://creativecommons.org/licenses/by/4.0/"
OPTIONS = ("--published", "2026-11-30", "--license", BY)
RUN = ("run", "small", "-r", "2", "-o", "out", "-q")
SWEEP = ("sweep", "sweep.yaml", "-o", "out", "-q")
STUDY = """\
kind: experiment
schema_version: 1
label: {de: Übermaß, en: Load}
question: {de: Was macht Last?, en: What does load do?}
scenarios: [small]
replications: 2
factors:
  - {id: load, key: administration.workload, levels: [0.9, 1.2]}
outcomes:
  - measure: joint_practice
"""


@pytest.fixture(params=[RUN, SWEEP], ids=["run", "sweep"])
def made(request, command, folder):
    """A folder of results, and the command that made it."""
    (folder / "sweep.yaml").write_text(STUDY, encoding="utf-8")
    done = command(*request.param)
    assert done.exit_code == 0, done.output
    return folder / "out", request.param


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def violations(folder):
    """Yield which of the MUSTs of the specification the document of a folder breaks."""
    document = json.loads((folder / CRATE).read_text(encoding="utf-8"))
    if document["@context"] != "https://w3id.org/ro/crate/1.2/context":
        yield "the context is not by reference"
    graph = document["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    if len(entities) != len(graph) or any("@type" not in entity for entity in graph):
        yield "an entity twice, or without a type"
    about = entities[CRATE]
    if about["@type"] != "CreativeWork" or "@id" not in about.get("about", {}):
        yield "no descriptor"
    root = entities[about["about"]["@id"]]
    if root["@type"] != "Dataset" or root["@id"] != "./":
        yield "no root"
    yield from (f"root without {key}" for key in ("name", "description", "datePublished", "license") if key not in root)
    date.fromisoformat(root.get("datePublished", "2026-01-01"))
    parts = {part["@id"] for part in root["hasPart"]}
    for entity in graph:
        place = folder / unquote(entity["@id"])
        if entity["@type"] == "File" and not place.is_file():
            yield f"{entity['@id']} is no file"
        if entity["@type"] == "Dataset" and not place.is_dir():
            yield f"{entity['@id']} is no folder"
        if entity["@type"] in ("File", "Dataset") and entity is not root and entity["@id"] not in parts:
            yield f"{entity['@id']} is not linked from the root"
        for value in entity.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and (
                    one.keys() != {"@id"} or one["@id"] not in {*entities, "https://w3id.org/ro/crate/1.2"}
                ):
                    yield f"{entity['@id']} holds {one}, which is nested or not described"


def test_the_document_keeps_what_the_specification_demands_and_names_every_result(command, made):
    folder, _ = made
    before = contents(folder)
    done = command("crate", "out", *OPTIONS)
    assert (done.exit_code, done.stdout) == (0, f"{Path('out') / CRATE}\n")
    assert list(violations(folder)) == []
    graph = {entity["@id"]: entity for entity in json.loads((folder / CRATE).read_text(encoding="utf-8"))["@graph"]}
    manifest = read_manifest(folder / MANIFEST)
    assert graph["#run"]["description"] == manifest["command"]
    assert graph["#qsim"]["version"] == manifest["version"]
    assert graph["./"]["license"] == {"@id": BY}
    there = {path.name + "/" * path.is_dir() for path in folder.iterdir() if path.name not in (CRATE, "failed")}
    assert {part["@id"] for part in graph["./"]["hasPart"]} == there
    sizes = {name: int(entity["contentSize"]) for name, entity in graph.items() if entity["@type"] == "File"}
    assert sizes == {name: (folder / name).stat().st_size for name in sizes}
    assert {name: text for name, text in contents(folder).items() if name != Path(CRATE)} == before


OTHERS = {
    "compare": ("compare", "funding_24", "funding_permanent", "-S", "months=6", "--settings", 3),
    "sensitivity": ("sensitivity", "small", "-S", "months=6", "-N", 8, "--screen", 2, "--top", 2, "--second", 0),
    "discover": ("discover", "study"),
    "claims": ("claims", "more_posts"),
}


@pytest.mark.parametrize("study", OTHERS)
def test_the_results_of_every_command_are_finished_and_can_be_described(command, folder, write, monkeypatch, study):
    monkeypatch.setattr(evaluation, "QUICK", Budget(looks=(6, 12), cause=2))
    asked = OTHERS[study]
    if study == "claims":
        write("scenarios/city.yaml", CITY)
        write("claims/trial.yaml", LEDGER)
    if study == "discover":
        write(
            "sweep.yaml",
            STUDY.replace("levels: [0.9, 1.2]}", "range: [0.9, 1.2]}\ndesign: {kind: latin_hypercube, number: 64}"),
        )
        assert command("sweep", "sweep.yaml", "-S", "months=6", "-o", "study", "-q").exit_code == 0
        asked += ("--above", Study.open("study").runs.groupby("point")["joint_practice"].mean().median())
    done = command(*asked, "-o", "out", "-q")
    assert done.exit_code == 0, done.output
    done = command("crate", "out", *OPTIONS)
    assert (done.exit_code, done.stderr) == (0, "")
    assert list(violations(folder / "out")) == []
    root = json.loads((folder / "out" / CRATE).read_text(encoding="utf-8"))["@graph"][1]
    assert ("`qsim reproduce`" in root["description"]) == (command("reproduce", "out", "-q").exit_code == 0)
    status = json.loads(command("status", "out", "--json").stdout)
    assert (status["missing"], status["foreign"]) == ([], [])


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda graph: graph[1].pop("datePublished"), "root without datePublished"),
        (lambda graph: graph[1]["hasPart"].pop(), "series_tasks.parquet is not linked from the root"),
        (lambda graph: graph[2].update({"@id": "gone.json"}), "gone.json is no file"),
        (lambda graph: graph[1].update(license={"@id": BY, "name": "CC"}), "nested"),
    ],
)
def test_a_document_that_breaks_the_specification_is_noticed(command, folder, change, broken):
    command(*RUN)
    command("crate", "out", *OPTIONS)
    document = json.loads((folder / "out" / CRATE).read_text(encoding="utf-8"))
    change(document["@graph"])
    (folder / "out" / CRATE).write_text(json.dumps(document), encoding="utf-8")
    assert any(broken in found for found in violations(folder / "out"))


def test_the_folder_stays_that_of_its_plan_and_everything_is_the_same_again(command, made):
    folder, arguments = made
    command("crate", "out", *OPTIONS)
    before = contents(folder)
    assert command("status", "out", "--json").exit_code == 0
    assert json.loads(command("status", "out", "--json").stdout)["foreign"] == []
    assert command(*arguments).exit_code == 0
    assert command("crate", "out", *OPTIONS).exit_code == 0
    assert contents(folder) == before
    assert command("reproduce", "out", "-q").exit_code == 0
    (folder / MANIFEST).unlink()
    assert command(*arguments).exit_code == 0
    assert contents(folder) == before


def test_what_is_unfinished_or_no_folder_of_results_is_refused(command, folder):
    (folder / "sweep.yaml").write_text(STUDY, encoding="utf-8")
    command(*SWEEP)
    next((folder / "out" / "runs.parquet").glob("*.parquet")).unlink()
    done = command("crate", "out", *OPTIONS)
    assert (done.exit_code, done.stderr) == (2, "out:  is not finished; `qsim status` says what is missing\n")
    assert not (folder / "out" / CRATE).exists()
    done = command("crate", "gone", *OPTIONS)
    assert (done.exit_code, done.stderr) == (2, "gone:  there is no such folder\n")
    done = command("crate", "out", "--published", "2026-11-30", "--license", "CC BY")
    assert done.exit_code == 2
    assert "CC BY:  expected the address of a licence" in done.stderr


@pytest.mark.parametrize("day", ["30.11.2026", "2026-02-30", "2026-11-30 10:00", ""])
def test_what_is_no_day_is_told_in_one_line(command, day):
    done = command("crate", "out", "--published", day, "--license", BY)
    told = f"qsim crate: Invalid value for '--published': \"{day}\" is no day; expected year, month and day, such as 2026-11-30\n"
    assert (done.exit_code, done.stderr) == (2, told)
    done = command("crate", "out", "--published", day, "--license", BY, "--lang", "de")
    assert "ist kein Tag; erwartet werden Jahr, Monat und Tag" in done.stderr


def test_a_folder_of_other_things_is_told_which_folders_are_described(command, folder):
    done = command("crate", ".", *OPTIONS)
    assert done.exit_code == 2
    assert "holds no results of qsim; expected the folder of --out of run, compare, sweep" in done.stderr


def test_the_licence_of_qsim_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert LICENCE.removeprefix("https://spdx.org/licenses/") == project["license"]
