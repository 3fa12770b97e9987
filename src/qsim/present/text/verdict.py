"""A comparison's verdict in one sentence, with its strength: by how much, in how many worlds, in how many settings."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qsim.present.text.facts import counted_fit
from qsim.present.text.names import scenario_names
from qsim.present.text.units import cell_range, difference_text, threshold_text
from qsim.present.words.speaker import Speaker, whole_of_hundred

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared
    from qsim.comparison.verdict import Comparison, OutcomeComparison

MANY_TIMES = 10.0
"""From here on how many times is told in whole numbers."""


def verdict_name(comparison: Comparison, speak: Speaker) -> str:
    """Return the verdict in two words, such as *clearly better*."""
    same = comparison.verdict == "equal" and is_same(comparison.primary)
    return speak("verdict.name.same" if same else f"verdict.name.{comparison.verdict}")


def verdict_text(comparison: Comparison, speak: Speaker) -> str:
    """Return the verdict as one sentence; who is better stands first, else who is ahead in more twin worlds.

    Raise KeyError if the comparison lacks its own outcome.
    """
    row = comparison.primary
    names = scenario_names(comparison.scenarios, speak)
    measure = speak.label(row.measure.label)
    ahead = comparison.better if comparison.better >= 0 else index_ahead(row)
    quoted = [speak("terms.quoted", name=name) for name in names]
    pair = {"better": quoted[ahead], "Better": quoted[ahead], "other": quoted[1 - ahead]}
    if not math.isfinite(row.difference):
        return speak("verdict.unknown", measure=measure, **pair)
    if comparison.verdict == "equal" and is_same(row):
        return speak("verdict.identical", measure=measure, **pair)
    said = {
        **pair,
        "counts": _counts(row, ahead, comparison.settings, speak),
        "amount": _amount(comparison, ahead, speak),
    }
    relevant = threshold_text(row.smallest_relevant, row.measure, speak)
    if comparison.verdict in ("clearly", "probably"):
        said["claim"] = speak(f"verdict.claim.{comparison.verdict}", **pair)
        said["small"] = "" if is_relevant(row) else speak("verdict.small", relevant=relevant)
    if comparison.verdict == "equal":
        said["relevant"] = relevant
    if comparison.verdict == "undecided":
        certain = row.low > 0 or row.high < 0
        said["needs"] = speak("verdict.needs_knowledge" if certain else "verdict.needs_runs")
    if comparison.verdict == "trade_off":
        said["worse"] = speak.joined(_worse(comparison, ahead, speak))
    return speak(f"verdict.{comparison.verdict}", **said)


def effort_text(result: Compared, speak: Speaker) -> str:
    """Return how far it was run and why no further, how wide the intervals are, and what the twin worlds saved."""
    worlds = len(result.worlds.results[0].rows)
    plausible = result.worlds.plausible
    said = {
        "worlds": speak.counted("terms.twins", worlds),
        "settings": speak.counted("terms.in_settings", result.worlds.settings) if plausible else "",
        "looks": speak.decimal(len(result.looks), 0),
    }
    confidence = confidence_text(result.pairs[0].confidence, speak)
    sentences = [
        speak(f"verdict.stopped.{result.stopped}", **said),
        speak("verdict.intervals" if len(result.planned) > 1 else "verdict.intervals_one", confidence=confidence),
    ]
    sentences += counted_fit(result.worlds.twins[0], speak)
    sentences += [_saved(one, result, speak) for one in result.pairs]
    return " ".join(sentences)


def confidence_text(confidence: float, speak: Speaker) -> str:
    """Return the confidence of an interval in percent without the sign, ``98.75``."""
    return speak.exact(round(100 * confidence, 2))


def _saved(comparison: Comparison, result: Compared, speak: Speaker) -> str:
    """Return what the twin worlds saved for a pair, also where it was a loss."""
    saved = comparison.variance_saved
    against = scenario_names(comparison.scenarios, speak)[1]
    if not math.isfinite(saved):
        return speak("verdict.saved_all" if saved > 0 else "verdict.saved_unknown", against=against)
    form = "saved" if saved >= 1 else "saved_loss"
    return speak(f"verdict.{form}", times=speak.decimal(saved, 0 if saved >= MANY_TIMES else 1), against=against)


def share_ahead(row: OutcomeComparison, index: int, share: float) -> float:
    """Return the share in which scenario ``index`` (0 or 1) is better, from that in which the second has more."""
    more_is_better = row.measure.higher_is_better is not False
    return share if (index == 1) == more_is_better else 1.0 - share


def counts_ahead(row: OutcomeComparison, index: int) -> Iterator[tuple[str, int]]:
    """Yield in how many of 100 ``worlds``, and of 100 ``settings``, scenario ``index`` is better, where that is known."""
    for name, share in (("worlds", row.share_worlds), ("settings", row.share_settings)):
        if math.isfinite(share):
            yield name, whole_of_hundred(share_ahead(row, index, share))


def is_same(row: OutcomeComparison) -> bool:
    """Whether the outcome is the same in all twin worlds."""
    return row.low == row.high == 0.0


def is_relevant(row: OutcomeComparison) -> bool:
    """Whether the whole interval lies beyond the smallest relevant difference."""
    return row.low > row.smallest_relevant or row.high < -row.smallest_relevant


def index_ahead(row: OutcomeComparison) -> int:
    """Return the index of the scenario, 0 or 1, that is better in more twin worlds."""
    return 1 if share_ahead(row, 1, row.share_worlds) >= 0.5 else 0


def _counts(row: OutcomeComparison, index: int, settings: int, speak: Speaker) -> str:
    worlds = speak.of_hundred(share_ahead(row, index, row.share_worlds))
    if settings < 2 or not math.isfinite(row.share_settings):
        return speak("verdict.worlds", worlds=worlds)
    among = speak.of_hundred(share_ahead(row, index, row.share_settings))
    return speak("verdict.worlds_and_settings", worlds=worlds, settings=among)


def _amount(comparison: Comparison, ahead: int, speak: Speaker) -> str:
    """Return the measure with its difference, of the second scenario to the first as everywhere.

    Both are named where the first one is ``ahead``, as the sentence then begins with it.
    """
    row = comparison.primary
    names = scenario_names(comparison.scenarios, speak)
    measure = speak.label(row.measure.label)
    named = measure if ahead else speak("verdict.of_second", first=names[0], second=names[1], measure=measure)
    what = speak("verdict.what", measure=named, difference=difference_text(row.difference, row.measure, speak))
    if not math.isfinite(row.low):
        return what
    interval = cell_range(row.low, row.high, row.measure, speak, signed=True)
    return speak(
        "verdict.amount", what=what, confidence=confidence_text(comparison.confidence, speak), interval=interval
    )


def _worse(comparison: Comparison, index: int, speak: Speaker) -> list[str]:
    from qsim.comparison.verdict import KEY_OUTCOMES

    rows = [row for name, row in comparison.outcomes.items() if name in KEY_OUTCOMES]
    return [speak.label(row.measure.label) for row in rows if row.is_clearly_worse(index)]
