"""The words at the foot of the page: how to run it again, its data, how to cite it."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

SOURCE = Wording(
    texts(
        title=("Herkunft und Daten", "Where it comes from, and the data"),
        made=(
            "Erstellt mit qsim {version} (Python {python}, NumPy {numpy}, Numba {numba}). Startwert des Zufalls: {seed}.",
            "Made with qsim {version} (Python {python}, NumPy {numpy}, Numba {numba}). Seed of all random draws: {seed}.",
        ),
        command=("Der Befehl, der diese Zahlen noch einmal berechnet", "The command that gives these numbers again"),
        check=(
            "Prüfen, ob die Zahlen dieser Seite sich wieder ergeben (die Szenarien stehen vollständig in der Datei)",
            "Check whether the numbers of this page come out again (the file holds the scenarios in full)",
        ),
        outcomes=("Alle Ergebnisse als Tabelle (CSV)", "All outcomes as a table (CSV)"),
        settings=(
            "Ergebnisse je plausibler Annahme als Tabelle (CSV)",
            "Outcomes by plausible setting as a table (CSV)",
        ),
        scenario=("Szenario „{scenario}“ als Datei (YAML)", "Scenario “{scenario}” as a file (YAML)"),
        cite=("So zitieren", "How to cite"),
        citation=(
            "qsim (Version {version}): eine agentenbasierte Simulation dazu, wie Verwaltungen Querschnittsaufgaben aufnehmen. "
            "Grundlage: Forschungsbericht „Querschnittsaufgaben in der Stadtverwaltung“, IRS Dialog 2|2025.",
            "qsim (version {version}): an agent-based simulation of how public administrations take up cross-cutting tasks. "
            "Based on the research report on cross-cutting tasks in city administrations, IRS Dialog 2|2025.",
        ),
        kicker=("Vergleich in Zwillingswelten", "A comparison in twin worlds"),
        kicker_run=("Ein Szenario in vielen Läufen", "One scenario in many runs"),
        against=("{first} gegen {second}", "{first} against {second}"),
        several=("{number} Szenarien im Vergleich", "{number} scenarios compared"),
        subtitle=(
            "Wie weit kommt die Querschnittsaufgabe in den Alltag der Ämter?",
            "How far does the cross-cutting task get into the departments’ daily work?",
        ),
    )
)
