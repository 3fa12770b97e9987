"""What observed facts did to the settings, in a sentence."""

from __future__ import annotations

from typing import Any

from qsim.engine.prepare import Prepared
from qsim.present.words.speaker import Speaker


def counted_fit(prepared: Prepared, speak: Speaker) -> list[str]:
    """Return how many settings fit what was observed; nothing if nothing was observed."""
    fit = prepared.fit
    if fit is None:
        return []
    facts = speak.counted("facts.facts", len(fit.shown))
    return [speak.counted("facts.fit", len(fit.settings), candidates=speak.decimal(fit.candidates, 0), facts=facts)]


def fit_sentences(prepared: Prepared, speak: Speaker) -> list[str]:
    """Return what :func:`counted_fit` does, and what is done jointly without what was observed."""
    fit = prepared.fit
    if fit is None:
        return []
    spread = speak.percent_range(fit.before.low, fit.before.high, 1)
    return [*counted_fit(prepared, speak), speak("facts.before", mean=speak.percent(fit.before.mean, 1), range=spread)]


def described_fit(prepared: Prepared) -> dict[str, Any]:
    """Return what ``--json`` prints of observed facts; nothing if nothing was observed."""
    fit = prepared.fit
    if fit is None:
        return {}
    numbers = {"settings": len(fit.settings), "candidates": fit.candidates, "shown": dict(fit.shown)}
    return {"observed": numbers | {"without": fit.before._asdict()}}
