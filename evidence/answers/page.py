"""The page of the experiments: question, answer, figure, table and what became of each expectation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import Any

from evidence.answers.answer import ORDER, Answer
from evidence.answers.numbers import axis_title, difference, half_width, level, place_name
from evidence.answers.words import ANSWERS
from evidence.documents.markdown import table
from qsim.present.text.numbers import decimal
from qsim.present.words.language import Language

PAGES: dict[Language, str] = {"en": "answers.md", "de": "answers.de.md"}
"""The names of the pages in the folder of documents."""

SENSITIVITY_PLACE = 12
"""The number of the experiment that has a page of its own."""


def figure_path(answer: Answer, language: Language) -> str:
    """Return where the figure of an answer stands beside the page."""
    return f"images/answers/{answer['experiment']}_{language}.svg"


def answers_page(answers: Sequence[Answer], language: Language) -> str:
    """Return the page of all answers."""
    parts = [f"# {ANSWERS('title', language)}", ANSWERS("note", language), ANSWERS("other", language)]
    parts += [ANSWERS("reading", language), _counted(answers, language)]
    parts.append(ANSWERS("sensitivity", language))
    for answer in answers:
        place = ORDER.index(answer["experiment"]) + 1
        number = place + (place >= SENSITIVITY_PLACE)
        parts += [f"## {number}. {answer['label'][language]}", *_section(answer, language)]
    return "\n\n".join(parts) + "\n"


def answer_sentences(answer: Answer, language: Language) -> str:
    """Return the answer to the question: what became of the expectations that are its headlines."""
    chosen = [entry for entry in answer["expected"] if entry["headline"]] or answer["expected"]
    return " ".join(
        ANSWERS("head_line", language, text=entry["text"][language], verdict=verdict(entry, language))
        for entry in chosen
    )


def verdict(entry: dict[str, Any], language: Language) -> str:
    """Return what became of an expectation, with its numbers."""
    word = "different" if entry["equal"] and entry["verdict"] == "opposite" else entry["verdict"]
    return ANSWERS("verdict", language, word=ANSWERS(f"word.{word}", language), numbers=_numbers(entry, language))


def answer_table(answer: Answer, language: Language) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows of what the figure shows; a surface at its last place on the x axis alone."""
    figure = answer["figure"]
    rows = figure["rows"]
    across = "lines" if "lines" in figure["values"] else None
    down = [axis for axis in ("rows", "columns", "x") if axis in figure["values"]]
    if figure["kind"] == "surface":
        down.remove("x")
        rows = [row for row in rows if row["x"] == figure["values"]["x"][-1]]
    values: list[str] = figure["values"][across] if across else [""]
    known = {tuple(row[axis] for axis in (*down, *([across] if across else []))): row for row in rows}
    heads = [axis_title(answer, axis, language) for axis in down]
    if across is None:
        heads.append(figure["outcome"][language])
    else:
        heads += [place_name(answer, across, value, language) for value in values]
    lines = []
    for place in product(*(figure["values"][axis] for axis in down)):
        names = [place_name(answer, axis, value, language) for axis, value in zip(down, place, strict=True)]
        cells = [known[(*place, value) if across else place] for value in values]
        lines.append([*names, *(_cell(cell, figure["unit"], language) for cell in cells)])
    return heads, lines


def _section(answer: Answer, language: Language) -> list[str]:
    figure = answer["figure"]
    when = f", {place_name(answer, 'x', figure['values']['x'][-1], language)}" if figure["kind"] == "surface" else ""
    lines = [
        ANSWERS("line", language, id=entry["id"], text=entry["text"][language], verdict=verdict(entry, language),
                statements=f" ({', '.join(entry['statements'])})" if entry["statements"] else "")
        for entry in answer["expected"]
    ]  # fmt: skip
    return [
        ANSWERS("question", language, text=answer["question"][language]),
        ANSWERS("answer", language, text=answer_sentences(answer, language)),
        f"![{answer['label'][language]}]({figure_path(answer, language)})",
        _run(answer, language),
        ANSWERS("table", language, outcome=figure["outcome"][language], when=when),
        table(*answer_table(answer, language)),
        ANSWERS("expectations", language),
        "\n".join(lines),
    ]


def _run(answer: Answer, language: Language) -> str:
    return ANSWERS(
        "run",
        language,
        file=f"{answer['experiment']}.yaml",
        runs=decimal(answer["runs"], language, 0),
        scenarios=ANSWERS.counted("scenarios", len(answer["scenarios"]), language),
        points=ANSWERS.counted("points", answer["points"], language),
        replications=decimal(answer["replications"], language, 0),
        seed=str(answer["seed"]),
    )


def _counted(answers: Sequence[Answer], language: Language) -> str:
    found = Counter(entry["verdict"] for answer in answers for entry in answer["expected"])
    names = ("expected", "opposite", "negligible", "unresolved")
    return ANSWERS("counts", language, all=str(found.total()), **{name: str(found[name]) for name in names})


def _numbers(entry: dict[str, Any], language: Language) -> str:
    unit = entry["unit"]
    said = {
        "outcome": " / ".join(one[language] for one in entry["outcomes"]),
        "effect": difference(entry["effect"], unit, language),
        "low": difference(entry["low"], unit, language, bare=True),
        "high": difference(entry["high"], unit, language, bare=True),
    }
    first = entry["levels"][0]
    if len(entry["levels"]) == 1:
        more, less = (level(value, unit, language) for value in first)
        return ANSWERS("numbers", language, more=more, less=less, **said)
    apart = [None if None in pair else pair[0] - pair[1] for pair in entry["levels"]]
    one, other = (difference(value, unit, language, bare=True) for value in apart)
    return ANSWERS("numbers_beyond", language, first=one, second=other, **said)


def _cell(row: dict[str, Any], unit: str, language: Language) -> str:
    return f"{level(row['mean'], unit, language)} ± {half_width(row['half'], unit, language)}"
