"""The words of the part *why*: what holds practice back, who pays, where twins part, one case through the house."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

WHY = Wording(
    texts(
        title=("Warum ist das so?", "Why is that so?"),
        scenario=("Szenario", "Scenario"),
        constraint=("Was die Umsetzung bremst", "What holds practice back"),
        constraint__lead_one=(
            "In „{scenario}“ bremst vor allem {lack} ({share} des ungedeckten Bedarfs).",
            "In “{scenario}”, what holds practice back most is {lack} ({share} of the unmet need).",
        ),
        constraint__lead_same=(
            "In beiden Szenarien bremst vor allem {lack}; Anteil am ungedeckten Bedarf: {shares}",
            "In both scenarios, what holds practice back most is {lack}; share of the unmet need: {shares}",
        ),
        constraint__lead_many=(
            "In allen Szenarien bremst vor allem {lack} ({range} des ungedeckten Bedarfs)",
            "In all scenarios, what holds practice back most is {lack} ({range} of the unmet need)",
        ),
        constraint__share_in=("{share} in „{scenario}“", "{share} in “{scenario}”"),
        constraint__lead_none=("In „{scenario}“ bremst nichts.", "In “{scenario}” nothing holds practice back."),
        constraint__note=(
            "Anteil am ungedeckten Bedarf, den jeder Engpass erklärt; Mittel der Läufe. Noch im Aufbau: Die Praxis ist noch "
            "nicht so weit, wie Bereitschaft, Wissen und Zeit es zulassen.",
            "Share of the unmet need that each constraint explains; mean of runs. Still adjusting: practice has not yet come as "
            "far as willingness, knowledge and time allow.",
        ),
        constraint__alt=("{scenario}, über die ganze Zeit: {shares}.", "{scenario}, over the whole time: {shares}."),
        constraint__caption=(
            "Engpässe nach Zeitraum: Anteil am ungedeckten Bedarf",
            "Constraints by period: share of the unmet need",
        ),
        period=("Zeitraum", "Period"),
        by_department=("Was die einzelnen Ämter bremst: „{scenario}“", "What holds back each department: “{scenario}”"),
        departments_caption=(
            "Die {number} Ämter mit dem größten Gewicht und was sie am häufigsten bremst",
            "The {number} departments that count most, and what most often holds them back",
        ),
        departments_caption_task=(
            "Die {number} Ämter mit dem größten Gewicht und was sie am häufigsten bremst, Aufgabe: {task}",
            "The {number} departments that count most, and what most often holds them back, task: {task}",
        ),
        shares=("Welche Änderung den Unterschied trägt", "Which change makes the difference"),
        hours=("Wer die Stunden trägt", "Who pays the hours"),
        hours__title=(
            "{scenario}: {hours} Stunden im Jahr, davon {share} in den Ämtern",
            "{scenario}: {hours} hours a year, {share} of them in the departments",
        ),
        hours__title_none=("{scenario}: keine Stunden", "{scenario}: no hours"),
        hours__title_several=("Arbeitsstunden im Jahr: {totals}", "Hours of work a year: {totals}"),
        hours__title_many=(
            "Arbeitsstunden im Jahr: am wenigsten in „{least}“ ({low}), am meisten in „{most}“ ({high})",
            "Hours of work a year: least in “{least}” ({low}), most in “{most}” ({high})",
        ),
        hours__total=("{hours} in „{scenario}“", "{hours} in “{scenario}”"),
        hours__alt=("Balken je Gruppe und Szenario. {values}", "Bars by group and scenario. {values}"),
        hours__values=("{scenario}: {hours}.", "{scenario}: {hours}."),
        hours__note=(
            "Stunden für die Aufgabe im Jahr, Mittel der Läufe über die ganze Dauer.",
            "Hours for the task a year, mean of runs over the whole duration.",
        ),
        hours__caption=("Stunden im Jahr, nach Gruppe und Tätigkeit", "Hours a year, by group and activity"),
        hours__payer=("Wer", "Who"),
        hours__activity=("Wofür", "For what"),
        hours__all=("zusammen", "together"),
        parting=("Ab wann sich die Wege trennen", "When the ways part"),
        parting__lead=(
            "Zwillinge haben denselben Zufall. Die erste Abweichung zeigt, womit der Unterschied beginnt, hier in einem "
            "einzelnen Lauf. Die Zahlen sind Größen des Modells.",
            "Twins have the same luck. The first deviation shows what the difference begins with, here in a single run. The "
            "numbers are quantities of the model.",
        ),
        parting__marks=("In diesem Monat steht im Kalender: {marks}.", "In the calendar this month: {marks}."),
        parting__near=(
            "Der nächstgelegene Eintrag im Kalender, den nur ein Szenario hat: {mark}.",
            "The nearest entry in the calendar that only one scenario has: {mark}.",
        ),
        parting__mark_of=("„{label}“ (nur in „{scenario}“)", "“{label}” (only in “{scenario}”)"),
        parting__mark_both=("„{label}“ (in beiden)", "“{label}” (in both)"),
        parting__mark_near=("„{label}“, {month} (nur in „{scenario}“)", "“{label}”, {month} (only in “{scenario}”)"),
        parting__none=(
            "Der Kalender ist in beiden derselbe; der Grund sind die Angaben, in denen sich die Szenarien unterscheiden.",
            "The calendar is the same in both; the reason lies in the settings in which the scenarios differ.",
        ),
        case=("Ein Fall auf seinem Weg", "One case on its way"),
        case__lead=(
            "Der Fall „{chain}“ läuft durch {number} Ämter. Er gelingt nur, wenn alle mitziehen und die Wege dazwischen tragen. "
            "Ein einzelner Ablauf kann anders ausgehen als das Urteil über alle.",
            "The case “{chain}” runs through {number} departments. It succeeds only if all join in and the ways between them "
            "work.",
        ),
        case__title=(
            "So viele Fälle „{chain}“ gelingen gemeinsam ({month}): {done}",
            "So many cases of “{chain}” are done jointly ({month}): {done}",
        ),
        case__title_many=(
            "Fälle „{chain}“ gelingen gemeinsam ({month}) am seltensten in „{least}“ ({low}), am häufigsten in „{most}“ ({high})",
            "Cases of “{chain}” are done jointly ({month}) least often in “{least}” ({low}), most often in “{most}” ({high})",
        ),
        case__alt=("Stationen von oben nach unten: {steps}.", "Steps from top to bottom: {steps}."),
        case__note=(
            "Gefüllt: was das Amt umsetzt. Offen: wie gut der Weg zur nächsten Station trägt. Umkreist: hier stockt der Fall. "
            "Mittel über {runs}.",
            "Filled: what the department does. Open: how well the way to the next step works. Circled: the case sticks here. "
            "Mean over {runs}.",
        ),
        case__caption=("Die Stationen des Falls", "The steps of the case"),
        case__way=("Weg zur nächsten Station", "way to the next step"),
        case__luck=("Derselbe Fall in einem einzelnen Lauf", "The same case in a single run"),
    ),
    same=frozenset({"hours.values"}),
)
