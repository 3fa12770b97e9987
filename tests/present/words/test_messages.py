"""Messages, notes and help in German: everything the code can say has a German form, and finished sentences find it."""

import re
from string import Formatter

import pytest

from evidence.site.__main__ import command as site
from qsim.advice.lever import LEVERS, PRICES
from qsim.claims.schema import CLAIMS
from qsim.commands.group import COMMANDS, loaded
from qsim.commands.root import app
from qsim.mechanisms.month import RULES
from qsim.present.words.messages import in_words, table, templates
from qsim.scenario.schema import SCENARIO
from qsim.scenario.values import Number, Part
from qsim.sweep.schema import EXPERIMENT
from sentences import english_in, sentences

GERMAN = templates("de")
KNOWN = {"{}".join(template.literals): template for template in GERMAN}
KINDS = (SCENARIO, EXPERIMENT, CLAIMS, LEVERS, PRICES)
OF_LIBRARIES = re.compile(
    r"mapping values are|could not find expected ':'|sequence entries|expected <block end>|unknown escape|"
    r"found another document|expected the node|expected ',' or|found character \(|embedded"
)
"""What other libraries say, which nobody is told, or which the code never holds as a whole."""

PARTS = {
    "there are": "; there are a, b",
    "an unknown value takes": "; an unknown value takes a, b",
    "[low, high]": "between is empty; expected [low, high]",
}
"""Parts of sentences, and a whole that they stand in."""


def test_every_sentence_of_the_code_has_a_german_form():
    found = sentences()
    assert len(found) > 280
    for text, where in found.items():
        if OF_LIBRARIES.search(text):
            continue
        whole = PARTS.get(text, text.replace("{}", "8"))
        german = {each: in_words(each, "de") for each in (whole, f"8 {whole}")}
        assert text in KNOWN or any(told != each and not english_in(told) for each, told in german.items()), (
            where,
            german,
        )


def test_the_table_holds_no_sentence_that_the_code_does_not_say():
    source = "\n".join([*sentences(), *_helps()])
    for group in ("sentences", "help"):
        for english in table("de")[group]:
            longest = max(re.split(r"\{\w+(?::.)?\}", english.replace("{{", "{").replace("}}", "}")), key=len).strip()
            if len(longest.split()) > 2:
                assert longest in source, english


def _helps():
    """Yield every text of the help, as it is written."""
    commands = [*(loaded(name) for name in COMMANDS), _root(), site()]
    for command in commands:
        for part in (command.help or "").split("\n\n"):
            yield " ".join(part.split())
        for parameter in command.params:
            yield getattr(parameter, "help", None) or ""
    yield from COMMANDS.values()


def _root():
    from typer.main import get_command

    return get_command(app)


def test_all_help_has_a_german_form():
    texts = [text for text in _helps() if text]
    assert len(texts) > 90
    for text in texts:
        german = in_words(text, "de")
        assert german != text, text
        assert english_in(german.split("Beispiel")[0]) == [], german


def _numbers():
    """Yield the marks of all numbers of files: every part of one is known once its kind is."""
    waiting = [Part, *(kind.model for kind in KINDS)]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        for field in model.model_fields.values():
            yield from (one for one in field.metadata if isinstance(one, Number))


