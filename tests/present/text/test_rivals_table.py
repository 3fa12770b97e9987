"""Rival models in words: a table of the models, what each passes, and the section of the ledger."""

from dataclasses import replace

import pytest
from rich.console import Console

from evidence.documents.ledger import ledger_document
from evidence.documents.rivals import rivals_section
from qsim.present.text.rivals_table import changes_text, rival_texts, rivals_table
from qsim.present.words.speaker import Speaker
from trial_results import RECORDS
from trial_rivals import RIVALS


def printed(record, language):
    console = Console(width=100, color_system=None)
    with console.capture() as capture:
        console.print(rivals_table(record, Speaker(language)))
    return capture.get()


def cells(text, first):
    line = next(line for line in text.splitlines() if line.strip().startswith(first))
    return [cell for cell in (part.strip() for part in line.split("  ")) if cell]


@pytest.mark.parametrize(
    ("language", "first", "rest"),
    [("en", "full model", ["4", "0 of 1", "2", "1", "0", "3 of 6", "0 of 2"]),
     ("de", "Stillstand", ["2", "1 von 1", "5", "0", "0", "1 von 6", "1 von 2"])],
)  # fmt: skip
def test_a_row_a_model(language, first, rest):
    text = printed(RIVALS, language)
    assert cells(text, first) == [first, *rest]
    assert "…" not in text


def test_a_dash_where_it_is_not_known_which_tests_are_diagnostic():
    unknown = replace(RIVALS, claims=[replace(one, diagnostic=None) for one in RIVALS.claims])
    assert cells(printed(unknown, "en"), "chance")[-2:] == ["–", "–"]


def test_what_a_rival_passes_and_where_it_is_as_good():
    unique, chance, frozen = rival_texts(RIVALS, Speaker("en"))
    assert unique == "2 tests are passed by the full model alone."
    assert chance.splitlines() == [
        "chance: chance is enough. (Author 1999)",
        "It passes 1 test that the full model does not: third.",
        "2 tests the full model passes and this one does not.",
        "At least as good as the full model in group B (2 against 2 of 3).",
        "At least as good in the diagnostic tests of group B (1 against 1 of 2).",
    ]
    assert "in group G (1 against 0 of 2)." in frozen
    german = rival_texts(RIVALS, Speaker("de"))
    assert german[0] == "2 Tests besteht allein das volle Modell."
    assert "Mindestens so gut wie das volle Modell in der Gruppe B (2 gegen 2 von 3)." in german[1]


def test_a_rival_that_is_nowhere_as_good_says_so():
    losing = replace(RIVALS, claims=[one for one in RIVALS.claims if one.id in ("second", "fifth")])
    assert rival_texts(losing, Speaker("en"))[2].splitlines()[1:] == [
        "It passes no test that the full model does not.",
        "2 tests the full model passes and this one does not.",
        "In no group of statements as good as the full model.",
    ]


def test_what_is_off_or_set():
    _, chance, frozen = RIVALS.models
    assert changes_text(chance, Speaker("en")) == "Off or set: outreach.pull = 0 and commissioners.outreach = random."
    assert changes_text(frozen, Speaker("de"), "`") == "Aus oder gesetzt: `practice`."


def test_the_section_of_the_ledger():
    section = "\n\n".join(rivals_section(RIVALS))
    assert section.startswith("## Rival models\n")
    assert "| standstill | 2 | 1 of 1 | 5 | 0 | 0 | 1 of 6 | 1 of 2 |" in section
    assert "2 tests are passed by the full model alone: `second`, `fifth`." in section
    assert "### Chance\n\nchance is enough. (Author 1999)\n\n- Off or set: `outreach.pull = 0` and" in section
    assert "- It passes 1 test that the full model does not: `third`." in section
    assert "- At least as good as the full model in group G (1 against 0 of 2)." in section


def test_the_ledger_has_the_section_after_the_contradictions_if_rivals_were_run():
    headings = [line for line in ledger_document(RECORDS, RIVALS).splitlines() if line.startswith("## ")]
    assert headings[1:5] == ["## Contradictions", "## Scorecard and dynamics", "## Rival models", "## Negligible"]
    assert "Rival models" not in ledger_document(RECORDS)
