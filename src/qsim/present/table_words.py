"""The titles, headings and notes of tables."""

from __future__ import annotations

from qsim.present.wording import Wording, texts

TABLES = Wording(
    texts(
        outcomes=("Ergebnisse: {scenario}", "Outcomes: {scenario}"),
        outcome=("Ergebnis", "Outcome"),
        mean=("Mittel", "Mean"),
        range=("10–90 %", "10–90%"),
        one_run=("Ein Lauf; eine Spanne braucht mehrere.", "One run; a range takes several."),
        over_runs=(
            "{runs}; in der Spanne liegen die mittleren 80 %.",
            "{runs}; the range holds the middle 80%.",
        ),
        comparison=("Vergleich: {second} gegenüber {first}", "Comparison: {second} against {first}"),
        difference=("Differenz", "Difference"),
        interval=("Intervall", "Interval"),
        worlds=("Welten", "Worlds"),
        settings=("Annahmen", "Settings"),
        first_second=("A = {first}; B = {second}; Differenz = B − A.", "A = {first}; B = {second}; difference = B − A."),
        counts=(
            "Welten: in wie vielen von 100 Zwillingswelten (Zufall) B über A liegt; Annahmen: in wie vielen von 100 "
            "plausiblen Annahmen (Unwissen). * = größer als die kleinste bedeutsame Differenz.",
            "Worlds: in how many of 100 twin worlds (luck) B is above A; settings: in how many of 100 plausible "
            "settings (ignorance). * = beyond the smallest relevant difference.",
        ),
        ledger=("Wer trägt wie viele Stunden wofür?", "Who pays how many hours for what?"),
        payer=("Wer", "Who"),
        activity=("Wofür", "For what"),
        hours=("Stunden", "Hours"),
        share=("Anteil", "Share"),
        total=("Summe", "Total"),
        others__one=("{number} weiterer Posten", "{number} other entry"),
        others__other=("{number} weitere Posten", "{number} other entries"),
        ledger_note=("Mittel je Lauf über die ganze Dauer.", "Mean per run over its whole duration."),
        no_hours=("Es werden keine Stunden aufgewandt.", "No hours are spent."),
        scenarios=("Szenarien", "Scenarios"),
        scenario=("Name", "Name"),
        label=("Was es zeigt", "What it shows"),
        constraint_departments=("Was die Ämter am häufigsten bremst", "What most often holds the departments back"),
        department=("Amt", "Department"),
        division=("Dezernat", "Division"),
        weight=("Gewicht", "Weight"),
        practice=("Praxis", "Practice"),
        before=("Bremse davor", "Before"),
        constraint=("Bremse", "Constraint"),
        months=("Monate", "Months"),
        departments_note=(
            "Praxis: am Ende. Monate: Anteil der Monate, in denen diese Bremse die häufigste ist.",
            "Practice: at the end. Months: share of months in which this constraint is the most frequent.",
        ),
        constraint_periods=("Was wann bremst", "What holds back when"),
        period=("Zeitraum", "Period"),
        need=("Ungedeckt", "Unmet"),
        periods_note=(
            "Anteile am ungedeckten Bedarf. Ungedeckt: Anteil des Bedarfs, den die Praxis nicht deckt.",
            "Shares of the unmet need. Unmet: share of the need that practice does not meet.",
        ),
        unit__share=("%", "%"),
        unit__hours=("Stunden", "hours"),
        unit__months=("Monate", "months"),
    ),
    same=frozenset({"scenario", "unit.share"}),
)
