"""Values in words: every value of every scenario that comes with qsim, and how single ones read."""

import pytest
from hypothesis import given, settings
from pydantic import BaseModel

from keyed import get
from qsim.files.kinds import known_files
from qsim.present.text.setting_text import setting_text
from qsim.present.words.speaker import Speaker
from qsim.scenario.labels import Label
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.scenario.values import Unknown
from tests.strategies import scenarios

LANGUAGES = ("de", "en")
SKIPPED = ("id", "source", "kind", "schema_version", "label", "description", "text")


def values(part, key=""):
    """Yield key and value of everything in a scenario, whole entries among it."""
    if key and not isinstance(part, dict):
        yield key, part
    if isinstance(part, (Unknown, Label)):
        return
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in SKIPPED:
                yield from values(getattr(part, name), f"{key}.{name}" if key else name)
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from values(value, f"{key}.{name}")
    elif isinstance(part, tuple):
        for index, value in enumerate(part):
            if isinstance(value, BaseModel):
                yield from values(value, f"{key}[{getattr(value, 'id', None) or index}]")


@pytest.mark.parametrize("name", ["halle", "potsdam", "wuerzburg", "municipality", "funding_24"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_words(name, language):
    assert name in known_files(SCENARIO)
    scenario = load_scenario(name)
    for key, value in values(scenario):
        text = setting_text(key, value, scenario, Speaker(language))
        assert text, key
        assert "_" not in text, key


@given(scenarios())
@settings(max_examples=8, deadline=None)
def test_every_value_of_random_scenarios_has_words(scenario):
    for key, value in values(scenario):
        for language in LANGUAGES:
            assert setting_text(key, value, scenario, Speaker(language)), key


@pytest.mark.parametrize(
    ("scenario", "key", "german", "english"),
    [
        ("position_staff_unit", "commissioners[integration].position",
         "Stabsstelle beim Stadtoberhaupt", "staff unit under the mayor"),
        ("position_line_unit", "commissioners[integration].position", "Fachdienst in der Linie", "unit in the line"),
        ("position_deputy_mayor", "commissioners[integration].position",
         "Stabsstelle bei der Stellvertretung des Stadtoberhaupts",
         "staff unit under the deputy mayor"),
        ("halle", "commissioners[service_centre].position",
         "Stabsstelle beim Stadtoberhaupt oder Fachdienst in der Linie (Bildung und Soziales) (nicht bekannt)",
         "staff unit under the mayor or unit in the line (Education and social affairs) (not known)"),
        ("funding_24", "commissioners[integration].funding[0]",
         "2 Stellen ab Juli 2020, befristet auf 24 Monate; danach entfallen die Stellen",
         "2 posts from July 2020, for 24 months; then the posts end"),
        ("two_units", "commissioners[adaptation].funding[0]", "1 Dauerstelle ab Januar 2020",
         "1 permanent post from January 2020"),
        ("halle", "administration.departments", "25 bis 35 Ämter (nicht bekannt)", "25 to 35 departments (not known)"),
        ("halle", "administration.vacancy_share", "4 bis 20 % (nicht bekannt)", "4 to 20% (not known)"),
        ("halle", "administration.turnover_per_year", "6 bis 13 % im Jahr (nicht bekannt)", "6 to 13% a year (not known)"),
        ("halle", "concepts[urban_development_concept].adopted", "Juni 2017 oder Juni 2025 (nicht bekannt)",
         "June 2017 or June 2025 (not known)"),
        ("halle", "formats[network].start", "2002 (Monat nicht bekannt)", "2002 (month not known)"),
        ("schwerin", "administration.staff", "400 bis 600 Stellen (nicht bekannt)", "400 to 600 posts (not known)"),
        ("halle", "formats[network].hours", "2,5 Stunden", "2.5 hours"),
        ("halle", "formats[network].voluntary", "ja", "yes"),
        ("halle", "formats[network].end", "kein Ende", "no end"),
        ("halle", "formats[network].members", "die mit Kontakt zu Betroffenen", "those in contact with people concerned"),
        ("halle", "formats[network].civil_society", "Akteur*innen aus den Quartieren", "Actors from the quarters"),
        ("halle", "formats[stadtummig].members", "Sozialamt, Bau- und Stadtplanungsamt, Jugendamt und Schulverwaltungsamt",
         "Social Services, Building and Urban Planning, Youth Welfare and Schools"),
        ("halle", "events[recut_2015].division", "Geschäftsbereich Oberbürgermeister", "Mayor's division"),
        ("halle", "events[new_mayor_2012].leader", "Oberbürgermeister", "Mayor"),
        ("small", "administration.staff", "30 je Amt", "30 in each"),
        ("small", "rules.off", "keine", "none"),
        ("small", "months", "120 Monate", "120 months"),
    ],
)  # fmt: skip
def test_values_read_as_people_speak(scenario, key, german, english):
    loaded = load_scenario(scenario)
    value = get(loaded, key)
    assert setting_text(key, value, loaded, Speaker("de")).replace("\N{NO-BREAK SPACE}", " ") == german
    assert setting_text(key, value, loaded, Speaker("en")) == english


@pytest.mark.parametrize(
    ("change", "key", "german"),
    [
        ("parameters.learning.forgetting=0.02", "parameters.learning.forgetting", "2 % im Monat"),
        ("parameters.staffing.hiring_months={between: [4, 8]}", "parameters.staffing.hiring_months",
         "4 bis 8 Monate (nicht bekannt)"),
        ("rules.off=[learning]", "rules.off", "Lernen"),
        ("administration.turnover_per_year={one_of: [0.05, 0.1]}", "administration.turnover_per_year",
         "5 % im Jahr oder 10 % im Jahr (nicht bekannt)"),
        ("leaders[deputy].support=-0.5", "leaders[deputy].support", "−50 %"),
        ("administration.departments=1", "administration.departments", "1 Amt"),
        ("commissioners[integration].under=deputy", "commissioners[integration].position",
         "Stabsstelle (Stellvertretung des Stadtoberhaupts)"),
    ],
)  # fmt: skip
def test_values_that_are_set(change, key, german):
    scenario = load_scenario("small", (change,))
    value = get(scenario, key)
    assert setting_text(key, value, scenario, Speaker("de")).replace("\N{NO-BREAK SPACE}", " ") == german


def test_a_parameter_that_is_not_stated_says_so():
    assert setting_text("parameters.learning.forgetting", None, load_scenario("small"), Speaker("de")) == "ohne Angabe"


def test_phases_one_after_another_are_one_line():
    content = load_scenario("small").model_dump()
    phase = {"posts": 1, "start": "2020-01", "kind": "fixed", "duration_months": 1, "after": "decide"}
    content["commissioners"][0]["funding"] = [phase, {"posts": 0.5, "start": "2020-03", "kind": "permanent"}]
    scenario = Scenario.model_validate(content)
    text = setting_text(
        "commissioners[integration].funding", scenario.commissioners[0].funding, scenario, Speaker("de")
    )
    assert text == (
        "1 Stelle ab Januar 2020, befristet auf 1 Monat; danach entscheidet der Rat; 0,5 Dauerstellen ab März 2020"
    )
