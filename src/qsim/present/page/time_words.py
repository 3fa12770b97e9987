"""The words of the part *over time*: curves, the calendar, and which departments gain or lose."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

TIME = Wording(
    texts(
        title=("Im Verlauf der Zeit", "Over time"),
        lead=(
            "Bis ein Szenario wirkt, vergehen oft Jahre. Die Ziffern über den Kurven verweisen auf den Kalender; durchgezogene "
            "Linien sind Krisen.",
            "It often takes years until a scenario shows an effect. The numbers above the curves refer to the calendar; "
            "solid lines are crises.",
        ),
        lead_plain=(
            "Bis ein Szenario wirkt, vergehen oft Jahre.",
            "It often takes years until a scenario shows an effect.",
        ),
        joint=(
            "Gemeinsam umgesetzt ist am Anfang {start}, am Ende {end}",
            "Jointly done is {start} at the start, {end} at the end",
        ),
        joint_several=(
            "Gemeinsam umgesetzt ist am Ende am meisten in „{most}“ ({high}), am wenigsten in „{least}“ ({low})",
            "At the end, most is jointly done in “{most}” ({high}), least in “{least}” ({low})",
        ),
        joint_even=(
            "Gemeinsam umgesetzt ist am Ende überall etwa gleich viel ({range})",
            "At the end, about as much is jointly done everywhere ({range})",
        ),
        joint_none=("Über gemeinsame Umsetzung ist nichts bekannt", "Nothing is known of joint practice"),
        curve_alt=(
            "{scenario}: am Anfang {start}, am Ende {end}, am höchsten im {month} mit {peak}.",
            "{scenario}: {start} at the start, {end} at the end, highest in {month} with {peak}.",
        ),
        curve_alt_none=("{scenario}: keine Werte.", "{scenario}: no values."),
        curve_alt_head=(
            "Kurven vom {first} bis {last}, Median der Läufe.",
            "Curves, {first} to {last}, median of runs.",
        ),
        curve_note=(
            "Anteil an der vollen Aufgabe. Linie: Median. Band: die mittleren 80 % von {runs}.",
            "Share of the full task. Line: median. Band: the middle 80% of {runs}.",
        ),
        curve_note_many=(
            "Anteil an der vollen Aufgabe. Linie: Median von {runs}. Die Spannen stehen in der Tabelle.",
            "Share of the full task. Line: median of {runs}. The ranges are in the table.",
        ),
        curve_note_one=("Anteil an der vollen Aufgabe. Ein Lauf.", "Share of the full task. One run."),
        joint_caption=(
            "Gemeinsam umgesetzt: Median und Spanne der mittleren 80 % der Läufe",
            "Jointly done: median and range of the middle 80% of runs",
        ),
        gap_caption=(
            "Umsetzungslücke: Median und Spanne der mittleren 80 % der Läufe",
            "Implementation gap: median and range of the middle 80% of runs",
        ),
        month=("Monat", "Month"),
        calendar=("Kalender", "Calendar"),
        calendar_entry=("{number} · {month}", "{number} · {month}"),
        departments=("Welche Ämter gewinnen, welche verlieren", "Which departments gain, which lose"),
        gains__better=(
            "{better} von {all} Ämtern setzen in „{second}“ verlässlich mehr um, keines weniger; am meisten gewinnen {most}",
            "{better} of {all} departments reliably do more in “{second}”, none does less; most is gained by {most}",
        ),
        gains__worse=(
            "{worse} von {all} Ämtern setzen in „{second}“ verlässlich weniger um, keines mehr; am meisten verlieren {most}",
            "{worse} of {all} departments reliably do less in “{second}”, none does more; most is lost by {most}",
        ),
        gains__both=(
            "In „{second}“ setzen von {all} Ämtern {better} verlässlich mehr um und {worse} weniger; am meisten gewinnen {most}",
            "In “{second}”, {better} of {all} departments reliably do more and {worse} do less; most is gained by {most}",
        ),
        gains__none=(
            "In „{second}“ setzt keines von {all} Ämtern verlässlich mehr oder weniger um",
            "In “{second}”, none of {all} departments reliably does more or less",
        ),
        gains__same=(
            "Alle {all} Ämter setzen in „{second}“ genauso viel um wie in „{first}“",
            "All {all} departments do as much in “{second}” as in “{first}”",
        ),
        gains__task=("; Aufgabe: {task}", "; task: {task}"),
        gains__alt=(
            "Unterschied der Praxis je Amt in Prozentpunkten, „{second}“ gegenüber „{first}“: {gains}.",
            "Difference in practice by department in percentage points, “{second}” against “{first}”: {gains}.",
        ),
        gains__note__one=(
            "Unterschied in Prozentpunkten, letzte zwölf Monate. Kreis: mehr; Quadrat: weniger. Linie: die mittleren 80 % der "
            "Unterschiede; verlässlich heißt, dass sie ganz auf einer Seite liegt. Gezeigt ist {number} von {all} Ämtern.",
            "Difference in percentage points, last twelve months. Circle: more; square: less. Line: the middle 80% of "
            "the differences; reliably means that all of it lies on one side. Shown is {number} of {all}.",
        ),
        gains__note__other=(
            "Unterschied in Prozentpunkten, letzte zwölf Monate. Kreis: mehr; Quadrat: weniger. Linie: die mittleren 80 % der "
            "Unterschiede; verlässlich heißt, dass sie ganz auf einer Seite liegt. "
            "Gezeigt sind die {number} größten Unterschiede; die Tabelle hat alle {all} Ämter.",
            "Difference in percentage points, last twelve months. Circle: more; square: less. Line: the middle 80% of "
            "the differences; reliably means that all of it lies on one side. "
            "Shown are the {number} largest differences; the table has all {all} departments.",
        ),
        gains__caption=(
            "Praxis der Ämter in den letzten zwölf Monaten: Anteil an der vollen Aufgabe, Unterschied in Prozentpunkten",
            "Practice of departments in the last twelve months: share of the full task, difference in percentage points",
        ),
        gains__difference=("Unterschied", "Difference"),
        gains__range=("mittlere 80 %", "middle 80%"),
        gains__further=(
            "Die Ämter im Vergleich von „{first}“ und „{second}“",
            "The departments in “{first}” and “{second}”",
        ),
        no_gains=(
            "Die Szenarien haben kein Amt gemeinsam, das die Aufgabe betrifft.",
            "The scenarios share no department that the task concerns.",
        ),
    ),
    same=frozenset({"calendar_entry"}),
)
