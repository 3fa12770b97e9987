"""What differs, on the page: a row a change, what is the same, and a plain sentence if nothing differs."""

import pytest

from qsim.comparison.comparing import compare_worlds
from qsim.comparison.why.changes import changes
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.present.page.blocks import Details, Group, Table, Text
from qsim.present.page.differs_section import MOST_ROWS, change_row, differs_section, group_name
from qsim.present.words.speaker import Speaker
from qsim.runs.standards import Standards
from qsim.scenario.loading import load_scenario
from worlds import load_as

SHORT = ("months=14",)


def compared(*scenarios):
    worlds = TwinWorlds(prepare_twins(scenarios), 1, 1, True)
    return compare_worlds(worlds, 2, 0, Standards())


def load(name, *changed):
    return load_as(name, *SHORT, *changed)


def test_a_pair_has_a_table_of_what_differs_and_a_sentence_on_the_rest():
    section = differs_section(compared(load("position_staff_unit"), load("position_line_unit")), Speaker("de"))
    lead, table, same = section.blocks
    assert section.id == "differs"
    assert lead == Text(
        "„Stabsstelle beim Stadtoberhaupt“ und „Fachdienst in der Linie“ unterscheiden sich nur in einer Angabe.",
        "lead",
    )
    assert table.heads == ("Angabe", "Stabsstelle beim Stadtoberhaupt", "Fachdienst in der Linie")
    assert table.rows == (
        ("Integrationsbeauftragte: Anbindung", "Stabsstelle beim Stadtoberhaupt", "Fachdienst in der Linie"),
    )
    assert table.words == len(table.heads)
    assert "Querschnittsaufgaben" in same.text
    assert "Beauftragte" not in same.text


@pytest.mark.parametrize(("language", "said"), [("de", "in keiner Angabe"), ("en", "differ in no setting")])
def test_if_nothing_differs_it_says_so(language, said):
    (block,) = differs_section(compared(load("small"), load("small")), Speaker(language)).blocks
    assert said in block.text
    assert "(small_2)" in block.text


def test_each_pair_has_its_own_heading():
    section = differs_section(compared(load("small"), load("no_unit"), load("small")), Speaker("en"))
    assert [type(block) for block in section.blocks] == [Group, Group]
    assert [type(block) for block in section.blocks[1].blocks] == [Text]


def test_a_long_table_is_folded_up():
    pair = load_scenario("halle"), load_scenario("wuerzburg")
    assert len(changes(*pair)) > MOST_ROWS
    found = compared(*(scenario.model_copy(update={"months": 14, "events": ()}) for scenario in pair))
    folded = [block for block in differs_section(found, Speaker("en")).blocks if isinstance(block, Details)]
    assert len(folded) == 1
    assert isinstance(folded[0].blocks[0], Table)


def test_nothing_is_the_same_where_all_parts_differ():
    first, second = load_scenario("halle"), load_scenario("wuerzburg")
    found = compared(*(scenario.model_copy(update={"events": ()}) for scenario in (first, second)))
    assert (
        differs_section(found, Speaker("en")).blocks[-1].text.startswith("No part of the settings is wholly unchanged")
    )


def test_what_is_only_in_one_scenario_is_not_there_in_the_other():
    pair = load_scenario("schwerin_staff_unit"), load_scenario("schwerin")
    (move,) = changes(*pair)
    name, first, second = change_row(move, pair, Speaker("de"))
    assert (name, first) == ("Fachdienst Integration im Sozialdezernat", "nicht vorhanden")
    assert second.startswith("Januar 2018; Fachdienst in der Linie")
    (stays,) = changes(*pair[::-1])
    assert change_row(stays, pair[::-1], Speaker("en"))[2] == "not there"


def test_groups_are_named_by_what_is_done_and_many_by_what_they_are_about():
    pair = load_scenario("remscheid"), load_scenario("remscheid_no_instruments")
    found = changes(*pair)
    assert group_name(found[1:2], pair, Speaker("de")) == "Arbeitskreis (Verwaltungsmitarbeitende) (entfällt)"
    assert (
        group_name(found[1:3], pair[:2], Speaker("en"))
        == "Working circle (staff) (left out) and Steering circle (leaders) (left out)"
    )
    said = [f"commissioners[integration].{name}=0.99" for name in ("knowledge", "mediation", "overview", "handover")]
    pair = load_scenario("small"), load_scenario("small", said)
    assert group_name(changes(*pair), pair, Speaker("de")) == "Integrationsbeauftragte (4 Angaben)"
    cities = load_scenario("halle"), load_scenario("wuerzburg")
    of_house = [change for change in changes(*cities) if change.part in ("start", "administration")]
    assert group_name(of_house, cities, Speaker("en")) == f"first month and administration ({len(of_house)} settings)"
