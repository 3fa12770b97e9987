"""The words of the field that summaries, tables and figures share: stages, constraints, payers, activities."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

STAGES = ("commitment", "considered", "practice", "joint_practice")
"""From paper to joint practice, as columns of results."""

CONSTRAINTS = ("motivation", "knowledge", "time", "joint", "adjusting")
"""What can hold practice back; ``constraint_`` before it is the column of results."""

WILLINGNESS = ("openness", "backing", "binding")
"""What willingness can lack; ``willingness_`` before it is the column of results."""

PAYERS = ("department", "commissioner", "leader", "civil_society")
"""Who pays hours."""

TERMS = Wording(
    texts(
        stage__commitment=("zugesagt", "promised"),
        stage__considered=("berücksichtigt", "considered"),
        stage__practice=("umgesetzt", "done"),
        stage__joint_practice=("gemeinsam umgesetzt", "jointly done"),
        means__commitment=("in Konzepten und Beschlüssen", "in concepts and decisions"),
        means__considered=("in Vorlagen und Prüfungen bedacht", "in papers and checks"),
        means__practice=("im Alltag der Ämter", "in the departments’ daily work"),
        means__joint_practice=("in Abläufen über mehrere Ämter", "in processes across departments"),
        constraint__motivation=("Bereitschaft", "willingness"),
        constraint__knowledge=("Wissen", "knowledge"),
        constraint__time=("Zeit", "time"),
        constraint__joint=("mehreres zugleich", "several at once"),
        constraint__adjusting=("noch im Aufbau", "still adjusting"),
        lack__motivation=("fehlende Bereitschaft", "a lack of willingness"),
        lack__knowledge=("fehlendes Wissen", "a lack of knowledge"),
        lack__time=("fehlende Zeit", "a lack of time"),
        lack__joint=("das Zusammentreffen mehrerer Engpässe", "several bottlenecks at once"),
        lack__adjusting=("der noch laufende Aufbau in den Ämtern", "the time departments still need to adjust"),
        lack__openness=("die eigene Offenheit der Ämter", "the departments’ own openness"),
        lack__backing=("der Rückhalt der Leitung", "backing by leaders"),
        lack__binding=("die Verbindlichkeit der Zusagen", "the binding force of promises"),
        payer__department=("Ämter", "departments"),
        payer__commissioner=("Beauftragte", "commissioners"),
        payer__leader=("Leitung", "leaders"),
        payer__civil_society=("Zivilgesellschaft", "civil society"),
        activity__contact=("Ansprache und Beratung", "contact and advice"),
        activity__negotiation=("Aushandlung", "negotiation"),
        activity__coordination=("Koordination", "coordination"),
        activity__meeting=("Sitzungen", "meetings"),
        activity__check=("Prüfung von Vorlagen", "checks of papers"),
        activity__task=("Arbeit an der Aufgabe", "work on the task"),
        activity__reflection=("Reflexion", "reflection"),
        activity__attention=("Befassung der Leitung", "leaders’ attention"),
        activity__volunteering=("Ehrenamt", "volunteering"),
        department=("Amt", "department"),
        division=("Dezernat", "division"),
        share_of_task=("Anteil an der vollen Aufgabe", "share of the full task"),
        share_of_need=("Anteil am ungedeckten Bedarf", "share of the unmet need"),
        runs__one=("{number} Lauf", "{number} run"),
        runs__other=("{number} Läufe", "{number} runs"),
        of_runs__one=("{number} Lauf", "{number} run"),
        of_runs__other=("{number} Läufen", "{number} runs"),
        disclaimer=("Modell, keine Prognose", "a model, no forecast"),
    )
)
