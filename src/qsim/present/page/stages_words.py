"""The words of the part *from paper to joint practice* and of its outcome cards."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

PAPER = Wording(
    texts(
        title=("Vom Papier zur gemeinsamen Praxis", "From paper to joint practice"),
        lead=(
            "Eine Querschnittsaufgabe kommt in vier Stufen in der Verwaltung an. Entscheidend ist die letzte: was die Ämter "
            "gemeinsam umsetzen. Ämter können auch mehr tun, als zugesagt ist.",
            "A cross-cutting task reaches the administration in four stages. What counts is the last one: what departments "
            "do jointly. Departments may also do more than is promised.",
        ),
        tasks=(
            "Gezeigt ist das Mittel über die {number} Aufgaben: {tasks}.",
            "Shown is the mean over the {number} tasks: {tasks}.",
        ),
        note=(
            "Anteil an der vollen Aufgabe, {period}. Balken: Mittel. Linien: die mittleren 80 % von {runs}.",
            "Share of the full task, {period}. Bars: mean. Lines: the middle 80% of {runs}.",
        ),
        note_one=("Anteil an der vollen Aufgabe, {period}. Ein Lauf.", "Share of the full task, {period}. One run."),
        caption=(
            "Die vier Stufen: Mittel und Spanne der mittleren 80 % der Läufe",
            "The four stages: mean and range of the middle 80% of runs",
        ),
        stage=("Stufe", "Stage"),
        scenario=("Szenario", "Scenario"),
        mean=("Mittel", "Mean"),
        range=("Spanne", "Range"),
        cards=("Worauf es im Alltag ankommt", "What matters in daily work"),
        cards_terms=(
            "Umsetzungslücke: zugesagt, aber nicht umgesetzt. Bedarfslücke: nötig, aber nicht umgesetzt. Arbeitslast: alle "
            "Arbeit der Ämter im Verhältnis zu ihrer Arbeitszeit.",
            "Implementation gap: promised but not done. Gap to need: needed but not done. Workload: all work of the departments "
            "relative to their working time.",
        ),
        cards_pair=(
            "Unterschied heißt: „{second}“ gegenüber „{first}“. Die Punkte zählen, wie oft das genannte Szenario besser "
            "abschneidet; Gleichstand zählt halb. Bei Lücken, Arbeitslast und Stunden ist weniger besser.",
            "Difference means “{second}” against “{first}”. The dots count how often the scenario that is named does better; "
            "a tie counts half. Of gaps, workload and hours, less is better.",
        ),
        cards_several=(
            "In Klammern steht der Unterschied zu „{first}“.",
            "In brackets is the difference to “{first}”.",
        ),
        interval=("{confidence}-%-Intervall: {interval}", "{confidence}% interval: {interval}"),
        same=("gleich", "the same"),
        same_remark=("In allen Zwillingswelten dasselbe.", "The same in all twin worlds."),
        clear=("Ein Unterschied von Bedeutung.", "A difference that matters."),
        equal=(
            "Praktisch gleich (kleinste bedeutsame Differenz: {relevant}).",
            "Practically equal (smallest relevant difference: {relevant}).",
        ),
        leaning=(
            "Ein Unterschied, womöglich aber ohne Bedeutung (kleinste bedeutsame Differenz: {relevant}).",
            "A difference, but perhaps one that does not matter (smallest relevant difference: {relevant}).",
        ),
        open=(
            "Nicht entschieden: Das Intervall reicht auf beide Seiten.",
            "Not decided: the interval reaches to both sides.",
        ),
        better=("„{better}“ ist besser in", "“{better}” is better in"),
        ahead=("Knapp vorn liegt „{better}“ in", "Slightly ahead is “{better}” in"),
        few=("Zu wenige Läufe für ein Intervall.", "Too few runs for an interval."),
        missing=(
            "Das gibt es nur in: {scenarios}. Ein Vergleich entfällt.",
            "This exists only in: {scenarios}. There is nothing to compare.",
        ),
        missing_all=("Einen Vergleich gibt es hier nicht.", "There is nothing to compare here."),
        range_runs=("In 80 % der Läufe {range}.", "In 80% of the runs {range}."),
        worlds=("{number} von 100 Zwillingswelten (Zufall)", "{number} of 100 twin worlds (luck)"),
        settings=("{number} von 100 plausiblen Annahmen (Unwissen)", "{number} of 100 plausible settings (ignorance)"),
        details=("Alle Unterschiede zu „{first}“ im Einzelnen", "All differences to “{first}” in detail"),
        details_caption=("Unterschiede zu „{first}“", "Differences to “{first}”"),
        outcome=("Ergebnis", "Outcome"),
        difference=("Unterschied", "Difference"),
        interval_head=("Intervall", "Interval"),
        worlds_head=("Welten", "Worlds"),
        settings_head=("Annahmen", "Settings"),
        counts=(
            "Welten und Annahmen: in wie vielen von 100 das genannte Szenario mehr davon hat.",
            "Worlds and settings: in how many of 100 the scenario that is named has more of it.",
        ),
    )
)
