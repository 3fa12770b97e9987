"""The words in which boxes are told."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

DISCOVERY = Wording(
    texts(
        timed=("{outcome} ({time})", "{outcome} ({time})"),
        timed__whole_run=("{outcome} (Mittel des ganzen Laufs)", "{outcome} (mean of the whole run)"),
        timed__peak=("{outcome} (höchster Monat)", "{outcome} (largest month)"),
        above=("{outcome} über {threshold}", "{outcome} above {threshold}"),
        below=("{outcome} unter {threshold}", "{outcome} below {threshold}"),
        in_scenario=("{what} in „{scenario}“", "{what} in “{scenario}”"),
        more=(
            "{outcome} in „{scenario}“ um mehr als {threshold} höher als in „{against}“",
            "{outcome} in “{scenario}” more than {threshold} higher than in “{against}”",
        ),
        less=(
            "{outcome} in „{scenario}“ um mehr als {threshold} niedriger als in „{against}“",
            "{outcome} in “{scenario}” more than {threshold} lower than in “{against}”",
        ),
        other_more=(
            "Unterschied von {outcome}, „{scenario}“ gegen „{against}“, über {threshold}",
            "Difference of {outcome}, “{scenario}” against “{against}”, above {threshold}",
        ),
        other_less=(
            "Unterschied von {outcome}, „{scenario}“ gegen „{against}“, unter {threshold}",
            "Difference of {outcome}, “{scenario}” against “{against}”, below {threshold}",
        ),
        holds=("gilt, wenn {clauses}", "holds if {clauses}"),
        holds_too=("gilt auch, wenn {clauses}", "holds, too, if {clauses}"),
        clause__above=("{label} über {value} liegt", "{label} is above {value}"),
        clause__below=("{label} unter {value} liegt", "{label} is below {value}"),
        clause__between=("{label} zwischen {low} und {high} liegt", "{label} is between {low} and {high}"),
        clause__least=("{label} mindestens {value} beträgt", "{label} is at least {value}"),
        clause__most=("{label} höchstens {value} beträgt", "{label} is at most {value}"),
        clause__range=("{label} von {low} bis {high} reicht", "{label} is from {low} to {high}"),
        clause__exactly=("{label} {value} beträgt", "{label} is {value}"),
        clause__count_least=("es mindestens {value} {label} gibt", "there are at least {value} {label}"),
        clause__count_most=("es höchstens {value} {label} gibt", "there are at most {value} {label}"),
        clause__count_range=("es {low} bis {high} {label} gibt", "there are {low} to {high} {label}"),
        clause__count_exactly=("es genau {value} {label} gibt", "there are exactly {value} {label}"),
        clause__month_least=("{label} im {value} oder später liegt", "{label} is in {value} or later"),
        clause__month_most=("{label} im {value} oder früher liegt", "{label} is in {value} or earlier"),
        clause__month_range=("{label} zwischen {low} und {high} liegt", "{label} is between {low} and {high}"),
        clause__month_exactly=("{label} im {value} liegt", "{label} is in {value}"),
        clause__levels=("{label} {levels} ist", "{label} is {levels}"),
        clause__not=("{label} nicht {levels} ist", "{label} is not {levels}"),
        level=("„{level}“", "“{level}”"),
        per__month=("{value} im Monat", "{value} a month"),
        per__year=("{value} im Jahr", "{value} a year"),
        per__meeting=("{value} je Sitzung", "{value} a meeting"),
        unit__months=("{value} Monate", "{value} months"),
        unit__weeks=("{value} Wochen", "{value} weeks"),
        unit__hours=("{value} Stunden", "{value} hours"),
        title=("Wo gilt: {what}?", "Where does it hold: {what}?"),
        box=("Nr.", "No."),
        where=("Gebiet", "Box"),
        coverage=("Abdeckung", "coverage"),
        density=("Trefferquote", "density"),
        cases=("Fälle", "cases"),
        note=(
            "Geprüft an {checked} Fällen, die beim Suchen nicht dabei waren. Abdeckung: Anteil der Fälle mit diesem Ergebnis, "
            "die im Gebiet liegen; Trefferquote: Anteil der Fälle im Gebiet, die es haben (unter allen Fällen: {share}).",
            "Checked on {checked} cases that took no part in the search. Coverage: share of the cases with this outcome that "
            "lie in the box; density: share of the cases in the box that have it (over all cases: {share}).",
        ),
        none=(
            "Kein Gebiet besteht die Prüfung: Wo das gilt ({share} von {cases} Fällen), lässt sich mit diesen Größen nicht "
            "sagen.",
            "No box passes the check: where this holds ({share} of {cases} cases) cannot be told with these factors.",
        ),
        limits=("Grenzen: {limits}.", "Limits: {limits}."),
        limit=("{label} (Zufall {chance})", "{label} (by chance {chance})"),
        unfinished=(
            "Die Studie ist nicht fertig: {missing} von {parts} Teilen fehlen; ihre Läufe zählen nicht mit.",
            "the study is not finished: {missing} of {parts} parts are missing; their runs do not count",
        ),
        left_out=(
            "{number} Punkte blieben weg, weil das Ergebnis oder eine Größe dort fehlt.",
            "{number} points were left out because the outcome or a factor is missing there.",
        ),
        figure__title=("{what}: {holds}", "{what}: {holds}"),
        figure__title_none=("{what}: kein Gebiet besteht die Prüfung", "{what}: no box passes the check"),
        figure__subtitle=(
            "Jedes Gebiet beim Suchen: je kleiner, desto höher die Trefferquote und desto weniger ist abgedeckt",
            "Every box in the search: the smaller it is, the higher its density and the less it covers",
        ),
        figure__coverage=(
            "Abdeckung: Anteil der gesuchten Fälle im Gebiet",
            "Coverage: share of the wanted cases in the box",
        ),
        figure__density=("Trefferquote", "Density"),
        figure__chosen=("gewählt", "chosen"),
        figure__checked=("geprüft", "checked"),
        figure__all=("alle Fälle", "all cases"),
        figure__note=(
            "Kreise: Gebiete beim Suchen ({train} Fälle), größer mit mehr Grenzen. Raute: das erzählte Gebiet an {checked} "
            "ungesehenen Fällen. Modell, keine Prognose.",
            "Circles: boxes in the search ({train} cases), larger with more limits. Diamond: the box that is told, on "
            "{checked} unseen cases. A model, no forecast.",
        ),
    ),
    same=frozenset({"figure.title", "timed"}),
)
