"""What each change carries, on the page: sentence, chart and table from made-up and from real shares."""

import re

import pytest

from page_worlds import drawn
from qsim.comparison.comparing import compare_worlds
from qsim.comparison.why.changes import changes
from qsim.comparison.why.shares import Share, Shares, shares
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.present.figures.bars import Bar
from qsim.present.figures.frame import NARROW, WIDE, Frame, canvas
from qsim.present.page.blocks import Chart, Text
from qsim.present.page.shares_section import contributions_figure, shares_blocks
from qsim.present.words.speaker import Speaker
from qsim.runs.standards import Standards
from worlds import load_as

NAN = float("nan")


@pytest.fixture(scope="module")
def found():
    """Return scenarios compared in next to no runs: what is said of shares hangs on the shares alone."""
    pair = [load_as(name, "months=14") for name in ("one_unit", "two_units")]
    return compare_worlds(TwinWorlds(prepare_twins(pair), 1, 1, True), 2, 0, Standards())


def made(found, *values, exact=True, error=0.0, width=0.002):
    """Return shares with these values, each a little uncertain."""
    groups = [(change,) for change in changes(*found.pairs[0].scenarios)]
    parts = tuple(
        Share(group, value, value - width, value + width, error) for group, value in zip(groups, values, strict=True)
    )
    total = sum(values)
    return Shares("joint_practice", total, total - width, total + width, parts, 100, 200, exact, True)


def test_several_changes_have_a_sentence_a_chart_and_a_note(found):
    text, chart, note = shares_blocks(found, [made(found, -0.07, 0.029, 0.028)], Speaker("de"))
    assert "trägt am meisten „Stabsstelle Integration und Klimaanpassung (entfällt)“ (−7,0 Prozentpunkte)" in text.text
    assert "Dagegen wirkt: „Integrationsbeauftragte (neu)“ (+2,9 Prozentpunkte)" in text.text
    assert chart.id == "chart-shares-1"
    assert [row[1] for row in chart.table.rows] == ["−7,0", "+2,9", "+2,8", "−1,3"]
    assert chart.table.rows[-1][0] == "zusammen"
    assert "200 Zwillingswelten in 100 plausiblen Annahmen" in note.text
    assert note.kind == "note"


def test_most_is_what_goes_with_the_difference(found):
    text, chart, _ = shares_blocks(found, [made(found, -0.03, 0.025, 0.02)], Speaker("en"))
    assert "most is carried by “Integration commissioner (new)” (+2.5 percentage points)" in text.text
    assert "Working against it: “Integration and adaptation unit (left out)” (−3.0 percentage points)" in text.text
    assert chart.table.rows[0][1] == "−3.0"


def test_where_one_carries_almost_all_there_is_a_sentence_alone(found):
    (block,) = shares_blocks(found, [made(found, 0.05, 0.001, -0.001)], Speaker("en"))
    assert isinstance(block, Text)
    assert "almost wholly" in block.text
    assert "2 further changes make up for hardly anything" in block.text


def test_what_is_unsure_is_said(found):
    text, *_ = shares_blocks(found, [made(found, 0.05, 0.02, -0.001)], Speaker("en"))
    assert "not certain whether more or less is done jointly because of: “Adaptation commissioner (new)”" in text.text
    text, chart, _ = shares_blocks(found, [made(found, 0.001, 0.001, -0.001)], Speaker("en"))
    assert "not certain for any of the changes" in text.text
    assert "no change has a certain direction" in chart.title


def test_what_does_nothing_is_said(found):
    text, *_ = shares_blocks(found, [made(found, 0.02, 0.01, 0.0, width=0.0)], Speaker("de"))
    assert text.text.endswith(
        "Im Modell ändert das nichts an dem, was gemeinsam umgesetzt wird: „Klimaanpassungsbeauftragte (neu)“."
    )
    (block,) = shares_blocks(found, [made(found, 0.0, 0.0, 0.0, width=0.0)], Speaker("de"))
    assert block.text.startswith("Im Modell ändert das nichts")


def test_an_unknown_outcome_is_said(found):
    (block,) = shares_blocks(found, [made(found, NAN, NAN, NAN)], Speaker("en"))
    assert "cannot be told" in block.text


def test_drawn_orders_are_said(found):
    *_, note = shares_blocks(found, [made(found, 0.05, 0.02, 0.01, exact=False, error=0.004)], Speaker("en"))
    assert "0.4 percentage points at most" in note.text


def test_nothing_is_said_of_a_pair_in_which_nothing_differs(found):
    assert shares_blocks(found, [None], Speaker("de")) == ()


def test_another_number_of_shares_is_an_error(found):
    with pytest.raises(ValueError, match="each pair"):
        shares_blocks(found, [], Speaker("de"))


def test_one_change_is_a_sentence_from_real_runs():
    pair = [load_as(name, "months=14") for name in ("position_staff_unit", "position_line_unit")]
    found = compare_worlds(TwinWorlds(prepare_twins(pair), 1, 1, True), 2, 0, Standards())
    (block,) = shares_blocks(found, [shares(*pair, settings=2)], Speaker("de"))
    assert block.text == (
        "Der Unterschied zu „Fachdienst in der Linie“ geht ganz auf eine Änderung zurück: Integrationsbeauftragte: Anbindung."
    )


def test_changes_that_are_one_group_are_one_sentence(found):
    group = changes(*found.pairs[0].scenarios)
    one = Shares("joint_practice", 0.1, 0.0, 0.2, (Share(group, 0.1, 0.0, 0.2),), 10, 20, True, True)
    (block,) = shares_blocks(found, [one], Speaker("en"))
    assert "changes that can only be made together: Integration and adaptation unit (left out), " in block.text


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_names_and_values_stand_inside_and_clear_of_each_other(width):
    rows = [
        ("Klima-Check (sechsstufig, alle städtebaulichen Vorhaben) (entfällt)", Bar(-4.6, -6.6, -2.8, "−4,6")),
        ("Neu", Bar(1.9, 1.3, 2.9, "+1,9")),
        ("W" * 30, Bar(NAN, NAN, NAN, "–")),
    ]
    figure = contributions_figure(
        rows,
        "Beitrag in Prozentpunkten",
        Frame(width, lambda height: canvas(width, height, Speaker("de"))),
        Speaker("de"),
    )
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.texts]
    assert all(box.x0 >= -1 and box.x1 <= figure.bbox.width + 1 for box in boxes)
    assert not any(one.overlaps(other) for i, one in enumerate(boxes) for other in boxes[:i])
    assert {text.get_size() for text in figure.texts} <= {8.5, 9.0}
    axes = figure.axes[0].get_window_extent()
    values = [text for text in figure.texts if re.fullmatch(r"[−+]\d,\d", text.get_text())]
    assert all(text.get_window_extent().x0 >= axes.x1 for text in values)
    assert len(values) == 2


def test_the_chart_of_a_page_draws_at_any_width(found):
    chart = next(
        block
        for block in shares_blocks(found, [made(found, -0.07, 0.029, 0.028)], Speaker("de"))
        if isinstance(block, Chart)
    )
    wide, narrow = drawn(chart, WIDE), drawn(chart, NARROW)
    assert wide.get_size_inches()[0] == WIDE
    assert narrow.get_size_inches()[1] > wide.get_size_inches()[1]
    assert [bar.get_hatch() for bar in wide.axes[0].patches] == ["//", "", ""]
