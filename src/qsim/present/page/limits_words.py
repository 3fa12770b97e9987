"""The words of the last parts of the page: its limits, what it rests on, and where it comes from."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

LIMITS = Wording(
    texts(
        title=(
            "Grenzen: was diese Seite sagen kann und was nicht",
            "Limits: what this page can say, and what it cannot",
        ),
        lead=(
            "Verglichen werden Verwaltungen wie diese, so wie sie dokumentiert sind, in einem Modell. Das ist keine Prognose.",
            "What is compared are administrations like these, as documented, in a model. It is no forecast.",
        ),
        lead_run=(
            "Gerechnet wird eine Verwaltung wie diese, so wie sie dokumentiert ist, in einem Modell. Das ist keine Prognose.",
            "This is an administration like the one documented, in a model. It is no forecast.",
        ),
        counts=(
            "„{scenario}“: {facts}, {assumptions}, {unknown}.",
            "“{scenario}”: {facts}, {assumptions}, {unknown}.",
        ),
        facts__none=("keine belegte Angabe", "no documented fact"),
        facts__one=("{number} belegte Angabe", "{number} documented fact"),
        facts__other=("{number} belegte Angaben", "{number} documented facts"),
        assumptions__none=("keine Annahme", "no assumption"),
        assumptions__one=("{number} Annahme", "{number} assumption"),
        assumptions__other=("{number} Annahmen", "{number} assumptions"),
        unknown__none=("kein offener Wert", "no value left open"),
        unknown__one=("{number} offener Wert", "{number} value left open"),
        unknown__other=("{number} offene Werte", "{number} values left open"),
        levels=(
            "Wie hoch die Werte liegen, ist angenommen. Aussagekräftig sind die Unterschiede und die Bedingungen, unter denen "
            "sie gelten.",
            "How high values lie is assumed. What tells something are the differences, and the conditions under which they hold.",
        ),
        ranking=(
            "Städte werden nicht verglichen und Personen nicht bewertet; genannt sind Ämter und Funktionen.",
            "Cities are not ranked and persons not rated; what is named are offices.",
        ),
        strength=(
            "Der Forschungsbericht, auf dem das Modell beruht, nennt keine Wirkungsstärken. Auch wo er als Beleg für einen Wert "
            "der Regeln steht, belegt er den Zusammenhang; die Zahl ist meist angenommen.",
            "The research report that the model is built on gives no effect sizes. Where it stands as evidence for a value of "
            "the rules, it is evidence for the relation; the number is mostly assumed.",
        ),
        same_months=(
            "Die Szenarien haben dieselben Aufgaben und laufen über dieselben Monate, {first} bis {last}.",
            "The scenarios have the same tasks and run over the same months, {first} to {last}.",
        ),
        same_months_run=(
            "Gerechnet wird von {first} bis {last}.",
            "It runs from {first} to {last}.",
        ),
        rules=("Woher die Werte der Regeln kommen", "Where the values of the rules come from"),
        evidence=("Beleg", "Evidence"),
        number=("Zahl der Werte", "Number of values"),
        grade__report=("Forschungsbericht", "research report"),
        grade__public_figure=("öffentliche Zahl", "public figure"),
        grade__literature=("Fachliteratur", "literature"),
        grade__assumption=("Annahme", "assumption"),
        section=("Abschnitt {places}", "section {places}"),
        source=("Quelle {places}", "source {places}"),
        statements=("Belege und Annahmen zum Szenario „{scenario}“", "Evidence and assumptions of “{scenario}”"),
        statements_caption=("Worauf „{scenario}“ beruht", "What “{scenario}” rests on"),
        thing=("Angabe", "What"),
        where=("Fundstelle", "Where"),
        open=("Offene Werte von „{scenario}“", "Values that “{scenario}” leaves open"),
        open_caption=("Was „{scenario}“ offen lässt", "What “{scenario}” leaves open"),
        range=("Spanne oder Auswahl", "Range or choice"),
        parameters=("Alle Werte der Regeln mit ihrem Beleg", "All values of the rules with their evidence"),
        parameters_caption=("Werte der Regeln", "Values of the rules"),
        value=("Wert", "Value"),
        usual=("üblich", "usual"),
        plausible=("plausibel", "plausible"),
    )
)
