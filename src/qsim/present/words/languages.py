"""The languages in which everything that people read is written, and which of them is spoken."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, get_args

Language = Literal["de", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
FALLBACK: Language = "en"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def default_language(environment: Mapping[str, str] | None = None) -> Language:
    """Return the language of the locale, English where that is neither German nor English.

    As POSIX has it, the first of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set decides.
    """
    variables = os.environ if environment is None else environment
    locale = next((variables[name] for name in LOCALE_VARIABLES if variables.get(name)), "")
    name = locale.replace("-", "_").split("_")[0].split(".")[0].lower()
    return name if name in LANGUAGES else FALLBACK


def chosen_language(choice: str | None, environment: Mapping[str, str] | None = None) -> Language:
    """Return the language somebody chose, or that of the locale; raise ValueError for a choice that there is not."""
    if choice is None:
        return default_language(environment)
    if choice not in LANGUAGES:
        raise ValueError(f"{choice!r} is not a language here; expected {' or '.join(LANGUAGES)}")
    return choice
