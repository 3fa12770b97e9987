"""The documents that are written from declarations say what the declarations say now."""

import sys
from functools import cache
from pathlib import Path

import pytest

from evidence.documents.__main__ import ODD, main, odd_document, reference_documents, write_documents
from evidence.documents.house import FLOORS, floors_used, folder_of, house_picture
from evidence.documents.month import PARTS, month_picture, touched
from qsim.mechanisms.month import MONTH, RULES

DOCS = Path(__file__).parents[3] / "docs"
documents = cache(reference_documents)


@pytest.fixture
def made_once(monkeypatch):
    """The documents that do not depend on the folder are made once for all tests."""
    monkeypatch.setattr("evidence.documents.__main__.reference_documents", lambda: dict(documents()))


def test_the_generated_documents_are_up_to_date():
    missing = [name for name in documents() if not (DOCS / name).is_file()]
    assert missing == [], "run `make docs`"
    stale = [name for name, text in documents().items() if (DOCS / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs`"


def test_the_generated_regions_of_the_odd_document_are_up_to_date():
    written = (DOCS / ODD).read_text(encoding="utf-8")
    assert written == odd_document(DOCS), f"a generated region of docs/{ODD} is stale; run `make docs`"


@pytest.mark.usefixtures("made_once")
@pytest.mark.parametrize(
    "broken",
    [("`o` | `openness` | state", "`o` | `openness` | fixed"), ("| 1 | [Calendar]", "| 2 | [Calendar]"),
     ("| `absorption` | ", "| `absorption` | 1")],
)  # fmt: skip
def test_a_region_of_the_odd_document_broken_by_hand_is_noticed_and_mended(broken, tmp_path):
    whole = (DOCS / ODD).read_text(encoding="utf-8")
    changed = whole.replace(*broken, 1)
    (tmp_path / ODD).write_text(changed, encoding="utf-8")
    assert changed != whole
    assert odd_document(tmp_path) != changed
    write_documents(tmp_path)
    assert (tmp_path / ODD).read_text(encoding="utf-8") == whole


@pytest.mark.usefixtures("made_once")
def test_wrong_markers_in_the_odd_document_are_one_line_and_nothing_is_written(tmp_path, monkeypatch):
    (tmp_path / ODD).write_text("<!-- generated: weather -->\n<!-- end -->\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["documents", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"^\S+odd\.md: line 1: there is no generated region 'weather'$"):
        main()
    assert [path.name for path in tmp_path.iterdir()] == [ODD]


@pytest.mark.usefixtures("made_once")
def test_the_documents_are_written_with_their_folders(tmp_path):
    write_documents(tmp_path)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == set(documents())


def test_every_parameter_is_documented_with_its_evidence():
    rows = documents()["parameters.md"].splitlines()
    for rule in RULES:
        for parameter in rule.parameters:
            beginning, default = f"| `{parameter.name}` | {parameter.label_en} |", f"| {parameter.default:g} |"
            ours = [row for row in rows if row.startswith(beginning)]
            assert any(parameter.grade in row and default in row for row in ours), (rule.name, parameter.name)


def test_the_picture_of_the_month_shows_what_rules_declare():
    for language, label in (("de", "Zusage und Bindung"), ("en", "Commitment and binding")):
        drawn = month_picture(language)
        assert f">{label}</text>" in drawn
        for mark, fields in (("reads", "reads"), ("writes", "writes")):
            every = [touched(getattr(rule, fields), tables) for rule in MONTH for *_, tables in PARTS]
            assert drawn.count(f'class="{mark}"') == sum(every) > 20
    shown = {table for *_, tables in PARTS for table in tables}
    named = {field.partition(".")[0] for rule in MONTH for field in (*rule.reads, *rule.writes)}
    assert named <= shown, "what a rule reads or writes has a column"


def test_tables_have_as_many_cells_in_every_row():
    every = documents() | {ODD: odd_document(DOCS)}
    for name, text in every.items():
        if name.endswith(".md"):
            for table in text.split("\n\n"):
                lines = [line for line in table.splitlines() if line.startswith("|")]
                assert len({line.replace(r"\|", "").count("|") for line in lines}) <= 1, (name, lines[:1])


def test_the_map_shows_each_floor_with_what_it_imports_and_nothing_above_it():
    drawn = house_picture()
    for place, floor in enumerate(FLOORS):
        assert f">{floor}/<" in drawn
        assert floors_used(floor) <= set(FLOORS[:place]), floor
    assert drawn.count("<circle") == sum(len(floors_used(floor)) for floor in FLOORS)
    folders = {path.parent.name for path in folder_of("files").parent.glob("*/__init__.py")}
    assert folders == set(FLOORS) - {"evidence"}
