"""What is measured: name, unit and labels of every column of results, in the order of the arrays."""

from __future__ import annotations

from dataclasses import dataclass

from qsim.scenario.values import Label


@dataclass(frozen=True)
class Measure:
    """A column of results; ``higher_is_better`` is None where neither is."""

    name: str
    unit: str
    label: Label
    higher_is_better: bool | None = None
    smallest_relevant: float | None = None


def _measure(
    name: str, unit: str, de: str, en: str, better: bool | None = None, relevant: float | None = None
) -> Measure:
    return Measure(name, unit, Label(de=de, en=en), better, relevant)


TASK_SERIES: tuple[Measure, ...] = (
    _measure("commitment", "share", "Zugesagt", "Promised on paper"),
    _measure("considered", "share", "Berücksichtigt", "Considered", True, 0.0125),
    _measure("practice", "share", "Umgesetzt", "Done", True, 0.0125),
    _measure("joint_practice", "share", "Gemeinsam umgesetzt", "Done jointly", True, 0.0125),
    _measure("implementation_gap", "share", "Umsetzungslücke", "Implementation gap", False, 0.0125),
    _measure("relative_gap", "share", "Umsetzungslücke, Anteil der Zusage", "Implementation gap, share of promise", False,
             0.025),
    _measure("practice_without_paper", "share", "Umgesetzt ohne Zusage", "Done without a promise"),
    _measure("need_gap", "share", "Bedarfslücke", "Gap to need", False, 0.025),
    _measure("symbolic_share", "share", "Symbolische Zusage", "Symbolic promise", False, 0.025),
    _measure("coverage", "share", "In zwölf Monaten erreicht", "Reached in twelve months", True, 0.025),
    _measure("closed_tail", "share", "Offenheit des verschlossensten Zehntels", "Openness of the most closed tenth", True,
             0.0125),
    _measure("knowledge", "share", "Wissen", "Knowledge", True, 0.0125),
    _measure("openness", "share", "Offenheit", "Openness", True, 0.0125),
    _measure("host_practice", "share", "Umgesetzt im federführenden Dezernat", "Done in the host division", True, 0.0125),
    _measure("salience", "share", "Öffentliche Aufmerksamkeit", "Public attention"),
    _measure("support", "signed share", "Unterstützung der Leitung", "Support by leaders", True, 0.025),
    _measure("stage_unaware", "share", "Stufe: nicht bewusst", "Stage: unaware"),
    _measure("stage_aware", "share", "Stufe: bewusst", "Stage: aware"),
    _measure("stage_engaged", "share", "Stufe: beteiligt", "Stage: engaged"),
    _measure("stage_routine", "share", "Stufe: Routine", "Stage: routine"),
    _measure("constraint_motivation", "share", "Engpass Bereitschaft", "Bound by willingness"),
    _measure("constraint_knowledge", "share", "Engpass Wissen", "Bound by knowledge"),
    _measure("constraint_time", "share", "Engpass Zeit", "Bound by time"),
    _measure("constraint_joint", "share", "Engpass mehrere zugleich", "Bound by several at once"),
    _measure("constraint_adjusting", "share", "Noch im Aufbau", "Still adjusting"),
    _measure("willingness_openness", "share", "Bereitschaft: eigene Offenheit fehlt", "Willingness: own openness missing"),
    _measure("willingness_backing", "share", "Bereitschaft: Rückhalt fehlt", "Willingness: backing missing"),
    _measure("willingness_binding", "share", "Bereitschaft: Bindung fehlt", "Willingness: binding missing"),
)  # fmt: skip
"""Columns of a task; the first columns of a month, too, as means over the tasks."""

HOUSE_SERIES: tuple[Measure, ...] = (
    _measure("workload", "share of capacity", "Arbeitslast", "Workload", False, 0.01),
    _measure("recognition", "share", "Anerkennung der Einheit", "Recognition of the unit", True, 0.025),
    _measure("posts_funded", "posts", "Finanzierte Stellen", "Funded posts"),
    _measure("posts_filled", "posts", "Besetzte Stellen", "Filled posts"),
    _measure("hours_departments", "hours", "Stunden der Ämter", "Hours of departments", False, 25.0),
    _measure("hours_units", "hours", "Stunden der Beauftragten", "Hours of commissioners"),
    _measure("hours_leaders", "hours", "Stunden der Leitung", "Hours of leaders"),
    _measure("hours_civil_society", "hours", "Stunden der Zivilgesellschaft", "Hours of civil society"),
    _measure("capacity_governance", "share", "Transformative Kapazität: Steuerung", "Transformative capacity: governance",
             True, 0.05),
    _measure("capacity_leadership", "share", "Transformative Kapazität: Leitung", "Transformative capacity: leadership",
             True, 0.05),
    _measure("capacity_awareness", "share", "Transformative Kapazität: Systembewusstsein",
             "Transformative capacity: system awareness", True, 0.05),
    _measure("capacity_reflection", "share", "Transformative Kapazität: Reflexion", "Transformative capacity: reflection",
             True, 0.05),
)  # fmt: skip

SERIES: tuple[Measure, ...] = TASK_SERIES + HOUSE_SERIES
"""Columns of a month of the whole administration."""

CONSTRAINTS = ("motivation", "knowledge", "time", "joint", "adjusting")
"""Names of binding constraints, in the order of the columns ``constraint_...``."""

DEPARTMENT_MEASURES = ("practice", "considered", "commitment", "knowledge", "openness", "workload", "need",
                       *(f"constraint_{name}" for name in CONSTRAINTS))  # fmt: skip
"""What is summed up over runs for each department, task and month."""

COLUMN = {measure.name: i for i, measure in enumerate(SERIES)}
"""The place of a column in the arrays of a month."""
_END = tuple(
    m for m in SERIES if not m.name.startswith(("stage_", "willingness_", "posts_", "hours_", "support", "salience"))
)

OUTCOMES: tuple[Measure, ...] = (
    *_END,
    _measure("hours_departments_total", "hours", "Stunden der Ämter im Jahr", "Hours of departments a year", False, 300.0),
    _measure("hours_units_total", "hours", "Stunden der Beauftragten im Jahr", "Hours of commissioners a year"),
    _measure("practice_per_1000_hours", "share", "Zuwachs der Praxis je 1000 Stunden", "Practice gained per 1000 hours",
             True, 0.0005),
    *(_measure(f"{name}_after_funding_{months}", "share",
               f"{de} {months} Monate nach Förderende" if months else f"{de} am Förderende",
               f"{en} {months} months after funding" if months else f"{en} at the end of funding", True, 0.0125)
      for name, de, en in (("practice", "Praxis", "Practice"), ("knowledge", "Wissen", "Knowledge"))
      for months in (0, 12, 24, 60)),
    _measure("shock_depth", "share", "Einbruch durch die Krise", "Drop by the shock", False, 0.0125),
    _measure("shock_recovery", "months", "Monate bis zur Erholung", "Months to recovery", False, 3.0),
    _measure("shock_new_level", "share", "Niveau vier Jahre später zum Stand davor", "Level four years on, from before",
             True, 0.0125),
)  # fmt: skip
"""Columns of a run. Those named as a column of a month are its mean over the last twelve months."""
