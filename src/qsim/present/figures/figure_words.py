"""The statements, labels and notes of figures."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

FIGURES = Wording(
    texts(
        paper__title=(
            "Von 100 Teilen der Aufgabe sind {promised} zugesagt, {done} umgesetzt und {joint} gemeinsam umgesetzt",
            "Of 100 parts of the task, {promised} are promised, {done} are done and {joint} are jointly done",
        ),
        paper__title_several=(
            "Gemeinsam umgesetzt: am meisten in „{most}“ ({high}), am wenigsten in „{least}“ ({low})",
            "Jointly done: most in “{most}” ({high}), least in “{least}” ({low})",
        ),
        paper__title_even=(
            "Gemeinsam umgesetzt ist überall etwa gleich viel ({high})",
            "About as much is jointly done everywhere ({high})",
        ),
        paper__subtitle=(
            "{scenario} – vom Papier zur gemeinsamen Praxis, {period}",
            "{scenario} – from paper to joint practice, {period}",
        ),
        paper__subtitle_several=(
            "Vom Papier zur gemeinsamen Praxis: Anteil an der vollen Aufgabe, {period}",
            "From paper to joint practice: share of the full task, {period}",
        ),
        paper__axis=("Anteil an der vollen Aufgabe", "Share of the full task"),
        period__one=("letzter Monat", "last month"),
        period__other=("Mittel der letzten {number} Monate", "mean of the last {number} months"),
        paper__note=(
            "Balken: Mittel. Linien: die mittleren 80 % von {runs}. {disclaimer}.",
            "Bars: mean. Lines: the middle 80% of {runs}. {disclaimer}.",
        ),
        paper__note_one=("Ein Lauf. {disclaimer}.", "One run. {disclaimer}."),
        gap__title=(
            "Die Umsetzungslücke ist im {month} mit {peak} am größten und liegt am Ende bei {end}",
            "The implementation gap is largest in {month} with {peak} and is {end} at the end",
        ),
        gap__title_at_end=(
            "Die Umsetzungslücke ist am Ende mit {end} am größten",
            "The implementation gap is largest at the end with {end}",
        ),
        gap__title_none=(
            "Es gibt keine Umsetzungslücke, weil kaum etwas zugesagt ist",
            "There is no implementation gap because hardly anything is promised",
        ),
        gap__title_done=(
            "Es gibt keine Umsetzungslücke, denn was zugesagt ist, ist umgesetzt",
            "There is no implementation gap because what is promised is done",
        ),
        gap__title_several=(
            "Am Ende ist die Umsetzungslücke in „{least}“ am kleinsten ({low}), in „{most}“ am größten ({high})",
            "At the end, the implementation gap is smallest in “{least}” ({low}), largest in “{most}” ({high})",
        ),
        gap__title_even=(
            "Die Umsetzungslücke ist am Ende überall etwa gleich groß ({high})",
            "At the end, the implementation gap is about the same everywhere ({high})",
        ),
        gap__subtitle=(
            "{scenario} – was zugesagt, aber nicht umgesetzt ist, als Anteil an der vollen Aufgabe",
            "{scenario} – what is promised but not done, as a share of the full task",
        ),
        gap__subtitle_several=(
            "Was zugesagt, aber nicht umgesetzt ist, als Anteil an der vollen Aufgabe",
            "What is promised but not done, as a share of the full task",
        ),
        gap__axis=("Umsetzungslücke", "Implementation gap"),
        gap__note_one=("Ein Lauf. {disclaimer}.", "One run. {disclaimer}."),
        gap__note=(
            "Linie: Median. Band: die mittleren 80 % von {runs}. {disclaimer}.",
            "Line: median. Band: the middle 80% of {runs}. {disclaimer}.",
        ),
        median=("Median", "median"),
        middle=("80 % der Läufe:", "80% of the runs:"),
        calendar=("Kalender", "Calendar"),
        only=("{label} (nur {scenario})", "{label} (only {scenario})"),
        around=("um {month}", "about {month}"),
        heat__title=(
            "Am Ende ist die Praxis am weitesten in: {most} ({high}); die Hälfte der Ämter liegt unter {median}",
            "At the end, practice is furthest in: {most} ({high}); half the departments are below {median}",
        ),
        heat__title_one=("Am Ende ist die Praxis bei {high} ({most})", "At the end, practice is at {high} ({most})"),
        heat__subtitle=(
            "{scenario} – was die Ämter im Alltag umsetzen, als Anteil an der vollen Aufgabe",
            "{scenario} – what the departments do in their daily work, as a share of the full task",
        ),
        heat__of_task=("{scenario} – {task}", "{scenario} – {task}"),
        heat__end=("Ende", "End"),
        heat__colours=("Praxis", "Practice"),
        heat__note=(
            "Je Dezernat nach Relevanz mal Personal geordnet. Mittel von {runs}. {disclaimer}.",
            "In each division by relevance times staff. Mean of {runs}. {disclaimer}.",
        ),
        heat__note_one=(
            "Je Dezernat nach Relevanz mal Personal geordnet. Ein Lauf. {disclaimer}.",
            "In each division by relevance times staff. One run. {disclaimer}.",
        ),
        heat__copies=("{department} ({number}×)", "{department} ({number}×)"),
        constraint__title=(
            "Über die ganze Zeit bremst vor allem {first} ({share} des ungedeckten Bedarfs)",
            "Over the whole time, what holds practice back most is {first} ({share} of the unmet need)",
        ),
        constraint__title_none=(
            "Der Bedarf ist gedeckt; nichts bremst",
            "The need is met; nothing holds practice back",
        ),
        constraint__title_several=("Was die Praxis bremst, im Vergleich", "What holds practice back, compared"),
        constraint__subtitle=(
            "{scenario} – was die Praxis bremst, als Anteil am ungedeckten Bedarf",
            "{scenario} – what holds practice back, as a share of the unmet need",
        ),
        constraint__subtitle_several=("Anteil am ungedeckten Bedarf", "Share of the unmet need"),
        constraint__note_one=("Ein Lauf. {disclaimer}.", "One run. {disclaimer}."),
        constraint__note=("Mittel von {runs}. {disclaimer}.", "Mean of {runs}. {disclaimer}."),
    ),
    same=frozenset({"heat.of_task", "heat.copies"}),
)
