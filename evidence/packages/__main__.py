"""Asks six cities for the best packages within three budgets, and writes ``packages.md`` and its German sister.

What is expected was written down before the first run, in ``expected.yaml``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from evidence.documents.markdown import table
from evidence.words import speaker
from qsim.advice.advice import Advice
from qsim.advice.advising import advise
from qsim.advice.choosing import Effort
from qsim.advice.library import load_library
from qsim.advice.offer import Budget
from qsim.files.kept import kept_yaml
from qsim.present.text.advice_text import effect_text, enough_text, level_text, money_text, package_text
from qsim.present.words.languages import Language
from qsim.present.words.speaker import Speaker
from qsim.scenario.loading import load_scenario

EXPECTED = Path(__file__).with_name("expected.yaml")
PAGES: dict[Language, str] = {"en": "packages.md", "de": "packages.de.md"}


class Asked(NamedTuple):
    """The advice to a city within a budget, and the measures that were expected in it."""

    advice: Advice
    expected: tuple[str, ...]

    @property
    def found(self) -> tuple[str, ...]:
        """The expected measures that some package of those that cannot be told apart holds."""
        held = {name for one in self.advice.best for name in one.ids}
        return tuple(name for name in self.expected if name in held)


def expectations() -> Mapping[float, Mapping[str, Any]]:
    """Return by budget ``why`` and, by city, the measures that are expected."""
    return {float(euro): entry for euro, entry in kept_yaml(EXPECTED).items()}


def ask(effort: Effort | None = None, workers: int | None = None, months: int | None = None) -> Iterator[Asked]:
    """Yield the advice to each city, budget by budget; shorter runs of so many ``months`` are for trials."""
    changes = [] if months is None else [f"months={months}"]
    for euro, entry in expectations().items():
        for city, names in entry["cities"].items():
            found = advise(load_scenario(city, changes), Budget(euro), effort=effort, workers=workers)
            print(
                f"{city}, {euro:.0f} euros: {', '.join(found.recommended.ids) or 'nothing'}",
                file=sys.stderr,
                flush=True,
            )
            yield Asked(found, tuple(names))


def page(asked: list[Asked], language: Language) -> str:
    """Return the page in a language."""
    speak = speaker(language)
    parts = [f"# {speak('packages.title')}", speak("packages.note"), speak("packages.text")]
    for euro, entry in expectations().items():
        own = [one for one in asked if one.advice.budget.euro == euro]
        heads = [speak(f"packages.head.{name}") for name in ("city", "package", "effect", "costs", "group", "expected")]
        held, named = (sum(map(len, each)) for each in ([one.found for one in own], [one.expected for one in own]))
        parts += [
            f"## {speak('packages.budget', number=speak.decimal(euro, 0))}",
            speak("packages.why", why=entry["why"][language], held=str(held), named=str(named)),
            table(heads, [_row(one, speak) for one in own]),
        ]
    return "\n\n".join(parts) + "\n"


def _row(one: Asked, speak: Speaker) -> tuple[str, ...]:
    advice, best = one.advice, one.advice.recommended
    levels = speak(
        "packages.levels", before=level_text(advice, advice.nothing, speak), after=level_text(advice, best, speak)
    )
    expected = ", ".join(
        f"{speak.label(load_library().levers[name].label)} {'✓' if name in one.found else '–'}" for name in one.expected
    )
    costs = speak("packages.costs", a_year=money_text(best.a_year, speak), once=money_text(best.once, speak))
    return (
        speak.label(advice.scenario.label),
        package_text(advice, best, speak),
        f"{effect_text(advice, best, speak)}; {levels}",
        f"{costs} {enough_text(advice, speak)}",
        str(advice.group),
        expected,
    )


def main() -> int:
    """Ask, and print or write the pages; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=None, help="threads at work")
    parser.add_argument("--docs", type=Path, help="write the pages there")
    chosen = parser.parse_args()
    asked = [*ask(workers=chosen.jobs)]
    for language, name in PAGES.items():
        if chosen.docs is None:
            print(page(asked, language))
        else:
            (chosen.docs / name).write_text(page(asked, language), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
