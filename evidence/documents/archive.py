"""The documents that journals and model libraries ask for: TRACE, a summary ODD, and a checklist; their numbers are counted."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import qsim
from evidence.answers.answer import Answer
from evidence.answers.page import counted
from evidence.documents.matrix import ORDER, kind_of, place_statements
from evidence.documents.odd import declared_number
from evidence.settings.patterns import PATTERNS
from evidence.words import ENGLISH
from qsim.claims.loading import read_claims
from qsim.claims.results import ClaimResult
from qsim.claims.schema import CLAIMS, roles_files
from qsim.claims.statements import load_roles
from qsim.engine.settings import FILE, read_ensemble
from qsim.files.kinds import packaged
from qsim.measures.catalogue import OUTCOMES, SERIES, TASK_SERIES
from qsim.mechanisms.month import MONTH, RULES
from qsim.present.text.claims_table import summary_lines
from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.scenario.structure import Administration
from qsim.sweep.schema import EXPERIMENT
from qsim.world.records import TABLES

FOLDER = Path(__file__).with_name("texts")
ROOT = FOLDER.parents[2]
NOTE = "<!-- Written by `make docs` from evidence/documents/texts; changes belong there. -->"
NAMES = ("trace.md", "odd_summary.md", "model_library.md")


def archive_documents(records: Sequence[ClaimResult] | None, answers: Sequence[Answer]) -> dict[str, str]:
    """Return the text of each document by its name; of claims and experiments that were not run, they say so.

    Raise KeyError for a number that a text names and nobody counts.
    """
    known = {**numbers(), **_results(records, answers)}
    return {name: template(name).format_map(known) for name in NAMES}


def template(name: str) -> str:
    """Return the text of a document with the names of its numbers in braces."""
    return (FOLDER / name).read_text(encoding="utf-8")


def numbers() -> dict[str, str]:
    """Return what the texts are filled with, but results: counts of what is declared and stored, by name."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    fields = [field for each in TABLES.values() for field in each]
    mutants = json.loads((ROOT / "tests" / "mutation" / "latest.json").read_text(encoding="utf-8"))
    url = project.get("urls", {}).get("Repository")
    counts = {
        "rules": len(MONTH),
        "starts": len(RULES) - len(MONTH),
        "fields": len(fields),
        "state": sum(field.kind == "state" for field in fields),
        "records": len(TABLES),
        "patterns": len(PATTERNS),
        "settings": len(read_ensemble(FILE).values),
        "measures": len({measure.name for measure in (*TASK_SERIES, *SERIES, *OUTCOMES)}),
        "scenarios": _files(packaged(SCENARIO.folder)),
        "experiments": _files(packaged(EXPERIMENT.folder)),
        "catalogue": len(load_catalogue().departments),
        "most_departments": int(declared_number(Administration, "departments").high),
        "most_months": int(declared_number(Scenario, "months").high),
        "tried": mutants["tried"],
        "noticed": mutants["noticed"],
        "unnoticed": mutants["tried"] - mutants["noticed"],
        "libraries": len(project["dependencies"]),
    }
    return {
        **{name: str(count) for name, count in counts.items()},
        **_evidence(),
        **_places(),
        "note": NOTE,
        "version": qsim.__version__,
        "licence": project["license"],
        "python": project["requires-python"],
        "schedule": ", ".join(rule.label_en.lower() for rule in MONTH),
        "address_met": "yes" if url else "no",
        "address": url or "no public repository is stated in `pyproject.toml` yet",
    }


def _evidence() -> dict[str, str]:
    grades = Counter(parameter.grade for rule in RULES for parameter in rule.parameters)
    return {
        **{grade.replace(" ", "_"): str(count) for grade, count in grades.items()},
        "parameters": str(grades.total()),
        "assumption_share": ENGLISH.percent(grades["assumption"] / grades.total()),
    }


def _places() -> dict[str, str]:
    folder = packaged(CLAIMS.folder)
    found = Counter(kind_of(one) for one in place_statements(read_claims(folder), load_roles(roles_files(folder))))
    places = ", ".join(f"{found[kind]} {kind}" for kind in ORDER if found[kind])
    return {"statements": str(found.total()), "places": places}


def _results(records: Sequence[ClaimResult] | None, answers: Sequence[Answer]) -> dict[str, str]:
    claims = [f"- {line}" for line in summary_lines(records, ENGLISH)] if records else ["The ledger waits for its run."]
    return {
        "claims": "\n".join(claims),
        "answers": counted(answers, ENGLISH) if answers else "They have not been run at full size.",
    }


def _files(folder: Path) -> int:
    return sum(1 for _ in folder.glob("*.yaml"))
