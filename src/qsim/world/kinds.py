"""The kinds that records name by a number: of events, hours, owners, ranks, and what a unit does first."""

from __future__ import annotations

EVENT_KINDS = ("shock", "election", "new_leader", "recut", "budget_crisis", "unit_move", "mandate", "council_decision")
"""Kinds of events that rules act on; the index is the event's ``kind``."""
SHOCK, ELECTED, NEW_LEADER, RECUT, BUDGET_CRISIS, UNIT_MOVE, MANDATE, COUNCIL_DECISION = range(len(EVENT_KINDS))

ACTIVITIES = ("contact", "negotiation", "coordination", "meeting", "check", "task", "reflection", "attention",
              "volunteering")  # fmt: skip
"""What hours are spent on; the columns of the hours ledger."""
CONTACT, NEGOTIATION, COORDINATION, MEETING, CHECK, TASK, REFLECTION, ATTENTION, VOLUNTEERING = range(len(ACTIVITIES))

OF_NOBODY, OF_UNIT, OF_LEADER, OF_GROUP = range(4)
"""Whose a format is: its ``owner_kind``."""

RANKS = ("staff", "heads", "mixed")
"""Who sits in a format; the index is its ``rank``."""
STAFF, HEADS, MIXED = range(len(RANKS))

POLICIES = ("need", "relevance", "random")
"""What a unit goes by when it turns to departments; the index is its ``policy``."""
BY_NEED, BY_RELEVANCE, AT_RANDOM = range(len(POLICIES))

AFTERWARDS = ("decide", "end", "continue")
"""What happens to posts at the end of a funding phase; the index is its ``after``."""
DECIDE, END, CONTINUE = range(len(AFTERWARDS))

IN_HOUSE, IN_DIVISION, IN_DEPARTMENT = 1, 2, 3
"""The ``level`` of a unit: at a leader of the whole house, in a division, in a department."""
