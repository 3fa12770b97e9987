"""The German page is German and the English page English, in the words of the report and of an administration."""

import re
from itertools import chain

import pytest

from page_texts import sentences, texts_of, words
from trial_pages import scenarios_of
from vocabulary import LANGUAGES, labels_of, strange, vocabulary

PLAIN_KINDS = ("pair", "three", "one", "same")

REPORT = "Querschnittsaufgaben in der Stadtverwaltung"
"""The title of the report, which is cited in every language."""

REPORT_TERMS = {
    "Querschnittsaufgabe": "1.1",
    "Umsetzungslücke": "1.1",
    "Förder": "1.1",
    "Konzept": "1.1",
    "Bereitschaft": "1.1",
    "Zivilgesellschaft": "1.2",
    "Ämter": "1.2",
    "Amt": "1.3",
    "Stabsstelle": "1.3",
    "Dauerstelle": "1.3",
    "Dezernat": "3.1",
    "Zusammenarbeit": "3.1",
    "Beauftragte": "3.2",
    "Leitung": "3.2",
    "Wissen": "3.3",
    "Zeit": "4",
}
"""Terms of the report with a section in which each stands; the page says the same things by the same names."""

NOT_SAID = (
    "Department", "Commitment", "Performance", "Outcome", "Impact", "Output", "Input", "Score", "Ranking", "Setting", "Level",
    "Baseline", "Benchmark", "Stakeholder", "Trade-off", "Gap", "Run", "Runs", "Seed", "Default", "Workload", "Commissioner",
    "Task", "Bootstrap", "Konfidenzintervall", "Quantil", "Varianz", "Stichprobenfehler", "signifikant", "Replikation",
    "Replikationen", "Szenarien laufen", "performt", "matchen", "triggert", "getriggert", "Implementation",
)  # fmt: skip
"""What no administration would write, or what is talk of formulas."""


def known_names(kind, language):
    """Return the words that the scenarios of a page bring with them: their ids, and their labels in its language."""
    scenarios = scenarios_of(kind)
    texts = [label.in_language(language) for scenario in scenarios for label in labels_of(scenario)]
    return frozenset().union(*map(words, texts), *(re.split(r"[_\d]+", scenario.id) for scenario in scenarios))


def found_strange(source, language, known):
    return [
        (sorted(found), sentence)
        for sentence in sentences(texts_of(source))
        if (found := strange(sentence.replace(REPORT, ""), language, known))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PLAIN_KINDS)
def test_a_page_has_no_words_of_the_other_language(page_files, kind, language):
    source = page_files(kind, language).read_text(encoding="utf-8")
    assert found_strange(source, language, known_names(kind, language)) == []


@pytest.mark.parametrize(
    ("language", "strangers"),
    [
        ("de", ("The first scenario does better.", "Runs: 20", "practice")),
        ("en", ("Das erste Szenario schneidet besser ab.", "Läufe: 20", "Umsetzung")),
    ],
)
def test_a_sentence_of_the_other_language_is_noticed(page_files, language, strangers):
    source = page_files("pair", language).read_text(encoding="utf-8")
    places = (
        "<p>{}</p>",
        '<img alt="{}">',
        '<p aria-label="{}">1</p>',
        "<svg><text>{}</text></svg>",
        "<caption>{}</caption>",
    )
    every = [(place, sentence) for place in places for sentence in strangers]
    spoiled = source.replace("</main>", "".join(place.format(sentence) for place, sentence in every) + "</main>")
    found = [text for _, text in found_strange(spoiled, language, known_names("pair", language))]
    assert found == [sentence for _, sentence in every]


def test_commands_and_data_have_no_language():
    source = "<p>Nachrechnen mit <code>qsim compare the_one and_the_other</code>.</p><script>the and of</script>"
    assert texts_of(source) == ["Nachrechnen mit ."]


def test_pictures_are_read_too():
    assert texts_of('<img alt="Bild" src="data:image/svg+xml,%3Csvg%3E%3Ctext%3EJahr%3C/text%3E%3C/svg%3E">') == [
        "Bild",
        "Jahr",
    ]


def test_the_german_page_speaks_as_the_report_does(page_files):
    said = " ".join(
        chain.from_iterable(texts_of(page_files(kind, "de").read_text(encoding="utf-8")) for kind in PLAIN_KINDS)
    )
    missing = [
        term for term in REPORT_TERMS if not re.search(rf"\b\w*{term}", said, re.IGNORECASE if term == "Wissen" else 0)
    ]
    assert missing == []


@pytest.mark.parametrize("kind", PLAIN_KINDS)
def test_the_german_page_says_nothing_that_an_administration_would_not(page_files, kind):
    said = texts_of(page_files(kind, "de").read_text(encoding="utf-8"))
    assert [(word, text) for word in NOT_SAID for text in said if re.search(rf"\b{re.escape(word)}\b", text)] == []


def test_the_vocabularies_differ():
    assert len(vocabulary("de") - vocabulary("en")) > 300
    assert len(vocabulary("en") - vocabulary("de")) > 300
