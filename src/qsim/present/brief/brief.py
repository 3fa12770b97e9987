"""What a brief says: the proposal of an advice as a municipal paper has it, each part with a heading."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qsim.present.text.advice_text import (
    budget_text,
    changed_text,
    effect_text,
    enough_text,
    hours_sentences,
    level_text,
    money_text,
    package_text,
    timed_level_text,
    whole_run_sentences,
)
from qsim.present.text.facts import fit_sentences
from qsim.present.text.names import Names
from qsim.present.text.units import cell, threshold_text, unit_text
from qsim.present.words.speaker import Speaker, capital

if TYPE_CHECKING:
    from qsim.advice.advice import Advice, Advised

FIELDS = ("body", "number", "office", "place")
"""What is filled in by hand."""

ALTERNATIVES = 2
"""Other packages that are named; more have no room on a page."""


@dataclass(frozen=True)
class Part:
    """A part of a brief: a heading, paragraphs, then a list, which may be empty."""

    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brief:
    """A paper of one page: its kind, the subject, fields to be filled in, parts, and small print; all plain text."""

    kind: str
    subject: str
    fields: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: str
    language: str
    day: date


def brief_of(advice: Advice, speak: Speaker, command: str, version: str, day: date) -> Brief:
    """Return the brief of an advice, made on a ``day`` by a ``command`` of a ``version`` of qsim."""
    house = Names(advice.scenario, speak)
    tasks = speak.joined([house.task(task.id) for task in advice.scenario.tasks])
    return Brief(
        speak("brief.kind"),
        speak("brief.subject", task=tasks, scenario=speak.label(advice.scenario.label)),
        tuple(speak(f"brief.field.{name}") for name in FIELDS),
        (
            Part(speak("brief.title.facts"), tuple(_facts(advice, speak))),
            _proposal(advice, speak),
            Part(speak("brief.title.costs"), tuple(_costs(advice, speak))),
            Part(speak("brief.title.effect"), tuple(_effect(advice, speak))),
            Part(speak("brief.title.doubt"), tuple(_doubt(advice, speak))),
            Part(speak("brief.title.alternatives"), (), tuple(_alternatives(advice, speak))),
        ),
        speak("brief.foot", version=version, day=speak.day(day), command=command),
        speak.language,
        day,
    )


def _facts(advice: Advice, speak: Speaker) -> Iterator[str]:
    description = advice.scenario.description
    if description is not None:
        yield speak.label(description)
    level = timed_level_text(advice, advice.nothing, speak)
    yield speak("brief.today", measure=speak.label(advice.measure.label), level=level,
                money=budget_text(advice, speak))  # fmt: skip


def _proposal(advice: Advice, speak: Speaker) -> Part:
    one, title = advice.recommended, speak("brief.title.proposal")
    if not one.ids:
        relevant = threshold_text(advice.relevant, advice.measure, speak)
        return Part(title, (speak("brief.none", relevant=relevant),))
    deciders = {name: who for who, ids in one.decided_by.items() for name in ids}
    items = [
        speak("brief.item", measure=capital(speak.label(advice.library.levers[name].label)),
              help=speak.label(advice.library.levers[name].help), who=speak(f"levers.decider.{deciders[name]}"))
        for name in one.ids
    ]  # fmt: skip
    return Part(title, (speak("brief.from", month=speak.month(f"{advice.start}-01", full=True)),), tuple(items))


def _costs(advice: Advice, speak: Speaker) -> Iterator[str]:
    one = advice.recommended
    if not one.ids:
        yield speak("brief.no_costs")
        return
    yield speak("brief.costs", a_year=money_text(one.a_year, speak), once=money_text(one.once, speak))
    if one.posts.high > 0:
        yield speak("brief.posts", posts=speak.span(speak.exact(one.posts.low), speak.exact(one.posts.high))
                    if one.posts.low < one.posts.high else speak.exact(one.posts.high))  # fmt: skip
    yield from hours_sentences(one, speak)
    yield speak("brief.prices", year=str(advice.library.prices.year))


def _effect(advice: Advice, speak: Speaker) -> Iterator[str]:
    one = advice.recommended
    if not one.ids:
        yield speak("brief.no_effect")
        return
    yield from whole_run_sentences(advice, one, speak)
    yield speak("advise.effect", effect=effect_text(advice, one, speak), measure=speak.label(advice.measure.label),
                level=timed_level_text(advice, one, speak), nothing=level_text(advice, advice.nothing, speak))  # fmt: skip
    if one.widens is not None:
        yield speak("brief.widens", constraint=speak(f"terms.constraint.{one.widens}"))


def _doubt(advice: Advice, speak: Speaker) -> Iterator[str]:
    robust = advice.recommended.robustness
    if advice.recommended.ids and robust is not None and math.isfinite(robust.best):
        lost = (
            f"{cell(robust.regret_90, advice.measure, speak)} {unit_text('difference', advice.measure, speak)}".rstrip()
        )
        yield speak("brief.robust", share=speak.of_hundred(robust.best), lost=lost)
    yield speak("brief.model")
    yield from fit_sentences(advice.base, speak)


def _alternatives(advice: Advice, speak: Speaker) -> Iterator[str]:
    first = advice.recommended
    if first.ids:
        yield speak("brief.nothing", level=timed_level_text(advice, advice.nothing, speak))
    for other in [one for one in advice.best[1:] if one.ids][:ALTERNATIVES]:
        yield speak("brief.other", package=_other(advice, other, first, speak), effect=effect_text(advice, other, speak),
                    a_year=money_text(other.a_year, speak), once=money_text(other.once, speak))  # fmt: skip
    yield speak("brief.money", text=enough_text(advice, speak))


def _other(advice: Advice, other: Advised, first: Advised, speak: Speaker) -> str:
    return changed_text(advice, other, first, speak) if first.ids else package_text(advice, other, speak)
