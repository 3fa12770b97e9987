"""The titles, headings and notes of tables."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

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
        comparison=("Vergleich. A: {first}; B: {second}", "Comparison. A: {first}; B: {second}"),
        same=("gleich", "same"),
        interval=("Intervall", "Interval"),
        worlds=("Welten", "Worlds"),
        settings=("Annahmen", "Settings"),
        counts=(
            "Welten: in wie vielen von 100 Zwillingswelten (Zufall) B über A liegt; Annahmen: in wie vielen von 100 "
            "plausiblen Annahmen (Unwissen).",
            "Worlds: in how many of 100 twin worlds (luck) B is above A; settings: in how many of 100 plausible "
            "settings (ignorance).",
        ),
        beyond=(
            "* = das ganze Intervall liegt jenseits der kleinsten bedeutsamen Differenz.",
            "* = the whole interval lies beyond the smallest relevant difference.",
        ),
        left_out__one=("{number} weiteres Ergebnis ohne *.", "{number} other outcome without *."),
        left_out__other=("{number} weitere Ergebnisse ohne *.", "{number} other outcomes without *."),
        ledger=("Wer trägt wie viele Stunden wofür?", "Who pays how many hours for what?"),
        payer=("Wer", "Who"),
        activity=("Wofür", "For what"),
        hours=("Stunden", "Hours"),
        share=("Anteil", "Share"),
        total=("Summe", "Total"),
        payers=("Wer trägt die meisten Stunden?", "Who pays most hours?"),
        mainly=("Vor allem für", "Mainly for"),
        others__one=("{number} weitere Stelle", "{number} other"),
        others__other=("{number} weitere Stellen", "{number} others"),
        ledger_note=(
            "Stunden je Lauf über die ganze Dauer, im Mittel.",
            "Hours per run over its whole duration, on average.",
        ),
        no_hours=("Es werden keine Stunden aufgewandt.", "No hours are spent."),
        scenarios=("Szenarien", "Scenarios"),
        scenario=("Name", "Name"),
        label=("Was es zeigt", "What it shows"),
        constraint_departments=("Was die Ämter am häufigsten bremst", "What most often holds the departments back"),
        department=("Amt", "Department"),
        weight=("Gewicht", "Weight"),
        practice=("Praxis", "Practice"),
        constraint=("Engpass", "Constraint"),
        months=("Häufigkeit", "Frequency"),
        departments_note=(
            "Gewicht: Relevanz mal Personal. Praxis: am Ende. Engpass: der häufigste über Monate und Läufe.",
            "Weight: relevance times staff. Practice: at the end. Constraint: the most frequent over months and runs.",
        ),
        constraint_periods=("Was wann bremst", "What holds back when"),
        period=("Zeitraum", "Period"),
        need=("Ungedeckt", "Unmet"),
        periods_note=(
            "Anteile am ungedeckten Bedarf. Ungedeckt: Anteil des Bedarfs, den die Praxis nicht deckt.",
            "Shares of the unmet need. Unmet: share of the need that practice does not meet.",
        ),
        profile=("Wo die Zeit bleibt: {scenario}", "Where the time goes: {scenario}"),
        part=("Regel", "Rule"),
        microseconds=("µs je Monat", "µs a month"),
        share_of_month=("Monatsanteil", "Share of month"),
        share_of_run=("Laufanteil", "Share of run"),
        milliseconds=("ms je Lauf", "ms a run"),
        month_start=("Monatsbeginn", "Start of the month"),
        measuring=("Messen", "Measuring"),
        building=("Welt aufbauen", "Building the world"),
        run_outcomes=("Ergebnisse des Laufs", "Outcomes of the run"),
        profile_note=(
            "Ein Lauf allein ({months} Monate, ein Thread) dauert als Ganzes {run} ms; die Teile ergeben {share} davon.",
            "A run alone ({months} months, one thread) takes {run} ms as a whole; the parts add up to {share} of that.",
        ),
        ranking=("Rangfolge nach: {measure}", "Ranked by: {measure}"),
        ranking_note=(
            "Am besten: in wie vielen von 100 plausiblen Annahmen. Einbuße: um wie viel schlechter als das jeweils Beste, im "
            "Mittel und in neun von zehn Annahmen höchstens.",
            "Best: in how many of 100 plausible settings. Regret: how much worse than the best in each setting, on average "
            "and at most in nine of ten settings.",
        ),
        best=("Am besten", "Best"),
        regret=("Einbuße", "Loss"),
        regret_high=("höchstens", "at most"),
        of_task=("{title} – {task}", "{title} – {task}"),
    ),
    same=frozenset({"scenario", "of_task"}),
)
