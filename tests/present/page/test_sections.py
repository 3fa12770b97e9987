"""The parts of the page that show numbers: every kind of comparison, in both languages and both widths."""

import re
from dataclasses import replace

import numpy as np
import pytest

from drawn import faults, texts_of
from page_worlds import KINDS, blocks_of, compared, drawn, figures_of, scenarios_of, sections_of
from qsim.comparison.record import Gain
from qsim.present.figures.curves import Band
from qsim.present.figures.frame import WIDE
from qsim.present.figures.gap import gap_words
from qsim.present.figures.style import NOTE, TICK
from qsim.present.page.blocks import Cards, Chart, Details, Group, Table, Text
from qsim.present.page.gains import gains_blocks
from qsim.present.page.time_section import time_section, together
from qsim.present.page.why_section import why_section
from qsim.present.words.speaker import Speaker
from qsim.runs.standards import Standards

ALL = (*KINDS, "alone")


@pytest.mark.parametrize("kind", ALL)
def test_no_text_of_a_chart_lies_over_another_or_beyond_its_edge(kind):
    assert {name: found for name, figure in figures_of(kind, "de").items() if (found := faults(figure))} == {}


@pytest.mark.parametrize("kind", ["pair", "three", "alone"])
def test_letters_keep_their_size_and_charts_their_width(kind):
    for (_, width), figure in figures_of(kind, "de").items():
        assert figure.get_size_inches()[0] == width
        sizes = [text.get_size() for text in figure.findobj(lambda part: hasattr(part, "get_fontsize"))]
        assert min(sizes) >= NOTE - 1
        assert sorted(sizes)[len(sizes) // 2] >= TICK


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_every_chart_has_its_numbers_in_a_table_and_says_what_is_to_be_seen(kind, language):
    ids = []
    for section in sections_of(kind, language):
        for chart in blocks_of(section, Chart):
            ids.append(chart.id)
            assert len(chart.alt) > 20
            assert chart.table.rows
            assert "nan" not in f"{chart.title} {chart.alt} {chart.note}".lower().split()
        for table in [*blocks_of(section, Table), *(chart.table for chart in blocks_of(section, Chart))]:
            assert {len(row) for row in table.rows} == {len(table.heads)}
    assert len(set(ids)) == len(ids)
    assert {"chart-stages", "chart-joint", "chart-constraint", "chart-hours", "chart-case"} <= set(ids)
    assert ("chart-gap" in ids) == (kind not in ("nothing", "one_month"))  # nothing is promised in these


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "alone"])
def test_the_cards_show_what_the_comparison_found(kind):
    found, _, _ = compared(kind)
    (cards,) = blocks_of(sections_of(kind, "en")[0], Cards)
    assert 4 <= len(cards.cards) <= 6
    joint = found.pairs[0].primary
    levels = [value for _, value in cards.cards[0].levels]
    assert len(levels) == len(found.scenarios)
    assert levels[0] == f"{100 * joint.levels[0]:.1f}%"
    assert levels[1].startswith(f"{100 * joint.levels[1]:.1f}%")
    if kind == "pair":
        assert cards.cards[0].difference.lstrip("+−") == f"{abs(100 * joint.difference):.1f} percentage points"
        for dots in cards.cards[0].dots:
            assert dots.label.startswith(f"{dots.filled} of 100")
            assert dots.filled >= 50


def test_twins_that_do_not_differ_are_the_same_everywhere():
    stages, time, why = sections_of("same", "en")
    (cards,) = blocks_of(stages, Cards)
    assert {card.difference for card in cards.cards} == {"the same"}
    assert not any(card.dots for card in cards.cards)
    assert any("do as much in" in text.text for text in blocks_of(time, Text))
    assert any("differ in no month" in text.text for text in blocks_of(why, Text))


def test_an_outcome_that_only_one_scenario_has_says_so():
    (cards,) = blocks_of(sections_of("one_run", "en")[0], Cards)
    lone = (
        next(card for card in cards.cards if "24 months after funding" in card.name) if len(cards.cards) == 6 else None
    )
    few = cards.cards[0]
    assert few.interval == "Too few runs for an interval."
    assert lone is None or "only in" in lone.remark


def test_a_single_scenario_has_ranges_and_nothing_of_a_comparison():
    stages, time, why = sections_of("alone", "de")
    (cards,) = blocks_of(stages, Cards)
    assert all("80 %" in card.remark for card in cards.cards)
    titles = [group.title for section in (stages, time, why) for group in blocks_of(section, Group)]
    assert "Welche Ämter gewinnen, welche verlieren" not in titles
    assert "Ab wann sich die Wege trennen" not in titles


def test_scenarios_are_named_in_every_chart_that_has_several():
    named = [scenario.label.in_language("de") for scenario in scenarios_of("three")]
    for (chart, _), figure in figures_of("three", "de").items():
        written = " ".join(" ".join(texts_of(figure)).split())
        if not chart.startswith("chart-departments") and "liegen übereinander" not in written:
            assert all(name in written for name in named), chart


def test_departments_that_hardly_differ_are_a_sentence_for_each_task():
    said = [text.text for text in blocks_of(sections_of("three", "de")[1], Text) if "Prozentpunkte mehr" in text.text]
    assert [text.split("Aufgabe: ")[1] for text in said] == ["Integration.", "Klimaanpassung.", "Klimaschutz."]
    assert len(blocks_of(sections_of("three", "de")[1], Details)) == 3


