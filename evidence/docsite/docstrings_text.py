"""Docstrings as the generator reads them: examples with prompts are code, and a reference is shown as a name."""

from __future__ import annotations

import re

REFERENCE = re.compile(r":(?:class|func|meth|mod|attr):`~?([\w.]+)`")


def with_fences(lines: list[str]) -> list[str]:
    """Return the lines with each example, which ends with a blank line, in fences, and references as code."""
    found: list[str] = []
    within = False
    for line in lines:
        if line.startswith(">>> ") and not within:
            found.append("```pycon")
            within = True
        elif within and not line.strip():
            found.append("```")
            within = False
        found.append(line if within else REFERENCE.sub(r"`\1`", line))
    return [*found, "```"] if within else found
