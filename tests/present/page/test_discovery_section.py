"""What the page says of conditions and questions: each state in both languages, plain limits, and whom to ask."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from open_tables import uniform_table
from qsim.comparison.comparing import compare_worlds
from qsim.comparison.when.conditions import Conditions, all_conditions, discover_verdict
from qsim.comparison.when.drawn import Drawn, drawn
from qsim.comparison.when.evppi import evppi
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.files.kinds import parts
from qsim.present.page.asking import OFFICES, OTHERS, asking_blocks, asking_text, is_fact, office_of
from qsim.present.page.blocks import Bullets, Group, Table, Text
from qsim.present.page.discovery_section import OpenNames, discovery_section
from qsim.present.words.languages import LANGUAGES
from qsim.present.words.speaker import MISSING, Speaker
from qsim.runs.intervals import share_of_settings
from qsim.runs.standards import Standards
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown

WORKLOAD, ATTENDANCE = "administration.workload", "parameters.formats.attendance_middle"
NAMES = ("remscheid_steering_circle_only", "remscheid_working_circle_only")
SETTINGS = 600


@pytest.fixture(scope="module")
def found():
    """A real pair, run in few settings: its names, verdict and what it leaves open."""
    worlds = TwinWorlds(prepare_twins([load_scenario(name) for name in NAMES]), 1, 2, True)
    return compare_worlds(worlds, 6, 0, Standards())


@pytest.fixture(scope="module")
def table(found):
    """Two of its unknowns, a fact of the house and a parameter of a rule, in many settings."""
    whole = drawn(found.worlds.twins, 1, range(SETTINGS))
    places = [[factor.id for factor in whole.factors].index(key) for key in (WORKLOAD, ATTENDANCE)]
    factors, unknowns, origins = (
        tuple(entries[place] for place in places) for entries in (whole.factors, whole.unknowns, whole.origins)
    )
    return Drawn(factors, unknowns, origins, whole.values[:, places])


def made(found, table, effect, better=1):
    """Return a comparison with this better scenario and conditions in which the first is ahead by ``effect`` (settings,)."""
    pair = replace(found.pairs[0], better=better, verdict="undecided" if better < 0 else "clearly")
    _, draw = uniform_table(1, 1, 1)
    levels = draw.normal(0, 0.004, (2, len(effect), 2)) + np.stack([effect, np.zeros_like(effect)])[:, :, None]
    winner = 1 - better if better >= 0 else 1
    gains = levels[winner] - levels[1 - winner]
    shares = share_of_settings(gains), share_of_settings(gains, pair.primary.smallest_relevant)
    one = Conditions(1, table, discover_verdict(table, gains, winner), *shares, evppi(table, levels))
    return replace(found, pairs=(pair,)), one


def said(blocks):
    """Return all texts of blocks."""
    texts = []
    for block in blocks:
        if isinstance(block, Text):
            texts.append(block.text)
        elif isinstance(block, Bullets):
            texts += [text for entry in block.marked for text in entry]
        elif isinstance(block, Group):
            texts += [block.title, *said(block.blocks)]
        elif isinstance(block, Table):
            texts += [block.caption, block.note, *block.heads, *(cell for row in block.rows for cell in row)]
    return texts


def place_of(table, key):
    return [factor.id for factor in table.factors].index(key)


def test_a_condition_is_told_with_a_round_limit_its_coverage_and_its_check(found, table):
    effect = np.where(table.values[:, place_of(table, WORKLOAD)] > 1.12, 0.03, -0.06)
    section = discovery_section(*_listed(made(found, table, effect)), Speaker("de"))
    text = "\n".join(said(section.blocks))
    assert section.id == "flip"
    assert section.blocks[0].kind == "lead"
    assert section.blocks[0].text == (
        "Das Urteil kippt und „Remscheid: nur Lenkungskreis“ ist meist besser, wenn „Auslastung der Ämter“ über "
        "112\N{NO-BREAK SPACE}% liegt."
    )
    assert (
        "Geprüft an 200 Annahmen, die bei der Suche nicht verwendet wurden: Die Bedingung erfasst 100 von 100" in text
    )
    assert "Trifft sie zu, ist „Remscheid: nur Lenkungskreis“ in 100 von 100 besser, sonst in 0 von 100." in text
    assert ("Auslastung der Ämter", "Ämter und Personalrat; plausibel: 100 bis 120\N{NO-BREAK SPACE}%") in [
        entry for block in section.blocks if isinstance(block, Bullets) for entry in block.marked
    ]


def test_a_condition_under_which_it_still_mostly_loses_is_not_called_a_flip(found, table):
    _, draw = uniform_table(3, 1, 1)
    likely = np.where(table.values[:, place_of(table, ATTENDANCE)] > 0.6, 0.35, 0.02)
    effect = np.where(draw.random(SETTINGS) < likely, 0.03, -0.06)
    section = discovery_section(*_listed(made(found, table, effect)), Speaker("en"))
    assert "does better more often than otherwise if “formats: threshold of attendance” is above " in (
        section.blocks[0].text.casefold()
    )
    assert "not in most settings even then" in section.blocks[0].text


def test_without_a_better_scenario_nothing_flips(found, table):
    effect = np.where(table.values[:, place_of(table, WORKLOAD)] > 1.12, -0.03, 0.03)
    section = discovery_section(*_listed(made(found, table, effect, better=-1)), Speaker("de"))
    assert section.blocks[0].text.startswith("„Remscheid: nur Arbeitskreis“ ist meist besser, wenn ")
    assert "kippt" not in section.blocks[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_worth_knowing_is_told_with_whom_to_ask(found, table, language):
    house = table.values[:, place_of(table, WORKLOAD)]
    section = discovery_section(*_listed(made(found, table, 2 * (house - 1.12))), Speaker(language))
    text = "\n".join(said(section.blocks))
    (listed,) = [block for block in section.blocks[-1].blocks if isinstance(block, Table)]
    assert listed.words == 3
    assert len(listed.heads) == len(listed.rows[0]) == 5
    ask = {"de": "Ämter und Personalrat", "en": "the departments, staff council"}
    assert listed.rows[0][2] == ask[language]
    assert listed.rows[0][1].startswith({"de": "100 bis 120", "en": "100 to 120"}[language])
    first = {"de": "Am meisten wert ist eine Auskunft über „", "en": "The answer worth most is that on “"}
    assert first[language] in text
    assert asking_text(WORKLOAD, Speaker(language)) in text


def test_a_rule_is_told_from_a_fact_that_a_town_can_ask_about(found, table):
    rule, house = table.values[:, place_of(table, ATTENDANCE)], table.values[:, place_of(table, WORKLOAD)]
    alone = "\n".join(said(discovery_section(*_listed(made(found, table, rule - 0.6)), Speaker("de")).blocks))
    assert "Das ist aber eine Annahme des Modells; die kennt niemand im Haus" in alone
    assert "Für keine einzelne Auskunft, die im Rathaus zu bekommen ist" in alone
    listed = discovery_section(*_listed(made(found, table, rule - 0.6)), Speaker("de")).blocks[-1].blocks[-1]
    assert isinstance(listed, Table)
    assert len(listed.heads) == len(listed.rows[0]) == 4
    assert listed.note.casefold().count("niemand im haus") == 1
    both = "\n".join(
        said(discovery_section(*_listed(made(found, table, rule - 0.55 + house - 1.1)), Speaker("de")).blocks)
    )
    assert "Von dem, was im Rathaus zu erfahren ist, zuerst: „Auslastung der Ämter“" in both
    section = discovery_section(*_listed(made(found, table, rule - 0.55 + house - 1.1)), Speaker("de"))
    listed = section.blocks[-1].blocks[-1]
    assert {row[2] for row in listed.rows} >= {MISSING, "Ämter und Personalrat"}
    assert listed.note.count("niemand im Haus") == 1


def test_where_no_answer_changes_the_choice_the_size_of_the_difference_is_explained(found, table):
    house = table.values[:, place_of(table, WORKLOAD)]
    text = "\n".join(said(discovery_section(*_listed(made(found, table, -0.5 + house - 1.1)), Speaker("de")).blocks))
    assert "Das Urteil kippt in keiner der 600 plausiblen Annahmen" in text
    assert "„Remscheid: nur Arbeitskreis“ bleibt die bessere Wahl" in text
    assert "hängt am meisten ab von „Auslastung der Ämter“" in text
    assert "Selbst wer alles Offene wüsste, wählte nicht merklich besser." in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("better", [-1, 0, 1])
@pytest.mark.parametrize(
    "state", ["no_condition", "never", "rarely", "nearly_always", "too_few_settings", "nothing_open"]
)
def test_every_refusal_is_a_sentence(found, table, state, better, language):
    all_found, one = made(found, table, np.full(SETTINGS, -0.05), better)
    refused = replace(
        one, verdict=replace(one.verdict, state=state, discovery=None, checked=None, variability=0.8), evppi=None
    )
    section = discovery_section(all_found, [refused], Speaker(language))
    lead = section.blocks[0].text
    assert lead.endswith(".")
    assert "{" not in lead
    assert Speaker(language)("when.evppi.none") in said(section.blocks)
    luck = any("80" in text for text in said(section.blocks))
    assert luck == (state in ("no_condition", "nothing_open"))


def test_one_and_several_are_told_apart(found, table):
    all_found, one = made(found, table, np.full(SETTINGS, -0.05))
    leads = [
        discovery_section(
            all_found,
            [replace(one, verdict=replace(one.verdict, state="rarely", wins=wins, discovery=None, checked=None))],
            Speaker("de"),
        )
        .blocks[0]
        .text
        for wins in (1, 2)
    ]
    assert [("spricht für" in lead, "sprechen für" in lead) for lead in leads] == [(True, False), (False, True)]


def test_several_pairs_have_headings_of_their_own(found, table):
    all_found, one = made(found, table, np.full(SETTINGS, -0.05))
    section = discovery_section(all_found, [one, one], Speaker("de"))
    assert [type(block) for block in section.blocks] == [Group, Group]
    assert section.blocks[0].title == "„Remscheid: nur Lenkungskreis“ oder „Remscheid: nur Arbeitskreis“"


def test_little_worth_of_everything_is_held_against_what_anybody_would_notice(found, table):
    names = OpenNames(table, found.scenarios, Speaker("en"))
    _, one = made(found, table, np.full(SETTINGS, -0.05))
    measure = found.pairs[0].primary.measure
    for most, expected in (
        (0.0, "not do noticeably better"),
        (0.004, "less than 1.25"),
        (0.03, "3.00 percentage points"),
    ):
        everything = one.evppi.everything._replace(most=most)
        blocks = asking_blocks(replace(one.evppi, everything=everything), names, measure, 0.0125, "", Speaker("en"))
        assert expected in blocks[1].text


def test_real_conditions_can_be_told_in_both_languages(found):
    (one,) = all_conditions(found, settings=70)
    for language in LANGUAGES:
        texts = said(discovery_section(found, [one], Speaker(language)).blocks)
        assert texts
        assert not [text for text in texts if "{" in text or "_" in text]


@pytest.mark.parametrize(
    ("key", "office"),
    [
        ("administration.vacancy_share", "personnel"),
        ("administration.turnover_per_year", "personnel"),
        ("administration.staff", "personnel"),
        ("commissioners[a].funding[1].posts", "personnel"),
        ("commissioners[a].funding[0].own_share", "treasury"),
        ("administration.budget_tightness", "treasury"),
        ("events[a].tightness", "treasury"),
        ("administration.departments", "main_office"),
        ("administration.hierarchy", "main_office"),
        ("leaders[mayor].support", "leaders"),
        ("events[a].support", "leaders"),
        ("formats[a].interval_weeks", "unit"),
        ("formats[a].channels.decide", "unit"),
        ("formats[a].channels.relieve_posts", "personnel"),
        ("commissioners[a].funding[0].duration_months", "unit"),
        ("civil_society[a].pressure", "groups"),
        ("administration.workload", "departments"),
        ("events[a].workload_half_life_months", "departments"),
        ("tasks[a].need", "statistics"),
        ("tasks[a].practice", "departments"),
        ("events[a].salience", "press"),
        ("concepts[a].adopted", "council"),
        ("concepts[a].ambition", "papers"),
        ("parameters.workload.noise", "parameters"),
    ],
)
def test_each_kind_of_key_has_its_office(key, office):
    assert office_of(key) == office
    assert is_fact(key) == (office != "parameters")


MAIN_OFFICE = {
    *(f"administration.{field}" for field in ("departments", "hierarchy", "communication_culture", "closed_share", "evaluation",
                                              "knowledge_management", "reflection")),
    *(f"administration.own_departments.tasks.{field}" for field in ("relevance", "contact", "exposure")),
    *(f"events.{field}" for field in ("date", "departments", "share", "position", "strength")),
}  # fmt: skip
"""What the main office knows: all that no other office is named for. A new key is added here, or to ``OFFICES``."""


def _open_keys(part, before=""):
    """Yield the keys of a file, without their entries, whose values nobody may know."""
    for name, field in part.model_fields.items():
        if _may_be_unknown(field.annotation):
            yield f"{before}{name}"
        for inner in parts(field.annotation):
            yield from _open_keys(inner, f"{before}{name}.")


def _may_be_unknown(annotation):
    return annotation is Unknown or any(map(_may_be_unknown, get_args(annotation)))


def test_whoever_is_asked_is_named_for_every_key_that_may_be_open():
    told = {key: office_of(key) for key in _open_keys(Scenario) if key not in ("facts.date", "parameters")}
    assert {key for key, office in told.items() if office == OTHERS} == MAIN_OFFICE
    assert {*told.values(), "parameters"} == {OTHERS, *(office for office, _ in OFFICES)}


def test_every_office_has_a_name():
    assert {f"when.office.{office}" for office in [*(name for name, _ in OFFICES), OTHERS]} <= set(Speaker("de").texts)


def _listed(pair):
    return pair[0], [pair[1]]
