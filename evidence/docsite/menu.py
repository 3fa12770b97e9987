"""The menus of both languages: in which order documents stand, and under which headings."""

from __future__ import annotations

from typing import Any

from qsim.present.words.languages import Language

Entry = dict[str, Any]
"""A heading with its pages, as the generator takes it."""
API = "python.md"
DECISIONS = "decisions/index.md"

LADDER = ("first_answer", "own_town", "own_experiment", "own_claim", "own_facts", "own_rule", "tables", "clients")
"""The tutorials, from the first step on."""

MENUS: dict[Language, dict[str, tuple[str, ...]]] = {
    "en": {
        "Start": ("index.md",),
        "Tutorials": tuple(f"tutorials/{name}.md" for name in ("index", *LADDER)),
        "Using qsim": (
            "install.md", "scenarios.md", "keys.md",
            "comparison.md", "levers.md", "advise.md", "explore.md", "site.md", "measures.md",
        ),
        "Studies": ("experiments.md", "sensitivity.md", "discovery.md", "claims.md", "cluster.md"),
        "Python": (API, "mesa.md", "own_rules.md"),
        "The model": (
            "odd_summary.md", "odd.md", "rules.md", "parameters.md", "settings.md", "fields.md", "submodels.md", "trace.md",
            "model_library.md",
        ),
        "Results": (
            "answers.md", "sensitivity_results.md", "demonstrations.md", "packages.md", "outside.md", "expectations.md",
            "ledger.md", "matrix.md", "population.md", "verdicts.md", "facts.md", "advice_truth.md",
        ),
        "For developers": (
            "contributing.md", "changelog.md", DECISIONS, "diff.md", "stability.md", "browser.md", "security.md",
        ),
    },
    "de": {
        "Anfang": ("index.md",),
        "Schritt für Schritt": tuple(f"tutorials/{name}.md" for name in ("index", *LADDER)),
        "Nachschlagen": ("keys.md",),
        "Ergebnisse": ("answers.md", "packages.md", "outside.md"),
    },
}  # fmt: skip

READERS: dict[Language, dict[str, str]] = {
    "en": {
        "Using qsim": "For advisors and researchers who compare scenarios.",
        "Studies": "For researchers who run scenarios by the thousand.",
        "Python": "For researchers who know some Python.",
        "The model": "For modellers and reviewers who check what the model does.",
        "Results": "For advisors and researchers who want to know what came out.",
        "For developers": "For whoever works on qsim itself.",
    },
    "de": {
        "Nachschlagen": "Für alle, die Szenarien schreiben.",
        "Ergebnisse": "Für Beratung und Forschung: was herausgekommen ist.",
    },
}
"""For whom the pages under a heading are; start pages and tutorials say that by themselves."""
