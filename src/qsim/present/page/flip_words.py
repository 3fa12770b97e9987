"""The words of the part *when would this flip*: conditions, their check, what is worth knowing and whom to ask."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

FLIP = Wording(
    texts(
        title=("Wann kippt das Urteil?", "When would this flip?"),
        pair=("„{first}“ oder „{second}“", "“{first}” or “{second}”"),
        quoted=("„{unknown}“", "“{unknown}”"),
        often=(
            "„{winner}“ ist in {share} von 100 plausiblen Annahmen besser als „{other}“, in {relevant} von 100 um mehr als "
            "{threshold}, gezählt wie im Urteil. Nach Bedingungen gesucht wurde in {settings} Annahmen.",
            "“{winner}” does better than “{other}” in {share} of 100 plausible settings, in {relevant} of 100 by more than "
            "{threshold}, counted as in the verdict. Conditions were looked for in {settings} settings.",
        ),
        flips=(
            "Das Urteil kippt und „{winner}“ ist meist besser, wenn {clauses}.",
            "The verdict flips, and “{winner}” mostly does better, if {clauses}.",
        ),
        ahead=("„{winner}“ ist meist besser, wenn {clauses}.", "“{winner}” mostly does better if {clauses}."),
        ahead_most=(
            "„{winner}“ ist ohnehin meist besser, am häufigsten aber, wenn {clauses}.",
            "“{winner}” mostly does better in any case, but most often if {clauses}.",
        ),
        likelier=(
            "„{winner}“ ist eher als sonst besser, wenn {clauses}; auch dann aber nicht in den meisten Annahmen.",
            "“{winner}” does better more often than otherwise if {clauses}; but not in most settings even then.",
        ),
        or_if=("{clauses}, oder wenn {others}", "{clauses}, or if {others}"),
        checked__one=(
            "Geprüft an {number} Annahme, die bei der Suche nicht verwendet wurde: Die Bedingung erfasst {coverage} von 100 "
            "Annahmen, in denen „{winner}“ besser ist. {result}.",
            "Checked on {number} setting that was not used in the search: the condition covers {coverage} of 100 settings in "
            "which “{winner}” does better. {result}.",
        ),
        checked__other=(
            "Geprüft an {number} Annahmen, die bei der Suche nicht verwendet wurden: Die Bedingung erfasst {coverage} von 100 "
            "Annahmen, in denen „{winner}“ besser ist. {result}.",
            "Checked on {number} settings that were not used in the search: the condition covers {coverage} of 100 settings in "
            "which “{winner}” does better. {result}.",
        ),
        result=(
            "Trifft sie zu, ist „{winner}“ in {inside} von 100 besser, sonst in {outside} von 100",
            "Where it is met, “{winner}” does better in {inside} of 100, otherwise in {outside} of 100",
        ),
        result__always=(
            "Sie trifft immer zu, und „{winner}“ ist in {inside} von 100 besser",
            "It is always met, and “{winner}” does better in {inside} of 100",
        ),
        who=("Wer diese Bedingung klären kann:", "Who can settle this condition:"),
        settled=("{office}; plausibel: {range}", "{office}; plausible: {range}"),
        never__flips=(
            "Das Urteil kippt in keiner der {settings} plausiblen Annahmen: „{winner}“ ist nie besser als „{other}“.",
            "The verdict flips in none of the {settings} plausible settings: “{winner}” never does better than “{other}”.",
        ),
        never__ahead=(
            "„{winner}“ ist in keiner der {settings} plausiblen Annahmen besser als „{other}“.",
            "“{winner}” does better than “{other}” in none of the {settings} plausible settings.",
        ),
        rarely=(
            "Nur {number} von {settings} plausiblen Annahmen sprechen für „{winner}“. Das ist zu selten, um zu sagen, unter "
            "welcher Bedingung.",
            "Only {number} of {settings} plausible settings speak for “{winner}”. That is too rare to say under which condition.",
        ),
        nearly_always=(
            "„{winner}“ ist in fast allen der {settings} plausiblen Annahmen besser; nur {number} sprechen dagegen.",
            "“{winner}” does better in nearly all of the {settings} plausible settings; only {number} speak against it.",
        ),
        no_condition=(
            "Unter welcher Bedingung „{winner}“ besser ist, lässt sich nicht einfach sagen: Keine Bedingung mit höchstens drei "
            "Grenzen hielt der Prüfung an Annahmen stand, die bei der Suche nicht verwendet wurden.",
            "Under which condition “{winner}” does better cannot be said plainly: no condition of three limits at most held in "
            "settings that were not used in the search.",
        ),
        too_few_settings=(
            "Um Bedingungen zu nennen, reichen {settings} plausible Annahmen nicht aus.",
            "{settings} plausible settings are too few to name conditions.",
        ),
        nothing_open=(
            "Offen ist hier nur der Zufall; eine Bedingung, unter der das Urteil anders ausfiele, gibt es nicht.",
            "Nothing but luck is open here; there is no condition under which the verdict would be another.",
        ),
        luck=(
            "Vieles ist Zufall: {luck} der Streuung des Unterschieds entstehen auch bei gleichen Annahmen. Diesen Teil erklärt "
            "keine Bedingung, und keine Auskunft nimmt ihn weg.",
            "Much is luck: {luck} of the spread of the difference arises even where all assumptions are the same. No condition "
            "explains that part, and no answer takes it away.",
        ),
        asking=("Was zuerst erfragen?", "What to ask about first?"),
        worth__none=(
            "Aus so wenigen Annahmen lässt sich nicht sagen, welche Auskunft etwas wert ist.",
            "So few settings do not tell which answer is worth anything.",
        ),
        worth__first=(
            "Am meisten wert ist eine Auskunft über {unknown}: Wer sie vor der Entscheidung hat, wählt im Mittel um {value} "
            "besser (95-%-Intervall {interval}). Zu fragen: {office}.",
            "The answer worth most is that on {unknown}: with it before the choice, one does better by {value} on average (95% "
            "interval {interval}). Ask: {office}.",
        ),
        worth__rule=(
            "Am meisten wert wäre es, {unknown} zu kennen: Die Wahl wäre im Mittel um {value} besser (95-%-Intervall "
            "{interval}). Das ist aber eine Annahme des Modells; die kennt {office}.",
            "Knowing {unknown} would be worth most: the choice would be better by {value} on average (95% interval {interval}). "
            "But that is an assumption of the model, known to {office}.",
        ),
        worth__fact=(
            "Von dem, was im Rathaus zu erfahren ist, zuerst: {unknown} ({value}). Zu fragen: {office}.",
            "Of what can be found out in the town hall, first: {unknown} ({value}). Ask: {office}.",
        ),
        worth__no_fact=(
            "Für keine einzelne Auskunft, die im Rathaus zu bekommen ist, ist ein solcher Nutzen nachweisbar.",
            "No single answer to be had in the town hall has a value that can be shown.",
        ),
        worth__nothing=(
            "Keine einzelne Auskunft ist für die Wahl nachweisbar etwas wert: Was man auch über eine der {number} offenen "
            "Größen erfährt, „{best}“ bleibt die bessere Wahl.",
            "No single answer has a value for the choice that can be shown: whatever one learns about one of the {number} "
            "unknowns, “{best}” remains the better choice.",
        ),
        worth__unproven=(
            "Für keine einzelne Auskunft ist nachweisbar, dass sie zu einer besseren Wahl führt; offen sind {number} Größen.",
            "No single answer can be shown to lead to a better choice; {number} things are unknown.",
        ),
        size=(
            "Wie groß der Unterschied ist, hängt am meisten ab von {unknown}: Das sagt {explained} seiner Streuung voraus. {ask}",
            "How large the difference is depends most on {unknown}: it foretells {explained} of its spread. {ask}",
        ),
        size__fact=(
            "Von dem, was im Rathaus zu erfahren ist, am meisten von {unknown}: {explained}. {ask}",
            "Of what can be found out in the town hall, most on {unknown}: {explained}. {ask}",
        ),
        size__no_fact=(
            "Von keiner Größe, die im Rathaus zu erfahren ist, hängt er nachweisbar ab.",
            "It does not demonstrably depend on anything that can be found out in the town hall.",
        ),
        size__nothing=(
            "Auch wie groß der Unterschied ist, hängt von keiner einzelnen Größe nachweisbar ab.",
            "How large the difference is does not demonstrably depend on any single unknown either.",
        ),
        ask=("Zu fragen: {office}.", "Ask: {office}."),
        ask__parameters=(
            "Das ist eine Annahme des Modells; die kennt {office}.",
            "That is an assumption of the model, known to {office}.",
        ),
        everything=(
            "Wer alles Offene wüsste, wählte im Mittel um höchstens {most} besser.",
            "Whoever knew all that is unknown would do better by {most} on average at most.",
        ),
        everything__small=(
            "Wer alles Offene wüsste, wählte im Mittel um höchstens {most} besser: weniger als {relevant}, die kleinste "
            "Differenz, die jemand bemerken würde.",
            "Whoever knew all that is unknown would do better by {most} on average at most: less than {relevant}, the smallest "
            "difference that anybody would notice.",
        ),
        everything__nothing=(
            "Selbst wer alles Offene wüsste, wählte nicht merklich besser.",
            "Even whoever knew all that is unknown would not do noticeably better.",
        ),
        caption=(
            "Die offenen Größen, deren Kenntnis am meisten bewirkt",
            "The unknowns whose knowledge does most",
        ),
        caption__size=(
            "Die offenen Größen, von denen am meisten abhängt, wie groß der Unterschied ist",
            "The unknowns on which the size of the difference depends most",
        ),
        head__name=("Offene Größe", "Unknown"),
        head__range=("Spanne", "Range"),
        head__office=("Wen fragen", "Whom to ask"),
        head__value=("Wert der Auskunft ({unit})", "Value of knowing ({unit})"),
        head__explained=("Anteil an der Streuung des Unterschieds", "Share of the spread of the difference"),
        value=("{value} ({interval})", "{value} ({interval})"),
        note=(
            "Anteil an der Streuung: wie viel diese Größe allein vorhersagt, gemessen an Annahmen, die in die Vorhersage nicht "
            "eingingen. Genannt ist nur, was den Unterschied nachweisbar bewegt. Annahmen des Modells klären nur Fachliteratur, "
            "Evaluation und eigene Daten.",
            "Share of the spread: how much this unknown foretells alone, measured on settings that the prediction did not use. "
            "Only what demonstrably moves the difference is listed. Assumptions of the model are settled by literature, "
            "evaluation and data of your own only.",
        ),
        note__value=(
            "Wert der Auskunft: um wie viel besser man im Mittel wählt, wenn man die Größe vorher kennt, mit 95-%-Intervall.",
            "Value of knowing: how much better one chooses on average with the unknown known beforehand, with 95% interval.",
        ),
        office__parameters=(
            "niemand im Haus: Nur Fachliteratur, Evaluation und eigene Daten helfen weiter",
            "nobody in the house: only literature, evaluation and data of your own help",
        ),
        nobody=("niemand im Haus (Annahme des Modells)", "nobody in the house (assumption of the model)"),
        office__treasury=("Kämmerei", "treasury"),
        office__personnel=("Personalamt", "personnel department"),
        office__departments=("Ämter und Personalrat", "the departments, staff council"),
        office__statistics=("zuständiges Fachamt und Statistikstelle", "the department in charge, statistics office"),
        office__press=("Pressestelle", "press office"),
        office__leaders=("Büro des Oberbürgermeisters und Dezernate", "the mayor’s office, the heads of divisions"),
        office__unit=("Stabsstelle oder Beauftragte selbst", "the unit itself"),
        office__groups=("Vereine, Beiräte und Initiativen selbst", "the groups themselves"),
        office__council=("Ratsbüro", "council office"),
        office__papers=(
            "Wortlaut des Konzepts, sonst die Federführung",
            "the paper itself, or whoever is in charge of it",
        ),
        office__main_office=("Hauptamt", "main office"),
    ),
    same=frozenset({"value"}),
)
