"""The words with which a case followed through the house and the parting of twins are told."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

EXPLAINED = Wording(
    texts(
        case_title=("Ein Fall durch das Haus: {chain}, {month}", "One case through the house: {chain}, {month}"),
        case_note=(
            "Anteile in %, Stand am Ende des Monats, {which}. Weg: Güte des Dienstwegs und der Kontakte zur nächsten "
            "Station.",
            "Shares in %, at the end of the month, {which}. Channel: quality of official channel and contacts to the next "
            "step.",
        ),
        one=("Lauf {run}", "run {run}"),
        mean=("Mittel über {runs}", "mean over {runs}"),
        step=("Station", "Step"),
        practice=("Umgesetzt", "Done"),
        motivation=("Bereitschaft", "Willingness"),
        ability=("Wissen", "Knowledge"),
        time=("Zeit", "Time"),
        channel=("Weg", "Channel"),
        sticks_step=(
            "Der Fall stockt bei „{department}“: Dort ist die Aufgabe in {practice} der Fälle Alltag, am ehesten fehlt {lack}. "
            "Gemeinsam umgesetzt werden {done} solcher Fälle.",
            "The case sticks at “{department}”: the task is done there in {practice} of cases, and what is scarcest is "
            "{lack}. {done} of such cases are done jointly.",
        ),
        sticks_channel=(
            "Der Fall stockt auf dem Weg von „{department}“ zu „{other}“: Der Weg trägt zu {channel}. Gemeinsam umgesetzt "
            "werden {done} solcher Fälle.",
            "The case sticks on the way from “{department}” to “{other}”: the channel carries {channel}. {done} of such "
            "cases are done jointly.",
        ),
        lack__motivation=("Bereitschaft", "willingness"),
        lack__ability=("Wissen", "knowledge"),
        lack__time=("Zeit", "time"),
        same=(
            "Lauf {run}: „{first}“ und „{second}“ unterscheiden sich in keinem Monat.",
            "Run {run}: “{first}” and “{second}” differ in no month.",
        ),
        from_start=(
            "Lauf {run}: Die Zwillinge unterscheiden sich schon vor dem ersten Monat: {what}.",
            "Run {run}: the twins differ before the first month: {what}.",
        ),
        first_month=(
            "Lauf {run}: Im ersten Monat, {month}, trennt die Regel „{rule}“ die Zwillinge: {what}.",
            "Run {run}: in the first month, {month}, the rule “{rule}” parts the twins: {what}.",
        ),
        later=(
            "Lauf {run}: Bis Ende {before} sind die Zwillinge gleich. Im {month} trennt sie die Regel „{rule}“: {what}.",
            "Run {run}: until the end of {before} the twins are the same. In {month} the rule “{rule}” parts them: {what}.",
        ),
        what=(
            "„{field}“ ({whose}) ist {a} in „{first}“ und {b} in „{second}“",
            "“{field}” ({whose}) is {a} in “{first}” and {b} in “{second}”",
        ),
        many=("; insgesamt weichen {number} Werte ab", "; {number} values differ in all"),
        administration=("ganze Verwaltung", "the whole administration"),
    )
)
