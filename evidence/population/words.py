"""The words in which a population of municipalities is told: tables, figure and page."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

POPULATION = Wording(
    texts(
        measure__commitment=("zugesagt (auf dem Papier)", "promised (on paper)"),
        measure__considered=("berücksichtigt", "considered"),
        measure__majority=("von der Mehrheit der Ämter berücksichtigt", "considered by the majority of departments"),
        measure__belief=("geglaubte Wirkung (Sicht der Spitze)", "believed effect (the top’s own view)"),
        measure__practice=("umgesetzt", "done"),
        measure__joint_practice=("gemeinsam umgesetzt", "done jointly"),
        reading__paper=("ein Konzept ist beschlossen", "a concept is adopted"),
        reading__unit=("eine Stelle ist besetzt", "a post is filled"),
        reading__group=("ein ämterübergreifendes Format arbeitet", "a format across departments is at work"),
        reading__paper_or_structure=("Konzept oder Stelle oder Format", "concept or post or format"),
        reading__paper_and_structure=("Konzept, dazu Stelle oder Format", "concept, and a post or a format"),
        reading__paper_unit_group=("Konzept, Stelle und Format", "concept, post and format"),
        reading__paper_and_mayor=("Konzept, und die Spitze unterstützt es", "concept, and the mayor supports it"),
        levels_title=(
            "Anteil der Kommunen, die ein Niveau erreichen ({number} Kommunen, {date})",
            "Share of municipalities that reach a level ({number} municipalities, {date})",
        ),
        readings_title=(
            "Lesarten der Selbstauskunft, und was hinter ihnen steht",
            "Readings of the self-report, and what is behind them",
        ),
        what=("was", "what"),
        at_level=("ab {level}", "at least {level}"),
        level_of=("Niveau bei {share}", "level at {share}"),
        reading=("Wer ja sagen würde", "Who would say yes"),
        share=("Anteil", "share"),
        behind=("hinter dem Ja: umgesetzt", "behind the yes: done"),
        behind_joint=("hinter dem Ja: gemeinsam", "behind the yes: jointly"),
        without=("hinter dem Nein: umgesetzt", "behind the no: done"),
        sizes_title=("Nach Größe", "By size"),
        size=("Szenario", "scenario"),
        size__municipality=("alle Größen", "all sizes"),
        size__municipality_small=("klein", "small"),
        size__municipality_medium=("mittel", "medium"),
        size__municipality_large=("groß", "large"),
        number=("Kommunen", "municipalities"),
        with_paper=("mit Konzept", "with a concept"),
        with_unit=("mit besetzter Stelle", "with a filled post"),
        mean_done=("umgesetzt", "done"),
        mean_joint=("gemeinsam umgesetzt", "done jointly"),
        figure_title=(
            "{report} sagten es von sich; im Modell setzen {done} der Kommunen {level} der Aufgabe um, {joint} gemeinsam",
            "{report} said so of themselves; in the model {done} of the municipalities do {level} of the task, {joint} jointly",
        ),
        figure_subtitle=(
            "Anteil der {number} erfundenen Kommunen, die ein Niveau erreichen oder überschreiten, {date}",
            "Share of the {number} invented municipalities that reach a level or exceed it, {date}",
        ),
        figure_level=("Niveau: Anteil an der vollen Aufgabe", "Level: share of the full task"),
        figure_share=("Anteil der Kommunen", "Share of municipalities"),
        figure_survey=(
            "Selbstauskunft 2012: {report} von 228 Kommunen",
            "Self-report of 2012: {report} of 228 municipalities",
        ),
        figure_note=(
            "Linien: Anteile; Bänder: 95-%-Intervalle (Wilson). Eine Selbstauskunft ist keine Praxis; Niveaus sind "
            "Annahmen, keine Messungen. {disclaimer}.",
            "Lines: shares; bands: 95% intervals (Wilson). A self-report is not practice; levels are assumptions, not "
            "measurements. {disclaimer}.",
        ),
    )
)
