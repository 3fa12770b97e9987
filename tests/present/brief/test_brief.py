"""The brief and the page of an advice: what they say agrees with it, on one sheet, for a word processor and a committee."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

import qsim
from qsim.advice.advising import advise
from qsim.advice.choosing import Effort
from qsim.advice.offer import Budget
from qsim.commands.advise import writer_of
from qsim.files.messages import InputError
from qsim.present.brief.brief import brief_of
from qsim.present.page.advice_page import advice_page
from qsim.present.text.advice_text import advice_text, effect_text, enough_text, level_text, money_text
from qsim.present.words.speaker import Speaker
from qsim.runs.manifest import ADVISE, make_manifest
from qsim.runs.readings import MEASURES

COMMAND = "qsim advise small --euro 20000"
DAY = date(2026, 11, 30)
TITLES = {
    "de": ["Sachverhalt", "Beschlussvorschlag", "Kosten", "Wirkung", "Unsicherheit", "Alternativen"],
    "en": ["Situation", "Proposal", "Costs", "Effect", "Uncertainty", "Alternatives"],
}


@pytest.fixture(scope="module")
def advice():
    town = qsim.load_scenario("small", ["months=36", "administration.departments=8"])
    effort = Effort(runs=50, side=16, most=800, shown=3)
    return advise(town, Budget(20_000), only=("working_circle", "training_few", "checklist"), effort=effort, workers=1)


@pytest.fixture(params=["de", "en"])
def speak(request):
    return Speaker(request.param)


def paper_of(advice, speak):
    return brief_of(advice, speak, COMMAND, "1.0", DAY)


def plain(text):
    return re.sub(r"\s+", " ", text.replace(" ", " "))


def test_it_has_the_parts_of_a_paper_and_the_numbers_of_the_advice(advice, speak):
    brief = paper_of(advice, speak)
    parts = {part.title: " ".join((*part.paragraphs, *part.items)) for part in brief.parts}
    assert [*parts] == TITLES[speak.language]
    facts, proposal, costs, effect, _, other = parts.values()
    one = advice.recommended
    assert level_text(advice, advice.nothing, speak) in facts
    for name in one.ids:
        assert speak.label(advice.library.levers[name].help) in proposal
    assert money_text(one.a_year, speak) in costs
    assert effect_text(advice, one, speak) in effect
    assert enough_text(advice, speak) in other
    assert COMMAND in brief.foot


@pytest.mark.parametrize(
    ("goal", "time"),
    [
        ("joint_practice", {"de": " im letzten Jahr", "en": " in the last year"}),
        ("hours_departments_total", {"de": " im Mittel des Laufs", "en": " on average over the run"}),
        ("practice_after_funding_24", {"de": "", "en": ""}),
    ],
)
def test_a_goal_is_told_with_the_time_of_which_it_is(advice, speak, goal, time):
    other = replace(advice, goal=goal, measure=MEASURES[goal])
    before, after = (level_text(other, one, speak) for one in (other.nothing, other.recommended))
    texts = [
        advice_text(other, speak),
        *(text for part in paper_of(other, speak).parts for text in (*part.paragraphs, *part.items)),
    ]
    told = " ".join(texts)
    instead = {"de": "statt", "en": "instead of"}[speak.language]
    assert told.count(f"{after}{time[speak.language]} {instead} {before}, ") == 2
    nothing = {"de": "Nichts tun: {}, keine Kosten.", "en": "Doing nothing: {}, no costs."}[speak.language]
    assert nothing.format(f"{before}{time[speak.language]}") in told
    year = {"de": "letzten Jahr", "en": "last year"}[speak.language]
    assert (year in told) == (goal == "joint_practice")


def test_as_pdf_it_is_one_page_with_all_of_the_text(advice, speak):
    content = writer_of(path_of(".pdf"))(paper_of(advice, speak))
    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == 1
    text = plain(reader.pages[0].extract_text())
    for part in paper_of(advice, speak).parts:
        assert part.title in text
        assert all(plain(one) in text for one in (*part.paragraphs, *part.items))
    assert reader.metadata.creation_date.date() == DAY
    assert content == writer_of(path_of(".pdf"))(paper_of(advice, speak))


def test_a_long_one_gets_smaller_letters_until_it_fits(advice, speak):
    brief = paper_of(advice, speak)
    first = brief.parts[0]
    longer = replace(brief, parts=(replace(first, paragraphs=first.paragraphs * 8), *brief.parts[1:]))
    assert len(PdfReader(BytesIO(writer_of(path_of(".pdf"))(longer))).pages) == 1


def test_as_docx_it_has_headings_lists_and_its_language(advice, speak):
    brief = paper_of(advice, speak)
    paper = docx.Document(BytesIO(writer_of(path_of(".docx"))(brief)))
    headings = [one.text for one in paper.paragraphs if one.style.name == "Heading 2"]
    assert headings == TITLES[speak.language]
    items = [one.text for one in paper.paragraphs if one.style.name == "List Bullet"]
    assert items == [item for part in brief.parts for item in part.items]
    assert paper.core_properties.language == {"de": "de-DE", "en": "en-GB"}[speak.language]


def test_where_nothing_helps_it_proposes_nothing(advice, speak):
    brief = paper_of(replace(advice, best=(advice.nothing,)), speak)
    proposal = brief.parts[1]
    assert proposal.items == ()
    assert speak("brief.no_costs") in brief.parts[2].paragraphs


def test_without_its_library_it_says_what_to_install(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name="docx")

    monkeypatch.setattr("qsim.commands.advise.import_module", missing)
    with pytest.raises(
        InputError, match=r"a brief needs the library docx; install it with: pip install 'qsim\[brief\]'"
    ):
        writer_of(path_of(".docx"))
    assert importlib.import_module("qsim.present.brief.docx")


def test_the_page_holds_the_recommendation_and_the_curve(advice, speak):
    manifest = make_manifest(ADVISE, [advice.scenario], seed=1, replications=50, command=COMMAND)
    page = advice_page(advice, None, manifest, speak, DAY)
    assert enough_text(advice, speak) in page
    assert effect_text(advice, advice.recommended, speak) in page
    for name in advice.recommended.ids:
        assert speak.label(advice.library.levers[name].help) in page


def path_of(ending):
    from pathlib import Path

    return Path(f"paper{ending}")