@pytest.mark.parametrize(
    ("differences", "charts"), [((0.008, 0.008), 0), ((-0.01, 0.01), 0), ((0.05, 0.06), 0), ((-0.01, 0.03), 1)]
)
def test_departments_are_drawn_where_their_differences_matter_and_differ(monkeypatch, differences, charts):
    gains = [
        Gain(name, "services", (0.2, 0.2 + difference), difference, difference - 0.001, difference + 0.001)
        for name, difference in zip(("youth", "health"), differences, strict=True)
    ]
    monkeypatch.setattr("qsim.present.page.gains.department_gains", lambda *_: gains)
    found, _, _ = compared("pair")
    blocks = gains_blocks(found, Speaker("de"))
    assert sum(isinstance(block, Chart) for block in blocks) == charts
    assert any(isinstance(block, Text) and "hierin kaum" in block.text for block in blocks) == (charts == 0)


def test_several_tasks_have_a_chart_of_departments_each():
    found = replace(compared("three")[0], standards=Standards(relevant={"practice": 1e-9}))
    section = time_section(found.worlds.results, found, Speaker("de"))
    charts = [chart.id for chart in blocks_of(section, Chart)]
    assert [id for id in charts if id.startswith("chart-departments")] == [
        f"chart-departments-1-{task}" for task in (1, 2, 3)
    ]


def test_where_nothing_is_promised_a_sentence_stands_for_the_gap():
    _, time, _ = sections_of("nothing", "de")
    assert "Es gibt keine Umsetzungslücke" in " ".join(text.text for text in blocks_of(time, Text))


def test_curves_that_lie_on_each_other_are_one_and_said_to_be():
    months = np.arange(12) + np.datetime64("2020-01")
    level = np.linspace(0.1, 0.3, 12)
    bands = [Band(months, level + shift, level, level + 0.1, 2, False) for shift in (0.0, 0.012, 0.006)]
    assert together(bands)
    assert not together(bands[:1])
    assert not together([*bands, Band(months, level + 0.013, level, level, 2, False)])
    chart = next(chart for chart in blocks_of(sections_of("same", "de")[1], Chart) if chart.id == "chart-joint")
    assert chart.title.endswith("liegen übereinander")
    assert sum(len(line.get_xdata()) > 2 for line in drawn(chart, WIDE).axes[0].lines) == 1
    assert len(chart.table.heads) == 3


def test_gaps_that_hardly_differ_are_about_the_same_and_none_is_the_largest():
    months, level = np.arange(12) + np.datetime64("2020-01"), np.linspace(0.1, 0.3, 12)
    low, near, far = (Band(months, level + shift, level, level, 2, False) for shift in (0.0, 0.012, 0.05))
    assert gap_words([low, near], ["A", "B"], Speaker("de"))[0].endswith(
        "überall etwa gleich groß (30,0 bis 31,2\xa0%)"
    )
    assert "smallest in “A” (30.0%), largest in “B” (35.0%)" in gap_words([low, far], ["A", "B"], Speaker("en"))[0]


@pytest.mark.parametrize(("language", "months"), [("de", "letzten"), ("en", "last")])
def test_bars_and_curves_say_the_same_of_who_is_ahead(language, months):
    titles = {
        chart.id: chart.title for section in sections_of("three", language) for chart in blocks_of(section, Chart)
    }
    assert months in titles["chart-stages"]
    assert titles["chart-joint"].startswith(titles["chart-stages"])


def test_a_wrong_number_of_cases_is_refused():
    found, cases, divergences = compared("pair")
    with pytest.raises(ValueError, match="a case for each scenario"):
        why_section(found.worlds.results, found, cases[:1], divergences, (), Speaker("de"))


def test_a_scenario_without_a_case_leaves_the_others():
    found, cases, divergences = compared("pair")
    section = why_section(found.worlds.results, found, [None, cases[1]], divergences, (), Speaker("de"))
    assert [chart.id for chart in blocks_of(section, Chart)].count("chart-case") == 1
    section = why_section(found.worlds.results, found, [None, None], divergences, (), Speaker("de"))
    assert "chart-case" not in [chart.id for chart in blocks_of(section, Chart)]


def test_the_blocks_on_shares_stand_within_the_reasons():
    shares = (Text("So viel trägt die Dauer."),)
    section = sections_of("pair", "de", shares)[2]
    assert shares in [group.blocks for group in blocks_of(section, Group)]


def test_the_hours_of_leaders_are_explained_and_told_for_each():
    (hours,) = [chart for chart in blocks_of(sections_of("alone", "de")[2], Chart) if chart.id == "chart-hours"]
    together = next(row[2] for row in hours.table.rows if row[0] == "Leitung")
    each = re.search(r"je Person (\d+) Stunden", hours.note)
    assert each
    assert 2 * int(each[1]) <= int(together.replace(".", ""))


def test_the_first_deviation_of_a_single_run_is_folded_up():
    (folded,) = [one for one in blocks_of(sections_of("three", "de")[2], Details) if "einzelnen Lauf" in one.summary
                 and "Abweichung" in one.summary]  # fmt: skip
    assert any("Lauf 0:" in text.text for text in blocks_of(folded, Text))
