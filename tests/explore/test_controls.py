"""What may be changed on a live page: every control has its words, its limits, and a place in the scenario."""

import pytest

from qsim.explore.catalogue import entry_of
from qsim.explore.controls import GROUPS, controls_of
from qsim.explore.entries import parts_of, placed
from qsim.explore.offer import NEVER, Offer
from qsim.explore.page import speaker
from qsim.present.words.speaker import places
from qsim.scenario.loading import load_scenario
from qsim.scenario.values import Unknown

NAMES = ("medium", "halle", "remscheid", "three_units", "no_unit")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_control_says_what_it_is_and_means(name, language):
    entry = entry_of(Offer(load_scenario(name)), speaker(language))
    assert {one["group"] for one in entry["controls"]} == set(GROUPS)
    for one in entry["controls"]:
        assert one["label"]
        assert one["help"].endswith((".", "?"))
        assert one["owner"] in entry["owners"]
        assert one["kind"] != "choice" or len(one["options"]) > 1
        assert one["value"] is not None or one["open"], one["key"]
    assert all(owner["label"] and owner["source"] for owner in entry["owners"].values())


@pytest.mark.parametrize(("form", "word"), [("added_checklist", "Prüfung"), ("added_training", "Fortbildung")])
def test_an_instrument_that_is_no_meeting_does_not_speak_of_meetings(form, word):
    own = [
        one for one in entry_of(Offer(load_scenario("medium")), speaker("de"))["controls"] if f"[{form}]" in one["key"]
    ]
    assert len(own) > 2
    assert [one["key"] for one in own if "Sitzung" in one["label"] + one["help"]] == []
    assert word in next(one["label"] for one in own if one["field"] == "interval_weeks")


def test_what_is_usual_of_an_instrument_is_of_its_kind():
    usual = {one.key: one.usual for one in controls_of(Offer(load_scenario("medium")))}
    assert usual["formats[added_training].hours"] == (3, 8)
    assert usual["formats[added_working_circle].hours"] == (1.5, 3)
    assert usual["formats[network].channels.meet"] == (0.4, 0.9)
    assert usual["formats[added_checklist].hours"] is None
    assert usual["administration.workload"] == (0.9, 1.15)


def test_no_two_controls_have_the_same_key():
    keys = [one.key for one in controls_of(Offer(load_scenario("remscheid")))]
    assert len(set(keys)) == len(keys) > 200


def test_values_lie_within_their_limits():
    for name in NAMES:
        for one in controls_of(Offer(load_scenario(name))):
            known = isinstance(one.value, (int, float)) and not isinstance(one.value, bool) and one.value != one.switch
            if one.kind == "number" and known:
                assert one.low <= one.value <= one.high, one.key
            if one.options and not isinstance(one.value, Unknown):
                assert one.value in one.options


def test_what_may_be_added_is_not_there_and_never_begins():
    scenario = load_scenario("medium")
    offer = Offer(scenario)
    added = offer.additions
    assert len(added) > 20
    whole = dict(parts_of(offer.whole))
    for key, part in added.items():
        assert whole[key] == part
        dates = [getattr(part, name) for name in ("start", "adopted", "date") if hasattr(part, name)]
        assert set(dates) <= {NEVER}
    assert Offer(offer.whole).additions == {}


def test_values_are_placed_at_their_keys():
    scenario = load_scenario("medium")
    other = placed(scenario, {"commissioners[integration].funding[0].posts": 0.5, "administration.workload": 1.2})
    assert other.commissioners[0].funding[0].posts == 0.5
    assert other.administration.workload == 1.2
    assert other.formats is scenario.formats
    assert placed(scenario, {}) is scenario


def test_both_languages_have_the_same_texts_and_places():
    german, english = speaker("de").texts, speaker("en").texts
    assert set(german) == set(english)
    own = [name for name in german if name.startswith("explore.")]
    assert len(own) > 150
    assert [name for name in own if places(german[name]) != places(english[name])] == []
