"""What differs between two versions, in sentences and tables."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from qsim.comparison.verdict import PRIMARY
from qsim.diff.difference import Change, Difference, Judgement
from qsim.present.text.tables import add_numbers, new_table
from qsim.present.text.units import cell, cell_range, heading
from qsim.present.words.speaker import MISSING, Speaker

FEW = 10
"""Names that are told of many."""
MOST = 20
"""Rows of a table on the terminal; the page has all."""


def diff_text(found: Difference, speak: Speaker) -> str:
    """Return the sentence that follows from the numbers: whether any outcome moved by what anybody would notice."""
    both, moved = found.compared, found.moved
    said = {"scenarios": speak.counted("diff.scenarios", len(both))}
    if not both:
        return speak("diff.nothing", **said)
    if len(found.same) == len(both):
        return speak("diff.same", **said)
    if not moved and found.open:
        return speak("diff.open", outcomes=speak.counted("diff.outcomes", len(found.open)), **said)
    if not moved:
        return speak("diff.still", differ=speak.decimal(len(both) - len(found.same), 0), **said)
    first = moved[0]
    before, after = (cell(level, first.row.measure, speak) for level in first.row.levels)
    return speak(
        "diff.moved",
        outcomes=speak.counted("diff.outcomes", len(moved)),
        of=speak.decimal(len({one.scenario for one in moved}), 0),
        measure=heading(first.row.measure, speak),
        scenario=scenario_name(found, first.scenario, speak),
        before=before,
        after=after,
        **said,
    )


def other_sentences(found: Difference, speak: Speaker) -> list[str]:
    """Return how many verdicts and claims turned, what stands in one version only, and how it was run."""
    counted = {
        "verdicts": (sum(one.turned for one in found.verdicts), len(found.verdicts)),
        "claims_anew" if found.rerun else "claims_stored": (
            sum(one.turned for one in found.claims),
            sum(None not in (one.before, one.after) for one in found.claims),
        ),
    }
    sentences = (
        [speak("diff.also_open", number=speak.decimal(len(found.open), 0))] if found.moved and found.open else []
    )
    sentences += [
        speak(f"diff.{name}", turned=speak.decimal(turned, 0), all=speak.decimal(number, 0))
        for name, (turned, number) in counted.items()
        if number
    ]
    new, gone = ([one.id for one in found.claims if getattr(one, side) is None] for side in ("before", "after"))
    for version, scenarios, claims, none in zip(
        found.versions, (found.gone, found.new), (gone, new), (new, gone), strict=True
    ):
        names = [scenario_name(found, name, speak) for name in scenarios]
        if names:
            sentences.append(speak("diff.only_scenarios", version=version, names=_few(names, speak)))
        if len(none) == len(found.claims):
            sentences.append(speak("diff.no_claims", version=version))
        elif claims and len(claims) < len(found.claims):
            sentences.append(speak("diff.only_claims", version=version, names=_few(claims, speak)))
    effort = {"settings": speak.decimal(found.settings, 0), "before": found.versions[0], "after": found.versions[1]}
    return [*sentences, speak("diff.effort", **effort)]


def _few(names: Sequence[str], speak: Speaker) -> str:
    """Return names as a list, of many how many there are, too, and the first ones alone."""
    if len(names) <= FEW:
        return speak.joined(names)
    return speak("diff.few", number=speak.decimal(len(names), 0), names=", ".join(names[:FEW]))


def primary(found: Difference) -> list[Change]:
    """Return what is done jointly in each scenario."""
    return [one for one in found.changes if one.row.measure.name == PRIMARY]


def changes_table(
    found: Difference, rows: Sequence[Change], title: str, speak: Speaker, most: int | None = None
) -> Table:
    """Return a table of changes, a row each; of more than ``most`` the first ones and how many more there are."""
    note = speak("diff.note")
    if most is not None and len(rows) > most:
        note = speak("diff.rest", number=speak.decimal(len(rows) - most, 0))
    table = new_table(title, note, speak("diff.scenario"))
    table.add_column(speak("diff.outcome"), ratio=1)
    add_numbers(table, (speak(f"diff.{name}") for name in ("before", "after", "difference", "interval", "times")))
    for one in rows[:most]:
        row = one.row
        table.add_row(
            scenario_name(found, one.scenario, speak),
            heading(row.measure, speak),
            *(cell(level, row.measure, speak) for level in row.levels),
            cell(row.difference, row.measure, speak, signed=True),
            cell_range(row.low, row.high, row.measure, speak, signed=True),
            speak.decimal(one.size),
        )
    return table


def verdicts_table(found: Difference, speak: Speaker) -> Table:
    """Return the verdicts that turned."""
    table = new_table(speak("diff.verdicts_title"), names=speak("diff.pair"))
    for name in ("before", "after"):
        table.add_column(speak(f"diff.{name}"))
    for one in found.verdicts:
        if one.turned:
            names = [scenario_name(found, name, speak) for name in one.pair]
            pair = speak("source.against", first=names[1], second=names[0])
            table.add_row(pair, *(_judgement(each, names, speak) for each in (one.before, one.after)))
    return table


def _judgement(judged: Judgement, names: Sequence[str], speak: Speaker) -> str:
    verdict, better = judged
    name = speak(f"verdict.name.{verdict}")
    return name if better < 0 else f"{name}: {names[better]}"


def claims_table(found: Difference, speak: Speaker) -> Table:
    """Return the claims that turned."""
    table = new_table(speak("diff.claims_title"), names=speak("claims.claim"))
    for name in ("before", "after"):
        table.add_column(speak(f"diff.{name}"))
    for one in found.claims:
        if one.turned:
            outcomes = (_outcome(each, speak) for each in (one.before, one.after))
            table.add_row(f"{one.id}: {speak.label(one.text)}", *outcomes)
    return table


def _outcome(outcome: str | None, speak: Speaker) -> str:
    if outcome is None:
        return MISSING
    return speak(f"claims.{outcome}") if f"claims.{outcome}" in speak else outcome


def tables(found: Difference, speak: Speaker, most: int | None = None) -> list[Table]:
    """Return the tables that have a row: outcomes that moved, those that may have, verdicts and claims that turned."""
    every = (
        changes_table(found, found.moved, speak("diff.moved_title"), speak, most),
        changes_table(found, found.open, speak("diff.open_title"), speak, most),
        verdicts_table(found, speak),
        claims_table(found, speak),
    )
    return [table for table in every if table.row_count]


def scenario_name(found: Difference, name: str, speak: Speaker) -> str:
    """Return the label of a scenario; with its name where another has the same."""
    label = speak.label(found.labels[name])
    again = sum(speak.label(one) == label for one in found.labels.values()) > 1
    return f"{label} ({name})" if again else label
