"""Informal ties between departments: drawn function by function, so that small administrations become dense by themselves.

Every function of the catalogue knows some others, more often within its division. Where one department unites several
functions it has all their acquaintances (report 3.2: in small administrations people know each other). Links of process
chains are ties as well, weak at the start. Ties are neighbour lists: those of department d are
``ties[tie_first[d]:tie_first[d + 1]]``.
"""

from __future__ import annotations

import numpy as np

from qsim.scenario.standing import COPY_SLOTS
from qsim.world.compiling import compiled
from qsim.world.draws import decision, uniform_pair
from qsim.world.parameters import Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "ties", "Informelle Kontakte", "Informal ties",
    (
        Parameter("acquaintances", 2.07, 1.0, 6.0, "ties a function", "Bekannte je Aufgabe", "acquaintances a function",
                  "assumption", "report 1.2, 3.2 name informal exchange without numbers"),
        Parameter("within_division", 0.7089, 0.3, 0.9, "share", "Bekannte im eigenen Dezernat", "within the division",
                  "assumption", "departmental logic (Ressortlogik), report 1.1"),
        Parameter("strength", 0.4685, 0.1, 0.6, "share", "Stärke einer Bekanntschaft", "strength of an acquaintance",
                  "assumption", "no source"),
        Parameter("chain_strength", 0.2849, 0.05, 0.3, "share", "Stärke zwischen Prozessschritten",
                  "strength between steps of a process", "assumption", "report 3.3: knowledge of single steps prevails"),
    ),
    reads=(), writes=("ties.department", "ties.strength", "ties.origin", "links.tie"), decisions=("ties.partner",),
)  # fmt: skip

PARTNER = decision("ties.partner")
FIRST_COPY = 0.75
"""Beyond this share of its acquaintances outside its division, a function of a copy knows those of the first copy."""
OWN_EDITION = 99
"""Stands in place of the copy of the catalogue for functions that are not of it."""
MOST_ACQUAINTANCES = 8
"""The largest number of acquaintances a function may have; the arrays have room for it."""


@compiled
def draw_ties(world: World) -> None:
    """Fill ``ties``, ``tie_first`` and the links' ties, in time proportional to functions and ties."""
    p = world.parameters[0]
    functions = world.functions
    departments = world.departments
    capacity = world.ties.size // 2
    one = np.empty(capacity, np.int64)
    other = np.empty(capacity, np.int64)
    strength = np.empty(capacity, np.float64)
    found = 0
    wanted = min(int(p.ties_acquaintances + 0.5), MOST_ACQUAINTANCES)
    for i in range(functions.size):
        function = functions[i]
        for n in range(wanted):
            u, v = uniform_pair(world.key[0], PARTNER, n, function.slot)
            j = _partner(functions, i, u, v, p.ties_within_division)
            if functions[j].department != function.department:
                one[found] = function.department
                other[found] = functions[j].department
                strength[found] = p.ties_strength
                found += 1
    for c in range(world.chains.size):
        chain = world.chains[c]
        for i in range(chain.first, chain.first + chain.length - 1):
            one[found] = world.links[i].department
            other[found] = world.links[i + 1].department
            strength[found] = p.ties_chain_strength
            found += 1
    _join(world, one, other, strength, found, departments.size)
    _find_links(world)


@compiled
def _partner(functions: np.ndarray, i: int, u: float, v: float, within: float) -> int:
    """Return the index of an acquaintance of function i: in its division with probability ``within``, else anywhere.

    Partners are functions of the catalogue, which come first in the list; without any, the scenario's own. A function of a
    later copy of the catalogue mostly knows those of its own copy, as far as they exist; so a larger administration has the
    ties of a smaller one.
    """
    count = 0
    same = 0
    while count < functions.size and functions[count].edition == functions[0].edition:
        same += functions[count].group == functions[i].group
        count += 1
    partner = int(v * count)
    if u < within and same > 0:
        place = int(v * same)
        for j in range(count):
            if functions[j].group == functions[i].group:
                if place == 0:
                    partner = j
                place -= 1
    if u >= within and u - within > FIRST_COPY * (1.0 - within):
        return partner
    own = functions[i].slot - functions[i].slot % COPY_SLOTS + functions[partner].slot
    twin = count * functions[i].edition + partner
    if not 0 < functions[i].edition < OWN_EDITION:
        return partner
    if twin < functions.size and functions[twin].slot == own:
        return twin
    for j in range(count, functions.size):  # copies do not stand at their places if some have slots of their own
        if functions[j].slot == own:
            return j
    return partner


@compiled
def _join(world: World, one: np.ndarray, other: np.ndarray, strength: np.ndarray, found: int, size: int) -> None:
    """Sort directed ties by department and unite repeated ones: strength 1 - (1 - a)(1 - b)."""
    first = np.zeros(size + 1, np.int64)
    for e in range(found):
        first[one[e] + 1] += 1
        first[other[e] + 1] += 1
    for d in range(size):
        first[d + 1] += first[d]
    filled = first[:size].copy()
    ends = np.empty(2 * found, np.int64)
    weights = np.empty(2 * found, np.float64)
    for e in range(found):
        ends[filled[one[e]]] = other[e]
        weights[filled[one[e]]] = strength[e]
        filled[one[e]] += 1
        ends[filled[other[e]]] = one[e]
        weights[filled[other[e]]] = strength[e]
        filled[other[e]] += 1
    count = 0
    for d in range(size):
        world.tie_first[d] = count
        for e in range(first[d], first[d + 1]):
            place = count
            for j in range(world.tie_first[d], count):
                if world.ties[j].department == ends[e]:
                    place = j
            tie = world.ties[place]
            if place == count:
                tie.department = ends[e]
                tie.strength = weights[e]
                count += 1
            else:
                tie.strength = 1.0 - (1.0 - tie.strength) * (1.0 - weights[e])
            tie.origin = tie.strength
    world.tie_first[size] = count


@compiled
def _find_links(world: World) -> None:
    """Write into every link of a chain the index of the tie to the next step, or -1 at the end."""
    for c in range(world.chains.size):
        chain = world.chains[c]
        for i in range(chain.first, chain.first + chain.length):
            link = world.links[i]
            link.tie = -1
            if i + 1 < chain.first + chain.length:
                for j in range(world.tie_first[link.department], world.tie_first[link.department + 1]):
                    if world.ties[j].department == world.links[i + 1].department:
                        link.tie = j
