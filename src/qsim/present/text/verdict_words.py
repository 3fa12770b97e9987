"""The sentences of a verdict on two scenarios."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

VERDICTS = Wording(
    texts(
        name__clearly=("klar besser", "clearly better"),
        name__probably=("wahrscheinlich besser", "probably better"),
        name__equal=("praktisch gleich", "practically equal"),
        name__same=("gleich", "equal"),
        name__undecided=("unentschieden", "undecided"),
        name__trade_off=("Zielkonflikt", "trade-off"),
        clearly=(
            "„{better}“ ist klar besser als „{other}“, {counts}: {amount}.",
            "“{better}” is clearly better than “{other}”, {counts}: {amount}.",
        ),
        probably=(
            "„{better}“ ist wahrscheinlich besser als „{other}“, {counts}: {amount}{small}.",
            "“{better}” is probably better than “{other}”, {counts}: {amount}{small}.",
        ),
        small=(
            "; womöglich ist der Unterschied kleiner als die kleinste bedeutsame Differenz ({relevant})",
            "; the difference may be less than the smallest relevant one ({relevant})",
        ),
        equal=(
            "„{better}“ und „{other}“ sind praktisch gleich: „{better}“ liegt {counts} vorn, im Mittel aber um weniger als die "
            "kleinste bedeutsame Differenz ({relevant}): {amount}.",
            "“{better}” and “{other}” are practically equal: “{better}” is ahead {counts}, but on average by less than the "
            "smallest relevant difference ({relevant}): {amount}.",
        ),
        identical=(
            "„{better}“ und „{other}“ sind gleich: Das Ergebnis ({measure}) ist in allen Zwillingswelten dasselbe.",
            "“{better}” and “{other}” are equal: the outcome ({measure}) is the same in all twin worlds.",
        ),
        undecided=(
            "Ob „{better}“ oder „{other}“ besser ist, bleibt unentschieden; dafür braucht es {needs}. „{better}“ liegt "
            "{counts} vorn: {amount}.",
            "Whether “{better}” or “{other}” is better is undecided; that takes {needs}. “{better}” is ahead {counts}: {amount}.",
        ),
        needs_runs=("mehr Läufe oder mehr Wissen", "more runs or more knowledge"),
        needs_knowledge=(
            "mehr Wissen, denn je nach Annahme ist mal das eine, mal das andere besser",
            "more knowledge, as in some settings the one and in others the other is better",
        ),
        stopped__agreed=(
            "Gerechnet wurden je Szenario {worlds}{settings}; bei den letzten beiden von {looks} Zwischenständen war das "
            "Urteil dasselbe.",
            "For each scenario {worlds} were run{settings}; at the last two of {looks} looks the verdict was the same.",
        ),
        stopped__budget=(
            "Gerechnet wurden je Szenario {worlds}{settings}; für einen weiteren Zwischenstand reichte das Budget an Läufen "
            "nicht, und das Urteil war noch nicht zweimal nacheinander dasselbe.",
            "For each scenario {worlds} were run{settings}; the budget of runs did not allow another look, and the verdict was "
            "not yet the same twice in a row.",
        ),
        stopped__fixed=(
            "Gerechnet wurden je Szenario {worlds}{settings}, wie vorgegeben.",
            "For each scenario {worlds} were run{settings}, as asked for.",
        ),
        twins__one=("{number} Zwillingswelt", "{number} twin world"),
        twins__other=("{number} Zwillingswelten", "{number} twin worlds"),
        in_settings__one=(" in {number} plausiblen Annahme", " in {number} plausible setting"),
        in_settings__other=(" in {number} plausiblen Annahmen", " in {number} plausible settings"),
        intervals=(
            "Die Intervalle sind {confidence}-%-Intervalle, damit die Irrtumswahrscheinlichkeit trotz mehrerer "
            "Zwischenstände bei 5 von 100 bleibt.",
            "Intervals are {confidence}% intervals, so that in spite of several looks the chance of error stays at 5 in 100.",
        ),
        intervals_one=("Die Intervalle sind {confidence}-%-Intervalle.", "Intervals are {confidence}% intervals."),
        saved=(
            "Ohne Zwillingswelten wären für „{against}“ {times}-mal so viele Läufe nötig.",
            "Without twin worlds “{against}” would take {times} times as many runs.",
        ),
        saved_loss=(
            "Zwillingswelten sind hier ein Verlust: Unabhängige Welten hätten für „{against}“ mit dem {times}-Fachen der Läufe "
            "gereicht.",
            "Twin worlds are a loss here: with independent ones {times} times the runs would have done for “{against}”.",
        ),
        saved_all=(
            "Der Unterschied zu „{against}“ ist in allen Zwillingswelten derselbe.",
            "The difference to “{against}” is the same in all twin worlds.",
        ),
        saved_unknown=(
            "Was Zwillingswelten für „{against}“ sparen, lässt sich aus so wenigen Läufen nicht sagen.",
            "What twin worlds save for “{against}” cannot be told from so few runs.",
        ),
        unknown=(
            "Ob „{better}“ oder „{other}“ besser ist, bleibt unentschieden: In diesen Läufen gibt es das Ergebnis "
            "({measure}) nicht.",
            "Whether “{better}” or “{other}” is better is undecided: these runs do not have the outcome ({measure}).",
        ),
        trade_off=(
            "Zielkonflikt: „{better}“ ist besser als „{other}“, {counts}: {amount}; klar schlechter aber bei: {worse}.",
            "A trade-off: “{better}” is better than “{other}”, {counts}: {amount}; but clearly worse in: {worse}.",
        ),
        worlds=("in {worlds} von 100 Zwillingswelten (Zufall)", "in {worlds} of 100 twin worlds (luck)"),
        worlds_and_settings=(
            "in {worlds} von 100 Zwillingswelten (Zufall) und in {settings} von 100 plausiblen Annahmen (Unwissen)",
            "in {worlds} of 100 twin worlds (luck) and in {settings} of 100 plausible settings (ignorance)",
        ),
        amount=(
            "{measure} {difference} ({confidence}-%-Intervall {interval})",
            "{measure} {difference} ({confidence}% interval {interval})",
        ),
        amount_alone=("{measure} {difference}", "{measure} {difference}"),
    ),
    same=frozenset({"amount_alone"}),
)
