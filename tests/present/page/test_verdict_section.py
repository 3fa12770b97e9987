"""The first part of the page: the verdict with its strength, the ranking, what is the same."""

from dataclasses import replace

import pytest

from page_worlds import blocks_of
from qsim.present.figures.paper import joint_words
from qsim.present.page.blocks import Bullets, Chart, Group, Link, Table, Text, Verdict
from qsim.present.page.limits_section import limits_section
from qsim.present.page.report import report_sections
from qsim.present.page.verdict_section import explained, verdict_section
from qsim.present.text.verdict import verdict_text
from qsim.present.words.speaker import Speaker

LANGUAGES = ("de", "en")


def of_kind(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_scenarios_have_one_verdict_with_dots_that_say_what_the_words_say(report, language):
    made = report("pair")
    section = verdict_section(made, Speaker(language))
    (verdict,) = of_kind(section, Verdict)
    (pair,) = made.compared.pairs
    assert (verdict.kind, verdict.sentence) == (pair.verdict, verdict_text(pair, Speaker(language)))
    assert len(verdict.dots) == 2
    for dots in verdict.dots:
        assert f" {dots.filled} " in dots.label
        assert f" {dots.filled} " in verdict.sentence
    how = explained(made.compared, Speaker(language))
    assert len(how.blocks[0].marked) == 4
    said = " ".join(block.text for block in how.blocks[1:])
    (link,) = of_kind(section, Link)
    assert link.address == f"#{limits_section(made, Speaker(language)).id}"
    assert how in limits_section(made, Speaker(language)).blocks
    assert "95-%-Intervalle" in said if language == "de" else "95% intervals" in said
    assert ("24 Zwillingswelten in 12" in said) if language == "de" else ("24 twin worlds" in said)


def test_several_scenarios_are_ranked_and_each_is_judged_against_the_first(report):
    made = report("three")
    section = verdict_section(made, Speaker("de"))
    (lead,), (table,), (against,) = of_kind(section, Text), of_kind(section, Table), of_kind(section, Group)
    assert [row[0] for row in table.rows] == [made.scenarios[rank.index].label.de for rank in made.compared.ranking]
    assert table.rows[0][0] in lead.text
    assert len(table.heads) == len(table.rows[0])
    assert [block.kind for block in against.blocks] == [pair.verdict for pair in made.compared.pairs]
    assert sum(rank.best for rank in made.compared.ranking) == pytest.approx(1.0)


@pytest.mark.parametrize("told", [(-1, -1), (0, -1), (0, 0)])
def test_who_cannot_be_told_from_the_best_leads_with_it_and_nobody_is_named_alone(report, told):
    made = report("three")
    pairs = [replace(pair, better=better) for pair, better in zip(made.compared.against_best, told, strict=True)]
    found = replace(made.compared, against_best=tuple(pairs))
    order = [rank.index for rank in found.ranking]
    assert found.leaders == (order[0], *(place for place, better in zip(order[1:], told, strict=True) if better < 0))
    lead = of_kind(verdict_section(replace(made, compared=found), Speaker("de")), Text)[0].text
    alone = len(found.leaders) == 1
    assert ("setzt" in lead, "kein bestes" in lead) == (alone, not alone)
    names = [made.scenarios[place].label.de for place in order]
    assert [name in lead for name in names] == [place in found.leaders for place in order]
    words = joint_words([0.1, 0.2, 0.3], ["A", "B", "C"], "zuletzt", Speaker("de"), found.leaders)
    assert words.startswith("Vorn liegt „C“") == alone


@pytest.mark.parametrize(("kind", "least"), [("pair", 6), ("three", 4)])
def test_the_summary_says_what_the_other_parts_say(report, kind, least):
    summary, *others = report_sections(report(kind), Speaker("de"))
    (told,) = of_kind(summary, Bullets)
    assert len(told.marked) >= least
    texts = " ".join(f"{block.text if isinstance(block, Text) else block.title}." for section in others
                     for kind in (Text, Chart) for block in blocks_of(section, kind))  # fmt: skip
    assert all(text in texts or text + "." in texts for _, text in told.marked)


def test_identical_scenarios_are_equal_without_dots(report):
    (verdict,) = of_kind(verdict_section(report("same"), Speaker("en")), Verdict)
    assert (verdict.kind, verdict.dots) == ("equal", ())
    assert "are equal" in verdict.sentence


def test_one_scenario_is_told_in_short(report):
    made = report("one")
    lead, note = verdict_section(made, Speaker("de")).blocks
    assert lead.kind == "lead"
    assert made.scenarios[0].label.de in lead.text
    assert "40 Läufe" in note.text
