"""What the settings of events are called: shocks, elections, re-cuts, moves of units and decisions."""

from __future__ import annotations

from qsim.present.words.wording import Wording, texts

EVENT_KEYS = Wording(
    texts(
        shock__departments=("betroffene Ämter", "departments struck"),
        shock__need=("zusätzlicher Bedarf", "additional need"),
        shock__workload=("zusätzliche Arbeitslast", "additional workload"),
        shock__salience=("zusätzliche Aufmerksamkeit", "additional attention"),
        shock__need_half_life_months=(
            "Zeit, in der sich der zusätzliche Bedarf halbiert",
            "time in which the additional need halves",
        ),
        shock__workload_half_life_months=(
            "Zeit, in der sich die zusätzliche Arbeitslast halbiert",
            "time in which the additional workload halves",
        ),
        shock__salience_half_life_months=(
            "Zeit, in der sich die zusätzliche Aufmerksamkeit halbiert",
            "time in which the additional attention halves",
        ),
        election__leader=("gewähltes Amt", "office elected"),
        election__reelection_share=("Chance auf Wiederwahl", "chance of re-election"),
        new_leader__leader=("neu besetztes Amt", "office newly filled"),
        new_leader__support=("Unterstützung der Aufgaben", "support of the tasks"),
        recut__share=("Anteil der Ämter, die wechseln", "share of departments that move"),
        recut__departments=("Ämter, die wechseln", "departments that move"),
        recut__division=("neues Dezernat", "new division"),
        budget_crisis__tightness=("zusätzliche Haushaltsnot", "additional tightness of the budget"),
        budget_crisis__half_life_months=(
            "Zeit, in der sich die Haushaltsnot halbiert",
            "time in which the tightness halves",
        ),
        unit_move__commissioner=("Einheit, die wechselt", "unit that moves"),
        unit_move__position=("neue Ansiedlung", "new place"),
        unit_move__under=("neue vorgesetzte Leitung", "new leader above"),
        unit_move__division=("neues Dezernat", "new division"),
        unit_move__department=("neues Amt", "new department"),
        mandate__task=("Aufgabe, die Pflicht wird", "task that becomes a duty"),
        council_decision__strength=("Nachdruck", "strength"),
    )
)
"""By kind of event and field."""
