"""What the settings of commissioners, funding, formats, concepts and civil society are called."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

CARRIER_KEYS = Wording(
    texts(
        commissioner__position=("Ansiedlung", "place"),
        commissioner__under=("vorgesetzte Leitung", "leader above"),
        commissioner__funding=("Stellen und Förderung", "posts and funding"),
        commissioner__knowledge=("Fachwissen", "subject knowledge"),
        commissioner__mediation=("Vermittlungsgeschick", "skill in mediation"),
        commissioner__overview=("Kenntnis der anderen Ämter zu Beginn", "overview of other departments at the start"),
        commissioner__handover=("Wissen, das bei einem Wechsel bleibt", "knowledge kept when somebody leaves"),
        commissioner__recognition=("Anerkennung im Haus", "recognition in the house"),
        commissioner__coordination=(
            "Abstimmung mit anderen Stellen für dieselbe Aufgabe",
            "coordination with other units for the same task",
        ),
        commissioner__outreach=("Reihenfolge der Ansprache", "order in which departments are addressed"),
        funding_phase__posts=("Zahl der Stellen", "number of posts"),
        funding_phase__start=("Beginn der Förderung", "start of funding"),
        funding_phase__kind=("Befristung", "kind of funding"),
        funding_phase__duration_months=("Dauer der Förderung", "duration of funding"),
        funding_phase__own_share=("Eigenanteil der Kommune", "the municipality’s own share"),
        funding_phase__after=("Ende der Förderung: was folgt", "what follows when funding ends"),
        format__owner=("Federführung", "in charge"),
        format__members=("beteiligte Ämter", "departments that take part"),
        format__civil_society=("beteiligte Zivilgesellschaft", "civil society that takes part"),
        format__rank=("Ebene der Teilnehmenden", "rank of those who attend"),
        format__voluntary=("freiwillige Teilnahme", "voluntary attendance"),
        format__interval_weeks=("Abstand der Sitzungen", "interval of meetings"),
        format__hours=("Dauer einer Sitzung", "length of a meeting"),
        format__coordination_hours=("Vor- und Nachbereitung je Sitzung", "preparation of each meeting"),
        format__quality=("Qualität der Durchführung", "quality"),
        format__source_knowledge=("Fachwissen von außen", "knowledge brought in from outside"),
        format__embedded=("läuft ohne Federführung weiter", "goes on without whoever is in charge"),
        format__channels=("Wirkungsweise", "what it does"),
        channels__meet=("Austausch", "exchange of views"),
        channels__learn=("Wissensvermittlung", "exchange of knowledge"),
        channels__decide=("Entscheidung offener Fragen", "decisions on what is pending"),
        channels__draft=("gemeinsame Arbeit an einem Konzept", "joint work on a paper"),
        channels__gate=("verbindliche Prüfung von Vorlagen", "binding check of papers"),
        channels__tie=("dauerhafte Kontakte", "lasting ties"),
        channels__relieve_posts=("Stellen zur Entlastung der Ämter", "posts that relieve departments"),
        channels__release_posts=("freigestelltes Personal der Ämter", "departments’ own staff freed for the task"),
        concept__adopted=("Beschluss", "adopted"),
        concept__ambition=("Anspruch", "ambition"),
        concept__concreteness=("Konkretheit für den Alltag", "concreteness for daily work"),
        concept__council=("Ratsbeschluss", "council decision"),
        concept__members=("einbezogene Ämter", "departments included"),
        civil_society__expertise=("Fachwissen", "expertise"),
        civil_society__engagement=("Engagement", "commitment"),
        civil_society__volunteer_hours=("Ehrenamt im Monat", "volunteer work a month"),
        civil_society__recognition=("Anerkennung durch die Verwaltung", "recognition by the administration"),
        civil_society__pressure=("öffentlicher Druck", "public pressure"),
        civil_society__hearing_right=("Anhörungsrecht", "right to be heard"),
    )
)
"""By kind of object and field."""
