"""Where twins part, told in sentences that name what stands in the calendar then."""

from __future__ import annotations

from collections.abc import Sequence

from qsim.comparison.why.divergence import Divergence
from qsim.engine.marks import CalendarMark, calendar_marks
from qsim.present.text.explained import difference_text
from qsim.present.text.names import scenario_names
from qsim.present.words.speaker import Speaker
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text

Key = tuple[str, str, str]
"""Month, kind and label of a mark: what makes two marks the same."""


def divergence_text(found: Divergence | None, pair: Sequence[Scenario], speak: Speaker, run: int = 0) -> str:
    """Return where run ``run`` of two scenarios parts, and what the calendar has in that month.

    Where it has nothing then, the nearest mark is named that only one of the two has, as twins part over what comes, too.
    """
    told = difference_text(found, pair, run, speak)
    if found is None:
        return told
    month = found.month if found.month is not None else pair[0].start
    marks = [{_key(mark, speak): mark for mark in calendar_marks(scenario)} for scenario in pair]
    names = scenario_names(pair, speak)
    now = [key for key in {**marks[0], **marks[1]} if key[0] == month_text(month)]
    if now:
        said = speak.joined([_mark(key, marks, names, speak) for key in now])
        return f"{told} {speak('why.divergence.marks', marks=said)}"
    lone = [key for key in {**marks[0], **marks[1]} if (key in marks[0]) != (key in marks[1])]
    if not lone:
        return f"{told} {speak('why.divergence.none')}"
    nearest = min(lone, key=lambda key: abs(_absolute(key[0]) - month))
    owner = names[0] if nearest in marks[0] else names[1]
    when = speak.month(f"{nearest[0]}-01", full=True)
    near = speak("why.divergence.mark_near", label=nearest[2], month=when, scenario=owner)
    return f"{told} {speak('why.divergence.near', mark=near)}"


def _key(mark: CalendarMark, speak: Speaker) -> Key:
    return mark.month, mark.kind, speak.label(mark.label)


def _mark(key: Key, marks: Sequence[dict[Key, CalendarMark]], names: Sequence[str], speak: Speaker) -> str:
    if key in marks[0] and key in marks[1]:
        return speak("why.divergence.mark_both", label=key[2])
    owner = names[0] if key in marks[0] else names[1]
    return speak("why.divergence.mark_of", label=key[2], scenario=owner)


def _absolute(month: str) -> int:
    year, number = month.split("-")
    return 12 * int(year) + int(number) - 1
