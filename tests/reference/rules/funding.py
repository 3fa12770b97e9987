"""The city sees what the work achieves, decides about posts whose funding runs out, and counts those it pays for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference.maths import logistic, share

if TYPE_CHECKING:
    from reference.agents import Commissioner, Phase
    from reference.model import ReferenceModel

END, CONTINUE = 1, 2


def funding(model: ReferenceModel) -> None:
    """Move beliefs, then go through the funding phases."""
    p = model.parameters
    for task in model.tasks:
        met = task.mean_practice / max(task.base_need, 0.1)
        seen = share(met + p["funding.visible_noise"] * model.normal("funding.visible", task.slot))
        rate = share(p["funding.belief_rate"] + p["funding.evaluation_rate"] * model.administration.evaluation)
        task.belief += rate * (seen - task.belief)
    for unit in model.units:
        unit.posts = 0.0
    for phase in model.phases:
        unit = model.units[phase.unit]
        runs_out = math.isfinite(phase.end) and model.month - 1 < phase.end <= model.month
        if runs_out and phase.after != END:
            chance = 1.0 if phase.after == CONTINUE else renewal(model, unit, phase)
            if model.uniform("funding.renewal", phase.slot) < chance:
                phase.end = math.inf
                phase.own_share = 1.0
        phase.active = 1.0 if phase.start <= model.month < phase.end else 0.0
        unit.posts += phase.active * phase.posts


def renewal(model: ReferenceModel, unit: Commissioner, phase: Phase) -> float:
    """Return the chance that the council makes a phase permanent: that of the unit's strongest task."""
    p = model.parameters
    highest = 0.0
    for k, task in enumerate(model.tasks):
        if not unit.handles(k):
            continue
        support = 0.5 * (model.leaders[0].support[k].support + model.leaders[unit.leader].support[k].support)
        chance = logistic(
            p["funding.base"]
            + p["funding.effect_weight"] * task.belief
            + p["funding.salience_weight"] * (task.salience - p["leadership.usual_salience"])
            + p["funding.support_weight"] * support
            - p["funding.cost_weight"] * phase.own_share * model.administration.tightness
        )
        highest = max(highest, 1.0 if task.mandate > 0.0 else chance)
    return highest
