"""The words in which the answers of experiments are told: page, tables and figures."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

ANSWERS = Wording(
    texts(
        title=("Die Experimente: Fragen und Antworten", "The experiments: questions and answers"),
        note=(
            "<!-- Aus experiments/answers/*.json, die `make experiments FULL=1` schreibt; nichts wird von Hand geändert. -->",
            "<!-- From experiments/answers/*.json, which `make experiments FULL=1` writes; nothing is by hand. -->",
        ),
        other=("[The same in English](answers.md).", "[Dasselbe auf Deutsch](answers.de.md)."),
        reading=(
            "Jede Erwartung steht mit den Aussagen des Berichts, aus denen sie folgt, in [expectations.md](expectations.md) und "
            "wurde vor dem Lauf festgehalten. *Ja* heißt: Das ganze 95-%-Intervall des Unterschieds liegt jenseits des kleinsten "
            "Unterschieds, auf den es ankommt; *kein relevanter Unterschied*: ganz innerhalb. Die Intervalle sind die des "
            "Zufalls über Zwillingswelten, bei Voreinstellung aller Parameter; was niemand weiß, ist nicht in ihnen "
            "([sensitivity.md](sensitivity.md)). Ein Modell, keine Prognose: Die Niveaus sind Annahmen, "
            "gelesen werden die Unterschiede.",
            "Each expectation stands, with the statements of the report it follows from, in [expectations.md](expectations.md) "
            "and was written down before the run. *Yes* means that the whole 95% interval of the difference lies beyond the "
            "smallest relevant difference; *no relevant difference* that it lies within. The intervals are those of luck over "
            "twin worlds, at the defaults of all parameters; what nobody knows is not in them "
            "([sensitivity.md](sensitivity.md)). A model, no forecast: levels are assumptions, differences are what to read.",
        ),
        counts=(
            "Von {all} Erwartungen kamen {expected} so heraus, {opposite} umgekehrt, bei {negligible} ist der Unterschied zu "
            "klein, um darauf zu bauen, und {unresolved} sind unentschieden.",
            "Of {all} expectations {expected} came out so, {opposite} the other way round, in {negligible} the difference is too "
            "small to matter, and {unresolved} are undecided.",
        ),
        sensitivity=(
            "Das zwölfte Experiment, die Empfindlichkeit gegenüber allem, was niemand weiß, steht in "
            "[sensitivity.md](sensitivity.md).",
            "The twelfth experiment, the sensitivity to everything that nobody knows, stands in "
            "[sensitivity.md](sensitivity.md).",
        ),
        question=("**Frage.** {text}", "**Question.** {text}"),
        answer=("**Antwort.** {text}", "**Answer.** {text}"),
        run=(
            "[{file}](../experiments/{file}): {runs} Läufe ({scenarios} × {points} × {replications} Wiederholungen), "
            "Startwert {seed}.",
            "[{file}](../experiments/{file}): {runs} runs ({scenarios} × {points} × {replications} replications), "
            "seed {seed}.",
        ),
        scenarios__one=("{number} Szenario", "{number} scenario"),
        scenarios__other=("{number} Szenarien", "{number} scenarios"),
        points__one=("{number} Punkt", "{number} point"),
        points__other=("{number} Punkte", "{number} points"),
        expectations=("Erwartungen:", "Expectations:"),
        line=("- {id}. {text} {verdict}{statements}", "- {id}. {text} {verdict}{statements}"),
        head_line=("{text} {verdict}", "{text} {verdict}"),
        verdict=("**{word}** ({numbers}).", "**{word}** ({numbers})."),
        word__expected=("Ja, wie erwartet", "Yes, as expected"),
        word__negligible=("Nein, kein relevanter Unterschied", "No, there is no relevant difference"),
        word__opposite=("Nein, es ist umgekehrt", "No, it is the other way round"),
        word__different=("Nein, es gibt einen Unterschied", "No, there is a difference"),
        word__unresolved=("Unentschieden", "Undecided"),
        numbers=(
            "{outcome}: {more} gegen {less}, Unterschied {effect}, {low} bis {high}",
            "{outcome}: {more} against {less}, difference {effect}, {low} to {high}",
        ),
        numbers_beyond=(
            "{outcome}: Unterschied {first} gegen {second}, also {effect}, {low} bis {high}",
            "{outcome}: difference {first} against {second}, that is {effect}, {low} to {high}",
        ),
        points_of=("{number} Punkte", "{number} points"),
        table=(
            "{outcome}{when}, Mittel ± halbe Breite des 95-%-Intervalls:",
            "{outcome}{when}, mean ± half the width of the 95% interval:",
        ),
        scenario=("Szenario", "scenario"),
        time=("Monat", "month"),
        subtitle=(
            "{outcome}; Mittel und 95-%-Intervall über {runs} Wiederholungen je Punkt",
            "{outcome}; mean and 95% interval over {runs} replications a point",
        ),
        subtitle_surface=(
            "{outcome} über die Zeit, Mittel über {runs} Wiederholungen je Punkt",
            "{outcome} over time, mean over {runs} replications a point",
        ),
        figure_note=(
            "Voreinstellung aller Parameter, {total} Läufe. Ein Modell, keine Prognose: Die Niveaus sind Annahmen.",
            "Defaults of all parameters, {total} runs. A model, no forecast: levels are assumptions.",
        ),
    ),
    same=frozenset({"line", "head_line", "verdict"}),
)
