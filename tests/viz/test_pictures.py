"""What Mesa's page draws of a model, and the table of its numbers."""

import re

import pytest
from matplotlib.colors import to_hex

from qsim.engine.model import Administration
from qsim.measures.catalogue import SERIES
from qsim.viz.pictures import COLOURS, LINES, NUMBERS, house_picture, lines_picture, numbers_table
from qsim.viz.sliders import speaker


@pytest.fixture(scope="module")
def model():
    found = Administration("medium", rng=1)
    for _ in range(30):
        found.step()
    return found


def tiles(figure):
    return figure.axes[0].patches


def test_every_department_has_a_tile_and_so_has_every_unit(model):
    figure = house_picture(model, "practice", speaker("en"))
    assert len(tiles(figure)) == len(model.departments) + len(model.commissioners) == 26
    edges = [patch.get_bbox() for patch in tiles(figure)]
    assert all(
        0 <= one.x0 < one.x1 <= figure.get_figwidth() and 0 < one.y0 < one.y1 <= figure.get_figheight() for one in edges
    )
    assert not any(a.overlaps(b) for place, a in enumerate(edges) for b in edges[place + 1 :])


@pytest.mark.parametrize("name", COLOURS)
def test_the_same_value_has_the_same_colour_and_more_is_darker(model, name):
    colours = [sum(patch.get_facecolor()[:3]) for patch in tiles(house_picture(model, name, speaker("de")))][1:]
    values = [float(getattr(one, name)) for one in sorted(model.departments, key=lambda one: (one.division, one.index))]
    low, high = COLOURS[name]
    clipped = [min(max(value, low), high) for value in values]
    assert [sum(pair[1] for pair in sorted(zip(clipped, colours, strict=True))[:5])] > [
        sum(pair[1] for pair in sorted(zip(clipped, colours, strict=True))[-5:])
    ]


def test_a_written_state_changes_the_tile_of_that_department_alone():
    model = Administration("small", rng=1)
    before = [to_hex(patch.get_facecolor()) for patch in tiles(house_picture(model, "practice", speaker("en")))]
    model.department("youth").practice = 0.55
    after = [to_hex(patch.get_facecolor()) for patch in tiles(house_picture(model, "practice", speaker("en")))]
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_lines_are_those_of_the_data_collector(model):
    shares, work = lines_picture(model, speaker("de")).axes
    frame = model.datacollector.get_model_vars_dataframe()
    drawn = [line.get_ydata().tolist() for line in (*shares.lines, *work.lines)]
    assert drawn == [frame[name].tolist() for name in LINES]
    assert [text.get_text() for text in shares.get_legend().texts] == [
        "Zugesagt",
        "Umgesetzt",
        "Gemeinsam umgesetzt",
        "Wissen",
    ]
    assert work.get_title(loc="left") == "Arbeitslast"


def test_numbers_stand_in_full_beside_what_is_read(model):
    table = numbers_table(model, speaker("de"))
    assert [float(value) for value in re.findall(r'value="([^"]+)"', table)] == [
        model.measures[one.name] for one in NUMBERS
    ]
    assert "<td>Juni 2022</td>" in table
    assert '<th scope="row">Umgesetzt (%)</th>' in table


def test_before_the_first_month_nothing_is_known():
    table = numbers_table(Administration("small", rng=1), speaker("en"))
    assert "before the first month" in table
    assert table.count(">–</data>") == len(NUMBERS)
    assert {one.name for one in NUMBERS} == {one.name for one in SERIES if one.main}
