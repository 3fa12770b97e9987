"""docs/settings.md: the patterns, how settings were searched for, and how well those that were kept fill what is possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence.documents.markdown import prose, table
from evidence.settings.patterns import FREE, PATTERNS, Pattern
from evidence.settings.space import LOW, NAMES, WIDTH
from evidence.settings.spread import EDGE
from evidence.settings.worlds import TWINS

NOTE = "<!-- Written by `make docs` from evidence/settings; `make settings` writes the figures in it. -->"
INTRODUCTION = """\
What nobody knows is drawn in every command from one ensemble of settings: values of all parameters that are possible
together. Run r of a scenario lies in setting r // 5, the same everywhere; `--fixed` keeps the central setting, whose
values are the declared defaults. A setting is possible only if it shows twelve patterns, coarse things that the
report and public figures say exist. **They are input.** What the model says of them confirms nothing, and no test of
the [ledger](ledger.md) restates one; no test chose any number."""
PATTERNS_SAID = """\
Fixed before the first draw. Each is a yes or a no on a few small worlds (`evidence/settings/worlds`), whose twins
have the same luck in every setting, so that the answer is the same again. Where the words leave a choice it was made
by the words. With few twins luck shifts all settings alike, towards a bound or away from it. So worlds that are compared
got, of many seeds, the one whose numbers are nearest to the means of all."""
SEARCHED = """\
Each parameter lies anywhere in its range, all values alike, given that all patterns show. The search goes in waves:
chains of settings move under a limit of what a setting may lack, which sinks to nothing (subset simulation, Au and
Beck 2001: history matching without an emulator). A step draws 4 to 16 parameters anew, or moves 16 to 64 along a
difference of two other chains (ter Braak 2006), and is taken if the setting is within the limit; such steps keep the
even distribution. Then the chains go on among possible settings until they have forgotten where they came from; of each
further round one setting a chain is looked at with eight times as many other twins, and kept if it shows all patterns
there, too. The order in the file is such that any number of the first stand for all (least energy distance); the first
is the central setting: the one nearest to the middle of all in what comes of it in the worlds of the patterns."""
HEADS = ("pattern", "numbers and bounds", "choices", "source")
LISTED = 25
QUANTILES = {"low": 0.1, "median": 0.5, "high": 0.9}
"""The quantiles that are told, and where they lie in an even spread."""


def settings_document(record: Mapping[str, Any] | None) -> str:
    """Return the page; without a record of a search, the patterns alone."""
    parts = [
        "# Settings: what is possible",
        NOTE,
        INTRODUCTION,
        "## The patterns",
        PATTERNS_SAID,
        _patterns(),
        _worlds(),
    ]
    if record is not None:
        parts += [
            "## The search",
            SEARCHED,
            *_searched(record),
            "## How well they fill what is possible",
            *_spread(record),
        ]
    return "\n\n".join(parts) + "\n"


def _patterns() -> str:
    rows = [(f"`{name}`: {p.words}", _bounds(p), p.choices, p.source) for name, p in PATTERNS.items()]
    return table(HEADS, [tuple(prose(cell) for cell in row) for row in rows])


def _bounds(pattern: Pattern) -> str:
    return "; ".join(f"{name} {_within(*ends)}" for name, ends in pattern.bounds.items())


def _within(low: float, high: float) -> str:
    if high == FREE:
        return f"at least {low:.3g}"
    return f"at most {high:.3g}" if low in (0.0, -FREE) else f"{low:.3g} to {high:.3g}"


def _worlds() -> str:
    counted = ", ".join(f"{name} {count}" for name, count in TWINS.items())
    return f"Twins of each world: {counted}."


def _searched(record: Mapping[str, Any]) -> list[str]:
    plan, first, waves = record["plan"], record["first"], record["waves"]
    even, other = [wave for wave in waves if wave["limit"] == 0.0], record["other_luck"]
    refused = _told(_mean_refused(even))
    taken = sum(wave["taken"] for wave in even) / len(even)
    shown = [(f"`{name}`", f"{first['shown'][name]:.0%}") for name in PATTERNS]
    return [
        f"Searched on {record['date']}, seed {plan['seed']}: {plan['first']} points of a Latin hypercube, of which "
        f"{first['all']:.0%} show all patterns; {plan['chains']} chains, {len(waves) - len(even)} waves until the limit was "
        f"zero, then {len(even)} rounds of {plan['steps']} steps, the first {plan['forgotten']} forgotten. Of the steps at the "
        f"limit zero {taken:.0%} were taken; the others were refused by {refused} (the first pattern that was found lacking).",
        f"Of {other['of']} settings of the chains **{record['settings']}** show all patterns with eight times as many other "
        f"twins, and were kept; the others were refused by {_told(other['refused'])}.",
        table(("pattern", "shown in the hypercube"), shown),
    ]  # fmt: skip


def _told(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in shares.items())


def _mean_refused(waves: list[Mapping[str, Any]]) -> dict[str, float]:
    names = {name for wave in waves for name in wave["refused"]}
    means = {name: sum(wave["refused"].get(name, 0.0) for wave in waves) / len(waves) for name in names}
    return dict(sorted(means.items(), key=lambda one: -one[1]))


def _spread(record: Mapping[str, Any]) -> list[str]:
    plan = record["plan"]
    size, wide, ends, near = (record[name] for name in ("effective", "covered", "at_ends", "nearest"))
    own = record["parameters"]
    unlike = sorted(NAMES, key=lambda name: -_moved(own[name]))[:LISTED]
    rows = [
        (f"`{name}`", *(_value(name, share) for share in (0.0, 1.0, *(own[name][q] for q in QUANTILES))))
        for name in unlike
    ]
    return [
        f"By how far the means of chains are apart their settings, {plan['chains'] * plan['kept']} in all, are worth "
        f"{size['median']:.0f} independent ones in the median parameter and {size['least']:.0f} in the worst. The middle 90% of "
        f"those kept cover {wide['median']:.0%} of a range in "
        f"the median parameter and {wide['least']:.0%} in the narrowest (even: 100%). Within {EDGE:.0%} of an end stand "
        f"{ends['mean']:.1%} on average and {ends['most']:.0%} in the parameter where most do (even: {ends['even']:.0%}). From "
        f"one setting to its nearest neighbour it is {near['here']:.2f} in shares of the ranges; in a Latin hypercube of as many "
        f"points {near['even']:.2f}.",
        f"The patterns narrow these {LISTED} parameters most: 10%, median and 90% of the settings.",
        table(("parameter", "least", "most", "10%", "median", "90%"), rows),
    ]


def _value(name: str, share: float) -> str:
    place = NAMES.index(name)
    return f"{LOW[place] + WIDTH[place] * share:.3g}"


def _moved(own: Mapping[str, float]) -> float:
    """Return how far the quantiles of a parameter, as shares of its range, are from those of an even spread."""
    return sum(abs(own[quantile] - even) for quantile, even in QUANTILES.items())
