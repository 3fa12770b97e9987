"""The note below a figure: what is drawn, of how many runs, and that it is a model."""

from __future__ import annotations

from qsim.present.words.speaker import Speaker, capital


def note(name: str, runs: int, speak: Speaker) -> str:
    """Return the note of a figure that bears a name, for so many runs."""
    disclaimer = capital(speak("terms.disclaimer"))
    return speak(
        f"figures.{name}.note" if runs > 1 else f"figures.{name}.note_one",
        runs=speak.counted("terms.of_runs", runs),
        disclaimer=disclaimer,
    )
