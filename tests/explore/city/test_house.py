"""What the page says the model takes the city to be, and what becomes of the answers when it is corrected."""

import pytest

from trial_city import applied, drawn_answers

START = {"start": "2026-11", "lang": "de", "inhabitants": 55000, "task": "integration"}
SOME = {
    **START,
    "offices": [{"id": name} for name in ("treasury", "public_order", "social_services", "schools", "planning")],
}


def after(*corrections, answers=SOME):
    [done] = applied([answers, *corrections])
    assert done["untouched"]
    return done


def offices_of(done):
    return {office["id"]: office for division in done["view"]["divisions"] for office in division["offices"]}


def facts_of(done):
    return {
        part["part"]["id"]: (part["text"], part["stated"]) for fact in done["view"]["facts"] for part in fact["parts"]
    }


def test_posts_of_offices_add_up_to_those_of_the_house():
    for done in applied(*[drawn_answers(seed) for seed in range(30)]):
        divisions = done["view"]["divisions"]
        for end in (0, 1):
            total = sum(office["posts"][end] for division in divisions for office in division["offices"])
            assert total == pytest.approx(done["view"]["staff"][end])
            assert sum(division["posts"][end] for division in divisions) == pytest.approx(total)


def test_an_office_does_the_work_of_those_that_are_not_there():
    found = offices_of(after())
    assert "Jugendamt" in found["social_services"]["does"]
    assert "Kulturamt" in found["schools"]["does"]
    assert sum(len(office["does"] + office["counted"]) + 1 for office in found.values()) == 40


def test_what_is_done_elsewhere_is_no_work_of_another_office():
    found = offices_of(after())
    assert found["treasury"]["counted"] == ["Rechnungsprüfungsamt (unabhängig, dem Rat unterstellt)"]
    assert "Rechnungsprüfungsamt" not in found["treasury"]["does"]
    assert "Ausländerbehörde (in kreisangehörigen Städten beim Kreis)" in found["public_order"]["counted"]


def test_what_nobody_said_is_assumed_and_perhaps_not_there():
    done = after(answers=START)
    found = offices_of(done)
    assert done["view"]["offices"] == [11, 21]
    assert len(found) == 16
    assert sum(office["maybe"] for office in found.values()) == 5
    assert not any(office["stated"]["office"] for office in found.values())
    assert facts_of(done)["inhabitants"] == ("55.000", True)
    assert facts_of(done)["vacancies"] == ("Weiß ich nicht", False)
    assert facts_of(done)["council"] == ("Weiß ich nicht", False)


def test_what_is_assumed_of_a_part_without_a_control_is_in_the_house():
    parts = {part["part"]["id"]: part for fact in after(answers=START)["view"]["facts"] for part in fact["parts"]}
    assert parts["election"]["value"]["between"] == ["2026-12", "2032-11"]
    assert parts["employees"]["value"] == {"between": [325, 600]}
    assert parts["heads"]["value"]["de"].startswith("für jede Leitung einzeln")
    assert "value" not in parts["inhabitants"]


@pytest.mark.parametrize(
    ("answers", "sources"),
    [
        (START, ("B-P1", "B-S29", "Annahme")),
        ({**START, "employees": 400}, ("B-S29", "Annahme")),
        ({**SOME, "employees": 400}, ("B-S29",)),
        ({**SOME, "staff": 200}, ()),
        ({"start": "2026-11"}, ("Annahme",)),
    ],
)
def test_the_page_says_where_the_size_of_the_house_comes_from(answers, sources):
    told = after(answers=answers)["sources"]
    assert len(told) == len(sources)
    assert all(source in text for source, text in zip(sources, told, strict=True))


def test_every_value_knows_the_part_that_gave_it():
    origins = after(
        answers={
            **START,
            "posts": 0.75,
            "term": "permanent",
            "mayor": "no",
            "heads": "yes",
            "concept": "council",
            "council": True,
        }
    )["origins"]
    stated = {key for key, origin in origins.items() if origin["stated"]}
    assert stated == {
        "commissioners[unit].funding[0].posts",
        "commissioners[unit].funding[0].duration_months",
        "leaders[mayor].support",
        "leaders[head_*].support",
        "concepts[concept].council",
        "formats[advisory_council].start",
    }
    assert origins["concepts[concept].ambition"] == {"part": "concept", "stated": False}
    assert origins["administration.workload"] == {"part": "workload", "stated": False}


