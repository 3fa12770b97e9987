"""What to do when it is decided again, in words: what to add then, and whether a rule does better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qsim.present.text.advice_text import effect_text, labels_text
from qsim.present.text.units import in_percent, number_text, threshold_text
from qsim.present.words.speaker import Speaker
from qsim.runs.readings import MEASURES

if TYPE_CHECKING:
    from qsim.advice.advice import Advice, Condition


def again_text(advice: Advice, speak: Speaker) -> str:
    """Return what to do when it is decided again; that there is nothing to decide where too little of the run is left."""
    again = advice.again
    if again is None:
        return speak("advise.again.never")
    measure = advice.measure
    said = {"month": speak.month(f"{again.month}-01", full=True), "euro": speak.decimal(again.euro, 0),
            "relevant": threshold_text(advice.relevant, measure, speak)}  # fmt: skip
    first = speak("advise.again.ends", measures=labels_text(advice, again.ends, speak), **said) if again.ends else ""
    gain = again.effect
    if again.add and gain.low > 0:
        add = speak(
            "advise.again.add",
            measure=labels_text(advice, again.add, speak),
            effect=effect_text(advice, again, speak),
            **said,
        )
    else:
        add = speak("advise.again.nothing", **said)
    return " ".join([*([first] if first else []), add, _rule(advice, speak, said["relevant"])])


def _rule(advice: Advice, speak: Speaker, relevant: str) -> str:
    again = advice.again
    rule = None if again is None else again.rule
    if rule is None or again is None or not again.helps:
        return speak("advise.again.no_rule", relevant=relevant)
    sides = {name: labels_text(advice, ids, speak) if ids else speak("advise.again.no_more")
             for name, ids in (("then", rule.then), ("otherwise", rule.otherwise))}  # fmt: skip
    conditions = speak.joined([_condition(one, speak) for one in rule.conditions])
    return speak(
        "advise.again.rule", conditions=conditions, gain=threshold_text(rule.gain, advice.measure, speak), **sides
    )


def _condition(one: Condition, speak: Speaker) -> str:
    seen = MEASURES[one.measure]
    threshold = speak.level(one.threshold) if in_percent(seen.unit) else number_text(one.threshold, speak)
    return speak(
        f"advise.again.{'above' if one.above else 'at_most'}", measure=speak.label(seen.label), threshold=threshold
    )
