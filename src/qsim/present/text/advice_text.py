"""Advice in words and tables: what to do for the money, what it brings, what more money would buy, and what helps by itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qsim.advice.applying import change_of, is_dated
from qsim.present.text.facts import fit_sentences
from qsim.present.text.levers_table import DIGITS, euros_text
from qsim.present.text.names import letter
from qsim.present.text.tables import add_numbers, new_table
from qsim.present.text.units import (
    cell,
    cell_range,
    difference_text,
    heading,
    in_percent,
    threshold_text,
    unit_text,
)
from qsim.present.words.messages import in_words
from qsim.present.words.speaker import MISSING, Speaker, capital
from qsim.runs.readings import time_of
from qsim.scenario.values import month_number

if TYPE_CHECKING:
    from rich.table import Table

    from qsim.advice.advice import Advice, Advised, Again
    from qsim.advice.costing import Euros
    from qsim.advice.helping import Help
    from qsim.advice.offer import Ids

LEAST_HOURS = 1.0
"""Hours a year that are told of."""


def advice_text(advice: Advice, speak: Speaker) -> str:
    """Return what to do in a few sentences: the package, what it brings and costs, who decides it, and how sure it is."""
    one = advice.recommended
    said = {"scenario": speak.label(advice.scenario.label), "money": budget_text(advice, speak),
            "month": speak.month(f"{advice.start}-01", full=True), "measure": speak.label(advice.measure.label),
            "relevant": threshold_text(advice.relevant, advice.measure, speak)}  # fmt: skip
    if not one.ids:
        return " ".join([speak("advise.none", **said), *fit_sentences(advice.base, speak)])
    sentences = [
        speak("advise.take", package=package_text(advice, one, speak), **said),
        *whole_run_sentences(advice, one, speak),
        speak("advise.effect", effect=effect_text(advice, one, speak), measure=said["measure"],
              level=timed_level_text(advice, one, speak), nothing=level_text(advice, advice.nothing, speak)),
        speak("advise.costs", a_year=money_text(one.a_year, speak), once=money_text(one.once, speak)),
        *hours_sentences(one, speak),
        *_deciders(advice, one, speak),
        _alike(advice, speak),
        *fit_sentences(advice.base, speak),
    ]  # fmt: skip
    return " ".join(sentences)


def whole_run_sentences(advice: Advice, one: Advised, speak: Speaker) -> list[str]:
    """Return which measures the model has from the beginning of the run on, where that is before the others begin."""
    levers = advice.library.levers
    early = tuple(name for name in one.ids if not is_dated(change_of(levers[name], advice.library)))
    if not early or month_number(advice.start) == advice.scenario.start:
        return []
    return [speak("advise.whole_run", measures=labels_text(advice, early, speak))]


def budget_text(advice: Advice, speak: Speaker) -> str:
    """Return what money and posts there are, as a list."""
    budget = advice.budget
    parts = [speak("advise.money.euro", number=speak.decimal(budget.euro, 0))]
    if budget.once is not None:
        parts.append(speak("advise.money.once", number=speak.decimal(budget.once, 0)))
    if budget.posts is not None:
        form = "one_post" if speak.plural_form(budget.posts) == "one" else "posts"
        parts.append(speak(f"advise.money.{form}", number=speak.exact(budget.posts)))
    return speak.joined(parts)


def money_text(euros: Euros, speak: Speaker) -> str:
    """Return an amount in euros for a sentence, as a range if it is one, each end with the digits that count."""
    if euros.high == 0:
        return speak("advise.no_money")
    low, high = (speak.decimal(float(f"{value:.{DIGITS}g}"), 0) for value in (euros.low, euros.high))
    return speak("advise.euros", amount=low if low == high else speak.span(low, high))


def package_text(advice: Advice | Help, one: Advised, speak: Speaker) -> str:
    """Return the labels of a package's measures as a list, or that it is doing nothing."""
    return labels_text(advice, one.ids, speak)


def labels_text(advice: Advice | Help, ids: Ids, speak: Speaker) -> str:
    """Return the labels of measures as a list, or that there are none."""
    labels = [speak.label(advice.library.levers[name].label) for name in ids]
    return speak.joined(labels) if labels else speak("advise.nothing")