def test_every_kind_of_number_has_a_german_name():
    marks = list(_numbers())
    assert len(marks) > 30
    for mark in marks:
        with pytest.raises(Exception, match="expected") as caught:
            mark.read("x")
        german = in_words(caught.value.message(), "de")
        assert english_in(german) == [], german
        assert in_words(mark.name, "de") != mark.name
    for rule in RULES:
        for parameter in rule.parameters:
            assert in_words(parameter.unit, "de") != parameter.unit or parameter.unit in ("Logit", "Exponent"), (
                parameter.unit
            )


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("interrupted", "abgebrochen"),
        ('"hale" is not a choice here; did you mean "halle"?', '"hale" steht hier nicht zur Wahl; meinten Sie "halle"?'),
        ("7 is not a share; expected 0 to 1", "7 passt hier nicht (Anteil); erwartet: 0 bis 1"),
        ("0.5 is not a length of a run; expected a whole number from 1 to 1200 months",
         "0.5 passt hier nicht (Länge eines Laufs); erwartet: ganze Zahl von 1 bis 1200 Monate"),
        ("found a list; expected text", "gefunden: eine Liste; erwartet: Text"),
        ('found 5; expected text, in quotes: "5"', 'gefunden: 5; erwartet: Text, in Anführungszeichen: "5"'),
        ('"months" is not a change; expected key=value', '"months" ist keine Änderung; erwartet: Schlüssel=Wert'),
        ('months has no task "leader"', 'months hat keine Aufgabe "leader"'),
        ("10 points x 1,000 replications x 3 scenarios are 30,000 runs, more than 1,000; --yes runs them all the same",
         "10 Punkte x 1.000 Wiederholungen x 3 Szenarien sind 30.000 Läufe, mehr als 1.000; mit --yes laufen sie trotzdem"),
        ('found "T"; expected a label such as {de: ..., en: ...}',
         'gefunden: "T"; erwartet: eine Bezeichnung wie {de: ..., en: ...}'),
        ("with posts 3 the scenario a is wrong: a.yaml:3:5  months: 0 is not a share; expected 0 to 1",
         "mit posts 3 ist das Szenario a falsch: a.yaml:3:5  months: 0 passt hier nicht (Anteil); erwartet: 0 bis 1"),
        ("holds the results of another plan (seed 1 there and 2 here; other design); name another folder",
         "enthält die Ergebnisse eines anderen Plans (seed 1 dort und 2 hier; design ist anders); "
         "bitte einen anderen Ordner nennen"),
        ("scenarios[0]: pipe: is a pipe or a device; expected a file",
         "scenarios[0]: pipe: ist eine Pipe oder ein Gerät; erwartet ist eine Datei"),
        ("saved: the list; expected", "gespeichert: the list; expected"),
        ("something that nobody wrote", "something that nobody wrote"),
        ("", ""),
    ],
)  # fmt: skip
def test_finished_sentences_are_found(english, german):
    assert in_words(english, "de") == german
    assert in_words(english, "en") == english


def test_a_german_sentence_is_german_and_fills_only_places_that_there_are():
    for template in GERMAN:
        assert english_in(template.other) == [], template
        wanted = {name for _, name, _, _ in Formatter().parse(template.other) if name is not None}
        assert wanted <= set(template.places), template


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("saved: c to d", "gespeichert: c to d"),
        ("page: a list", "Seite: a list"),
        ('found "x is not a choice here"; expected text', 'gefunden: "x is not a choice here"; erwartet: Text'),
        ('found "one to two"; expected text', 'gefunden: "one to two"; erwartet: Text'),
        ("page: other x", "Seite: other x"),
        ("edit it, then: qsim validate 'x to y', and qsim run 'x to y'",
         "jetzt bearbeiten, dann: qsim validate 'x to y', und qsim run 'x to y'"),
        ("other design.number", "design.number ist anders"),
        ('not valid YAML; the library says "expected a digit, but found 3"',
         'kein gültiges YAML; die Bibliothek sagt "expected a digit, but found 3"'),
        ("cannot reach the scheduler x; expected the address of one that runs, such as tcp://host:8786; "
         'Dask says "expected a name"',
         "der Scheduler x ist nicht zu erreichen; erwartet: die Adresse von einem, der läuft, etwa tcp://host:8786; "
         'Dask sagt "expected a name"'),
        ("other x of mine", "other x of mine"),
    ],
)  # fmt: skip
def test_what_somebody_wrote_is_in_no_language(english, german):
    assert in_words(english, "de") == german


def test_a_list_that_goes_on_says_so_in_german():
    told = in_words("there is no such scenario; there are a.yaml, b.yaml, ... (78 in all)", "de")
    assert told.endswith("es gibt a.yaml, b.yaml, ... (insgesamt 78)")
