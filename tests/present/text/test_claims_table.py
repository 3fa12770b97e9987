"""The claims ledger in words: effects in their units, contradictions with their rule, counts that add up."""

import math

import pytest
from rich.console import Console

from qsim.present.text.claims_table import cause_texts, claims_tables, effect_text, interval_text, summary_lines
from qsim.present.words.speaker import Speaker
from trial_results import RECORDS, result


def text(parts):
    console = Console(width=110, color_system=None)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return capture.get()


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("en", ["first", "+4.0", "+3.0 to +5.0", "expected", "75·75·75", "0 − ·", "yes"]),
        ("de", ["first", "+4,0", "+3,0 bis +5,0", "wie erwartet", "75·75·75", "0 − ·", "ja"]),
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
    assert summary_lines(RECORDS, Speaker("en")) == [
        "Diagnostic tests: 4. As expected 1 (25%), negligible 1, opposite 2 (50%), unresolved 0.",
        "Of these, themes used in calibration: 3, as expected 1 (33%), opposite 2.",
        "Of these, held-out themes (G, I, J): 1, as expected 0 (0%), opposite 0.",
        "All tests: 5. As expected 2 (40%), negligible 1, opposite 2 (40%), unresolved 0.",
        "In the additive scorecard without dynamics 1 of the 1 tests on which it says anything come out as expected.",
        "At a false discovery rate of 5% 5 of 5 clusters of similar tests hold.",
    ]
