"""Where twins part, told in sentences that name what stands in the calendar then."""

from __future__ import annotations

from collections.abc import Sequence

from qsim.comparison.why.divergence import Divergence
from qsim.engine.marks import CalendarMark, calendar_marks
from qsim.present.page.why_words import WHY
from qsim.present.text.explained import difference_text
from qsim.present.text.names import scenario_names
from qsim.present.text.numbers import month_name
from qsim.present.words.language import Language
from qsim.present.words.wording import joined
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text

Key = tuple[str, str, str]
"""Month, kind and label of a mark: what makes two marks the same."""


def divergence_text(found: Divergence | None, pair: Sequence[Scenario], language: Language, run: int = 0) -> str:
    """Return where run ``run`` of two scenarios parts, and what the calendar has in that month.

    Where it has nothing then, the nearest mark is named that only one of the two has, as twins part over what comes, too.
    """
    told = difference_text(found, pair, run, language)
    if found is None:
        return told
    month = found.month if found.month is not None else pair[0].start
    marks = [{_key(mark, language): mark for mark in calendar_marks(scenario)} for scenario in pair]
    names = scenario_names(pair, language)
    now = [key for key in {**marks[0], **marks[1]} if key[0] == month_text(month)]
    if now:
        said = joined([_mark(key, marks, names, language) for key in now], language)
        return f"{told} {WHY('parting.marks', language, marks=said)}"
    lone = [key for key in {**marks[0], **marks[1]} if (key in marks[0]) != (key in marks[1])]
    if not lone:
        return f"{told} {WHY('parting.none', language)}"
    nearest = min(lone, key=lambda key: abs(_absolute(key[0]) - month))
    owner = names[0] if nearest in marks[0] else names[1]
    when = month_name(f"{nearest[0]}-01", language, full=True)
    near = WHY("parting.mark_near", language, label=nearest[2], month=when, scenario=owner)
    return f"{told} {WHY('parting.near', language, mark=near)}"


def _key(mark: CalendarMark, language: Language) -> Key:
    return mark.month, mark.kind, mark.label.in_language(language)


def _mark(key: Key, marks: Sequence[dict[Key, CalendarMark]], names: Sequence[str], language: Language) -> str:
    if key in marks[0] and key in marks[1]:
        return WHY("parting.mark_both", language, label=key[2])
    owner = names[0] if key in marks[0] else names[1]
    return WHY("parting.mark_of", language, label=key[2], scenario=owner)


def _absolute(month: str) -> int:
    year, number = month.split("-")
    return 12 * int(year) + int(number) - 1
