"""The world of an own city, as the page lays it out, is that of the file that the page saves; so is all it says of it."""

import json

import numpy as np
import pytest

from qsim.engine.prepare import Prepared, prepare
from qsim.explore.catalogue import entry_of
from qsim.explore.city.data import city_data
from qsim.explore.city.town import example_answers, example_town, offer_of
from qsim.explore.page import speaker
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.standards import Standards
from trial_city import applied, drawn_answers, own_cities, parts
from trial_rules import PARTS, RELATIVE, farthest, native

ROWS = ((0, 1), (6, 7), (19, 20))
START = {"start": "2026-11", "lang": "de"}
NEVER_ASKED = {"id", "relevant", "first_shock", "content"}
"""What an entry of a page has by other ways, or that has no one form."""


def of_run(scenario):
    """Return what the package gives for the rows, part by part, one after another."""
    prepared = Prepared(scenario, plausible=True)
    found = [native(prepared, [(run, run // 5)]) for run, _ in ROWS]
    return {part: np.concatenate([each[part] for each in found]) for part in PARTS}


@pytest.mark.parametrize(("known", "hostile"), [(0.0, 0.0), (0.3, 0.1), (0.6, 0.0), (1.0, 0.0)])
def test_whatever_the_answers_it_runs_as_the_saved_file_does(load, tmp_path, known, hostile):
    cases = [(drawn_answers(seed, known, hostile), {}) for seed in range(200, 204)]
    for found in own_cities(tmp_path, "de", cases, ROWS):
        assert farthest(found["results"], of_run(load(found["text"]))) < RELATIVE


def drawn_changes(entry, seed):
    """Return changes of a sixth of the controls, each within its limits."""
    draw, changes = np.random.default_rng(seed), {}
    for control in entry["controls"]:
        if draw.random() > 1 / 6:
            continue
        if control["kind"] == "flag":
            value = bool(draw.integers(2))
        elif control["kind"] == "choice":
            value = str(draw.choice([option for option, _ in control["options"]]))
        elif control["switch"] is not None and draw.random() < 0.5:
            value = control["switch"]
        elif control["kind"] == "month" or control["field"] == "duration_months":
            value = int(draw.integers(control["low"], control["high"] + 1))
        else:
            value = float(round(control["low"] + draw.random() * (min(control["high"], 5) - control["low"]), 6))
        if value != control["value"]:
            changes[control["key"]] = value
    return changes


def test_a_plan_of_an_own_city_runs_as_the_saved_file_does(load, tmp_path):
    answers = [drawn_answers(seed, 0.5) for seed in range(300, 312)]
    entries = [found["entry"] for found in own_cities(tmp_path, "de", [(one, {}) for one in answers])]
    cases = [(one, drawn_changes(entry, seed)) for seed, (one, entry) in enumerate(zip(answers, entries, strict=True))]
    for (_, changes), found in zip(cases, own_cities(tmp_path, "de", cases, ROWS), strict=True):
        assert len(changes) > 10
        assert farthest(found["results"], of_run(load(found["text"]))) < RELATIVE, changes


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_says_of_it_what_it_says_of_the_saved_file(load, tmp_path, language):
    cases = [(drawn_answers(seed, known), {}) for seed in range(400, 404) for known in (0.2, 0.8)]
    for found in own_cities(tmp_path, language, cases):
        scenario = load(found["text"])
        offer = offer_of(scenario)
        if offer.situation.unit is None:
            continue  # Python then offers nothing that takes a unit
        said, own = json.loads(json.dumps(entry_of(offer, speaker(language)))), found["entry"]
        forms = {part.get("adds"): f"formats[{part['id']}]" for part in parts()}
        there = {control["owner"] for control in own["controls"]}
        without = tuple(added for added, own_form in forms.items() if added and own_form in there)
        said["controls"] = [one for one in said["controls"] if not one["key"].startswith(without)]
        said["dated"] = [one for one in said["dated"] if not one["date"]["key"].startswith(without)]
        for name in ("owners", "additions"):
            said[name] = {key: one for key, one in said[name].items() if not key.startswith(without)}
        for control, there in zip(own["controls"], said["controls"], strict=True):
            control.pop("least", None)
            if control["field"] == "posts":
                assert control["high"] >= max(5, there["high"])
                there["high"] = control["high"]
        for name in set(said) - NEVER_ASKED:
            assert own[name] == said[name], name
        relevant = {measure.name: Standards().smallest_relevant(measure, prepare(scenario, True))
                    for measure in OUTCOMES if measure.by_size}  # fmt: skip
        assert own["relevant"] == pytest.approx(relevant, rel=1e-12)


STATED = {
    **START, "inhabitants": 18000, "posts": 0.75, "term": "fixed", "duration": 36, "mayor": "strong", "workload": "over",
    "since": "2025", "council": {"since": "2024-05"}, "concept": "none",
}  # fmt: skip
TOLD = {
    "commissioners[unit].funding[0].posts": "Ihre Angabe (ungeprüft)",
    "commissioners[unit].funding[0].duration_months": "Ihre Angabe (ungeprüft)",
    "commissioners[unit].funding[0].start": "Ihre Angabe (ungeprüft); gerechnet wird mit Januar 2025 bis Dezember 2025",
    "commissioners[unit].funding[0].after": "",
    "leaders[mayor].support": "Ihre Angabe (ungeprüft); gerechnet wird mit 50 bis 80\N{NO-BREAK SPACE}%",
    "administration.workload": "Ihre Angabe (ungeprüft); gerechnet wird mit 106 bis 120\N{NO-BREAK SPACE}%",
    "administration.budget_tightness": "nicht bekannt: 20 bis 80\N{NO-BREAK SPACE}%",
    "formats[advisory_council].start": "Ihre Angabe (ungeprüft)",
    "formats[advisory_council].interval_weeks": "nicht bekannt: 8 bis 26",
}


def test_what_was_stated_is_told_beside_its_value_and_in_the_evidence(tmp_path):
    [found] = own_cities(tmp_path, "de", [(STATED, {})])
    controls = {one["key"]: one for one in found["told"]["controls"]}
    assert {key: controls[key]["open"] for key in TOLD} == TOLD
    assert controls["administration.budget_tightness"]["from"] == "money"
    assert "from" not in controls["administration.hierarchy"]
    owners = found["told"]["owners"]
    assert owners["leaders[mayor]"]["source"].startswith("Beleg: Ihre Angabe (ungeprüft), wo das dabeisteht; sonst ")
    assert owners["civil_society[associations]"]["source"] == "Beleg: Forschungsbericht (Abschnitt 3.1), Annahme"
    assert "Ihre Angabe" not in found["entry"]["owners"]["leaders[mayor]"]["source"]


def test_posts_that_may_stay_for_good_are_told_as_such(tmp_path):
    [found] = own_cities(tmp_path, "de", [(START, {})])
    [duration] = [one for one in found["entry"]["controls"] if one["field"] == "duration_months"]
    assert duration["open"] == "nicht bekannt: 24, 36, 60 oder unbefristet"


def test_more_posts_than_a_house_may_have_find_room(load, tmp_path):
    key = "commissioners[unit].funding[0].posts"
    cases = [({**START, "posts": 50}, {key: 100}), ({**START, "posts": 0}, {key: 5})]
    for found in own_cities(tmp_path, "de", cases, ROWS):
        assert farthest(found["results"], of_run(load(found["text"]))) < RELATIVE


def test_a_saved_file_gives_back_answers_and_city(tmp_path):
    cases = [(drawn_answers(seed, 0.7), {}) for seed in range(4)]
    found = own_cities(tmp_path, "de", cases)
    again = own_cities(tmp_path, "de", [(each["answers"], {}) for each in found])
    assert [each["scenario"] for each in again] == [each["scenario"] for each in found]


def test_the_example_is_what_the_questions_lead_to(load):
    [done] = applied(example_answers())
    assert city_data()["questions"]["version"] == 1
    example, now = (one.model_dump(exclude={"id", "label"}) for one in (example_town(), load(done["settledText"])))
    assert example == now
