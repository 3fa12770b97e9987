"""The note below a figure: what is drawn, of how many runs, and that it is a model."""

from __future__ import annotations

from qsim.present.figures.figure_words import FIGURES
from qsim.present.text.terms import TERMS
from qsim.present.words.language import Language
from qsim.present.words.wording import capital


def note(name: str, runs: int, language: Language) -> str:
    """Return the note of a figure by its name among the words, for so many runs."""
    form = name if runs > 1 else f"{name}_one"
    disclaimer = capital(TERMS("disclaimer", language))
    return FIGURES(form, language, runs=TERMS.counted("of_runs", runs, language), disclaimer=disclaimer)
