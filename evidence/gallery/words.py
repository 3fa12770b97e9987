"""The words of the page that leads to the comparisons of the gallery: their questions, and how to go there."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

GALLERY = Wording(
    texts(
        title=("Vier Vergleiche", "Four comparisons"),
        subtitle=(
            "Was hilft einer Querschnittsaufgabe in den Alltag der Ämter?",
            "What helps a cross-cutting task into the departments’ daily work?",
        ),
        kicker=("Beispiele", "Examples"),
        here=("Diese Seite auf Deutsch", "This page in English"),
        read=("Den ganzen Vergleich lesen", "Read the whole comparison"),
        about=("Was diese Seiten sind", "What these pages are"),
        model=(
            "Gerechnet ist mit einem Modell nach dem Forschungsbericht „Querschnittsaufgaben in der Stadtverwaltung“. Es zeigt, "
            "was unter genannten Annahmen zu erwarten wäre, und ist keine Prognose für eine Stadt.",
            "The numbers come from a model built on a German research report on cross-cutting tasks in city administrations. It "
            "shows what to expect under stated assumptions and is no forecast for any one city.",
        ),
        again=("Der Befehl, der alle Seiten noch einmal schreibt", "The command that writes all pages again"),
        position__title=("Wo die Beauftragte sitzt", "Where the commissioner sits"),
        position__question=(
            "Fünf Orte in der Verwaltung für dieselbe Beauftragte mit denselben Stellen: Sachgebiet, Fachdienst in der Linie, "
            "Stabsstelle, Stabsstelle mit eigener Leitung, Stellvertretung der Verwaltungsspitze.",
            "Five places in the administration for the same commissioner with the same posts: section, line unit, staff unit, "
            "staff unit with a head of its own, deputy mayor.",
        ),
        funding__title=("Förderung auf Zeit oder Dauerstellen", "Funding for a time or permanent posts"),
        funding__question=(
            "Zwei Stellen, die nach 24 Monaten entfallen, oder dieselben zwei Stellen auf Dauer.",
            "Two posts that end after 24 months, or the same two posts for good.",
        ),
        schwerin__title=("Schwerin: Stabsstelle oder Fachdienst", "Schwerin: staff unit or line unit"),
        schwerin__question=(
            "Eine Stadt wie Schwerin mit ihrem Fachdienst im Sozialdezernat, und dieselbe Stadt mit einer Stabsstelle.",
            "A city like Schwerin with its line unit in the division of social affairs, and the same city with a staff unit.",
        ),
        units__title=("Zwei Aufgaben in einer Hand oder getrennt", "Two tasks in one hand or apart"),
        units__question=(
            "Integration und Klimaanpassung in einer gemeinsamen Stabsstelle mit zwei Dauerstellen oder in zwei getrennten "
            "mit je einer.",
            "Integration and climate adaptation in one staff unit with two permanent posts, or in two with one each.",
        ),
    )
)
