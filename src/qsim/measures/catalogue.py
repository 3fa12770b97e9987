"""What is measured: name, unit and labels of every column of results, in the order of the arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qsim.scenario.labels import Label


@dataclass(frozen=True)
class Measure:
    """A column of results, and all that is made of it: what lists columns elsewhere asks for these flags.

    ``higher_is_better`` is None where neither is. The smallest relevant difference may follow from the size of the house
    instead (``by_size``).
    """

    name: str
    unit: str
    label: Label
    higher_is_better: bool | None = None
    smallest_relevant: float | None = None
    by_size: bool = False
    monthly: bool = False
    """Whether its mean over the last year is no outcome of a run."""
    main: bool = False
    """Whether every comparison shows it; others are shown where they differ."""
    card: bool = False
    """Whether it has a card on the page."""
    key: bool = False
    """Whether it must not get clearly worse where the primary outcome gets better, or the verdict is a trade-off."""
    section: bool = False
    """Whether a table of all outcomes has a gap before it."""
    group: str = ""
    """The first part of the names of columns that belong together."""
    by: tuple[str, ...] = ()
    """The rules that write what it measures: without one of them it stands still, which explains nothing."""
    parts: tuple[str, ...] = ()
    """The columns of a month that it is the sum of, where it is no column itself."""


def _measure(
    name: str, unit: str, de: str, en: str, better: bool | None = None, relevant: float | None = None, by: str = "",
    **flags: Any,
) -> Measure:  # fmt: skip
    return Measure(name, unit, Label(de=de, en=en), better, relevant, by=tuple(by.split()), **flags)


TASK_SERIES: tuple[Measure, ...] = (
    _measure("commitment", "share", "Zugesagt", "Promised on paper", main=True, by="commitment"),
    _measure("considered", "share", "Berücksichtigt", "Considered", True, 0.0125, main=True, by="practice"),
    _measure("practice", "share", "Umgesetzt", "Done", True, 0.0125, main=True, by="practice"),
    _measure("joint_practice", "share", "Gemeinsam umgesetzt", "Done jointly", True, 0.0125,
             main=True, card=True, by="practice"),
    _measure("implementation_gap", "share", "Umsetzungslücke", "Implementation gap", False, 0.0125,
             main=True, card=True, section=True, by="practice commitment"),
    _measure("relative_gap", "share", "Umsetzungslücke, Anteil der Zusage", "Implementation gap, share of promise", False,
             0.025, by="practice commitment"),
    _measure("practice_without_paper", "share", "Umgesetzt ohne Zusage", "Done without a promise", by="practice"),
    _measure("need_gap", "share", "Bedarfslücke", "Gap to need", False, 0.025,
             main=True, card=True, key=True, by="practice commitment"),
    _measure("symbolic_share", "share", "Symbolische Zusage", "Symbolic promise", False, 0.025,
             by="practice commitment"),
    _measure("coverage", "share", "In zwölf Monaten erreicht", "Reached in twelve months", True, 0.025,
             main=True, section=True, by="practice outreach"),
    _measure("closed_tail", "share", "Offenheit des verschlossensten Zehntels", "Openness of the most closed tenth", True,
             0.0125, by="openness"),
    _measure("knowledge", "share", "Wissen", "Knowledge", True, 0.0125, main=True, by="learning"),
    _measure("openness", "share", "Offenheit", "Openness", True, 0.0125, main=True, by="openness"),
    _measure("host_practice", "share", "Umgesetzt im federführenden Dezernat", "Done in the host division", True, 0.0125,
             by="practice"),
    _measure("salience", "share", "Öffentliche Aufmerksamkeit", "Public attention", monthly=True),
    _measure("support", "signed share", "Unterstützung der Leitung", "Support by leaders", True, 0.025,
             monthly=True, by="leadership"),
    _measure("stage_unaware", "share", "Stufe: nicht bewusst", "Stage: unaware",
             monthly=True, group="stage", by="practice"),
    _measure("stage_aware", "share", "Stufe: bewusst", "Stage: aware", monthly=True, group="stage", by="practice"),
    _measure("stage_engaged", "share", "Stufe: beteiligt", "Stage: engaged",
             monthly=True, group="stage", by="practice"),
    _measure("stage_routine", "share", "Stufe: Routine", "Stage: routine", monthly=True, group="stage", by="practice"),
    _measure("constraint_motivation", "share", "Engpass Bereitschaft", "Bound by willingness",
             section=True, group="constraint", by="practice"),
    _measure("constraint_knowledge", "share", "Engpass Wissen", "Bound by knowledge",
             group="constraint", by="practice learning"),
    _measure("constraint_time", "share", "Engpass Zeit", "Bound by time", group="constraint", by="practice"),
    _measure("constraint_joint", "share", "Engpass mehrere zugleich", "Bound by several at once",
             group="constraint", by="practice"),
    _measure("constraint_adjusting", "share", "Noch im Aufbau", "Still adjusting", group="constraint", by="practice"),
    _measure("willingness_openness", "share", "Bereitschaft: eigene Offenheit fehlt", "Willingness: own openness missing",
             monthly=True, group="willingness", by="practice openness"),
    _measure("willingness_backing", "share", "Bereitschaft: Rückhalt fehlt", "Willingness: backing missing",
             monthly=True, group="willingness", by="practice"),
    _measure("willingness_binding", "share", "Bereitschaft: Bindung fehlt", "Willingness: binding missing",
             monthly=True, group="willingness", by="practice"),
)  # fmt: skip
"""Columns of a task; the first columns of a month, too, as means over the tasks."""

HOUSE_SERIES: tuple[Measure, ...] = (
    _measure("workload", "share of capacity", "Arbeitslast", "Workload", False, 0.01,
             main=True, card=True, key=True, section=True, by="workload"),
    _measure("recognition", "share", "Anerkennung der Einheit", "Recognition of the unit", True, 0.025,
             by="recognition"),
    _measure("posts_funded", "posts", "Finanzierte Stellen", "Funded posts", monthly=True, by="funding"),
    _measure("posts_filled", "posts", "Besetzte Stellen", "Filled posts", monthly=True, by="staffing"),
    _measure("hours_departments", "hours", "Stunden der Ämter", "Hours of departments", False, 25.0, monthly=True),
    _measure("hours_units", "hours", "Stunden der Beauftragten", "Hours of commissioners", monthly=True),
    _measure("hours_leaders", "hours", "Stunden der Leitung", "Hours of leaders", monthly=True),
    _measure("hours_civil_society", "hours", "Stunden der Zivilgesellschaft", "Hours of civil society", monthly=True),
    _measure("capacity_governance", "share", "Transformative Kapazität: Steuerung", "Transformative capacity: governance",
             True, 0.05, section=True),
    _measure("capacity_leadership", "share", "Transformative Kapazität: Leitung", "Transformative capacity: leadership",
             True, 0.05, by="leadership"),
    _measure("capacity_awareness", "share", "Transformative Kapazität: Systembewusstsein",
             "Transformative capacity: system awareness", True, 0.05, by="learning"),
    _measure("capacity_reflection", "share", "Transformative Kapazität: Reflexion", "Transformative capacity: reflection",
             True, 0.05, by="civil_society"),
)  # fmt: skip

SERIES: tuple[Measure, ...] = TASK_SERIES + HOUSE_SERIES
"""Columns of a month of the whole administration."""

CONSTRAINTS = tuple(m.name.removeprefix("constraint_") for m in TASK_SERIES if m.group == "constraint")
"""What can hold practice back, in the order of the columns ``constraint_...``."""

WILLINGNESS = tuple(m.name.removeprefix("willingness_") for m in TASK_SERIES if m.group == "willingness")
"""What willingness can lack, in the order of the columns ``willingness_...``."""

DEPARTMENT_MEASURES = ("practice", "considered", "commitment", "knowledge", "openness", "workload", "need",
                       *(f"constraint_{name}" for name in CONSTRAINTS))  # fmt: skip
"""What is summed up over runs for each department, task and month."""

COLUMN = {measure.name: i for i, measure in enumerate(SERIES)}
"""The place of a column in the arrays of a month."""

OUTCOMES: tuple[Measure, ...] = (
    *(measure for measure in SERIES if not measure.monthly),
    _measure("hours_departments_total", "hours", "Stunden der Ämter im Jahr", "Hours of departments a year", False, 300.0,
             main=True, card=True, section=True, by_size=True),
    _measure("hours_units_total", "hours", "Stunden der Beauftragten im Jahr", "Hours of commissioners a year",
             main=True),
    _measure("practice_per_1000_hours", "share", "Zuwachs der Praxis je 1000 Stunden", "Practice gained per 1000 hours",
             True, 0.0005, by="practice"),
    *(_measure(f"{name}_after_funding_{months}", "share",
               f"{de} {months} Monate nach Förderende" if months else f"{de} am Förderende",
               f"{en} {months} months after funding" if months else f"{en} at the end of funding", True, 0.0125,
               main=name == "practice" and months != 12, card=name == "practice" and months == 24,
               key=name == "practice" and months == 24, section=name == "practice" and months == 0, by=by)
      for name, de, en, by in (("practice", "Praxis", "Practice", "practice"),
                               ("knowledge", "Wissen", "Knowledge", "learning"))
      for months in (0, 12, 24, 60)),
    _measure("shock_depth", "share", "Einbruch durch die Krise", "Drop by the shock", False, 0.0125,
             section=True, by="practice"),
    _measure("shock_recovery", "months", "Monate bis zur Erholung", "Months to recovery", False, 3.0, by="practice"),
    _measure("shock_new_level", "share", "Niveau vier Jahre später zum Stand davor", "Level four years on, from before",
             True, 0.0125, by="practice"),
)  # fmt: skip
"""Columns of a run. Those named as a column of a month are its mean over the last twelve months."""

HOURS_TOTAL = _measure("hours_total", "hours", "Stunden der Ämter und Beauftragten", "Hours of departments and commissioners",
                       parts=("hours_departments", "hours_units"))  # fmt: skip
"""Hours a month of both, for rankings at equal hours."""
