"""Writes scenario files: a new one with comments that explain it, or one with all that another file extends."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from io import StringIO
from string import Template
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from qsim.files.kinds import VERSION
from qsim.scenario.own_code import check_written
from qsim.scenario.schema import SCENARIO, Scenario

LANGUAGES = ("de", "en")
COMMENT = re.compile(r"^(\s*)#(de|en) (.*)$")
WORDS = {
    "de": {"ask": "nicht dokumentiert; das Personalamt fragen", "example": "Beispiel"},
    "en": {"ask": "not documented; ask the personnel department", "example": "an example"},
}

WIDTH = 120
FIRST = ("id", "extends", "kind", "schema_version")
LAST = ("source",)


def scenario_template(name: str, language: str = "de") -> str:
    """Return the text of a scenario called ``name`` that loads as it is; comments in ``de`` or ``en``.

    Raise ValueError for another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no comments in {language!r}; expected one of {', '.join(LANGUAGES)}")
    text = files("qsim.scenario").joinpath("template.yaml").read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        comment = COMMENT.match(line)
        if comment is None:
            lines.append(line)
        elif comment[2] == language:
            lines.append(f"{comment[1]}# {comment[3]}")
    words = WORDS[language] | {"name": json.dumps(name or "scenario", ensure_ascii=False)}
    return Template("\n".join(lines) + "\n").safe_substitute(words)


def resolved_yaml(scenario: Scenario) -> str:
    """Return the text of a file that extends no other and that loads as an equal scenario.

    Keys that were left at their defaults stay out. Raise InputError for own rules that are Python objects.
    """
    check_written(scenario.rules.own)
    content = scenario.model_dump(exclude={"id"}, exclude_unset=True, exclude_none=True)
    return _yaml({**content, "kind": scenario.kind, "schema_version": scenario.schema_version})


def extending_yaml(extends: str, content: dict[str, Any]) -> str:
    """Return the text of a file that extends another, by its name or path, with this content."""
    head = {"extends": extends, "kind": SCENARIO.name, "schema_version": VERSION}
    return _yaml({**head, **content})


def _yaml(content: dict[str, Any]) -> str:
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    stream = StringIO()
    yaml.dump(_written(content), stream)
    return stream.getvalue()


def _written(value: Any) -> Any:
    """Return a value as it is written: names first, sources last, short leaves on one line."""
    if isinstance(value, dict):
        order = sorted(value, key=lambda key: (key not in FIRST, key in LAST))
        group = CommentedMap({key: _written(value[key]) for key in order})
        if group and _is_short(group.values()):
            group.fa.set_flow_style()
        return group
    if isinstance(value, (list, tuple)):
        entries = CommentedSeq([_written(entry) for entry in value])
        if _is_short(entries):
            entries.fa.set_flow_style()
        return entries
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def _is_short(values: Any) -> bool:
    """Whether values fit on a line: scalars and lists of numbers, not much text."""
    leaves = [leaf for value in values for leaf in (value if isinstance(value, CommentedSeq) else [value])]
    scalars = not any(isinstance(leaf, (dict, list)) for leaf in leaves)
    return scalars and sum(len(str(leaf)) + 4 for leaf in leaves) < WIDTH - 40
