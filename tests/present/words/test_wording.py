from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import evidence
import qsim.present
from qsim.measures.catalogue import OUTCOMES
from qsim.present.text.terms import CONSTRAINTS, PAYERS, STAGES, TERMS, WILLINGNESS
from qsim.present.text.units import PLAIN, cell, difference_text, heading
from qsim.present.words.wording import Wording, joined, places, texts
from qsim.world.kinds import ACTIVITIES


def _topics() -> dict[str, Wording]:
    found, names = {}, []
    present, published = Path(qsim.present.__file__).parent, Path(evidence.__file__).parent
    for package, folder, pattern in (("qsim.present", present, "*.py"), ("evidence", published, "*words.py")):
        paths = sorted(folder.rglob(pattern))
        names += [".".join([package, *path.relative_to(folder).with_suffix("").parts]) for path in paths]
    for name in names:
        module = import_module(name)
        for name, value in vars(module).items():
            if isinstance(value, Wording):
                assert found.setdefault(name, value) is value, f"two topics are called {name}"
    return found


TOPICS = _topics()
ENTRIES = [
    (key, topic, name, label.de, label.en) for key, topic in TOPICS.items() for name, label in topic.texts.items()
]

GERMAN = {"der", "die", "das", "und", "ist", "mit", "nicht", "von", "bei", "am", "Amt", "Ämter", "Läufe", "über"}
ENGLISH = {"the", "and", "of", "is", "with", "not", "at", "department", "departments", "runs", "from", "as"}


def test_the_topics_are_found() -> None:
    assert {"TERMS", "SUMMARY", "VERDICTS", "TABLES", "FIGURES", "UNITS"} <= set(TOPICS)


def test_both_languages_differ_unless_they_are_the_same_on_purpose() -> None:
    wrong = [f"{key} {name}" for key, topic, name, de, en in ENTRIES if (de == en) != (name in topic.same)]
    assert wrong == []


def test_both_languages_have_the_same_places() -> None:
    assert [f"{key} {name}" for key, _, name, de, en in ENTRIES if places(de) != places(en)] == []


def test_no_language_has_words_of_the_other() -> None:
    strange = [f"{key} {name}" for key, _, name, _, en in ENTRIES if GERMAN & set(re.findall(r"\w+", en))]
    for key, _, name, de, _ in ENTRIES:
        strange += [f"{key} {name}"] if ENGLISH & set(re.findall(r"\w+", re.sub(r"\{\w+\}", "", de))) else []
    assert strange == []


def test_names_said_to_be_the_same_exist() -> None:
    for topic in TOPICS.values():
        assert topic.same <= set(topic.texts)


def test_what_counts_has_both_numbers() -> None:
    for topic in TOPICS.values():
        for name in topic.texts:
            if name.endswith(".one"):
                assert name.removesuffix("one") + "other" in topic.texts


def test_all_terms_of_results_have_words() -> None:
    wanted = [f"stage.{name}" for name in STAGES]
    wanted += [f"{kind}.{name}" for kind in ("constraint", "lack") for name in CONSTRAINTS]
    wanted += [f"lack.{name}" for name in WILLINGNESS] + [f"payer.{name}" for name in PAYERS]
    wanted += [f"activity.{name}" for name in ACTIVITIES]
    assert set(wanted) <= set(TERMS.texts)


@pytest.mark.parametrize("measure", OUTCOMES, ids=lambda measure: measure.name)
def test_every_outcome_is_shown_with_its_unit(measure) -> None:  # type: ignore[no-untyped-def]  # a Measure
    for language in ("de", "en"):
        shown = heading(measure, language)
        assert shown.startswith(measure.label.in_language(language))
        assert "_" not in shown
        assert difference_text(50, measure, language).startswith("+")
        if "share" in measure.unit:
            assert cell(0.5, measure, "en").rstrip("0") == "50."
            assert "%" in shown
        else:
            assert measure.unit in PLAIN or cell(50, measure, "en").split(".")[0] == "50"


def test_a_counted_text_holds_its_number() -> None:
    assert TERMS.counted("runs", 1, "de") == "1 Lauf"
    assert TERMS.counted("runs", 1200, "de") == "1.200 Läufe"
    assert TERMS.counted("runs", 1200, "en") == "1,200 runs"


def test_an_empty_place_is_an_error() -> None:
    with pytest.raises(KeyError):
        Wording(texts(hello=("Guten Tag, {name}", "Hello, {name}")))("hello", "de")


def test_words_are_joined_as_people_do() -> None:
    assert joined(["a"], "de") == "a"
    assert joined(["a", "b", "c"], "de") == "a, b und c"
    assert joined(["a", "b"], "en") == "a and b"
