"""The claims that come with qsim: all right, over all groups, every statement placed, the results those of these claims."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from evidence.documents.matrix import kind_of, place_statements
from qsim.claims.checking import claims_schema
from qsim.claims.held_out import is_held_out
from qsim.claims.loading import load_ledger
from qsim.claims.results import Results, stored
from qsim.claims.schema import LATEST, claims_files, roles_files
from qsim.claims.statements import load_roles
from qsim.files.nodes import plain
from qsim.files.reading import read_file

FOLDER = Path(__file__).parents[1] / "claims"


@pytest.fixture(scope="module")
def ledger():
    return load_ledger(folder=FOLDER)


@pytest.fixture(scope="module")
def claims(ledger):
    return [loaded.claim for loaded in ledger.claims]


def test_all_claims_load_with_their_worlds(ledger):
    assert all(loaded.worlds for loaded in ledger.claims)


@pytest.mark.parametrize("path", claims_files(FOLDER), ids=lambda path: path.stem)
def test_editors_agree(path):
    errors = Draft202012Validator(claims_schema()).iter_errors(plain(read_file(path, path.name)))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_at_least_eighty_statements_over_all_groups_are_tested(claims):
    tested = {claim.statements[0] for claim in claims}
    assert len(tested) >= 80
    assert {statement[0] for statement in tested} == set("ABCDEFGHIJK")


def test_every_statement_has_its_place(claims):
    placed = place_statements(claims, load_roles(roles_files(FOLDER)))
    assert [one.statement for one in placed if kind_of(one) == "missing"] == []


def test_the_results_are_those_of_these_claims(claims):
    results = stored(FOLDER / LATEST, Results)
    if results is None:
        pytest.skip("`make claims` has not run yet")
    run = [claim for claim in claims if not is_held_out(claim.statements[0])]
    assert [one.id for one in results.claims] == [claim.id for claim in run], "run `make claims`, then `make docs`"
    assert [one.kind for one in results.claims] == [claim.test for claim in run]


def test_the_example_in_the_documents_is_right(tmp_path):
    text = (FOLDER.parent / "docs" / "claims.md").read_text(encoding="utf-8")
    (tmp_path / "example.yaml").write_text(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
    (loaded,) = load_ledger(folder=tmp_path).claims
    assert [world.administration.workload for world in loaded.worlds.values()] == [0.85, 0.85, 1.2, 1.2]
