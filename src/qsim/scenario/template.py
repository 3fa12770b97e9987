"""The text of a new scenario file, with comments that explain it, in German or English."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from string import Template

LANGUAGES = ("de", "en")
COMMENT = re.compile(r"^(\s*)#(de|en) (.*)$")
WORDS = {
    "de": {"ask": "nicht dokumentiert; das Personalamt fragen", "example": "Beispiel"},
    "en": {"ask": "not documented; ask the personnel department", "example": "an example"},
}


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
