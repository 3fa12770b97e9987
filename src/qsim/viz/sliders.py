"""What may be moved on Mesa's page: the main values of a scenario by the keys of its file, and a model that takes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import qsim.explore
from qsim.engine.model import Administration
from qsim.explore.catalogue import FOREVER, entry_of
from qsim.explore.entries import parts_of
from qsim.explore.offer import Offer
from qsim.present.words.languages import Language
from qsim.present.words.speaker import Speaker
from qsim.scenario.loading import load_scenario

RUNS = 100
"""Runs among which the page lets choose."""

LONGEST = 240
"""Months that funding can be set to."""

Input = dict[str, Any]
"""An input as Mesa's page takes it: type, label, value, and either min, max and step, or values."""


def speaker(language: Language) -> Speaker:
    """Return who says the texts of the page and, of the values of a scenario, those of the live page."""
    return Speaker(language, (Path(qsim.explore.__path__[0]) / "words", Path(__file__).parent / "words"))


class Sliders:
    """The inputs of a page for a scenario, given by its name or its file: what matters most and the scenario states.

    ``inputs`` are by key, the number of the run first. A number that nobody knows has none, as Mesa's sliders have no place
    for it. Raise InputError for a wrong scenario.
    """

    def __init__(self, name: str | Path, speak: Speaker) -> None:
        self.name = name
        self.scenario = load_scenario(name)
        self._options: dict[str, dict[str, str]] = {}
        self.inputs: dict[str, Input] = {
            "replicate": {
                "type": "SliderInt",
                "label": speak("viz.run"),
                "value": 0,
                "min": 0,
                "max": RUNS - 1,
                "step": 1,
            }
        }
        entry, own = entry_of(Offer(self.scenario), speak), {key for key, _ in parts_of(self.scenario)}
        controls = [one for one in entry["controls"] if one["main"] and one["owner"] in own]
        labels = [one["label"] for one in controls]
        for one in controls:
            label = speak("viz.months") if _for_good(one) else one["label"]
            owner = "" if labels.count(one["label"]) == 1 else f"{entry['owners'][one['owner']]['label']}: "
            if found := self._input(one, f"{owner}{label}", speak):
                self.inputs[one["key"]] = found

    def _input(self, control: Mapping[str, Any], label: str, speak: Speaker) -> Input | None:
        value = control["value"]
        if control["kind"] == "choice":
            self._options[control["key"]] = names = dict(control["options"])
            stated = speak("viz.as_stated") if value is None else names[value]
            values = [stated, *names.values()] if value is None else list(names.values())
            return {"type": "Select", "label": label, "value": stated, "values": values}
        if control["kind"] != "number" or value is None:
            return None
        if control["field"] == "duration_months":
            least, months = (0, 0) if _for_good(control) else (1, int(value))
            return {
                "type": "SliderInt",
                "label": label,
                "value": months,
                "min": least,
                "max": max(LONGEST, months),
                "step": 1,
            }
        ends = {"min": float(control["low"]), "max": float(control["high"]), "step": control["step"]}
        return {"type": "SliderFloat", "label": label, "value": float(value), **ends}

    def changes(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return what differs from the scenario, by key, as ``load_scenario`` takes it; posts for good may get months."""
        found: dict[str, Any] = {}
        for key, value in asked.items():
            if value == self.inputs[key]["value"]:
                continue
            names = self._options.get(key)
            found[key] = value if names is None else next(option for option, name in names.items() if name == value)
            if self.inputs[key]["min" if names is None else "value"] == 0 and key.endswith(".duration_months"):
                found[key.removesuffix("duration_months") + "kind"] = "fixed"
        return found

    def model_class(self, rng: int) -> type[Administration]:
        """Return the model of the scenario whose arguments are the inputs, as Mesa's page makes it anew."""
        sliders = self

        class Town(Administration):
            """One run of the scenario with the central setting and the values of the sliders."""

            def __init__(self, replicate: int = 0, scenario: Any = None, **kwargs: Any) -> None:
                # Mesa's page checks that there are kwargs, and from 3.5 on gives a scenario of its own, which is empty.
                settings = load_scenario(sliders.name, sliders.changes(kwargs))
                super().__init__(settings, rng=rng, replicate=replicate)

        return Town


def _for_good(control: Mapping[str, Any]) -> bool:
    """Return whether a control is the duration of posts that have no end."""
    return bool(control["field"] == "duration_months" and control["value"] == FOREVER)
