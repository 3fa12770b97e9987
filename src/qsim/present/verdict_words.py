"""The sentences of a verdict on two scenarios."""

from __future__ import annotations

from qsim.present.wording import Wording, texts

VERDICTS = Wording(
    texts(
        name__clearly=("klar besser", "clearly better"),
        name__probably=("wahrscheinlich besser", "probably better"),
        name__equal=("praktisch gleich", "practically equal"),
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
            "„{better}“ und „{other}“ sind praktisch gleich, denn der Unterschied liegt innerhalb der kleinsten "
            "bedeutsamen Differenz ({relevant}); „{better}“ liegt {counts} vorn: {amount}.",
            "“{better}” and “{other}” are practically equal, as the difference lies within the smallest relevant one "
            "({relevant}); “{better}” is ahead {counts}: {amount}.",
        ),
        identical=(
            "„{better}“ und „{other}“ sind gleich: Das Ergebnis ({measure}) ist in allen Zwillingswelten dasselbe.",
            "“{better}” and “{other}” are equal: the outcome ({measure}) is the same in all twin worlds.",
        ),
        undecided=(
            "Ob „{better}“ oder „{other}“ besser ist, bleibt unentschieden und braucht mehr Läufe oder mehr Wissen; "
            "„{better}“ liegt {counts} vorn: {amount}.",
            "Whether “{better}” or “{other}” is better is undecided and takes more runs or more knowledge; “{better}” "
            "is ahead {counts}: {amount}.",
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
            "{measure} {difference} (95-%-Intervall {interval})",
            "{measure} {difference} (95% interval {interval})",
        ),
        amount_alone=("{measure} {difference}", "{measure} {difference}"),
    ),
    same=frozenset({"amount_alone"}),
)
