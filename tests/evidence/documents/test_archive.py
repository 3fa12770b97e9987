"""The documents for journals and model libraries: their elements, their length, their numbers and their links."""

import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from evidence.documents.__main__ import ledger_records
from evidence.documents.archive import NAMES, archive_documents, numbers, template
from evidence.documents.markdown import anchor
from qsim.claims.results import summary
from qsim.mechanisms.month import MONTH, RULES

DOCS = Path(__file__).parents[3] / "docs"
ELEMENTS = (
    "1 Problem formulation", "2 Model description", "3 Data evaluation", "4 Conceptual model evaluation",
    "5 Implementation verification", "6 Model output verification", "7 Model analysis", "8 Model output corroboration",
)  # fmt: skip
SUMMARY = ("purpose", "patterns", "entities", "state variables", "processes", "design concepts")
"""What a summary ODD sets in bold, in the order of Grimm et al. 2020."""
PAGES_2 = 900
"""Words on two pages."""
RESULTS = {"claims", "answers"}


@pytest.fixture(scope="module")
def texts():
    return archive_documents(None, [])


def names_in(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_trace_has_its_eight_elements_and_each_says_what_is_missing(texts):
    parts = re.split(r"^## (.*)\n", texts["trace.md"], flags=re.MULTILINE)
    assert tuple(parts[1::2]) == ELEMENTS
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        assert text.count("*Missing:*") == 1, heading
        assert text.count("](") >= 1, heading


def test_the_summary_is_in_its_order_on_two_pages(texts):
    text = texts["odd_summary.md"]
    assert tuple(re.findall(r"\*\*([a-z ]+)\*\*", text)) == SUMMARY
    assert PAGES_2 * 0.7 < len(text.split()) <= PAGES_2


def test_every_point_of_the_checklist_says_whether_it_is_met_and_how(texts):
    rows = [row.split(" | ") for row in texts["model_library.md"].splitlines() if row.startswith("| ")]
    points = [row for row in rows if row[0].strip("| ") not in ("point", "---")]
    assert Counter(row[1] for row in points).keys() == {"yes", "no", "in part", "open"}
    assert all(len(row) == 3 and len(row[2].split()) >= 2 for row in points)


def test_each_number_that_is_counted_is_told_and_the_other_way_round():
    assert set().union(*(names_in(template(name)) for name in NAMES)) == numbers().keys() | RESULTS


def test_numbers_are_those_of_the_declarations():
    found = numbers()
    grades = Counter(parameter.grade for rule in RULES for parameter in rule.parameters)
    assert found["rules"] == str(len(MONTH))
    assert {name: int(found[name]) for name in ("report", "public_figure", "literature", "assumption")} == {
        grade.replace(" ", "_"): count for grade, count in grades.items()
    }
    assert int(found["parameters"]) == grades.total()


def test_claims_are_told_as_they_came_out_and_that_they_wait_without_results(texts):
    records = ledger_records()
    found = summary(records).every
    told = archive_documents(records, [])["trace.md"]
    assert f"- All tests: {found.tests}. As expected {found.expected} (" in told
    assert f"negligible {found.negligible}, " in told
    assert "The ledger waits for its run." in texts["trace.md"]


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_files_and_headings_that_exist(name, texts):
    for target in re.findall(r"\]\((?!http)([^)\s]+)\)", texts[name]):
        path, _, at = target.partition("#")
        assert (DOCS / path).exists(), target
        if at:
            headings = re.findall(r"^#+ (.*)$", (DOCS / path).read_text(encoding="utf-8"), re.MULTILINE)
            assert at in map(anchor, headings), target
