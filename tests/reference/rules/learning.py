"""Learning: departments learn from contact, exchange, colleagues and doing, and forget; units learn on the job."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference.agents import Department
from reference.maths import positive, share
from reference.rules.practice import carried_out
from reference.together import together

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def learning(model: ReferenceModel) -> None:
    for k in range(len(model.tasks)):
        learned = [learn(model, department, k) for department in model.departments]
        for department, (knowledge, process, chain) in zip(model.departments, learned, strict=True):
            stance = department.stances[k]
            stance.knowledge, stance.process_knowledge, stance.chain_knowledge = knowledge, process, chain
    practise_units(model)


def learn(model: ReferenceModel, department: Department, k: int) -> tuple[float, float, float]:
    """Return the knowledge of the subject, of procedures and of whole processes after the month."""
    p, stance = model.parameters, department.stances[k]
    x = stance.outreach + (p["learning.moment"] - 1.0) * stance.cases + stance.exchange
    y, shown = (stance.source / x, stance.process_source / x) if x > 0.0 else (0.0, 0.0)
    willing = math.sqrt(stance.openness * stance.time)
    kept = 1.0 - p["staffing.document_share"] * model.administration.knowledge_management
    forgotten = p["learning.forgetting"] * (1.0 - p["learning.routine_memory"] * stance.routine) * kept
    crisis = stance.time * share(stance.own_shock / max(p["workload.task_effort"] * stance.relevance, 1e-9))
    doing = p["learning.doing_rate"] * share(stance.practice + crisis)
    scale = p["learning.contact_scale"]
    taken = p["learning.contact_rate"] * (1.0 - math.exp(-x / scale)) * willing
    ahead_subject, ahead_process = ahead(department, k)
    colleagues = p["learning.colleague_rate"] * willing

    e, h, chain = stance.knowledge, stance.process_knowledge, stance.chain_knowledge
    subject = taken * absorbed(model, e) * positive(y - e) + colleagues * ahead_subject + doing * (1.0 - e)
    asked = p["learning.gate_rate"] * stance.gate * carried_out(stance)
    asked *= stance.time * positive(p["learning.gate_knowledge"] - h)
    settled = p["learning.decision_rate"] * stance.decided * absorbed(model, e)
    process = taken * absorbed(model, h) * positive(shown - h)
    process += colleagues * ahead_process + (doing + settled) * (1.0 - h) + asked
    met = 1.0 - math.exp(-(stance.exchange + 0.3 * stance.outreach) / scale)
    whole = (p["learning.chain_rate"] * met + 0.3 * doing) * (1.0 - chain)
    return (
        share(e + subject - forgotten * e),
        share(h + process - forgotten * h),
        share(chain + whole - forgotten * chain),
    )


def absorbed(model: ReferenceModel, known: float) -> float:
    """Return the part of what is offered that somebody who knows this much can take in."""
    absorption = model.parameters["learning.absorption"]
    return absorption + (1.0 - absorption) * known / (known + 0.3)


def ahead(department: Department, k: int) -> tuple[float, float]:
    """Return how far colleagues are ahead in subject and process knowledge, over the ties of the department."""
    own = department.stances[k]
    s, subject, process = 1e-9, 0.0, 0.0
    for tie in department.ties:
        channel, other = together(tie.strength, tie.agreed), tie.department.stances[k]
        s += channel
        subject += channel * positive(other.knowledge - own.knowledge)
        process += channel * positive(other.process_knowledge - own.process_knowledge)
    density = min(s, 2.0) / s
    return density * subject, density * process


def practise_units(model: ReferenceModel) -> None:
    """Let staffed units learn by working and from what their formats teach."""
    rate = model.parameters["learning.unit_rate"]
    for unit in model.units:
        if unit.filled <= 0.0:
            continue
        unit.knowledge = share(unit.knowledge + rate * (1.0 - unit.knowledge) ** 2)
        for format in model.formats:
            if format.owner_kind == 1 and format.owner == unit.index and format.meetings > 0.0:
                taught = format.learn * format.quality * positive(format.source_knowledge - unit.knowledge)
                unit.knowledge += rate * taught