def changed_text(advice: Advice, one: Advised, other: Advised, speak: Speaker) -> str:
    """Return a package as a change of another: what it has besides, and what it lacks."""
    labels = {name: speak.label(lever.label) for name, lever in advice.library.levers.items()}
    more = [labels[name] for name in one.ids if name not in other.ids]
    less = [labels[name] for name in other.ids if name not in one.ids]
    parts = [speak("advise.with", measures=speak.joined(more))] if more else []
    return "; ".join([*parts, *([speak("advise.without", measures=speak.joined(less))] if less else [])])


def effect_text(advice: Advice | Help, one: Advised | Again, speak: Speaker) -> str:
    """Return the effect of a package in the goal's own direction with its interval, ``+3.1 percentage points (2.0 to 4.2)``."""
    mean, low, high = signed_effect(advice, one)
    return speak("advise.with_interval", effect=difference_text(mean, advice.measure, speak),
                 interval=cell_range(low, high, advice.measure, speak, signed=True))  # fmt: skip


def signed_effect(advice: Advice | Help, one: Advised | Again) -> tuple[float, float, float]:
    """Return an effect and the ends of its interval as a change of the goal: less where less of it is better."""
    effect = one.effect
    if advice.measure.higher_is_better is False:
        return -effect.mean, -effect.high, -effect.low
    return effect.mean, effect.low, effect.high


def level_text(advice: Advice, one: Advised, speak: Speaker) -> str:
    """Return what the goal is, with its unit."""
    if in_percent(advice.measure.unit):
        return speak.level(one.level)
    return f"{cell(one.level, advice.measure, speak)} {unit_text('unit', advice.measure, speak)}".rstrip()


def timed_level_text(advice: Advice, one: Advised, speak: Speaker) -> str:
    """Return what the goal is, with its unit and with the time of which it is, where its label does not say that."""
    return speak(f"advise.at.{time_of(advice.goal)}", level=level_text(advice, one, speak))


def hours_sentences(one: Advised, speak: Speaker) -> list[str]:
    """Return how many hours a year a package takes from whom, as a sentence; none where it takes none."""
    told = [speak(f"advise.payer.{payer}", hours=speak.decimal(hours, 0, signed=True))
            for payer, hours in one.hours.items() if abs(hours) >= LEAST_HOURS]  # fmt: skip
    return [speak("advise.hours", payers=speak.joined(told))] if told else []


def _deciders(advice: Advice, one: Advised, speak: Speaker) -> Iterator[str]:
    for who, ids in one.decided_by.items():
        labels = speak.joined(speak.label(advice.library.levers[name].label) for name in ids)
        yield speak(f"advise.decides.{who}", measures=labels)


def _alike(advice: Advice, speak: Speaker) -> str:
    if advice.group == 1:
        return speak("advise.alone")
    form = "open" if advice.stopped == "budget" else "alike"
    return speak(f"advise.{form}", number=speak.decimal(advice.group, 0),
                 relevant=threshold_text(advice.relevant, advice.measure, speak))  # fmt: skip


def effort_text(advice: Advice, speak: Speaker) -> str:
    """Return how many packages were compared in how many runs, and why no more."""
    affordable = "all" if advice.affordable is not None else "proposed"
    said = {"compared": speak.decimal(advice.compared, 0), "runs": speak.decimal(advice.runs, 0)}
    relevant = threshold_text(advice.relevant, advice.measure, speak)
    return " ".join([
        speak(f"advise.effort.{affordable}", **said),
        speak(f"advise.stopped.{advice.stopped}", relevant=relevant),
        speak("advise.known_limits"),
        *([speak("advise.once_as_year")] if advice.budget.once is None else []),
    ])  # fmt: skip


def packages_text(advice: Advice, speak: Speaker) -> str:
    """Return the packages that cannot be told apart at the top, a line each, as changes of the one to take."""
    first = advice.recommended
    told = [speak("advise.as_above"), *(changed_text(advice, one, first, speak) for one in advice.best[1:])]
    return "\n".join(f"{letter(place)}  {text}" for place, text in enumerate(told))


def packages_table(advice: Advice, speak: Speaker) -> Table:
    """Return the packages that cannot be told apart at the top, the one to take first."""
    title = speak("advise.packages", measure=heading(advice.measure, speak))
    table = new_table(title, speak("advise.packages_note"), speak("advise.package"))
    heads = ("effect", "interval", "a_year", "once", "per_10000", "best", "regret_90", "regret_largest")
    add_numbers(table, _heads(heads, speak))
    for place, one in enumerate(advice.best):
        robust = one.robustness
        regrets = (math.nan, math.nan) if robust is None else (robust.regret_90, robust.regret_largest)
        table.add_row(
            letter(place),
            *_numbers(advice, one, speak),
            speak.of_hundred(math.nan if robust is None else robust.best),
            *(cell(regret, advice.measure, speak) for regret in regrets),
        )
    return table


