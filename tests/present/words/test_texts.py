"""The texts of both languages: none is missing, none is idle, and each says in its language what the other one says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import pytest

from evidence.words import speaker
from qsim.claims.outcomes import Outcome
from qsim.comparison.verdict import Verdict
from qsim.comparison.when.conditions import State
from qsim.measures.catalogue import CONSTRAINTS, OUTCOMES, WILLINGNESS
from qsim.present.text.names import PAYERS, STAGES
from qsim.present.text.units import PLAIN, cell, difference_text, heading
from qsim.present.words.languages import LANGUAGES
from qsim.present.words.speaker import Speaker, places
from qsim.sweep.schema import SCENARIO, TIME
from qsim.world.kinds import ACTIVITIES

TOP = Path(__file__).parents[3]
SOURCES = [TOP / "src" / "qsim" / "present", TOP / "src" / "qsim" / "commands", TOP / "evidence"]
GERMAN_TEXTS, ENGLISH_TEXTS = (speaker(language).texts for language in LANGUAGES)

GERMAN = {"der", "die", "das", "und", "ist", "mit", "nicht", "von", "bei", "am", "Amt", "Ämter", "Läufe", "über"}
ENGLISH = {"the", "and", "of", "is", "with", "not", "at", "department", "departments", "runs", "from", "as"}

SAME = {
    "advise.at.own",
    "answer.head_line",
    "answers.line",
    "answer.verdict",
    "claims.not_applicable",
    "claims.rival",
    "claims.short.depends_on_scale",
    "claims.short.expected",
    "claims.short.negligible",
    "claims.short.not_applicable",
    "claims.short.opposite",
    "claims.short.unresolved",
    "claims.unfair",
    "discovery.figure.title",
    "discovery.timed",
    "figures.heat.copies",
    "figures.heat.of_task",
    "setting.at",
    "setting.of",
    "setting.of_phase",
    "summary.next_range",
    "table.of_task",
    "table.scenario",
    "time.calendar_entry",
    "units.unit.share",
    "verdict.clearly",
    "verdict.probably",
    "verdict.what",
    "when.value",
    "why.hours.values",
}
"""What reads the same in both languages on purpose."""


def test_no_language_lacks_a_text() -> None:
    assert set(GERMAN_TEXTS) == set(ENGLISH_TEXTS)
    assert {name.split(".")[0] for name in GERMAN_TEXTS} >= {"terms", "summary", "verdict", "table", "figures", "units"}


def test_both_languages_differ_unless_they_are_the_same_on_purpose() -> None:
    assert {name for name, text in GERMAN_TEXTS.items() if ENGLISH_TEXTS[name] == text} == SAME


def test_both_languages_have_the_same_places() -> None:
    assert [name for name, text in GERMAN_TEXTS.items() if places(ENGLISH_TEXTS[name]) != places(text)] == []


def test_no_language_has_words_of_the_other() -> None:
    strange = [name for name, text in ENGLISH_TEXTS.items() if GERMAN & set(re.findall(r"\w+", text))]
    bare = {name: re.sub(r"\{\w+\}", "", text) for name, text in GERMAN_TEXTS.items()}
    strange += [name for name, text in bare.items() if ENGLISH & set(re.findall(r"\w+", text))]
    assert strange == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_a_form_for_each_grammatical_number(language) -> None:  # type: ignore[no-untyped-def]
    said = speaker(language)
    forms = {"other", *said.locale.plural_form.tags}
    counted = {name.removesuffix(".one") for name in said.texts if re.fullmatch(r"\w+\..+\.one", name)}
    assert len(counted) > 30
    assert [name for name in counted for form in forms if f"{name}.{form}" not in said] == []


@pytest.fixture(scope="module")
def strings() -> list[tuple[Path, re.Pattern[str], bool]]:
    return list(_patterns())


def _patterns() -> Iterator[tuple[Path, re.Pattern[str], bool]]:
    """Yield, of every string in the sources, its file, what it can be, and whether it is the name of a text."""
    for path in chain.from_iterable(sorted(folder.rglob("*.py")) for folder in SOURCES):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Call) and _speaks(node.func)
                 for part in ast.walk(node.args[0])}  # fmt: skip
        inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
                yield path, re.compile(re.escape(node.value)), id(node) in names
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w.]*" for p in node.values]
                yield path, re.compile("".join(map(str, parts))), id(node) in names
    for path in (TOP / "src" / "qsim" / "present" / "page").glob("*.html"):
        for name in re.findall(r"words\(\"(\w+)\"", path.read_text(encoding="utf-8")):
            yield path, re.compile(re.escape(f"page.{name}")), True


def _speaks(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute) and called.attr == "counted":
        return _speaks(called.value)
    name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
    return name in ("speak", "ENGLISH")


BASES = {re.sub(r"(?<=\w\.)(\w+)\.(one|other)$", r"\1", name) for name in ENGLISH_TEXTS}
"""The texts as the sources name them: what counts without its form."""

DECLARED = {*get_args(Verdict), *get_args(State), *get_args(Outcome), SCENARIO, TIME}
"""What results say in one word that is a name of a text."""


def test_every_name_that_is_said_has_a_text(strings: Any) -> None:
    names = [(path.name, found.pattern) for path, found, name in strings
             if name and "." in found.pattern and not any(map(found.fullmatch, (*BASES, *ENGLISH_TEXTS)))]  # fmt: skip
    assert names == []


def test_every_text_is_said_somewhere(strings: Any) -> None:
    """Where the code tells the topic only, the rest of the name must stand in the same file, or be declared."""
    topics = {found.pattern for _, found, _ in strings if re.fullmatch(r"\w+\\\.\[\\w\.\]\*", found.pattern)}
    whole = [found for _, found, _ in strings if re.match(r"\w+\\\.", found.pattern) and found.pattern not in topics]
    rests = {(path, found) for path, found, _ in strings if re.search(r"\w\w", found.pattern.replace(r"[\w.]*", ""))}
    idle = []
    for name in sorted(name for name in BASES if not any(found.fullmatch(name) for found in whole)):
        files = {path for path, found, _ in strings if found.pattern in topics and found.fullmatch(name)}
        rest = name.partition(".")[2]
        told = any(path in files and found.fullmatch(rest) for path, found in rests)
        idle += [] if told or (files and rest in DECLARED) else [name]
    assert not idle, " ".join(idle)


def test_all_terms_of_results_have_words() -> None:
    wanted = [f"stage.{name}" for name in STAGES]
    wanted += [f"{kind}.{name}" for kind in ("constraint", "lack") for name in CONSTRAINTS]
    wanted += [f"lack.{name}" for name in WILLINGNESS] + [f"payer.{name}" for name in PAYERS]
    wanted += [f"activity.{name}" for name in ACTIVITIES]
    assert {f"terms.{name}" for name in wanted} <= set(GERMAN_TEXTS)


@pytest.mark.parametrize("measure", OUTCOMES, ids=lambda measure: measure.name)
def test_every_outcome_is_shown_with_its_unit(measure) -> None:  # type: ignore[no-untyped-def]  # a Measure
    for speak in map(Speaker, LANGUAGES):
        shown = heading(measure, speak)
        assert shown.startswith(speak.label(measure.label))
        assert "_" not in shown
        assert difference_text(50, measure, speak).startswith("+")
        if "share" in measure.unit:
            assert cell(0.5, measure, Speaker("en")).rstrip("0") == "50."
            assert "%" in shown
        else:
            assert measure.unit in PLAIN or cell(50, measure, Speaker("en")).split(".")[0] == "50"
