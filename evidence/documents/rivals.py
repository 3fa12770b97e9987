"""The section on rival models of the claims ledger as a generated document."""

from __future__ import annotations

from evidence.documents.markdown import table
from evidence.words import ENGLISH
from qsim.claims.rival_runs import Rivals, only_full
from qsim.claims.variants import Model
from qsim.present.text.claims_table import COLUMNS, rival_rows, rival_sentences
from qsim.present.words.speaker import capital

EXPLAINED = """\
The same tests, with the same luck, in models that explain less: each is the full model with rules off, parameters or keys
of the scenario set. They are decided with fewer settings than above, so a few more stay unresolved. *No difference*: tests
passed that expect none; a model in which nothing moves passes them by itself. *Beyond the scorecard*: tests passed that the
additive scorecard does not give. What a rival passes as well as the full model does not speak for the full model."""


def rivals_section(rivals: Rivals) -> list[str]:
    """Return the section: the table, what only the full model passes, and a list a rival."""
    heads = [ENGLISH(f"claims.{name}") for name in COLUMNS]
    unique = only_full(rivals)
    named = f": {', '.join(f'`{name}`' for name in unique)}" if unique else ""
    parts = [
        f"## {ENGLISH('claims.rivals')}",
        "<!-- This section is from claims/rivals.json, which `make claims` writes, too. -->",
        EXPLAINED,
        table(heads, rival_rows(rivals, ENGLISH)),
        ENGLISH.counted("claims.only_full", len(unique), claims=named),
    ]
    for model in rivals.models:
        if model.says is not None:
            lines = [_changes(model), *rival_sentences(rivals, model.name, ENGLISH, "`")]
            parts += [f"### {capital(model.label.en)}", f"{model.says.en} ({model.source})",
                      "\n".join(f"- {line}" for line in lines)]  # fmt: skip
    return parts


def _changes(model: Model) -> str:
    """Return what is off or set in a rival."""
    values = {**model.parameters, **model.scenario}
    told = {name: value if isinstance(value, str) else ENGLISH.exact(value) for name, value in values.items()}
    names = [*model.off, *(f"{name} = {value}" for name, value in told.items())]
    return f"Off or set: {ENGLISH.joined(f'`{name}`' for name in names)}."
