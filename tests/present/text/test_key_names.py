"""What keys are called: every key that a scenario file can have, and every parameter, has a name in both languages."""

import pytest

from keyed import get
from qsim.engine.overrides import all_parameters
from qsim.files.kinds import parts
from qsim.mechanisms.month import RULES
from qsim.present.text.names import Names, field_name, key_name
from qsim.present.text.setting_text import setting_text
from qsim.present.words.speaker import Speaker
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from qsim.world.unknowns import find_unknowns

LANGUAGES = ("de", "en")


def kinds(part=Scenario, found=()):
    """Return all kinds of objects of the schema."""
    found = [*found, part]
    for field in part.model_fields.values():
        for inner in parts(field.annotation):
            if inner not in found:
                found = kinds(inner, found)
    return found


FIELDS = [(part, name) for part in kinds() for name in part.model_fields]


def test_the_whole_schema_is_walked():
    names = {part.__name__ for part in kinds()}
    assert {
        "Scenario",
        "Administration",
        "FundingPhase",
        "Channels",
        "Shock",
        "UnitMove",
        "TaskShare",
        "Label",
    } <= names
    assert len(FIELDS) > 180


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name(language):
    for part, name in FIELDS:
        text = field_name(part, name, Speaker(language))
        assert text
        assert "_" not in text


def test_no_name_is_of_a_field_that_is_not_there():
    known = {name for _, name in FIELDS}
    lower = {part.__name__.lower() for part, _ in FIELDS} | {"any"}
    named = [name.split(".")[1:] for name in Speaker("de").texts if name.startswith("keys.")]
    assert len(named) > 100
    assert all(kind.replace("_", "") in lower and name in known for kind, name in named)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_has_its_label(language):
    small = load_scenario("small")
    for rule in RULES:
        for parameter in rule.parameters:
            label = parameter.label_de if language == "de" else parameter.label_en
            name = key_name(f"parameters.{rule.name}.{parameter.name}", small, Speaker(language))
            assert name.lower() == label.lower()
    assert len(all_parameters()) > 100


@pytest.mark.parametrize("name", ["halle", "schwerin", "potsdam", "remscheid", "wuerzburg"])
def test_every_unknown_of_a_city_has_a_name_of_its_own_parts(name):
    scenario = load_scenario(name)
    for key, _ in find_unknowns(scenario):
        for language in LANGUAGES:
            text = key_name(key, scenario, Speaker(language))
            assert "[" not in text
            assert "_" not in text


@pytest.mark.parametrize(
    ("scenario", "key", "german", "english"),
    [
        ("small", "administration.vacancy_share", "Anteil unbesetzter Stellen", "Share of vacant posts"),
        ("small", "administration", "Verwaltung", "Administration"),
        ("small", "commissioners", "Beauftragte und Stabsstellen", "Commissioners and staff units"),
        (
            "funding_24",
            "commissioners[integration].funding[0].duration_months",
            "Integrationsbeauftragte: Dauer der Förderung",
            "Integration commissioner: duration of funding",
        ),
        (
            "funding_24",
            "commissioners[integration].funding[0]",
            "Integrationsbeauftragte: Stellen und Förderung",
            "Integration commissioner: posts and funding",
        ),
        (
            "halle",
            "commissioners[service_centre].funding[2].posts",
            "Integrationsbeauftragte, ab 2015 Dienstleistungszentrum für Integration: Zahl der Stellen (Koordinationsstellen)",
            "Integration commissioner, from 2015 service centre for integration: number of posts (Coordination posts)",
        ),
        (
            "halle",
            "events[inflow_2015].workload",
            "Zuzug Geflüchteter 2015: zusätzliche Arbeitslast",
            "Inflow of refugees 2015: additional workload",
        ),
        ("halle", "formats[network].channels.tie",
         "Netzwerk für Integration und Migration: dauerhafte Kontakte", "Network for integration and migration: lasting ties"),
        ("halle", "tasks[integration]", "Aufgabe „Integration“", "Task “Integration”"),
        ("halle", "leaders[head_social].support",
         "Leitung Bildung und Soziales: Unterstützung der Aufgaben",
         "Head of Education and social affairs: support of the tasks"),
        ("halle", "administration.divisions[social].departments",
         "Bildung und Soziales: zugehörige Ämter", "Education and social affairs: departments in it"),
        ("halle", "formats[another]", "Another", "Another"),
        ("halle", "parameters.learning", "Lernen", "Learning"),
    ],
)  # fmt: skip
def test_names_read_as_people_speak(scenario, key, german, english):
    loaded = load_scenario(scenario)
    assert key_name(key, loaded, Speaker("de")) == german
    assert key_name(key, loaded, Speaker("en")) == english


def test_several_phases_without_labels_are_counted():
    scenario = load_scenario("schwerin")
    unit = next(unit for unit in scenario.commissioners if len(unit.funding) > 1)
    key = f"commissioners[{unit.id}].funding[1].posts"
    assert get(scenario, key) == unit.funding[1].posts
    assert key_name(key, scenario, Speaker("de")).endswith(
        ("(2. Phase)", f"({unit.funding[1].label and unit.funding[1].label.de})")
    )


@pytest.mark.parametrize("key", ["administration.departmens", "commissioners[x].salary"])
def test_a_key_that_there_is_not_has_no_name(key):
    with pytest.raises(KeyError):
        key_name(key, load_scenario("small"), Speaker("de"))


def test_what_is_no_key_is_an_error():
    with pytest.raises(ValueError, match="expected"):
        key_name("tasks[", load_scenario("small"), Speaker("de"))


def test_what_has_no_label_is_named_by_its_kind_or_as_a_word():
    content = load_scenario("small").model_dump()
    unit, form, task = (content[part][0] for part in ("commissioners", "formats", "tasks"))
    content["commissioners"] = [unit | {"id": "klimamanagement", "label": None}]
    content["formats"] = [form | {"owner": "klimamanagement"}]
    content["tasks"] = [task | {"label": None}]
    scenario = Scenario.model_validate(content)
    key = f"formats[{scenario.formats[0].id}].owner"
    assert setting_text(key, "klimamanagement", scenario, Speaker("de")) == "Klimamanagement"
    assert Names(scenario, Speaker("de")).task("integration") == "Integration"


def test_an_event_without_a_label_goes_by_its_kind():
    content = load_scenario("small").model_dump()
    content["events"] = [{"kind": "mandate", "date": "2022-01", "task": "integration"}]
    scenario = Scenario.model_validate(content)
    assert key_name("events[0]", scenario, Speaker("de")) == "Pflichtaufgabe"
    assert key_name("events[0].date", scenario, Speaker("de")) == "Pflichtaufgabe: Zeitpunkt"


def test_what_concerns_a_department_is_told_by_the_task():
    content = load_scenario("small").model_dump()
    share = {"kind": "integration", "relevance": 0.5}
    content["administration"]["own_departments"] = [{"id": "youth", "tasks": [share]}]
    scenario = Scenario.model_validate(content)
    key = "administration.own_departments[youth].tasks[0].relevance"
    assert key_name(key, scenario, Speaker("de")) == "Jugendamt: Betroffenheit (Integration)"
