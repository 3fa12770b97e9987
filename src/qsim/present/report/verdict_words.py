"""The words of the first part of the page: the verdict, or the result of one scenario in short."""

from __future__ import annotations

from qsim.present.wording import Wording, texts

VERDICT_PART = Wording(
    texts(
        title=("Das Urteil", "The verdict"),
        title_several=("Die Urteile", "The verdicts"),
        title_run=("Kurz gesagt", "In short"),
        luck=(
            "Zufall: In {worlds} von 100 Zwillingswelten liegt „{better}“ vorn.",
            "Luck: “{better}” is ahead in {worlds} of 100 twin worlds.",
        ),
        ignorance=(
            "Unwissen: In {settings} von 100 plausiblen Annahmen liegt „{better}“ vorn.",
            "Ignorance: “{better}” is ahead in {settings} of 100 plausible settings.",
        ),
        first=(
            "Von {number} Szenarien setzt „{best}“ im Mittel am meisten gemeinsam um und ist in {share} von 100 plausiblen "
            "Annahmen das beste. Wer es wählt, liegt im Mittel um {regret} unter dem, was in der jeweiligen Annahme das beste "
            "gewesen wäre.",
            "Of {number} scenarios “{best}” does most jointly on average, and is the best in {share} of 100 plausible "
            "settings. Whoever chooses it is on average {regret} below what would have been best in each setting.",
        ),
        ranking=("Rangfolge der Szenarien", "The scenarios ranked"),
        scenario=("Szenario", "Scenario"),
        level=("{measure}, Mittel", "{measure}, mean"),
        best=("am besten in … von 100", "best in … of 100"),
        regret=("Bedauern, Mittel", "regret, mean"),
        regret_high=("Bedauern, in 90 von 100 höchstens", "regret, at most in 90 of 100"),
        ranking_note=(
            "Bedauern: um wie viele Prozentpunkte das Szenario schlechter ist als das jeweils beste. Gezählt sind plausible "
            "Annahmen.",
            "Regret: by how many percentage points the scenario is worse than the best in each plausible setting.",
        ),
        against=("Jedes gegen „{first}“", "Each against “{first}”"),
        measured=(
            "Gemessen wird, was gemeinsam umgesetzt wird: der Anteil der Aufgabe, der in Abläufen über mehrere Ämter "
            "tatsächlich ankommt, im Mittel der letzten zwölf Monate. Unterschiede unter {relevant} gelten als bedeutungslos.",
            "What is measured is what is done jointly: the share of the task that arrives in processes across departments, "
            "mean of the last twelve months. Differences below {relevant} do not count.",
        ),
        strength=(
            "„Klar besser“ heißt: Der ganze Unterschied liegt über dieser Schwelle, und das in mindestens {clearly} von 100 "
            "plausiblen Annahmen; „wahrscheinlich besser“: über null, in mindestens {probably} von 100.",
            "“Clearly better” means: the whole difference lies beyond this threshold, and so it does in at least {clearly} of "
            "100 plausible settings; “probably better”: beyond zero, in at least {probably} of 100.",
        ),
        strength_fixed=(
            "„Klar besser“ heißt: Der ganze Unterschied liegt über dieser Schwelle; „wahrscheinlich besser“: über null. Die "
            "Regeln des Modells wurden dabei nicht verändert, nur der Zufall und was das Szenario offen lässt.",
            "“Clearly better” means: the whole difference lies beyond this threshold; “probably better”: beyond zero. The "
            "rules of the model were not varied, only luck and what the scenario leaves open.",
        ),
        how=("Wie das Urteil zustande kommt", "How the verdict came about"),
        runs=(
            "Gerechnet wurde in {runs}; was niemand weiß, wird in jedem Lauf neu gezogen.",
            "This comes from {runs}; what nobody knows is drawn anew in each run.",
        ),
        one=("einem Lauf", "one run"),
    )
)
