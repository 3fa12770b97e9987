"""The month: all rules in the order in which they run. This is the table of contents of the model."""

from __future__ import annotations

from qsim.mechanisms import calendar as calendar_rule
from qsim.mechanisms import civil_society as civil_society_rule
from qsim.mechanisms import commitment as commitment_rule
from qsim.mechanisms import formats as formats_rule
from qsim.mechanisms import funding as funding_rule
from qsim.mechanisms import leadership as leadership_rule
from qsim.mechanisms import learning as learning_rule
from qsim.mechanisms import openness as openness_rule
from qsim.mechanisms import outreach as outreach_rule
from qsim.mechanisms import practice as practice_rule
from qsim.mechanisms import recognition as recognition_rule
from qsim.mechanisms import staffing as staffing_rule
from qsim.mechanisms import workload as workload_rule
from qsim.mechanisms.calendar import calendar
from qsim.mechanisms.civil_society import civil_society
from qsim.mechanisms.commitment import commitment
from qsim.mechanisms.formats import formats
from qsim.mechanisms.funding import funding
from qsim.mechanisms.leadership import leadership
from qsim.mechanisms.learning import learning
from qsim.mechanisms.openness import openness
from qsim.mechanisms.outreach import outreach
from qsim.mechanisms.practice import practice
from qsim.mechanisms.recognition import recognition
from qsim.mechanisms.staffing import staffing
from qsim.mechanisms.workload import workload
from qsim.world import initial, ties
from qsim.world.compiling import inlined
from qsim.world.flows import start_month
from qsim.world.parameters import Rule
from qsim.world.records import World

MONTH: tuple[Rule, ...] = (
    calendar_rule.RULE,
    funding_rule.RULE,
    staffing_rule.RULE,
    workload_rule.RULE,
    leadership_rule.RULE,
    outreach_rule.RULE,
    formats_rule.RULE,
    learning_rule.RULE,
    openness_rule.RULE,
    recognition_rule.RULE,
    commitment_rule.RULE,
    practice_rule.RULE,
    civil_society_rule.RULE,
)
"""What each rule of the month declares, in order; ``switches`` of a world has one entry for each."""

RULES: tuple[Rule, ...] = (initial.RULE, ties.RULE, *MONTH)
"""All that have parameters: the initial state, the ties, and the rules of the month."""

NAMES: tuple[str, ...] = tuple(rule.name for rule in MONTH)


@inlined
def month_rules(world: World, month: int, first: int, last: int) -> None:
    """Run the rules with positions ``first`` to ``last - 1`` of the month that are switched on.

    The whole month is 0 to 13; a part of it is run where a researcher's own rule stands in between.
    """
    on = world.switches
    if first == 0:
        start_month(world)
    if first <= 0 < last and on[0]:
        calendar(world, month)
    if first <= 1 < last and on[1]:
        funding(world, month)
    if first <= 2 < last and on[2]:
        staffing(world, month)
    if first <= 3 < last and on[3]:
        workload(world, month)
    if first <= 4 < last and on[4]:
        leadership(world, month)
    if first <= 5 < last and on[5]:
        outreach(world, month)
    if first <= 6 < last and on[6]:
        formats(world, month)
    if first <= 7 < last and on[7]:
        learning(world, month)
    if first <= 8 < last and on[8]:
        openness(world, month)
    if first <= 9 < last and on[9]:
        recognition(world, month)
    if first <= 10 < last and on[10]:
        commitment(world, month)
    if first <= 11 < last and on[11]:
        practice(world, month)
    if first <= 12 < last and on[12]:
        civil_society(world, month)
