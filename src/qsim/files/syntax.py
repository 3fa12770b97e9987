"""Says in plain words what keeps a text from being YAML."""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from qsim.files.messages import Message, shown

TAB_INDENT = re.compile(r"^ *\t")

AT_PROBLEM = (
    ("mapping values are not allowed", 'a ":" does not fit here; put text that holds one in quotes, or align the keys'),
    ("could not find expected ':'", 'a key without ":" comes before this'),
    ("sequence entries are not allowed", 'a list cannot start here; put each "- " on a line of its own'),
    ("expected <block end>", "this does not fit the indentation of the lines before it"),
    ("unknown escape character", 'a "\\" in double quotes needs a second one'),
    ("found another document", "a second document starts here; expected one"),
    ("expected the node content", "a value is expected here"),
    ("expected ',' or", "a comma or a closing bracket is missing before this"),
)
"""What the library says, and what it means to the person who wrote the file."""


def syntax_messages(error: YAMLError, text: str, file: str) -> list[Message]:
    """Return what keeps a text from being YAML: each line indented by a tab, or else what the library found."""
    tabs = [
        Message(file, number, found.group().index("\t") + 1, "", "a tab indents this line; YAML takes spaces only")
        for number, line in enumerate(text.split("\n"), start=1)
        if (found := TAB_INDENT.match(line))
    ]
    if tabs:
        return tabs
    if isinstance(error, ReaderError):
        before = text[: error.position] if isinstance(error.position, int) else ""
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return [Message(file, line, column, "", f"the character U+{ord(_letter(error)):04X} is not allowed")]
    if not isinstance(error, MarkedYAMLError):
        return [Message(file, None, None, "", "the file is not valid YAML")]
    mark, words = _explained(error, text)
    return [Message(file, mark.line + 1 if mark else None, mark.column + 1 if mark else None, "", words)]


def _letter(error: ReaderError) -> str:
    found = error.character
    return found if isinstance(found, str) else chr(found)


def _explained(error: MarkedYAMLError, text: str) -> tuple[Any, str]:
    """Return where the error is for a person, and what it is."""
    problem, context = error.problem or "", error.context or ""
    here = error.problem_mark or error.context_mark
    opened = error.context_mark or here
    if "quoted scalar" in context and "unexpected" in problem:
        return opened, "the quotation mark that opens here is not closed"
    if "flow" in context and "<stream end>" in problem:
        return opened, "the bracket that opens here is not closed"
    start = re.match(r"found character (.+) that cannot start", problem)
    if start and start[1] == r"'\t'":
        return here, "a tab stands here; YAML takes spaces only"
    if start:
        return here, f"a value cannot start with {shown(start[1].strip(chr(39)))}; put it in quotes"
    before = text.split("\n")[here.line][: here.column] if here and here.line < text.count("\n") + 1 else ""
    if "expected <block end>" in problem and before.strip(" -"):
        return here, "this does not belong to the value before it; put the whole value in quotes"
    for part, words in AT_PROBLEM:
        if part in problem:
            return here, words
    return here, f"not valid YAML: {' '.join(problem.split()) or 'the text breaks off'}"
