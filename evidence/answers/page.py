"""The page of the experiments: question, answer, figure, table and what became of each expectation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import Any

from evidence.answers.answer import ORDER, Answer
from evidence.answers.numbers import axis_title, half_width, place_name
from evidence.documents.markdown import table
from qsim.claims.answers import Contrast
from qsim.present.text.answer_text import level
from qsim.present.text.answer_text import verdict as expectation_verdict
from qsim.present.words.languages import Language
from qsim.present.words.speaker import Speaker

PAGES: dict[Language, str] = {"en": "answers.md", "de": "answers.de.md"}
"""The names of the pages in the folder of documents."""

SENSITIVITY_PLACE = 12
"""The number of the experiment that has a page of its own."""


def figure_path(answer: Answer, language: Language) -> str:
    """Return where the figure of an answer stands beside the page."""
    return f"images/answers/{answer['experiment']}_{language}.svg"


def answers_page(answers: Sequence[Answer], speak: Speaker) -> str:
    """Return the page of all answers."""
    parts = [f"# {speak('answers.title')}", speak("answers.note"), speak("answers.other")]
    parts += [speak("answers.reading"), counted(answers, speak)]
    parts.append(speak("answers.sensitivity"))
    for answer in answers:
        place = ORDER.index(answer["experiment"]) + 1
        number = place + (place >= SENSITIVITY_PLACE)
        parts += [f"## {number}. {answer['label'][speak.language]}", *_section(answer, speak)]
    return "\n\n".join(parts) + "\n"


def answer_sentences(answer: Answer, speak: Speaker) -> str:
    """Return the answer to the question: what became of the expectations that are its headlines."""
    chosen = [entry for entry in answer["expected"] if entry["headline"]] or answer["expected"]
    return " ".join(
        speak("answer.head_line", text=entry["text"][speak.language], verdict=verdict(entry, speak)) for entry in chosen
    )


def verdict(entry: dict[str, Any], speak: Speaker) -> str:
    """Return what became of an expectation, with its numbers."""
    effect, low, high = (_number(entry[name]) for name in ("effect", "low", "high"))
    levels = tuple((_number(more), _number(less)) for more, less in entry["levels"])
    contrast = Contrast(entry["unit"], levels, effect, low, high, entry["runs"], entry["relevant"], entry["verdict"])
    names = " / ".join(one[speak.language] for one in entry["outcomes"])
    return expectation_verdict(contrast, entry["equal"], names, speak, bold=True)


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def answer_table(answer: Answer, speak: Speaker) -> tuple[list[str], list[list[str]]]:
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
    heads = [axis_title(answer, axis, speak) for axis in down]
    if across is None:
        heads.append(figure["outcome"][speak.language])
    else:
        heads += [place_name(answer, across, value, speak) for value in values]
    lines = []
    for place in product(*(figure["values"][axis] for axis in down)):
        names = [place_name(answer, axis, value, speak) for axis, value in zip(down, place, strict=True)]
        cells = [known[(*place, value) if across else place] for value in values]
        lines.append([*names, *(_cell(cell, figure["unit"], speak) for cell in cells)])
    return heads, lines


def _section(answer: Answer, speak: Speaker) -> list[str]:
    figure = answer["figure"]
    when = f", {place_name(answer, 'x', figure['values']['x'][-1], speak)}" if figure["kind"] == "surface" else ""
    lines = [
        speak("answers.line", id=entry["id"], text=entry["text"][speak.language], verdict=verdict(entry, speak),
                statements=f" ({', '.join(entry['statements'])})" if entry["statements"] else "")
        for entry in answer["expected"]
    ]  # fmt: skip
    return [
        speak("answers.question", text=answer["question"][speak.language]),
        speak("answers.answer", text=answer_sentences(answer, speak)),
        f"![{answer['label'][speak.language]}]({figure_path(answer, speak.language)})",
        _run(answer, speak),
        speak("answers.table", outcome=figure["outcome"][speak.language], when=when),
        table(*answer_table(answer, speak)),
        speak("answers.expectations"),
        "\n".join(lines),
    ]


def _run(answer: Answer, speak: Speaker) -> str:
    return speak(
        "answers.run",
        file=f"{answer['experiment']}.yaml",
        runs=speak.decimal(answer["runs"], 0),
        scenarios=speak.counted("answers.scenarios", len(answer["scenarios"])),
        points=speak.counted("answers.points", answer["points"]),
        replications=speak.decimal(answer["replications"], 0),
        seed=str(answer["seed"]),
    )


def counted(answers: Sequence[Answer], speak: Speaker) -> str:
    """Return how many expectations came out, in a sentence."""
    found = Counter(entry["verdict"] for answer in answers for entry in answer["expected"])
    names = ("expected", "opposite", "negligible", "unresolved")
    return speak("answers.counts", all=str(found.total()), **{name: str(found[name]) for name in names})


def _cell(row: dict[str, Any], unit: str, speak: Speaker) -> str:
    return f"{level(row['mean'], unit, speak)} ± {half_width(row['half'], unit, speak)}"
