"""The words of what this project publishes of itself, and who speaks them."""

from __future__ import annotations

from pathlib import Path

from qsim.present.words.languages import Language
from qsim.present.words.speaker import Speaker


def speaker(language: Language) -> Speaker:
    """Return who says the texts of the package and those of this folder in a language."""
    return Speaker(language, (Path(__file__).parent,))


ENGLISH = speaker("en")
"""Who speaks in the documents for developers, which are in English."""
