"""Rule 2, funding: posts are paid for in phases, and at the end of a fixed phase the city decides.

A phase pays posts from its start for its duration. The city's belief mu about the effect follows what it sees,
mu += g (y - mu) with y the share of the need that is visibly met and g higher with evaluation. It starts from what a city
expects, so evaluation keeps what works and ends what does not (report 3.1, Cottbus). A phase is made permanent with
probability sigma(b0 + b1 mu + b2 (salience - .3) + b3 support - b4 own share tightness); a mandate takes the decision away
(report 1.1, 1.3).
"""

from __future__ import annotations

import math

from qsim.world.compiling import compiled, piece
from qsim.world.draws import decision, normal, uniform
from qsim.world.hierarchy import MAYOR
from qsim.world.kinds import CONTINUE, END
from qsim.world.maths import logistic, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "funding", "Finanzierung", "Funding",
    (
        Parameter("belief_rate", 0.008222, 0.0, 0.03, "share a month", "Lernen aus sichtbarer Wirkung",
                  "learning from visible effect", "assumption", "no source"),
        Parameter("evaluation_rate", 0.05538, 0.02, 0.15, "share a month", "zusätzlich bei Evaluation",
                  "in addition with evaluation", "report", "1.1, 3.1 Evaluation; the number is an assumption"),
        Parameter("visible_noise", 0.1998, 0.02, 0.2, "share", "Unschärfe der sichtbaren Wirkung",
                  "noise of the visible effect", "assumption", "no source"),
        Parameter("base", -0.1486, -1.5, 0.5, "logits", "Verstetigung: Grundneigung", "made permanent: base",
                  "public figure", "B-13, B-14: more than half of climate posts are permanent (a stock, not a rate)"),
        Parameter("effect_weight", 5.132, 1.0, 8.0, "logits", "Verstetigung: Wirkung", "made permanent: effect",
                  "assumption", "report 3.1 names the joint evaluation"),
        Parameter("salience_weight", 1.156, 1.0, 4.0, "logits", "Verstetigung: Aufmerksamkeit",
                  "made permanent: attention", "report", "1.3 Druck, Klimanotstand; the number is an assumption"),
        Parameter("support_weight", 0.7099, 0.5, 3.0, "logits", "Verstetigung: Rückhalt", "made permanent: support",
                  "report", "1.1 kommunalpolitische Unterstützung; the number is an assumption"),
        Parameter("cost_weight", 3.793, 0.5, 4.0, "logits", "Verstetigung: Kosten bei knappem Haushalt",
                  "made permanent: cost in a tight budget", "report", "1.1 Eigenanteil; the number is an assumption"),
    ),
    reads=("tasks.salience", "tasks.mandate", "tasks.mean_practice", "support.support", "administration.tightness",
           "administration.evaluation"),
    writes=("phases.end", "phases.active", "phases.own_share", "units.posts", "tasks.belief"),
    decisions=("funding.renewal", "funding.visible"),
)  # fmt: skip

RENEWAL = decision("funding.renewal")
VISIBLE = decision("funding.visible")
LEAST_NEED = Coefficient(0.1, "share", "need below this counts as this where practice is compared with it")


@piece
def funding(world: World, month: int) -> None:
    """Update the city's belief, decide on phases that end now, and count the funded posts."""
    _believe(world, month)
    for u in range(world.units.size):
        world.units[u].posts = 0.0
    for n in range(world.phases.size):
        phase = world.phases[n]
        ends = math.isfinite(phase.end) and month - 1.0 < phase.end <= month
        if ends and phase.after != END:
            chance = 1.0 if phase.after == CONTINUE else renewal_chance(world, n)
            if uniform(world.key[0], RENEWAL, month, phase.slot) < chance:
                phase.end = math.inf
                phase.own_share = 1.0
        phase.active = 1.0 if phase.start <= month < phase.end else 0.0
        world.units[phase.unit].posts += phase.active * phase.posts


@compiled
def renewal_chance(world: World, n: int) -> float:
    """Return the probability that phase n is made permanent: the highest over the tasks of its unit."""
    p = world.parameters[0]
    phase = world.phases[n]
    unit = world.units[phase.unit]
    chance = 0.0
    for k in range(world.tasks.size):
        if world.duties[phase.unit, k] > 0.0:
            task = world.tasks[k]
            support = 0.5 * (world.support[MAYOR, k].support + world.support[unit.leader, k].support)
            logit = (p.funding_base + p.funding_effect_weight * task.belief
                     + p.funding_salience_weight * (task.salience - p.leadership_usual_salience)
                     + p.funding_support_weight * support
                     - p.funding_cost_weight * phase.own_share * world.administration[0].tightness)  # fmt: skip
            chance = max(chance, 1.0 if task.mandate > 0.0 else logistic(logit))
    return chance


@compiled
def _believe(world: World, month: int) -> None:
    p = world.parameters[0]
    rate = share(p.funding_belief_rate + p.funding_evaluation_rate * world.administration[0].evaluation)
    for k in range(world.tasks.size):
        task = world.tasks[k]
        met = task.mean_practice / max(task.base_need, LEAST_NEED)
        noise = p.funding_visible_noise * normal(world.key[0], VISIBLE, month, task.slot)
        task.belief += rate * (share(met + noise) - task.belief)
