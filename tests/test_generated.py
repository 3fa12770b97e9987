"""The documents that are written from declarations say what the declarations say now."""

from pathlib import Path

import pytest

from qsim.mechanisms.month import RULES
from qsim.present.reference import reference_documents, write_documents

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("name", sorted(reference_documents()))
def test_a_generated_document_is_up_to_date(name):
    path = DOCS / name
    assert path.is_file(), f"docs/{name} is missing; run `make docs`"
    assert path.read_text(encoding="utf-8") == reference_documents()[name], f"docs/{name} is stale; run `make docs`"


def test_the_documents_are_written_with_their_folders(tmp_path):
    write_documents(tmp_path)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == set(reference_documents())


def test_every_parameter_is_documented_with_its_evidence():
    rows = reference_documents()["parameters.md"].splitlines()
    for rule in RULES:
        for parameter in rule.parameters:
            beginning, default = f"| `{parameter.name}` | {parameter.label_en} |", f"| {parameter.default:g} |"
            ours = [row for row in rows if row.startswith(beginning)]
            assert any(parameter.grade in row and default in row for row in ours), (rule.name, parameter.name)


def test_tables_have_as_many_cells_in_every_row():
    for name, text in reference_documents().items():
        if name.endswith(".md"):
            for table in text.split("\n\n"):
                lines = [line for line in table.splitlines() if line.startswith("|")]
                assert len({line.replace(r"\|", "").count("|") for line in lines}) <= 1, (name, lines[:1])
