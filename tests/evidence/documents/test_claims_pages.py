"""The generated pages of the ledger and of the matrix."""

import pytest

from evidence.documents import ledger
from evidence.documents.ledger import ledger_document
from evidence.documents.matrix import kind_of, matrix_document, place_statements
from qsim.claims import held_out
from qsim.claims.results import Results, stored
from qsim.claims.schema import CLAIMS, HELD_OUT, LATEST, Claim, Role
from qsim.files.kinds import packaged
from qsim.scenario.labels import Label
from trial_results import RECORDS, result

WHY = Label(de="Fehlt.", en="It is missing.")
ROLES = {
    "A01": Role(role="input", where="practice", why=Label(de="Form.", en="The form.")),
    "A02": Role(role="not_expressed", where="-", why=WHY),
    "B04": Role(role="input", where="outreach", why=Label(de="Form.", en="The form of a rule.")),
}


@pytest.fixture
def claims():
    return [
        Claim.model_validate({
            "id": name, "statements": statements, "key_phrase": "x", "section": "1", "text": {"de": "x", "en": "y"},
            "test": "direction", "base": "small", "worlds": {"a": {}}, "expected": [{"a": 1}],
            "mechanism": {"rule": "outreach"},
        })
        for name, statements in (("first", ["B04", "B05"]), ("second", ["B04"]))
    ]  # fmt: skip


def section(document, heading):
    return document.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def test_contradictions_come_first_each_with_its_rule():
    document = ledger_document(RECORDS)
    headings = [line for line in document.splitlines() if line.startswith("#")]
    assert headings == [
        "# The claims ledger as it stands", "## What it adds up to", "## By theme", "## Contradictions",
        "### `second`", "### `fifth`", "## Scorecard and dynamics", "## Depends on scale", "## Negligible", "## As expected",
        "### B: Commissioners: position, size, capacity", "### G: Formats inside the administration",
    ]  # fmt: skip
    contradictions = section(document, "Contradictions")
    assert "More helps. (Mehr hilft.) Statement B04, report 3.1: „mehr“." in contradictions
    assert "- Rule behind it: without the rule “Outreach” the effect is +0.2" in contradictions
    assert "Practice: " not in contradictions
    assert "Done: -5.0" in contradictions.replace("−", "-")
    assert "`sixth` (+ 0)" in section(document, "Depends on scale")
    assert "`fourth` *, held out" in section(document, "Negligible")
    assert "`first`" in section(document, "As expected")
    assert "`second`" not in section(document, "As expected")


def test_outcomes_are_counted_by_theme_what_is_held_out_apart():
    first, held_out = section(ledger_document(RECORDS), "By theme").split("The same, of those held out:")
    assert "| B: Commissioners: position, size, capacity | 4 | 1 | 0 | 2 | 1 | 0 | 2 |" in first
    assert "| G:" not in first  # the scorecard gives the one test that is not held out
    assert "| all | 4 | 1 | 0 | 2 | 1 | 0 | 2 |" in first
    assert "| all | 1 | 0 | 1 | 0 | 0 | 0 | 0 |" in held_out


def test_a_contradiction_says_how_it_comes_about(monkeypatch):
    monkeypatch.setattr(ledger, "notes", lambda: {"second": "More asks for more time."})
    assert "- How it comes about: More asks for more time.\n" in section(ledger_document(RECORDS), "Contradictions")


def test_every_contradiction_of_the_ledger_is_explained_and_nothing_else():
    folder = packaged(CLAIMS.folder)
    results = [found for name in (LATEST, HELD_OUT) if (found := stored(folder / name, Results)) is not None]
    opposite = {one.id for found in results for one in found.claims if one.outcome == "opposite"}
    assert ledger.notes().keys() == opposite


def test_a_ledger_without_contradictions_says_so():
    assert "There are none." in section(ledger_document([result("first")]), "Contradictions")


def test_a_ledger_without_results_says_that_it_waits_and_nothing_else():
    document = ledger_document(None)
    assert "The ledger waits for its run." in document
    assert "## " not in document


def test_later_changes_are_told_with_their_reason():
    changed = result("first", changed=[{"de": "Tippfehler.", "en": "A slip."}])
    assert (
        section(ledger_document([changed]), "Claims changed after the first run, and why").strip()
        == "- `first`: A slip."
    )
    assert "changed after" not in ledger_document(RECORDS)


def test_the_matrix_has_every_statement_once(claims):
    rows = [line for line in matrix_document(claims, ROLES).splitlines() if line.startswith("| ")]
    ids = [row.split(" | ")[0].strip("|° ") for row in rows]
    listed = [name for name in ids if name not in ("statement", "---")]
    assert len(listed) == len(set(listed)) == 280


@pytest.mark.parametrize(
    ("statement", "kind", "cells"),
    [
        ("A01°", "input", "practice: The form."),
        ("A02°", "not expressed", "It is missing."),
        ("B04", "tested", "`first`, `second`; input: outreach: The form of a rule."),
        ("B05", "tested", "touched by `first`"),
        ("K01", "missing", ""),
    ],
)
def test_what_a_statement_is(claims, statement, kind, cells):
    lines = matrix_document(claims, ROLES).splitlines()
    row = next(line for line in lines if line.startswith((f"| {statement} |", f"| {statement}° |")))
    assert [part.strip() for part in row.strip("|").split(" | ")][3:] == [kind, cells]
    placed = {one.statement: one for one in place_statements(claims, ROLES)}
    assert kind_of(placed[statement.strip("°")]) == kind


def test_the_matrix_marks_what_is_held_out(claims, monkeypatch):
    monkeypatch.setattr(held_out, "held_out_statements", lambda: ["B04"])
    assert "`first`, `second`; held out; input: outreach" in matrix_document(claims, ROLES)


def test_the_matrix_counts(claims):
    text = matrix_document(claims, ROLES)
    assert "280 statements: 2 tested, 1 input, 1 not expressed, 276 missing." in text
    assert "1 of them are what a claim is about" in text