def curve_table(advice: Advice, speak: Speaker) -> Table:
    """Return what each budget buys, from none to four, and from where on more money brings nothing more."""
    curve = advice.curve
    note = f"{speak('advise.curve_note')} {enough_text(advice, speak)}"
    table = new_table(speak("advise.curve"), note, speak("advise.package"))
    add_numbers(table, _heads(("from_budget", "effect", "interval"), speak))
    for cost, one, before in zip(curve.costs, curve.points, (None, *curve.points), strict=False):
        text = package_text(advice, one, speak) if before is None else changed_text(advice, one, before, speak)
        effect = _numbers(advice, one, speak)[:2] if one.ids else ["", ""]
        table.add_row(text, speak.exact(float(f"{cost / 1000:.3g}")), *effect)
    return table


def enough_text(advice: Advice, speak: Speaker) -> str:
    """Return from which budget on more money brings nothing more that can be told, or that it does."""
    curve = advice.curve
    form = "enough" if curve.enough < curve.limit else "more"
    return speak(f"advise.{form}", enough=speak.decimal(curve.enough, 0), limit=speak.decimal(curve.limit, 0))


def singles_table(advice: Advice | Help, speak: Speaker) -> Table:
    """Return the single measures with most effect and with most effect for their money, and what each widens."""
    star = "" if all(one.affordable for one in (*advice.most_effect, *advice.most_per_euro)) else speak("advise.star")
    note = f"{speak('advise.singles_note')} {star}".rstrip()
    table = new_table(speak("advise.singles"), note, speak("levers.measure"))
    add_numbers(table, _heads(("effect", "interval", "a_year", "once", "per_10000"), speak))
    table.add_column(speak("advise.widens"), no_wrap=True)
    groups: tuple[tuple[str, Sequence[Advised]], ...] = (
        ("most_effect", advice.most_effect), ("most_per_euro", advice.most_per_euro))  # fmt: skip
    for name, singles in groups:
        table.add_section()
        table.add_row(speak(f"advise.{name}"), style="bold")
        for one in singles:
            widens = MISSING if one.widens is None else speak(f"terms.constraint.{one.widens}")
            mark = "" if one.affordable else " *"
            table.add_row(package_text(advice, one, speak) + mark, *_numbers(advice, one, speak), widens)
    return table


def help_text(found: Help, speak: Speaker) -> str:
    """Return which single measure would bring most; that none brings a relevant difference, where none does."""
    said = {"number": speak.decimal(found.tried, 0), "month": speak.month(f"{found.start}-01", full=True)}
    best = next((one for one in found.most_effect if one.effect.mean >= found.relevant), None)
    if best is None:
        relevant = threshold_text(found.relevant, found.measure, speak)
        first = speak("advise.help.none", relevant=relevant, **said)
    else:
        package, effect = package_text(found, best, speak), effect_text(found, best, speak)
        first = speak("advise.help.most", package=package, effect=effect, **said)
    return f"{first} {speak('advise.help.packages')}"


def left_out_table(advice: Advice | Help, speak: Speaker) -> Table | None:
    """Return the measures that cannot be had, each with the reason; None if there are none."""
    if not advice.left_out:
        return None
    table = new_table(speak("advise.left_out"), "", speak("levers.measure"))
    table.add_column(speak("advise.reason"), ratio=2, overflow="fold")
    for one in advice.left_out:
        label = capital(speak.label(advice.library.levers[one.id].label))
        table.add_row(label, in_words(one.reason, speak.language))
    return table


def _numbers(advice: Advice | Help, one: Advised, speak: Speaker) -> list[str]:
    """Return effect, interval, cost a year, cost once, and effect for 10,000 euros, as cells."""
    mean, low, high = signed_effect(advice, one)
    sign = math.copysign(1.0, mean) * math.copysign(1.0, one.effect.mean)
    return [
        cell(mean, advice.measure, speak, signed=True),
        cell_range(low, high, advice.measure, speak, signed=True),
        euros_text(one.a_year, speak),
        euros_text(one.once, speak),
        cell(sign * one.per_10000, advice.measure, speak, signed=True) if math.isfinite(one.per_10000) else MISSING,
    ]


def _heads(names: Sequence[str], speak: Speaker) -> list[str]:
    return [speak(f"advise.head.{name}") for name in names]
