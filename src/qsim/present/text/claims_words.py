"""The words in which the claims ledger is printed."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

CLAIMS = Wording(
    texts(
        title=("Prüfung der Aussagen: {group}", "Claims ledger: {group}"),
        claim=("Aussage", "Claim"),
        effect=("Effekt", "Effect"),
        interval=("95-%-Intervall", "95% interval"),
        outcome=("Ausgang", "Outcome"),
        settings=("Annahmen", "Settings"),
        severity=("Strenge", "Severity"),
        diagnostic=("trennt", "diagnostic"),
        expected=("wie erwartet", "expected"),
        negligible=("unbedeutend", "negligible"),
        opposite=("gegenteilig", "opposite"),
        unresolved=("ungeklärt", "unresolved"),
        not_applicable=("–", "–"),
        yes=("ja", "yes"),
        no=("nein", "no"),
        short__expected=("+", "+"),
        short__negligible=("0", "0"),
        short__opposite=("−", "−"),
        short__unresolved=("?", "?"),
        short__not_applicable=("·", "·"),
        note=(
            "Effekt: kleinster Kontrast. Annahmen: in wie vielen von 100 plausiblen Annahmen wie erwartet, bei einem Viertel, "
            "der Hälfte und der ganzen Breite. Strenge: derselbe Test ohne seinen Mechanismus, mit ihm umgekehrt und in der "
            "addierten Punkteliste: + wie erwartet, 0 unbedeutend, − gegenteilig, ? ungeklärt. Trennt: in "
            "keinem davon wie erwartet. *: Die Welten kosten nicht gleich viel, obwohl sie es sollten.",
            "Effect: the smallest contrast. Settings: in how many of 100 plausible settings as expected, at a quarter, half "
            "and the whole of the ranges. Severity: the same test without its mechanism, with it reversed and in the "
            "additive scorecard: + expected, 0 negligible, − opposite, ? unresolved. Diagnostic: as expected in none of "
            "these. *: the worlds do not cost the same although they should.",
        ),
        unfair=(" *", " *"),
        cause=("{claim}: gegenteilig; {what}", "{claim}: opposite; {what}"),
        cause__ends=(
            "ohne die Regel „{rule}“ ist der Effekt {effect} und nicht mehr gegenteilig",
            "without the rule “{rule}” the effect is {effect} and no longer opposite",
        ),
        cause__remains=(
            "am wenigsten ohne die Regel „{rule}“ (Effekt {effect}), aber auch dann",
            "least without the rule “{rule}” (effect {effect}), but then, too",
        ),
        cause__others=("; ebenso ohne {rules}", "; likewise without {rules}"),
        cause__first=("; zuerst trennt die Welten „{rule}“", "; the worlds first part in “{rule}”"),
        diagnostic_counts=(
            "Trennende Tests: {tests}. Wie erwartet {expected} ({share}), unbedeutend {negligible}, gegenteilig {opposite} "
            "({against}), ungeklärt {unresolved}.",
            "Diagnostic tests: {tests}. As expected {expected} ({share}), negligible {negligible}, opposite {opposite} "
            "({against}), unresolved {unresolved}.",
        ),
        calibration_counts=(
            "Davon Themen, die zur Kalibrierung dienen: {tests}, wie erwartet {expected} ({share}), gegenteilig {opposite}.",
            "Of these, themes used in calibration: {tests}, as expected {expected} ({share}), opposite {opposite}.",
        ),
        held_out_counts=(
            "Davon zurückgehaltene Themen (G, I, J): {tests}, wie erwartet {expected} ({share}), gegenteilig {opposite}.",
            "Of these, held-out themes (G, I, J): {tests}, as expected {expected} ({share}), opposite {opposite}.",
        ),
        every_counts=(
            "Alle Tests: {tests}. Wie erwartet {expected} ({share}), unbedeutend {negligible}, gegenteilig {opposite} "
            "({against}), ungeklärt {unresolved}.",
            "All tests: {tests}. As expected {expected} ({share}), negligible {negligible}, opposite {opposite} "
            "({against}), unresolved {unresolved}.",
        ),
        scorecard_counts=(
            "In der addierten Punkteliste ohne Dynamik kommen {passed} von {said} Tests, zu denen sie etwas sagt, wie erwartet "
            "heraus.",
            "In the additive scorecard without dynamics {passed} of the {said} tests on which it says anything come out as "
            "expected.",
        ),
        discovery=(
            "Bei einer Rate falscher Entdeckungen von 5 % halten {discovered} von {clusters} Gruppen ähnlicher Tests.",
            "At a false discovery rate of 5% {discovered} of {clusters} clusters of similar tests hold.",
        ),
        runs=("{runs} Läufe.", "{runs} runs."),
        stopped=(
            "Unterbrochen: {done} von {wanted} Aussagen sind geprüft.",
            "Interrupted: {done} of {wanted} claims are tested.",
        ),
        rivals=("Rivalisierende Modelle", "Rival models"),
        model=("Modell", "Model"),
        equivalences=("davon kein Unterschied", "of these no difference"),
        rivals_diagnostic=("trennende", "diagnostic"),
        rivals_held_out=("davon zurückgehalten", "of these held out"),
        of_tests=("{passed} von {tests}", "{passed} of {tests}"),
        rivals_note=(
            "Dieselben Tests mit demselben Glück in jedem Modell: + wie erwartet, 0 unbedeutend, − gegenteilig, ? ungeklärt. "
            "Kein Unterschied: bestandene Tests, die keinen erwarten; ein Modell, in dem sich nichts bewegt, besteht sie von "
            "selbst. Trennende: bestandene Tests, die in der gespeicherten Prüfung aller Aussagen trennen.",
            "The same tests with the same luck in each model: + expected, 0 negligible, − opposite, ? unresolved. No "
            "difference: tests passed that expect none; a model in which nothing moves passes them by itself. Diagnostic: "
            "tests passed that are diagnostic in the stored ledger.",
        ),
        only_full__one=(
            "{number} Test besteht allein das volle Modell{claims}.",
            "{number} test is passed by the full model alone{claims}.",
        ),
        only_full__other=(
            "{number} Tests besteht allein das volle Modell{claims}.",
            "{number} tests are passed by the full model alone{claims}.",
        ),
        rival=("{label}: {says} ({source})", "{label}: {says} ({source})"),
        rival_changes=("Aus oder gesetzt: {changes}.", "Off or set: {changes}."),
        rival_passes__one=(
            "Es besteht {number} Test, den das volle Modell nicht besteht: {claims}.",
            "It passes {number} test that the full model does not: {claims}.",
        ),
        rival_passes__other=(
            "Es besteht {number} Tests, die das volle Modell nicht besteht: {claims}.",
            "It passes {number} tests that the full model does not: {claims}.",
        ),
        rival_passes_none=(
            "Es besteht keinen Test, den das volle Modell nicht besteht.",
            "It passes no test that the full model does not.",
        ),
        rival_fails__one=(
            "{number} Test besteht das volle Modell und dieses nicht.",
            "{number} test the full model passes and this one does not.",
        ),
        rival_fails__other=(
            "{number} Tests besteht das volle Modell und dieses nicht.",
            "{number} tests the full model passes and this one does not.",
        ),
        as_good__one=(
            "Mindestens so gut wie das volle Modell in der Gruppe {groups}.",
            "At least as good as the full model in group {groups}.",
        ),
        as_good__other=(
            "Mindestens so gut wie das volle Modell in den Gruppen {groups}.",
            "At least as good as the full model in groups {groups}.",
        ),
        as_good_diagnostic__one=(
            "Bei den trennenden Tests mindestens so gut in der Gruppe {groups}.",
            "At least as good in the diagnostic tests of group {groups}.",
        ),
        as_good_diagnostic__other=(
            "Bei den trennenden Tests mindestens so gut in den Gruppen {groups}.",
            "At least as good in the diagnostic tests of groups {groups}.",
        ),
        as_good_nowhere=(
            "In keiner Gruppe von Aussagen so gut wie das volle Modell.",
            "In no group of statements as good as the full model.",
        ),
        group_counts=(
            "{letter} ({rival} gegen {full} von {tests})",
            "{letter} ({rival} against {full} of {tests})",
        ),
        rivals_stopped=(
            "Unterbrochen: {done} von {wanted} Aussagen sind in allen Modellen geprüft.",
            "Interrupted: {done} of {wanted} claims are tested in all models.",
        ),
    ),
    same=frozenset(
        {"not_applicable", "unfair", "rival", *(f"short.{name}" for name in
          ("expected", "negligible", "opposite", "unresolved", "not_applicable"))}
    ),
)  # fmt: skip
