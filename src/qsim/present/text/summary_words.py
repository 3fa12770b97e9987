"""The sentences of the summary of a run in words."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

SUMMARY = Wording(
    texts(
        stages=(
            "In diesem Modell hat eine Verwaltung wie in „{scenario}“ {period} {commitment} der vollen Aufgabe "
            "zugesagt, {considered} berücksichtigt, {practice} umgesetzt und {joint_practice} gemeinsam umgesetzt.",
            "In this model, {period}, an administration as in “{scenario}” has promised {commitment} of the full task, "
            "considered {considered}, done {practice} and jointly done {joint_practice}.",
        ),
        period__one=("im letzten Monat", "in the last month"),
        period__other=("im Mittel der letzten {number} Monate", "on average over the last {number} months"),
        first_range=("{level} (in 80 % der Läufe {range})", "{level} (in 80% of the runs {range})"),
        next_range=("{level} ({range})", "{level} ({range})"),
        gap=(
            "Die Umsetzungslücke zwischen Zusage und Alltag ist im {month} mit {peak} am größten und liegt am Ende bei "
            "{end} (Median der Läufe).",
            "The implementation gap between promise and daily work is largest in {month} with {peak} and is {end} at "
            "the end (median of runs).",
        ),
        gap_at_end=(
            "Die Umsetzungslücke zwischen Zusage und Alltag ist am Ende mit {end} am größten (Median der Läufe).",
            "The implementation gap between promise and daily work is largest at the end with {end} (median of runs).",
        ),
        no_gap=(
            "Es gibt keine Umsetzungslücke, weil kaum etwas zugesagt ist.",
            "There is no implementation gap because hardly anything has been promised.",
        ),
        no_gap_done=(
            "Es gibt keine Umsetzungslücke, denn was zugesagt ist, ist umgesetzt.",
            "There is no implementation gap because what has been promised is done.",
        ),
        constraint=(
            "Am stärksten bremst {first} ({first_share} des ungedeckten Bedarfs), danach {second} ({second_share}).",
            "What holds practice back most is {first} ({first_share} of the unmet need), followed by {second} "
            "({second_share}).",
        ),
        constraint_alone=(
            "Gebremst wird die Praxis allein durch {first}.",
            "What holds practice back is {first} alone.",
        ),
        willingness=(
            "Zur Bereitschaft fehlt vor allem {part}.",
            "What willingness lacks most is {part}.",
        ),
        no_need=("Der Bedarf ist gedeckt; nichts bremst.", "The need is met; nothing holds practice back."),
        funding=(
            "Mit dem Ende der Förderung (in {count}) sind {at_end} umgesetzt, {months} Monate später {later}.",
            "When funding ends (in {count}), {at_end} is done; {months} months later it is {later}.",
        ),
        hours=(
            "In die Aufgabe fließen im Mittel {hours} Arbeitsstunden; davon tragen {payers}.",
            "On average {hours} hours of work go into the task, paid by {payers}.",
        ),
        payer__department=("die Ämter {share}", "departments {share}"),
        payer__commissioner=("die Beauftragten {share}", "commissioners {share}"),
        payer__leader=("die Leitung {share}", "leaders {share}"),
        payer__civil_society=("die Zivilgesellschaft {share}", "civil society {share}"),
        no_hours=("Für die Aufgabe wird keine Arbeitszeit aufgewandt.", "No hours are spent on the task."),
        all_runs=("allen Läufen", "all runs"),
        some_runs__one=("einem Lauf", "one run"),
        some_runs__other=("{number} Läufen", "{number} runs"),
    ),
    same=frozenset({"next_range"}),
)
