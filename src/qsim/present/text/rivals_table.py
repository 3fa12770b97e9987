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
from qsim.present.text.claims_words import CLAIMS
from qsim.present.text.numbers import MISSING, exact
from qsim.present.text.tables import new_table
from qsim.present.words.language import Language
from qsim.present.words.wording import joined

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS = ("model", "expected", "equivalences", "negligible", "opposite", "unresolved", "rivals_diagnostic",
           "rivals_held_out")  # fmt: skip


def rivals_table(rivals: Rivals, language: Language) -> Table:
    """Return a row a model, the full one first, with the outcomes of its tests."""
    table = new_table(CLAIMS("rivals", language), CLAIMS("rivals_note", language))
    for name in COLUMNS:
        head = CLAIMS(f"short.{name}" if name in COUNTED else name, language)
        table.add_column(head, justify="left" if name == "model" else "right", no_wrap=name == "model")
    for row in rival_rows(rivals, language):
        table.add_row(*row)
    return table


def rival_rows(rivals: Rivals, language: Language) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each model, in the order of the columns."""
    for model in rivals.models:
        found = model_counts(rivals, model.name)
        yield (
            str(model.label.in_language(language)),
            str(found.every.expected),
            _of(found.equivalences, language),
            *(str(number) for number in (found.every.negligible, found.every.opposite, found.every.unresolved)),
            _of(found.diagnostic, language),
            _of(found.held_out, language),
        )


def rival_texts(rivals: Rivals, language: Language) -> list[str]:
    """Return what only the full model passes, and a paragraph a rival."""
    texts = [CLAIMS.counted("only_full", len(only_full(rivals)), language, claims="")]
    for model in rivals.models:
        if model.name in rivals.names:
            texts.append("\n".join([rival_text(model, language), *rival_sentences(rivals, model.name, language)]))
    return texts


def rival_text(model: Model, language: Language) -> str:
    """Return what a rival says and where it is from."""
    assert model.says is not None
    return CLAIMS(
        "rival",
        language,
        label=model.label.in_language(language),
        says=model.says.in_language(language),
        source=model.source,
    )


def changes_text(model: Model, language: Language, mark: str = "") -> str:
    """Return what is off or set in a rival, each name between marks."""
    names = [*model.off, *(f"{name} = {_value(value, language)}" for name, value in _values(model).items())]
    return CLAIMS("rival_changes", language, changes=joined([f"{mark}{name}{mark}" for name in names], language))


def rival_sentences(rivals: Rivals, rival: str, language: Language, mark: str = "") -> list[str]:
    """Return what a rival passes that the full model does not, how much it fails, and where it is as good."""
    more = only_rival(rivals, rival)
    names = joined([f"{mark}{name}{mark}" for name in more], language)
    passes = CLAIMS.counted("rival_passes", len(more), language, claims=names) if more else None
    good, sharp = groups_as_good(rivals, rival), groups_as_good(rivals, rival, diagnostic=True)
    return [
        passes or CLAIMS("rival_passes_none", language),
        CLAIMS.counted("rival_fails", len(not_rival(rivals, rival)), language),
        _as_good("as_good", good, language) if good else CLAIMS("as_good_nowhere", language),
        *([_as_good("as_good_diagnostic", sharp, language)] if sharp else []),
    ]


def _as_good(name: str, groups: list[GroupCount], language: Language) -> str:
    return CLAIMS.counted(name, len(groups), language, groups=_groups(groups, language))


def _groups(groups: list[GroupCount], language: Language) -> str:
    texts = [
        CLAIMS("group_counts", language, letter=one.letter, rival=str(one.rival), full=str(one.full),
               tests=str(one.tests))
        for one in groups
    ]  # fmt: skip
    return joined(texts, language)


def _of(found: Count | None, language: Language) -> str:
    if found is None:
        return MISSING
    return CLAIMS("of_tests", language, passed=str(found.expected), tests=str(found.tests))


def _values(model: Model) -> Mapping[str, str | float]:
    return {**model.parameters, **model.scenario}


def _value(value: str | float, language: Language) -> str:
    return value if isinstance(value, str) else exact(value, language)
