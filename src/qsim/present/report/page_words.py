"""The words around the blocks of a page: contents, what is folded up, what a card says."""

from __future__ import annotations

from qsim.present.wording import Wording, texts

PAGE = Wording(
    texts(
        skip=("Zum Inhalt springen", "Skip to content"),
        contents=("Inhalt", "Contents"),
        numbers=("Die Zahlen als Tabelle", "The numbers as a table"),
        difference=("Unterschied", "Difference"),
        verdict=("Urteil", "Verdict"),
        sideways=("{caption} (seitlich verschiebbar)", "{caption} (can be moved sideways)"),
        missing=("keine Angabe", "no entry"),
    )
)
