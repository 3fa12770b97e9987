"""The claims in the full model and in its rivals, for the terminal: a table of the models, and a paragraph a rival."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from qsim.claims.results import COUNTED, Count
from qsim.claims.rival_runs import (
    GroupCount,
    Rivals,
    groups_as_good,
    model_counts,
    not_rival,
    only_full,
    only_rival,
)
from qsim.claims.rivals import Model
from qsim.present.text.tables import new_table
from qsim.present.words.speaker import MISSING, Speaker

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS = ("model", "expected", "equivalences", "negligible", "opposite", "unresolved", "rivals_diagnostic",
           "rivals_held_out")  # fmt: skip


def rivals_table(rivals: Rivals, speak: Speaker) -> Table:
    """Return a row a model, the full one first, with the outcomes of its tests."""
    table = new_table(speak("claims.rivals"), speak("claims.rivals_note"))
    for name in COLUMNS:
        head = speak(f"claims.short.{name}" if name in COUNTED else f"claims.{name}")
        table.add_column(head, justify="left" if name == "model" else "right", no_wrap=name == "model")
    for row in rival_rows(rivals, speak):
        table.add_row(*row)
    return table


def rival_rows(rivals: Rivals, speak: Speaker) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each model, in the order of the columns."""
    for model in rivals.models:
        found = model_counts(rivals, model.name)
        yield (
            str(speak.label(model.label)),
            str(found.every.expected),
            _of(found.equivalences, speak),
            *(str(number) for number in (found.every.negligible, found.every.opposite, found.every.unresolved)),
            _of(found.diagnostic, speak),
            _of(found.held_out, speak),
        )


def rival_texts(rivals: Rivals, speak: Speaker) -> list[str]:
    """Return what only the full model passes, and a paragraph a rival."""
    texts = [speak.counted("claims.only_full", len(only_full(rivals)), claims="")]
    for model in rivals.models:
        if model.name in rivals.names:
            texts.append("\n".join([rival_text(model, speak), *rival_sentences(rivals, model.name, speak)]))
    return texts


def rival_text(model: Model, speak: Speaker) -> str:
    """Return what a rival says and where it is from."""
    assert model.says is not None
    return speak(
        "claims.rival",
        label=speak.label(model.label),
        says=speak.label(model.says),
        source=model.source,
    )


def changes_text(model: Model, speak: Speaker, mark: str = "") -> str:
    """Return what is off or set in a rival, each name between marks."""
    names = [*model.off, *(f"{name} = {_value(value, speak)}" for name, value in _values(model).items())]
    return speak("claims.rival_changes", changes=speak.joined([f"{mark}{name}{mark}" for name in names]))


def rival_sentences(rivals: Rivals, rival: str, speak: Speaker, mark: str = "") -> list[str]:
    """Return what a rival passes that the full model does not, how much it fails, and where it is as good."""
    more = only_rival(rivals, rival)
    names = speak.joined([f"{mark}{name}{mark}" for name in more])
    passes = speak.counted("claims.rival_passes", len(more), claims=names) if more else None
    good, sharp = groups_as_good(rivals, rival), groups_as_good(rivals, rival, diagnostic=True)
    return [
        passes or speak("claims.rival_passes_none"),
        speak.counted("claims.rival_fails", len(not_rival(rivals, rival))),
        _as_good("as_good", good, speak) if good else speak("claims.as_good_nowhere"),
        *([_as_good("as_good_diagnostic", sharp, speak)] if sharp else []),
    ]


def _as_good(name: str, groups: list[GroupCount], speak: Speaker) -> str:
    return speak.counted(f"claims.{name}", len(groups), groups=_groups(groups, speak))


def _groups(groups: list[GroupCount], speak: Speaker) -> str:
    texts = [
        speak("claims.group_counts", letter=one.letter, rival=str(one.rival), full=str(one.full),
               tests=str(one.tests))
        for one in groups
    ]  # fmt: skip
    return speak.joined(texts)


def _of(found: Count | None, speak: Speaker) -> str:
    if found is None:
        return MISSING
    return speak("claims.of_tests", passed=str(found.expected), tests=str(found.tests))


def _values(model: Model) -> Mapping[str, str | float]:
    return {**model.parameters, **model.scenario}


def _value(value: str | float, speak: Speaker) -> str:
    return value if isinstance(value, str) else speak.exact(value)
