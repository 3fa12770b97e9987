"""The words of the first part of the page: the verdict, or the result of one scenario in short."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

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
        term__worlds=("Zwillingswelten (Zufall)", "Twin worlds (luck)"),
        meaning__worlds=(
            "Jedes Szenario wird viele Male gerechnet, jedes Mal mit demselben Zufall wie die anderen. Gezählt ist, wie oft ein "
            "Szenario in einer einzelnen Welt vorn liegt.",
            "Each scenario is run many times, each time with the same luck as the others. What is counted is how often a "
            "scenario is ahead in a single world.",
        ),
        term__settings=("Plausible Annahmen (Unwissen)", "Plausible settings (ignorance)"),
        meaning__settings=(
            "Was niemand genau weiß, wird immer wieder anders angenommen, für alle Szenarien gleich. Gezählt ist, unter wie "
            "vielen solchen Annahmen ein Szenario vorn liegt, wenn sich Glück und Pech ausgleichen (geschätzt).",
            "What nobody knows exactly is assumed in many ways, the same for all scenarios. What is counted is in how many of "
            "them a scenario is ahead when good and bad luck cancel out (an estimate).",
        ),
        term__interval=("{confidence}-%-Intervall", "{confidence}% interval"),
        meaning__interval=(
            "Der mittlere Unterschied ist nur geschätzt; mit {confidence} % Sicherheit liegt er in dieser Spanne. Je mehr "
            "Läufe, desto schmaler ist sie.",
            "The mean difference is only estimated; it lies in this range with a confidence of {confidence}%. More runs make "
            "it narrower.",
        ),
        first=(
            "Von {number} Szenarien setzt „{best}“ im Mittel am meisten gemeinsam um und ist in {share} von 100 plausiblen "
            "Annahmen das beste. Wer es wählt, liegt im Mittel um {regret} unter dem jeweils besten Szenario.",
            "Of {number} scenarios “{best}” does most jointly on average, and is the best in {share} of 100 plausible "
            "settings. Whoever chooses it is on average {regret} below the best scenario of each setting.",
        ),
        ranking=("Rangfolge der Szenarien", "The scenarios ranked"),
        scenario=("Szenario", "Scenario"),
        level=("{measure}, Mittel", "{measure}, mean"),
        best=("am besten in … von 100 Annahmen", "Best in … of 100 settings"),
        regret=("Einbuße, Mittel", "Loss, mean"),
        regret_high=("Einbuße, höchstens (in 90 von 100 Annahmen)", "Loss, at most (in 90 of 100 settings)"),
        ranking_note=(
            "Einbuße: um wie viele Prozentpunkte das Szenario schlechter ist als das beste, das es unter derselben Annahme gibt.",
            "Loss: by how many percentage points the scenario is worse than the best one in the same setting.",
        ),
        against=("Jedes gegen „{first}“", "Each against “{first}”"),
        measured=(
            "Gemessen wird, was gemeinsam umgesetzt wird: der Anteil der Aufgabe, der in Abläufen über mehrere Ämter "
            "tatsächlich ankommt, im Mittel der letzten zwölf Monate. Unterschiede, die kleiner sind als {relevant}, gelten als "
            "bedeutungslos.",
            "What is measured is what is done jointly: the share of the task that arrives in processes across departments, "
            "mean of the last twelve months. Differences below {relevant} do not count.",
        ),
        strength=(
            "„Klar besser“ heißt: Das ganze Intervall liegt über dieser Schwelle, und das Szenario liegt in mindestens {clearly} "
            "von 100 plausiblen Annahmen vorn; „wahrscheinlich besser“: Das Intervall liegt über null, vorn in mindestens "
            "{probably} von 100.",
            "“Clearly better” means: the whole interval lies beyond this threshold, and the scenario is ahead in at least "
            "{clearly} of 100 plausible settings; “probably better”: the interval lies beyond zero, ahead in at least {probably} "
            "of 100.",
        ),
        strength_fixed=(
            "„Klar besser“ heißt: Das ganze Intervall liegt über dieser Schwelle; „wahrscheinlich besser“: über null. Die "
            "Regeln des Modells wurden dabei nicht verändert, nur der Zufall und was das Szenario offen lässt.",
            "“Clearly better” means: the whole interval lies beyond this threshold; “probably better”: beyond zero. The "
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
