"""A package suggested on the live page: that of advice from the same runs, told in words, taken with a click, stopped at will."""

from contextlib import nullcontext

import pytest

from qsim.advice.advising import goal_of
from qsim.advice.choosing import Chooser, Effort
from qsim.advice.describing import Describer
from qsim.advice.library import load_library
from qsim.advice.offer import Budget, offer_of
from qsim.advice.table import Table
from qsim.engine.rows import TWINS
from qsim.runs.standards import Standards
from trial_browser import faults
from trial_explore import page_of
from trial_live import ANSWERED, POSTS, SHORT, WAIT, answered, control, set_number, text, tick
from worlds import load_as

FOUND = "qsim.suggestion.found && !qsim.suggestion.stopping"
NUMBERS = {"mean": "difference", "low": "low", "high": "high"}


SETTINGS = 40
"""Enough for packages to be told apart in them."""


class Rows(Table):
    """A table with the settings of the page."""

    settings = SETTINGS


@pytest.fixture
def page(opened, tmp_path):
    """The live page of two small administrations, when the first is computed."""
    path = tmp_path / "live.html"
    scenarios = [load_as(name, *SHORT) for name in ("small", "no_unit")]
    path.write_text(page_of(scenarios, "de", (2, 4, SETTINGS)), encoding="utf-8")
    found = opened(path)
    found.page.wait_for_function(f"() => {ANSWERED}", timeout=WAIT)
    return found


def suggested(found, euros):
    """Ask for a suggestion within a budget, and return what was found."""
    found.page.fill("#budget", euros)
    found.page.press("#budget", "Tab")
    found.run("qsim.suggestion.found = undefined")
    found.page.click("#suggest")
    found.page.wait_for_function(f"() => {FOUND}", timeout=WAIT)
    return found.run("qsim.suggestion.found")


@pytest.mark.parametrize(("name", "place"), [("small", 0), ("no_unit", 1)])
def test_a_suggestion_is_advice_from_the_same_runs(page, name, place):
    page.page.select_option("#scenario", str(place))
    offered = page.run("qsim.state.scenario.measures.filter((one) => !one.problem).map((one) => one.id)")
    scenario, measure = load_as(name, *SHORT), goal_of("joint_practice")
    for euros in ("0", "2000", "40000"):
        here = suggested(page, euros)
        offer = offer_of(scenario, load_library(), Budget(float(euros)), only=offered)
        table = Rows(offer)
        relevant = Standards().smallest_relevant(measure, table.base)
        chosen = Chooser(table, measure, relevant, Effort(), lambda runs, name: nullcontext(lambda done: None)).chosen()
        assert here["packages"] == [list(ids) for ids in chosen.packages]
        assert here["affordable"] == chosen.affordable
        assert here["stopped"] == chosen.found.stopped
        assert here["group"] == list(chosen.found.group)
        assert here["observations"] == chosen.found.observations.tolist()
        assert here["means"] == pytest.approx(chosen.found.means, rel=1e-9)
        best = Describer(offer, table, measure).robust(chosen.shown, SETTINGS * TWINS)
        assert [one["ids"] for one in here["shown"]] == [list(one.ids) for one in best]
        for own, expected in zip(here["shown"], best, strict=True):
            effect = {NUMBERS[end]: getattr(expected.effect, end) for end in NUMBERS}
            assert {end: own[end] for end in effect} == pytest.approx(effect, rel=1e-9, abs=1e-12)
            assert own["best"] == pytest.approx(expected.robustness.best)


def test_a_suggestion_is_told_and_taken_with_a_click(live):
    found = live(bypass_csp=True)
    set_number(found, POSTS, "2")
    tick(found, "checklist")
    answered(found)
    found.run("qsim.state.scenario.measures.forEach((one) => { one.name = one.label.toLowerCase(); })")
    package = suggested(found, "20000")["shown"][0]
    found.run("document.querySelector('#suggestion details').open = true")
    told = text(found, "suggestion")
    assert "Mit 20.000 Euro im Jahr würde in „Kleine Verwaltung“" in told
    assert " im letzten Jahr statt " in told
    names = found.run("Object.fromEntries(qsim.state.scenario.measures.map(({ id, name }) => [id, name]))")
    listed = [names[one] for one in package["ids"]]
    named = " und ".join([*([", ".join(listed[:-1])] if listed[1:] else []), listed[-1]])
    assert f" am meisten helfen: {named}." in told
    assert all(item[0].isupper() for item in found.page.locator("#suggestion li").all_text_contents())
    assert "Was Sie sonst geändert haben, gilt dabei weiter." in told
    assert found.page.locator("p[role=status]", has_text="Mit 20.000 Euro im Jahr").count() == 1
    assert faults(found) == []
    found.page.locator("#suggestion button").first.press("Enter")
    answered(found)
    ticked = "Array.from(document.querySelectorAll('#measures input:checked'), (one) => one.id.slice(2))"
    assert sorted(found.run(ticked)) == sorted(package["ids"])
    assert control(found, POSTS).locator("input").first.input_value() == "2"
    assert text(found, "suggestion") == told
    own = found.run("qsim.found.primary")
    assert own["levels"][1] == pytest.approx(package["levels"][1], rel=1e-9)
    set_number(found, POSTS, "1.5")
    answered(found)
    assert text(found, "suggestion") == ""


def test_a_search_can_be_stopped_and_leaves_the_page_to_its_user(live):
    found = live()
    found.page.click("#suggest")
    assert text(found, "suggest") == "Suche beenden"
    found.page.wait_for_function(
        "() => document.getElementById('suggest-state').textContent.includes('Läufen')", timeout=WAIT
    )
    tick(found, "checklist")
    answered(found)
    found.page.click("#suggest")
    found.page.wait_for_function("() => !qsim.suggestion.stopping", timeout=WAIT)
    assert text(found, "suggest") == "Vorschlag machen lassen"
    assert text(found, "suggest-state") == "Die Suche wurde beendet, bevor es einen Vorschlag gab."
    assert text(found, "suggestion") == ""
    assert found.complaints == []
