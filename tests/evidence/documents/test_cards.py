"""How to cite, codemeta.json and publiccode.yml say what the project says of itself, and what their formats ask for."""

import json
import tomllib

import pytest
from ruamel.yaml import YAML

import qsim
from evidence.documents.cards import ROOT, cards, codemeta, publiccode

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CARDS = {name: (ROOT / name).read_text("utf-8") for name in cards()}
CITATION, CODEMETA, PUBLICCODE = (
    YAML(typ="safe").load(text) if not name.endswith(".json") else json.loads(text) for name, text in CARDS.items()
)


def test_the_cards_are_up_to_date():
    assert cards() == CARDS, "run `make docs`"


def test_they_agree_with_the_project():
    assert {CITATION["version"], CODEMETA["version"], PUBLICCODE["softwareVersion"]} == {qsim.__version__}
    assert CITATION["license"] == PUBLICCODE["legal"]["license"] == PROJECT["license"]
    assert CODEMETA["license"] == f"https://spdx.org/licenses/{PROJECT['license']}"
    assert CITATION["keywords"] == CODEMETA["keywords"] == PROJECT["keywords"]
    assert CODEMETA["name"] == PUBLICCODE["name"] == PROJECT["name"]
    english = PUBLICCODE["description"]["en"]["shortDescription"]
    assert CODEMETA["description"] == english == PROJECT["description"]
    assert CODEMETA["softwareRequirements"] == PROJECT["dependencies"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_descriptions_have_the_lengths_that_the_standard_asks_for(language):
    described = PUBLICCODE["description"][language]
    assert len(described["shortDescription"]) <= 150
    assert 150 <= len(described["longDescription"]) <= 10_000
    assert len(described["features"]) >= 3
    assert max(map(len, described["features"])) <= 100


def test_all_that_publiccode_asks_for_is_there_but_an_address_that_there_is_not():
    wanted = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description",
              "legal", "maintenance", "localisation"}  # fmt: skip
    assert wanted - set(PUBLICCODE) == ({"url"} if "urls" not in PROJECT else set())
    placed = {**PROJECT, "urls": {"Repository": "https://example.org/qsim.git"}}
    assert publiccode(placed)["url"] == codemeta(placed)["codeRepository"] == "https://example.org/qsim.git"


def test_no_person_is_named():
    assert {one["name"] for one in CITATION["authors"]} == {"The qsim developers"}
    assert PUBLICCODE["maintenance"]["contacts"] == [{"name": "The qsim developers"}]
