"""A new scenario loads as it is, in both languages."""

import pytest

from qsim.scenario.loading import load_scenario
from qsim.scenario.template import scenario_template


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
