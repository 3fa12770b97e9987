"""The words of each language: all that the package can say in German and in English, from its declarations and files."""

from functools import cache
from itertools import chain

from babel.dates import get_month_names
from pydantic import BaseModel

from evidence.words import speaker
from page_texts import words
from qsim.engine import marks
from qsim.measures import catalogue as measures
from qsim.mechanisms.month import RULES
from qsim.present.words.speaker import places
from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.house import build_house
from qsim.scenario.labels import Label
from qsim.scenario.loading import load_scenario
from qsim.world.records import TABLES

LANGUAGES = ("de", "en")

GIVE_AWAY = {
    "en": "the and of is are with not at from as by for on it this that which than has have only both each between without "
    "if how what when where who whose does do done its their they there then would could should can may must cannot no "
    "yes or but so-called because while other another more most less least few many much first last every any some",
    "de": "der das und ist sind mit nicht von bei auf für ein eine einer eines einem einen dem den des zu im zum zur vom "
    "beim sich auch nach oder wie aber nur es werden wird wurde über unter zwischen ohne wenn als je jede jeder kein "
    "keine weil noch mehr sie durch dass daß welche welcher was wer wo dort hier dieser diese dieses andere anderen",
}
"""Small words that one language has and the other has not; they give a strange sentence away."""
SHARED = {
    "was",
    "wer",
    "so",
    "in",
    "an",
    "am",
    "die",
    "all",
    "will",
    "man",
    "hat",
    "war",
    "her",
    "bin",
    "also",
    "mit",
    "last",
}
"""Words of both languages, or, as *MIT*, names that look like one."""


def give_away(language):
    """Return the small words of a language that the other one has not."""
    return set(GIVE_AWAY[language].split()) - SHARED


def declared():
    """Yield the labels of outcomes, fields, rules, parameters, marks, departments, divisions and offices."""
    yield from (measure.label for measure in measures.OUTCOMES)
    yield from (value for value in vars(marks).values() if isinstance(value, Label))
    yield from marks.EVENT_LABELS.values()
    yield from marks.FUNDING_ENDS.values()
    parts = [
        *RULES,
        *(one for rule in RULES for one in rule.parameters),
        *(one for table in TABLES.values() for one in table),
    ]
    yield from (Label(de=part.label_de, en=part.label_en) for part in parts)
    catalogue, house = load_catalogue(), build_house(load_scenario("large"))
    things = (catalogue.divisions, catalogue.departments, catalogue.chains, house.leaders)
    yield from (entry.label for entry in chain(*things))


def labels_of(part):
    """Yield the labels in a scenario or a part of it, at any depth."""
    if isinstance(part, Label):
        yield part
    elif isinstance(part, BaseModel):
        yield from chain.from_iterable(labels_of(getattr(part, name)) for name in type(part).model_fields)
    elif isinstance(part, tuple):
        yield from chain.from_iterable(map(labels_of, part))


@cache
def vocabulary(language):
    """Return all words that the package says in a language, in small letters."""
    texts = []
    labels = (label.in_language(language) for label in declared())
    for text in chain(speaker(language).texts.values(), labels):
        for place in places(text):
            text = text.replace("{" + place + "}", " ")
        texts.append(text)
    for width in ("wide", "abbreviated"):
        texts += get_month_names(width, locale=language).values()
    return frozenset().union(*map(words, texts))


def strange(text, language, known=frozenset()):
    """Return the words of a text that its language has not, in small letters; ``known`` are names it may hold."""
    other = next(one for one in LANGUAGES if one != language)
    found = words(text)
    unknown = {word for word in found if len(word) > 1} - vocabulary(language)
    return (unknown | (found & give_away(other))) - known
