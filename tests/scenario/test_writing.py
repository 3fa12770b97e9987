"""Scenario files are written: a new one loads as it is, in both languages; one in full loads as an equal scenario."""

from pathlib import Path

import pytest

from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from qsim.scenario.writing import resolved_yaml, scenario_template

FOLDER = Path(__file__).parents[2] / "scenarios"
CHANGES = ["leaders[deputy].support=0.3", "parameters.learning.contact_rate={between: [0.1, 2]}", "start=2019-12"]


def again(scenario, write):
    return load_scenario(write(resolved_yaml(scenario), f"{scenario.id}.yaml"))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_scenarios_that_come_with_qsim(path, write):
    scenario = load_scenario(path)
    assert again(scenario, write) == scenario


def test_what_was_inherited_and_changed_is_in_it(write):
    scenario = load_scenario(FOLDER / "shock.yaml", CHANGES)
    text = resolved_yaml(scenario)
    assert "extends" not in text
    assert "start: 2019-12" in text
    assert "contact_rate: {between: [0.1, 2]}" in text
    copy = again(scenario, write)
    assert copy == scenario
    assert resolved_yaml(copy) == text


def test_texts_that_look_like_something_else(write, base):
    odd = ["no", "2015-09", "1e-3", "null", "a: b # c", "öä\n\tx", "- a", "'\"", " spaces "]
    facts = "".join(f"  - {{id: f{number}, text: {{de: x, en: x}}, source: report}}\n" for number, _ in enumerate(odd))
    scenario = load_scenario(write(f"{base}facts:\n{facts}"))
    entries = tuple(
        fact.model_copy(update={"text": fact.text.model_copy(update={"de": text, "en": text * 40})})
        for fact, text in zip(scenario.facts, odd, strict=True)
    )
    scenario = scenario.model_copy(update={"facts": entries})
    assert again(scenario, write) == scenario


def test_a_scenario_that_was_made_in_python(write):
    scenario = Scenario.model_validate(
        {
            "id": "made",
            "kind": "scenario",
            "schema_version": 1,
            "label": {"de": "a", "en": "b"},
            "start": 24180,
            "months": 12,
            "tasks": [{"id": "integration", "kind": "integration"}],
            "administration": {},
        }
    )
    assert resolved_yaml(scenario).startswith(
        "kind: scenario\nschema_version: 1\nlabel: {de: a, en: b}\nstart: 2015-01\n"
    )
    assert again(scenario, write) == scenario


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["köln", 'a "b": $name {c} #', ""])
def test_it_loads(write, name, language):
    text = scenario_template(name, language)
    scenario = load_scenario(write(text, "new.yaml"))
    assert scenario.label.de == (name or "scenario")
    assert scenario.commissioners
    assert "$ask" not in text
    assert "#de" not in text
    assert "#en" not in text


def test_the_languages_differ_in_words_alone(write):
    german, english = (load_scenario(write(scenario_template("x", language), "x.yaml")) for language in ("de", "en"))
    assert scenario_template("x", "de").count("\n# ") == scenario_template("x", "en").count("\n# ") > 4
    assert german.administration.source != english.administration.source
    plain = {"source": None, "vacancy_share": 0.1}
    assert german.administration.model_copy(update=plain) == english.administration.model_copy(update=plain)
    assert german.model_copy(update={"administration": english.administration}) == english


def test_other_languages_are_refused():
    with pytest.raises(ValueError, match="expected one of de, en"):
        scenario_template("x", "fr")
