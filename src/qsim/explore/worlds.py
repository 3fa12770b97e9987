"""The worlds of a scenario in which a page may change whatever has a control.

Numbers and months are written at the words that a plan with them left open tells. A choice, such as a position, is written
as the words by which plans with its options differ, so that it needs no image of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

import numpy as np

from qsim.browser.image import Image, image_of
from qsim.browser.worlds import Structure, Words, Worlds
from qsim.engine.prepare import Prepared
from qsim.explore.controls import Control, controls_of
from qsim.explore.entries import placed
from qsim.explore.offer import Offer
from qsim.explore.phases import place_words, places_of
from qsim.scenario.values import Unknown
from qsim.world.blueprint import Plan
from qsim.world.records import World

Sizes = tuple[tuple[int, ...], ...]
"""The shapes of all arrays of a plan."""


class Changeable(Worlds):
    """The worlds of a scenario in the first ``settings``, with its controls; raise InputError for wrong overrides."""

    def __init__(self, offer: Offer, settings: int, seed: int = 1) -> None:
        self.offer, self.given, limits = offer, controls_of(offer), offer.post_limits
        self.posts = {one.key: one.value for one in self.given if one.key in limits and _is_known(one.value)}
        roomy = placed(offer.whole, {key: Unknown(between=(0.0, limits[key])) for key in self.posts})
        super().__init__(roomy, settings, seed)
        own = Prepared(offer.whole, plausible=True).blueprint.unknowns
        self.open = list(own)
        self.ranges = {one.key: _range(one) for one in self.given if one.kind in ("number", "month")}
        plans = {_sizes(plan): plan for plan in (self.prepared.blueprint.plan(seed, s)[0] for s in range(settings))}
        self.options: dict[str, tuple[Any, ...]] = {}
        self._words: dict[Sizes, dict[str, list[Words]]] = {sizes: {} for sizes in plans}
        for one in self.given:
            if _options(one):
                self._try(one, plans)
        self.options |= places_of(offer.whole)

    def structures(self) -> Iterator[Structure]:
        """Yield all structures, each with what controls write."""
        for one in super().structures():
            values = dict(zip(self.structural, one.choice, strict=True))
            plan = self.prepared.blueprint.at(values).plan(self.seed, 0)[0]
            image = Image(self._posted(plan), one.image.offsets, self._numbers(plan, one.image))
            options = self._words[_sizes(plan)] | place_words(self.offer.whole, plan.template, image)
            yield Structure(one.choice, image, one.departments, one.payers, options)

    def _try(self, control: Control, plans: Mapping[Sizes, Plan]) -> None:
        """Keep the options of a choice that leave all arrays as long as they are, and what each of them writes."""
        options = _options(control)
        tried = {sizes: [self.with_values(plan, {control.key: option}) for option in options]
                 for sizes, plan in plans.items()}  # fmt: skip
        able = [all(_sizes(own[place]) == sizes for sizes, own in tried.items()) for place in range(len(options))]
        self.options[control.key] = tuple(compress(options, able))
        for sizes, own in tried.items():
            self._words[sizes][control.key] = self._option_words([*compress(own, able)])

    def _posted(self, plan: Plan) -> bytes:
        """Return the image of a plan, with the posts that the scenario says."""
        template = World(*(array.copy() for array in plan.template))
        for place, word, key, _, _ in plan.patches:
            if key in self.posts:
                template[place].reshape(-1).view(np.float64)[word] = self.posts[key]
        return image_of(plan, template, self.seed).content

    def _numbers(self, plan: Plan, image: Image) -> dict[str, list[tuple[int, bool]]]:
        """Return the words of what is unknown and of all numbers that have a control."""
        values: dict[str, Any] = {one.key: _open(one.value) for one in self.given
                                  if one.kind in ("number", "month") and one.key not in self.posts}  # fmt: skip
        values |= {f"{one.owner}.kind": "fixed" for one in self.given if one.field == "duration_months"}
        opened = self.with_values(plan, values)
        return {**image_of(opened, opened.template, self.seed).words, **image.words}

    def _option_words(self, plans: Sequence[Plan]) -> list[Words]:
        """Return for each of the plans with the options of a choice the words in which they differ."""
        if not plans:
            return []
        images = [np.frombuffer(self._posted(each), np.uint64) for each in plans]
        places = [int(at) for at in np.flatnonzero((np.stack(images) != images[0]).any(axis=0))]
        return [[(8 * at, int(image[at])) for at in places] for image in images]

    def with_values(self, plan: Plan, values: Mapping[str, Any]) -> Plan:
        """Return the plan of the same scenario with values at keys, unchecked."""
        return Plan(placed(plan.scenario, values), plan.template.parameters, plan.template.switches)


def _range(control: Control) -> tuple[float, float | None]:
    """Return the least and the most that a number of a control may be, its switch among them; None is no end."""
    ends = [end for end in (control.low, control.high, control.switch, _least(control.value)) if end is not None]
    return min(ends), None if math.isinf(max(ends)) else max(ends)


def _least(value: Any) -> float | None:
    """Return a number, or the least that an unknown one may be: what stands already may lie before what can be set."""
    if isinstance(value, Unknown):
        return float(value.smallest) if value.between else None
    return None if value is None else float(value)


def _options(control: Control) -> tuple[Any, ...]:
    return (False, True) if control.kind == "flag" else control.options


def _sizes(plan: Plan) -> Sizes:
    return tuple(array.shape for array in plan.template)


def _is_known(value: Any) -> bool:
    return value is not None and not isinstance(value, Unknown)


def _open(value: Any) -> Unknown:
    """Return a value as an unknown one, so that its words are told; in the middle it stands where it stood."""
    if isinstance(value, Unknown):
        return value
    return Unknown(between=(value, value) if value is not None else (0.5, 0.5))
