"""The words on what differs between scenarios and what is the same."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

DIFFERS = Wording(
    texts(
        title=("Worin sich die Szenarien unterscheiden", "What differs between the scenarios"),
        lead__one=(
            "„{first}“ und „{second}“ unterscheiden sich nur in einer Angabe.",
            "“{first}” and “{second}” differ in one setting only.",
        ),
        lead__other=(
            "„{first}“ und „{second}“ unterscheiden sich in {number} Angaben.",
            "“{first}” and “{second}” differ in {number} settings.",
        ),
        nothing=(
            "„{first}“ und „{second}“ unterscheiden sich in keiner Angabe, mit der das Modell rechnet; nur Namen oder "
            "Erläuterungen können anders lauten.",
            "“{first}” and “{second}” differ in no setting that the model uses; only names or explanations may read "
            "otherwise.",
        ),
        same=(
            "Unverändert sind: {parts}. In beiden Szenarien gelten dieselben Annahmen und derselbe Zufall.",
            "Unchanged are: {parts}. The assumptions and the luck are the same in both scenarios.",
        ),
        same_none=(
            "Kein Teil der Angaben ist ganz unverändert. In beiden Szenarien gelten dieselben Annahmen und derselbe Zufall.",
            "No part of the settings is wholly unchanged. The assumptions and the luck are the same in both scenarios.",
        ),
        caption=("Unterschiede zwischen „{first}“ und „{second}“", "Differences between “{first}” and “{second}”"),
        setting=("Angabe", "Setting"),
        missing=("nicht vorhanden", "not there"),
        pair=("„{first}“ und „{second}“", "“{first}” and “{second}”"),
        added=("{label} (neu)", "{label} (new)"),
        removed=("{label} (entfällt)", "{label} (left out)"),
        several__one=("{label} ({number} Angabe)", "{label} ({number} setting)"),
        several__other=("{label} ({number} Angaben)", "{label} ({number} settings)"),
    )
)
