"""The reference documents, written from the declarations: rules, parameters, fields, measures, claims, schemas, the map.

``python -m evidence.documents FOLDER`` writes them; ``make docs`` calls it for ``docs/``. Of the ODD+D document, which
has hand-written parts, only the generated regions are written.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from inspect import getdoc, getsource
from pathlib import Path
from pkgutil import iter_modules

from evidence.answers.answer import ANSWERS, read_answers
from evidence.answers.page import PAGES, answers_page
from evidence.documents import odd
from evidence.documents.archive import archive_documents
from evidence.documents.cards import ROOT, cards
from evidence.documents.house import house_picture
from evidence.documents.keys import PAGES as KEY_PAGES
from evidence.documents.keys import keys_document
from evidence.documents.ledger import ledger_document
from evidence.documents.levers import levers_document
from evidence.documents.markdown import prose, rule_heading, table
from evidence.documents.matrix import matrix_document
from evidence.documents.month import PICTURES, WORDS, month_picture
from evidence.documents.outside import outside_documents
from evidence.settings.page import settings_document
from evidence.words import speaker
from qsim.advice.lever import LEVERS, PRICES
from qsim.claims.checking import claims_schema
from qsim.claims.loading import read_claims
from qsim.claims.results import ClaimResult, Results, stored
from qsim.claims.rival_runs import Rivals
from qsim.claims.schema import CLAIMS, HELD_OUT, LATEST, roles_files
from qsim.claims.statements import load_roles
from qsim.files.json_schema import json_schema
from qsim.files.kinds import packaged
from qsim.files.messages import InputError
from qsim.measures.catalogue import OUTCOMES, SERIES, TASK_SERIES, Measure
from qsim.mechanisms.month import MONTH, RULES
from qsim.scenario.schema import SCENARIO
from qsim.sweep.schema import EXPERIMENT, experiment_schema
from qsim.world.fields import Field
from qsim.world.parameters import BEYOND, Coefficient, Parameter, Rule
from qsim.world.records import TABLES

ODD = "odd.md"
"""The document whose generated regions are written in place."""
RIVALS = "rivals.json"
"""The results of rival models, in the folder of claims."""
SEARCH = Path(__file__).parents[1] / "settings" / "latest.json"
"""What the last search for settings came to."""
NOTE = "<!-- Written by `make docs` from the declarations in the package; changes belong there. -->"
SAME_NAMES = (
    "A column has the same name in every language, also in a German CSV, so that programs can read it; the German CSV "
    "differs in its semicolons and decimal commas."
)


def reference_documents() -> dict[str, str]:
    """Return the text of every generated document, by its path in the folder of documents."""
    return {
        **claims_documents(),
        **answers_documents(),
        **outside_documents(),
        **archive_documents(ledger_records(), read_answers(packaged(EXPERIMENT.folder) / ANSWERS)),
        "images/house.svg": house_picture(),
        **{name: month_picture(language) for language, name in PICTURES.items()},
        "rules.md": rules_document(),
        "parameters.md": parameters_document(),
        "settings.md": settings_document(json.loads(SEARCH.read_text(encoding="utf-8")) if SEARCH.is_file() else None),
        "fields.md": fields_document(),
        "measures.md": measures_document(),
        "schema/scenario.json": json.dumps(json_schema(SCENARIO), ensure_ascii=False, indent=2) + "\n",
        "schema/claims.json": json.dumps(claims_schema(), ensure_ascii=False, indent=2) + "\n",
        "schema/experiment.json": json.dumps(experiment_schema(), ensure_ascii=False, indent=2) + "\n",
        "schema/levers.json": json.dumps(json_schema(LEVERS), ensure_ascii=False, indent=2) + "\n",
        "schema/prices.json": json.dumps(json_schema(PRICES), ensure_ascii=False, indent=2) + "\n",
        "levers.md": levers_document(),
        **{name: keys_document(language) for language, name in KEY_PAGES.items()},
    }


@cache
def claims_documents() -> dict[str, str]:
    """Return the matrix of statements and the ledger; nothing where there are no claims."""
    folder = packaged(CLAIMS.folder)
    if not folder.is_dir():
        return {}
    documents = {"matrix.md": matrix_document(read_claims(folder), load_roles(roles_files(folder)))}
    documents["ledger.md"] = ledger_document(ledger_records(), stored(folder / RIVALS, Rivals))
    return documents


def ledger_records() -> list[ClaimResult] | None:
    """Return the results of all claims, of those held out last; None where there are none."""
    folder = packaged(CLAIMS.folder)
    results = [found for name in (LATEST, HELD_OUT) if (found := stored(folder / name, Results)) is not None]
    return [one for found in results for one in found.claims] or None


@cache
def answers_documents() -> dict[str, str]:
    """Return the pages of the experiments, once ``make experiments FULL=1`` has run."""
    answers = read_answers(packaged(EXPERIMENT.folder) / ANSWERS)
    return {PAGES[language]: answers_page(answers, speaker(language)) for language in PAGES} if answers else {}


def write_documents(folder: Path) -> None:
    """Write all generated documents into a folder, and the generated regions of the ODD+D document if it is there.

    Raise ValueError, before anything is written, if the markers of the regions are wrong.
    """
    documents = reference_documents()
    if (folder / ODD).is_file():
        documents[ODD] = odd_document(folder)
    for name, text in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def odd_document(folder: Path) -> str:
    """Return the ODD+D document of a folder with its generated regions written anew; raise ValueError as filling does."""
    try:
        return odd.filled((folder / ODD).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{folder / ODD}: {error}") from None


def rules_document() -> str:
    """Return the rules of the month in their order, with their equations, what they read, write and draw."""
    parts = [
        "# The rules of the month",
        NOTE,
        "The rules run in this order, once a month. Each is one file in `src/qsim/mechanisms/` and can be switched off "
        "with `rules: {off: [name]}` in a scenario; the fields it writes then stay as they are. The first two entries "
        "draw the state a run starts from. Fields are explained in [fields.md](fields.md), parameters in "
        "[parameters.md](parameters.md).",
        f"![{WORDS['en'].title}]({PICTURES['en']})",
    ]
    for rule in RULES:
        parts += [f"## {rule_heading(rule)}", prose(_explanation(rule))]
        lists = (("Reads", rule.reads), ("Writes", rule.writes), ("Draws", rule.decisions))
        parts += [f"{word}: {', '.join(f'`{name}`' for name in names)}." for word, names in lists if names]
    return "\n\n".join(parts) + "\n"


def parameters_document() -> str:
    """Return all parameters by rule, with range, unit, labels, grade of evidence and source, and the fixed coefficients."""
    every = [parameter for rule in RULES for parameter in rule.parameters]
    grades = Counter(parameter.grade for parameter in every)
    counted = ", ".join(f"{grades[grade]} {grade}" for grade in ("report", "public figure", "literature", "assumption"))
    parts = [
        "# The parameters of the rules",
        NOTE,
        f"{len(every)} parameters, by the evidence for them: {counted}. A scenario changes one under "
        "`parameters: {rule: {name: value}}`, a command with `--set parameters.rule.name=value`. Every "
        "command draws all of them together, from [possible settings](settings.md), unless `--fixed` is given; the default is "
        "that of the central setting. A value may lie outside its plausible range: "
        f"shares from 0 to 1, others up to {BEYOND:g} times the farther end.",
    ]
    heads = ("name", "English", "Deutsch", "default", "plausible", "unit", "evidence", "source")
    for rule in RULES:
        if rule.parameters:
            rows = [_parameter_cells(parameter) for parameter in rule.parameters]
            parts += [f"## {rule_heading(rule)}", table(heads, rows)]
    parts += [
        "## What is fixed",
        "The other numbers that act in the rules, in drawing the start and in measuring. They are no parameters: no scenario "
        "changes them, and they are not drawn. Each is declared with its reason in the file named here.",
        table(("file", "name", "value", "unit", "reason"), list(_coefficient_cells())),
    ]
    return "\n\n".join(parts) + "\n"


def _coefficient_cells() -> Iterator[tuple[str, ...]]:
    for folder in ("world", "mechanisms", "measures"):
        package = import_module(f"qsim.{folder}")
        for found in iter_modules(package.__path__):
            module = import_module(f"{package.__name__}.{found.name}")
            declared = getsource(module)
            for name, value in vars(module).items():
                if isinstance(value, Coefficient) and f"\n{name} = Coefficient(" in declared:
                    yield f"`{folder}/{found.name}.py`", f"`{name}`", f"{value:g}", value.unit, value.reason


def fields_document() -> str:
    """Return the declared fields of all records."""
    parts = [
        "# The state of the world",
        NOTE,
        "One record an agent, in arrays named as below. *state* moves and may be written, *derived* is computed anew "
        "every month, *fixed* is set at the start, *index* refers to another record. Months are absolute: 12 times the "
        "year plus the month, January being 0. A field without a symbol stands in equations by its name.",
    ]
    heads = ("field", "symbol", "kind", "unit", "meaning", "English", "Deutsch")
    for name, fields in TABLES.items():
        parts += [f"## `{name}`", table(heads, [_field_cells(field) for field in fields])]
    return "\n\n".join(parts) + "\n"


def measures_document() -> str:
    """Return the columns of the tables of results."""
    heads = ("column", "unit", "English", "Deutsch", "better", "smallest relevant difference")
    tables: tuple[tuple[str, str, tuple[Measure, ...]], ...] = (
        ("runs", "One row a run. Columns named as one of `series` are its mean over the last twelve months.", OUTCOMES),
        ("series", "One row a run and month, the state after that month, over all tasks.", SERIES),
        ("series_tasks", "One row a run, month and task.", TASK_SERIES),
    )
    parts = ["# The columns of results", NOTE, SAME_NAMES]
    for name, text, measures in tables:
        parts += [f"## `{name}`", text, table(heads, [_measure_cells(measure) for measure in measures])]
    return "\n\n".join(parts) + "\n"


def _explanation(rule: Rule) -> str:
    home = "mechanisms" if rule in MONTH else "world"
    return getdoc(import_module(f"qsim.{home}.{rule.name}")) or ""


def _parameter_cells(p: Parameter) -> tuple[str, ...]:
    plausible = f"{p.low:g} to {p.high:g}"
    return (f"`{p.name}`", p.label_en, p.label_de, f"{p.default:g}", plausible, p.unit, p.grade, p.source)


def _field_cells(field: Field) -> tuple[str, ...]:
    symbol = f"`{field.symbol}`" if field.symbol else ""
    return f"`{field.name}`", symbol, field.kind, field.unit, field.meaning, field.label_en, field.label_de


def _measure_cells(measure: Measure) -> tuple[str, ...]:
    better = {True: "higher", False: "lower", None: ""}[measure.higher_is_better]
    relevant = "" if measure.smallest_relevant is None else f"{measure.smallest_relevant:g}"
    return f"`{measure.name}`", measure.unit, measure.label.en, measure.label.de, better, relevant


def main() -> None:
    """Write the documents into the folder that the command line names, and the cards; wrong markers are one line."""
    try:
        write_documents(Path(sys.argv[1]))
        for name, text in cards().items():
            (ROOT / name).write_text(text, encoding="utf-8")
    except (ValueError, InputError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
