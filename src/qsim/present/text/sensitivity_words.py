"""The words in which a sensitivity study is printed and drawn."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

SENSITIVITY = Wording(
    texts(
        title=("Was für „{measure}“ zählt: {scenario}, {date}", "What matters for “{measure}”: {scenario}, {date}"),
        rank=("Nr.", "No."),
        name=("Größe", "Dimension"),
        first=("allein", "alone"),
        total=("insgesamt", "in all"),
        over_time=("Anteil insgesamt über die Zeit", "Share in all over time"),
        interval=("95 %", "95%"),
        luck=("belegt", "above luck"),
        yes=("ja", "yes"),
        no=("nein", "no"),
        run=("im Lauf", "in the run"),
        note=(
            "Anteile an der Varianz zwischen {points} Punkten. allein: was die Größe für sich erklärt (Sobol, erste Ordnung); "
            "insgesamt: mit allen Wechselwirkungen. belegt: das ganze 95-%-Intervall liegt über der Rauschgrenze {floor}.",
            "Shares of the variance between {points} points. alone: what the dimension explains by itself (Sobol, first "
            "order); in all: with every interaction. above luck: the whole 95% interval lies above the noise floor {floor}.",
        ),
        note_no_luck=(
            "Anteile an der Varianz zwischen {points} Punkten. allein: was die Größe für sich erklärt (Sobol, erste Ordnung); "
            "insgesamt: mit allen Wechselwirkungen. Mit einem Lauf je Punkt ist die Rauschgrenze nicht bekannt.",
            "Shares of the variance between {points} points. alone: what the dimension explains by itself (Sobol, first "
            "order); in all: with every interaction. With one run a point the noise floor is not known.",
        ),
        pairs=("Paare, die mehr als ihre Summe sind, {date}", "Pairs that are more than their sum, {date}"),
        pair=("Paar", "Pair"),
        second=("zweite Ordnung", "second order"),
        said_luck=(
            "Zufall, {date}: {points} der Varianz einzelner Läufe kommen von den Größen, {everywhere} von Zufall, der überall "
            "gleich ist, {meeting} von Zufall, der vom Punkt abhängt.",
            "Luck, {date}: {points} of the variance of single runs come from the dimensions, {everywhere} from luck that is "
            "the same everywhere, {meeting} from luck that depends on the point.",
        ),
        said_change=(
            "Von {half} auf {all} Basispunkte ändert sich kein Index um mehr als {change}; Rangkorrelation {ranks}.",
            "From {half} to {all} base points no index changes by more than {change}; rank correlation {ranks}.",
        ),
        said_screen=(
            "Vorauswahl: {number} von {all} Größen haben einen Effekt über der Rauschgrenze ({trajectories} Pfade); Indizes "
            "haben die {top} wichtigsten.",
            "Screening: {number} of {all} dimensions have an effect above the noise floor ({trajectories} trajectories); the "
            "{top} most important have indices.",
        ),
        said_varied=(
            "{dimensions} Größen: Vorauswahl mit {trajectories} Pfaden, dann Indizes der {top} wichtigsten an {points} "
            "Basispunkten",
            "{dimensions} dimensions: screening with {trajectories} trajectories, then indices of the {top} most important "
            "from {points} base points",
        ),
        said_left_out=(
            "{number} Basispunkte blieben weg, weil das Ergebnis dort fehlt.",
            "{number} base points were left out because the outcome is missing there.",
        ),
        nothing=(
            "Das Ergebnis ist überall gleich: Keine Größe zählt.",
            "The outcome is the same everywhere: no dimension matters.",
        ),
        figure__title=(
            "Für „{measure}“ zählt am meisten: {first}",
            "What matters most for “{measure}”: {first}",
        ),
        figure__title_two=(
            "Für „{measure}“ zählen am meisten: {first} und {second}",
            "What matters most for “{measure}”: {first} and {second}",
        ),
        figure__subtitle=(
            "{scenario} – Anteil an der Varianz im {date}; rechts der Anteil insgesamt über die Zeit",
            "{scenario} – share of the variance in {date}; on the right the share in all over time",
        ),
        figure__subtitle_one=("{scenario} – Anteil an der Varianz", "{scenario} – share of the variance"),
        figure__axis=("Anteil an der Varianz", "Share of the variance"),
        figure__floor=("Rauschgrenze", "noise floor"),
        figure__note=(
            "Punkte mit 95-%-Intervall. Grau: was Zufall allein vortäuschen kann. {runs} an {points} Punkten; Modell, keine "
            "Prognose.",
            "Points with 95% interval. Grey: what luck alone can feign. {runs} at {points} points; a model, no forecast.",
        ),
    )
)
