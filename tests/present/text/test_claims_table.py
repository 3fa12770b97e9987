"""The claims ledger in words: effects in their units, contradictions with their rule, counts that add up."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from rich.console import Console

from evidence.documents.ledger import ledger_document
from evidence.documents.rivals import rivals_section
from qsim.present.text.claims_table import (
    cause_texts,
    claims_tables,
    effect_text,
    interval_text,
    rival_texts,
    rivals_table,
    summary_lines,
)
from qsim.present.words.speaker import Speaker
from trial_results import RECORDS, result
from trial_rivals import RIVALS


def text(parts):
    console = Console(width=110, color_system=None)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return capture.get()


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("en", ["first", "+4.0", "+3.0 to +5.0", "expected", "75", "0 ·"]),
        ("de", ["first", "+4,0", "+3,0 bis +5,0", "wie erwartet", "75", "0 ·"]),
    ],
)
def test_a_row_says_all_of_a_test(language, row):
    printed = text(claims_tables(RECORDS, Speaker(language)))
    line = next(line for line in printed.splitlines() if line.strip().startswith("first "))
    assert [part for part in (cell.strip() for cell in line.split("  ")) if part] == row
    assert ("Mehr hilft." if language == "de" else "More helps.") in printed


def test_a_table_a_group_with_results():
    printed = text(claims_tables(RECORDS, Speaker("en")))
    assert printed.index("Claims ledger: B") < printed.index("fifth") < printed.index("Claims ledger: G")
    assert "Claims ledger: A" not in printed
    assert claims_tables([], Speaker("en")) == []


def test_worlds_that_do_not_cost_the_same_are_marked():
    line = next(
        line for line in text(claims_tables(RECORDS, Speaker("en"))).splitlines() if line.strip().startswith("fourth ")
    )
    assert "negligible *" in line


def test_what_depends_on_the_scale_has_its_marks_on_each():
    printed = text(claims_tables(RECORDS, Speaker("en")))
    assert "depends on scale (+ 0)" in printed
    assert "je nach Maßstab (+ 0)" in text(claims_tables(RECORDS, Speaker("de")))


def test_ratios_are_shown_in_percent():
    ratio = result("x", measure="hours_units", scale="log", effect=math.log(1.3), low=math.log(1.1), high=math.log(1.5))
    assert effect_text(ratio, ratio.effect, Speaker("en")) == "+30%"
    assert interval_text(ratio, Speaker("de")) == "+10 bis +50 %"


def test_effects_are_shown_in_the_units_of_their_measures():
    assert effect_text(result("x", measure="hours_departments", relevant=25.0), 1234.5, Speaker("en")) == "+1,234"
    assert effect_text(result("x", measure="practice", relevant=0.0003), 0.0123, Speaker("en")) == "+1.23"
    share = result("x", kind="existence", low=0.1, high=0.3)
    assert effect_text(share, 0.2, Speaker("en")) == "20"
    assert interval_text(share, Speaker("de")) == "10 bis 30"
    assert effect_text(result("x"), math.nan, Speaker("en")) == "–"


def test_contradictions_name_their_rule():
    assert cause_texts(RECORDS, Speaker("en")) == [
        "second: opposite; without the rule “Outreach” the effect is +0.2 and no longer opposite; likewise without "
        "“Staffing”; the worlds first part in “Learning”",
        "fifth: opposite; least without the rule “Outreach” (effect +0.2), but then, too",
    ]
    assert cause_texts(RECORDS, Speaker("de"))[0].startswith(
        "second: gegenteilig; ohne die Regel „Ansprache“ ist der Effekt +0,2"
    )


def test_what_it_adds_up_to():
    assert list(summary_lines(RECORDS, Speaker("en"))) == [
        "Tests that the additive scorecard does not give: 5. As expected 1 (20%), opposite 2 (40%), negligible 1, depending on "
        "the scale 1, unresolved 0.",
        "Of these, not as expected without the named mechanism: 4; with it as expected 1 (25%), opposite 2.",
        "Of these, held out: 1, as expected 0 (0%), opposite 0 (0%).",
        "All tests: 6. As expected 2 (33%), opposite 2 (33%), negligible 1, depending on the scale 1, unresolved 0.",
        "In the additive scorecard without dynamics 1 of the 2 tests on which it says anything come out as expected.",
        "At a false discovery rate of 5% 6 of 6 clusters of similar tests hold.",
    ]


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
    [("en", "full model", ["4", "0 of 1", "2", "1", "0", "0", "3 of 6"]),
     ("de", "Stillstand", ["2", "1 von 1", "5", "0", "0", "0", "1 von 6"])],
)  # fmt: skip
def test_a_row_a_model(language, first, rest):
    text = printed(RIVALS, language)
    assert cells(text, first) == [first, *rest]
    assert "…" not in text


def test_what_a_rival_passes_and_where_it_is_as_good():
    unique, chance, frozen = rival_texts(RIVALS, Speaker("en"))
    assert unique == "2 tests are passed by the full model alone."
    assert chance.splitlines() == [
        "chance: chance is enough. (Author 1999)",
        "It passes 1 test that the full model does not: third.",
        "2 tests the full model passes and this one does not.",
        "At least as good as the full model in group B (2 against 2 of 3).",
        "Beyond the scorecard at least as good in group B (1 against 1 of 2).",
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


def test_the_section_of_the_ledger():
    section = "\n\n".join(rivals_section(RIVALS))
    assert section.startswith("## Rival models\n")
    assert "| standstill | 2 | 1 of 1 | 5 | 0 | 0 | 0 | 1 of 6 |" in section
    assert "2 tests are passed by the full model alone: `second`, `fifth`." in section
    assert "### Chance\n\nchance is enough. (Author 1999)\n\n- Off or set: `outreach.pull = 0` and" in section
    assert "- It passes 1 test that the full model does not: `third`." in section
    assert "- At least as good as the full model in group G (1 against 0 of 2)." in section


def test_the_ledger_has_the_section_after_the_contradictions_if_rivals_were_run():
    headings = [line for line in ledger_document(RECORDS, RIVALS).splitlines() if line.startswith("## ")]
    assert headings[2:6] == ["## Contradictions", "## Scorecard and dynamics", "## Rival models", "## Depends on scale"]
    assert "Rival models" not in ledger_document(RECORDS)
