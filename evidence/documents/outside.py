"""The document of public figures from outside: what was expected of the model, what came out, and what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from evidence.documents.markdown import table
from evidence.outside.figures import LATEST, Figure, figures, notes
from evidence.words import speaker
from qsim.claims.results import COUNTED, ClaimResult, Results, count, stored
from qsim.present.text.claims_table import effect_text, interval_text, outcome_text, severity_text
from qsim.present.words.languages import Language
from qsim.present.words.speaker import Speaker

PAGES: Final[dict[Language, str]] = {"en": "outside.md", "de": "outside.de.md"}
KINDS = ("tested", "put_in", "not_in_model")
HEADS = ("expectation", "outcome", "effect", "interval", "settings", "severity")


def outside_documents() -> dict[str, str]:
    """Return the page in each language, by its name; before the run it says that it waits."""
    found = stored(LATEST, Results)
    results = {} if found is None else {one.id: one for one in found.claims}
    return {name: outside_document(results, speaker(language)) for language, name in PAGES.items()}


def outside_document(results: Mapping[str, ClaimResult], speak: Speaker) -> str:
    """Return the page from the results by the id of the expectation."""
    parts = [f"# {speak('outside.title')}", *(speak(f"outside.{name}") for name in ("note", "other", "text"))]
    parts += _counts(results, speak) if results else [speak("outside.waits")]
    parts.append(speak("outside.sums"))
    for kind in KINDS:
        parts += [f"## {speak(f'outside.kind.{kind}')}", speak(f"outside.lead.{kind}")]
        for figure in figures():
            if figure.kind == kind:
                parts += _figure(figure, [results[name] for name in figure.claims if name in results], speak)
    return "\n\n".join(parts) + "\n"


def _counts(results: Mapping[str, ClaimResult], speak: Speaker) -> list[str]:
    """Return how many tests, and how many comparisons with what is put in, came out how."""
    texts = []
    for kind, key in (("tested", "counts"), ("put_in", "counts_put_in")):
        found = count(results[name] for figure in figures() if figure.kind == kind for name in figure.claims)
        texts.append(
            speak(f"outside.{key}", all=str(found.tests), **{one: str(getattr(found, one)) for one in COUNTED})
        )
    return texts


def _figure(figure: Figure, results: Sequence[ClaimResult], speak: Speaker) -> list[str]:
    grade = speak("outside.level" if figure.level else "outside.sign")
    said = f"**{speak.label(figure.figure)}** ({figure.source}; {grade}). {speak.label(figure.why)}"
    if not results:
        return [said]
    heads = [speak(f"outside.head.{name}") for name in HEADS]
    behind = [f"- `{one.id}`: {speak.label(notes()[one.id])}" for one in results if one.id in notes()]
    return [said, table(heads, [_cells(one, speak) for one in results]), *(["\n".join(behind)] if behind else [])]


def _cells(one: ClaimResult, speak: Speaker) -> tuple[str, ...]:
    return (
        f"{speak.label(one.text)} (`{one.id}`)",
        f"**{outcome_text(one, speak)}**",
        effect_text(one, one.effect, speak),
        interval_text(one, speak),
        speak.of_hundred(one.agree),
        severity_text(one, speak),
    )
