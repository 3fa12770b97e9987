"""The words around the blocks of a page: contents, what is folded up, what a card says."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

PAGE = Wording(
    texts(
        skip=("Zum Inhalt springen", "Skip to content"),
        contents=("Inhalt", "Contents"),
        numbers=("Die Zahlen als Tabelle", "The numbers as a table"),
        paper=(
            "Gedruckt ist die Kurzfassung. Tabellen, die am Bildschirm zugeklappt sind, druckt, wer sie vorher aufklappt.",
            "This print is the short version. Tables that are folded up on the screen are printed if they are unfolded first.",
        ),
        difference=("Unterschied", "Difference"),
        verdict=("Urteil", "Verdict"),
        sideways=("{caption} (seitlich verschiebbar)", "{caption} (can be moved sideways)"),
        missing=("keine Angabe", "no entry"),
    )
)
