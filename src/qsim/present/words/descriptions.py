"""What a JSON Schema says of the keys of files, in the language of whoever reads it in an editor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qsim.files.kept import kept_yaml
from qsim.present.words.languages import FALLBACK, Language


def described(schema: Any, language: Language) -> Any:
    """Return a schema with its descriptions in a language; titles, which only repeat names of keys, are left out then."""
    return schema if language == FALLBACK else _replaced(schema, descriptions(language))


def descriptions(language: Language) -> dict[str, str]:
    """Return each English description with the one in the language."""
    content: dict[str, str] = kept_yaml(Path(__file__).with_name(f"schema_{language}.yaml"))
    return content


def one_line(text: str) -> str:
    """Return a description without the breaks between its lines."""
    return " ".join(text.split())


def _replaced(part: Any, known: dict[str, str]) -> Any:
    if isinstance(part, list):
        return [_replaced(each, known) for each in part]
    if not isinstance(part, dict):
        return part
    text = part.get("description")
    said = {"description": known.get(one_line(text), text)} if isinstance(text, str) else {}
    kept = {key: value for key, value in part.items() if key != "title" or not isinstance(value, str)}
    return {key: _replaced(value, known) for key, value in kept.items()} | said
