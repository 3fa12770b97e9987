"""Pieces of Markdown that the generated documents share: tables, prose and the anchors of headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qsim.world.parameters import Rule


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table with a line of heads and a line for each row of cells."""
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def prose(text: str) -> str:
    """Return text in which signs of equations do not become emphasis; what is marked as code stays."""
    return re.sub(r"``.*?``|[*_]", lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", text)


def rule_heading(rule: Rule) -> str:
    """Return the heading under which a rule stands in the documents of rules and of parameters."""
    return f"`{rule.name}`: {rule.label_en} ({rule.label_de})"


def anchor(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes it: lower case, letters, digits, ``_`` and ``-`` only."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
