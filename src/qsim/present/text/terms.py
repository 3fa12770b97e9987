"""The words of the field that summaries, tables and figures share: stages, constraints, payers, activities."""

from __future__ import annotations

STAGES = ("commitment", "considered", "practice", "joint_practice")
"""From paper to joint practice, as columns of results."""

CONSTRAINTS = ("motivation", "knowledge", "time", "joint", "adjusting")
"""What can hold practice back; ``constraint_`` before it is the column of results."""

WILLINGNESS = ("openness", "backing", "binding")
"""What willingness can lack; ``willingness_`` before it is the column of results."""

PAYERS = ("department", "commissioner", "leader", "civil_society")
"""Who pays hours."""
