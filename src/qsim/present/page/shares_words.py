"""The words on which change carries how much of the difference."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

SHARES = Wording(
    texts(
        one=(
            "Der Unterschied zu „{second}“ geht ganz auf eine Änderung zurück: {change}.",
            "The difference to “{second}” goes back to one change alone: {change}.",
        ),
        one_group=(
            "Der Unterschied zu „{second}“ geht auf Änderungen zurück, die nur zusammen möglich sind: {change}.",
            "The difference to “{second}” goes back to changes that can only be made together: {change}.",
        ),
        nearly_one=(
            "Den Unterschied zu „{second}“ ({measure}: {difference}) trägt fast allein „{change}“ ({value}). "
            "{others} daneben kaum etwas aus.",
            "The difference to “{second}” ({measure}: {difference}) is carried almost wholly by “{change}” "
            "({value}). {others} hardly anything beside it.",
        ),
        others__one=("{number} weitere Änderung macht", "{number} further change makes up for"),
        others__other=("{number} weitere Änderungen machen", "{number} further changes make up for"),
        several=(
            "Vom Unterschied zu „{second}“ ({measure}: {difference}) trägt am meisten „{change}“ ({value}).",
            "Of the difference to “{second}” ({measure}: {difference}), most is carried by “{change}” ({value}).",
        ),
        none_sure=(
            "Beim Unterschied zu „{second}“ ({measure}: {difference}) ist für keine der Änderungen sicher, ob sie mehr oder "
            "weniger gemeinsame Umsetzung bringt.",
            "In the difference to “{second}” ({measure}: {difference}), it is not certain for any of the changes whether it "
            "brings more or less that is jointly done.",
        ),
        against=(
            "Dagegen wirkt: {changes}.",
            "Working against it: {changes}.",
        ),
        unsure=(
            "Nicht sicher ist, ob mehr oder weniger gemeinsam umgesetzt wird durch: {changes}.",
            "It is not certain whether more or less is jointly done because of: {changes}.",
        ),
        no_effect=(
            "Im Modell ändert das nichts an dem, was gemeinsam umgesetzt wird: {changes}.",
            "In the model this changes nothing in what is jointly done: {changes}.",
        ),
        unknown=(
            "Welche Änderung den Unterschied zu „{second}“ trägt, lässt sich nicht sagen: In diesen Läufen gibt es das "
            "Ergebnis ({measure}) nicht.",
            "Which change carries the difference to “{second}” cannot be told: these runs do not have the outcome "
            "({measure}).",
        ),
        named=("„{change}“ ({value})", "“{change}” ({value})"),
        bare=("„{change}“", "“{change}”"),
        title=(
            "„{second}“: Das meiste trägt „{change}“",
            "“{second}”: most is carried by “{change}”",
        ),
        title_none_sure=(
            "„{second}“: Keine Änderung hat eine sichere Richtung",
            "“{second}”: no change has a certain direction",
        ),
        alt=(
            "Beitrag jeder Änderung zum Unterschied, in Prozentpunkten mit Intervall. {values}",
            "What each change adds to the difference, in percentage points with an interval. {values}",
        ),
        value=("{change}: {value} (Intervall {interval}).", "{change}: {value} (interval {interval})."),
        axis=("Beitrag in Prozentpunkten", "Contribution in percentage points"),
        caption=(
            "Beitrag der Änderungen zum Unterschied zwischen „{first}“ und „{second}“ ({measure})",
            "What the changes add to the difference between “{first}” and “{second}” ({measure})",
        ),
        change=("Änderung", "Change"),
        points=("Prozentpunkte", "percentage points"),
        interval=("Intervall ({confidence})", "interval ({confidence})"),
        sum=("zusammen", "in all"),
        note=(
            "Beitrag einer Änderung: was sie hinzufügt, im Mittel über alle Reihenfolgen, in denen die Änderungen gemacht "
            "werden können (Shapley-Wert). Die Beiträge ergeben zusammen den Unterschied. Gerechnet aus {worlds}{settings}, "
            "einem Teil der Welten des Urteils; deshalb kann der Unterschied etwas von dem dort abweichen.",
            "What a change adds, on average over all orders in which the changes can be made (Shapley value). Together the "
            "contributions give the difference. From {worlds}{settings}, a part of the worlds of the "
            "verdict, so that the difference may be slightly other than there.",
        ),
        worlds__one=("{number} Zwillingswelt", "{number} twin world"),
        worlds__other=("{number} Zwillingswelten", "{number} twin worlds"),
        settings__one=(" in {number} plausiblen Annahme", " in {number} plausible setting"),
        settings__other=(" in {number} plausiblen Annahmen", " in {number} plausible settings"),
        sampled=(
            "Bei so vielen Änderungen sind Reihenfolgen ausgelost; der Fehler daraus (höchstens {error} Prozentpunkte) "
            "steckt im Intervall.",
            "With so many changes, orders were drawn; the error from this ({error} percentage points at most) is part of the "
            "interval.",
        ),
    )
)
