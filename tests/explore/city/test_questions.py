"""The questions and figures of "Meine Stadt": complete in both languages, each with its source, none without "don't know"."""

import re

import pytest

from qsim.explore.city.data import FOLDER, city_data
from qsim.explore.city.town import example_town, offer_of
from qsim.explore.scripting import joined_scripts
from qsim.files.translation import SOURCE_PATTERN
from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.structure import POSITIONS, TASK_KINDS
from trial_city import parts

DATA = city_data()
QUESTIONS = DATA["questions"]["questions"]


def below(value):
    """Yield all groups of keys in a value."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from below(each)


def texts(value):
    return [group for group in below(value) if set(group) & {"de", "en"}]


def test_ten_questions_or_fewer_each_with_help():
    assert 0 < len(QUESTIONS) <= 10
    assert all({"id", "label", "help", "parts"} == set(question) for question in QUESTIONS)


def test_all_texts_are_german_and_english():
    for text in texts([DATA["questions"], DATA["figures"], DATA["words"]]):
        assert set(text) == {"de", "en"}, text
        assert all(each.strip() == each and each for each in text.values())
        assert {*re.findall(r"\{\w+\}", text["de"])} == {*re.findall(r"\{\w+\}", text["en"])}, text


def test_all_words_are_used_and_there():
    script = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.js"))
    used = {
        *re.findall(r'say\("(\w+)"', script),
        *re.findall(r"\bwords\.(?!yaml)(\w+)", script),
        *re.findall(r'"(unit_\w+)"', script),
    }
    used |= {
        "back_questions",
        "back_house",
        "yes",
        "no",
        "stated",
        "assumed",
        "maybe",
        "label",
        "division",
        "size",
        "relevance",
        "range",
        "or",
    }
    assert used == set(DATA["words"])


def test_each_part_has_a_source_and_what_stands_for_unknown():
    for part in parts():
        assert re.match(SOURCE_PATTERN, part["source"]), part["id"]
        known_elsewhere = part["kind"] in ("having", "offices") or part["id"] in ("inhabitants", "employees", "host")
        assert ("unknown" in part) != known_elsewhere, part["id"]
    for group in below([DATA["questions"], DATA["figures"]]):
        if isinstance(group.get("source"), str):
            assert re.match(SOURCE_PATTERN, group["source"]), group["source"]
            assert len(group["source"]) <= 400 or group is not DATA["questions"], group["source"]


def test_what_a_page_may_add_and_a_part_asks_for_are_of_one_kind():
    added = offer_of(example_town()).additions
    for part in parts():
        if "adds" in part:
            [own] = part["set"].values()
            assert own["members"] == added[part["adds"]].members


def test_ids_are_unique_and_what_is_referred_to_exists():
    ids = [part["id"] for part in parts()]
    assert len(ids) == len(set(ids))
    computed = {"tasks", "size_staff", "size_inhabitants", "host_division"}
    for group in below(DATA["questions"]):
        for value in group.values():
            if isinstance(value, str) and value.startswith("$"):
                assert value[1:] in {*ids, *computed}
    for part in parts():
        for other, wanted in part.get("if", {}).items():
            [found] = [one for one in parts() if one["id"] == other]
            assert {answer["id"] for answer in found["answers"]} >= set(
                wanted if isinstance(wanted, list) else [wanted]
            )


def test_choices_are_those_of_the_model():
    [position] = [part for part in parts() if part["id"] == "position"]
    assert (
        [answer["value"] for answer in position["answers"]] == list(POSITIONS) == position["unknown"]["value"]["one_of"]
    )
    [task] = [part for part in parts() if part["id"] == "task"]
    kinds = {entry["kind"] for answer in task["answers"] for entry in answer["set"]["tasks"]}
    assert kinds == set(TASK_KINDS)


@pytest.mark.parametrize("count", range(5))
def test_each_cut_shares_all_divisions_of_the_catalogue(count):
    cut = DATA["figures"]["cuts"]["entries"][count]
    assert len(cut) == count + 2
    held = [name for division in cut for name in division["of"]]
    assert sorted(held) == sorted(division.id for division in load_catalogue().divisions)


def test_modules_set_text_and_load_nothing():
    script = joined_scripts("own.js")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?://(?!www\.w3\.org/2000/svg)", script
    )


def test_sheet_touches_nothing_else():
    for rule in re.sub(r"@media[^{]*\{|\}\s*\}", "", (FOLDER / "city.css").read_text("utf-8")).split("}"):
        assert all(
            selector.strip().startswith(".city") for selector in rule.split("{")[0].split(",") if selector.strip()
        )