def test_the_first_correction_settles_which_offices_there_are():
    done = after({"office": "planning", "field": "label", "value": "  Fachdienst\nBau "}, answers=START)
    found = offices_of(done)
    assert len(found) == 16
    assert all(office["stated"]["office"] and not office["maybe"] for office in found.values())
    assert found["planning"]["label"] == "Fachdienst Bau"


def test_what_is_shown_is_what_runs():
    for done in applied(*[drawn_answers(seed, 0.3) for seed in range(20)]):
        settled = done["settled"]["administration"]
        assert settled["departments"] == 1
        assert [entry["id"] for entry in settled["own_departments"]] == [office["id"] for office in done["offices"]]
        assert [entry["division"] for entry in settled["own_departments"]] == [
            office["division"] for office in done["offices"]
        ]


@pytest.mark.parametrize(
    ("field", "value"), [("label", "Kasse"), ("division", "planning"), ("size", 2), ("relevance", 0.9)]
)
def test_an_office_is_corrected_and_given_back(field, value):
    done = after({"office": "treasury", "field": field, "value": value})
    office = offices_of(done)["treasury"]
    assert office["stated"][field]
    assert office[field] == value
    again = after({"office": "treasury", "field": field, "value": value}, {"office": "treasury", "field": field})
    assert again["scenario"] == after()["scenario"]


def test_a_larger_office_takes_posts_from_the_others():
    before, found = offices_of(after()), offices_of(after({"office": "schools", "field": "size", "value": 2}))
    assert found["schools"]["posts"][0] > 1.5 * before["schools"]["posts"][0]
    assert all(found[name]["posts"][0] < before[name]["posts"][0] for name in before if name != "schools")


def test_offices_and_divisions_come_and_go():
    done = after(
        {"add": "Smart City", "division": "planning"},
        {"add": "Welcome Center", "division": "social"},
        {"remove": "schools"},
    )
    found = offices_of(done)
    assert [(found[name]["label"], found[name]["division"], found[name]["own"]) for name in ("own_1", "own_2")] == [
        ("Smart City", "planning", True),
        ("Welcome Center", "social", True),
    ]
    assert found["own_1"]["relevance"] == {"between": [0.05, 0.6]}
    assert "schools" not in found
    assert "Schulverwaltungsamt" in found["main_office"]["does"]
    done = after({"addDivision": "Digitales"}, {"division": "order", "label": "Ordnung"}, {"removeDivision": "social"})
    labels = {division["id"]: division["label"] for division in done["view"]["divisions"]}
    assert labels["division_1"] == "Digitales"
    assert labels["order"] == "Ordnung"
    assert "social" not in labels
    assert all(division["stated"] for division in done["view"]["divisions"])


def test_what_always_stands_cannot_go():
    done = after(*[{"remove": name} for name in ("main_office", *[office["id"] for office in SOME["offices"]])])
    assert list(offices_of(done)) == ["main_office"]
    ids = [division["id"] for division in after()["view"]["divisions"]]
    assert len(after(*[{"removeDivision": name} for name in ids])["view"]["divisions"]) == 1


def test_a_part_is_corrected_and_given_back():
    done = after({"part": "posts", "value": 0.75}, {"part": "staff", "value": 300})
    assert facts_of(done)["posts"] == ("0,75", True)
    assert done["view"]["staff"] == [300, 300]
    assert done["view"]["known"] == after()["view"]["known"] + 2
    assert after({"part": "posts", "value": 0.75}, {"part": "posts"})["scenario"] == after()["scenario"]


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"position": "section"}, {"place": "office", "id": "social_services"}),
        ({"position": "section", "host": "schools"}, {"place": "office", "id": "schools"}),
        ({"position": "line_unit", "host": "treasury"}, {"place": "division", "id": "central"}),
        ({"position": "staff_unit"}, {"place": "top"}),
        ({}, {"place": "open"}),
        ({"posts": 0, "position": "section"}, {"place": "none"}),
    ],
)
def test_where_the_unit_is(answers, place):
    assert after(answers={**SOME, **answers})["view"]["unit"] == place
