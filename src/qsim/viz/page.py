"""The page: Mesa's SolaraViz of a scenario with its sliders, and what is shown of the model."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import solara
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz
from solara.server import settings

from qsim.engine.model import Administration
from qsim.present.words.languages import chosen_language
from qsim.present.words.speaker import Speaker
from qsim.viz.pictures import COLOURS, house_picture, lines_picture, measure_label, numbers_table
from qsim.viz.sliders import Sliders, speaker

DOTS = 150
"""Of a picture, to an inch."""

# A server of Solara tells its makers who uses it, as soon as its app is loaded.
settings.telemetry.mixpanel_enable = False


def page_of(scenario: str | Path = "medium", language: str | None = None, rng: int = 1) -> Any:
    """Return the page of a scenario, given by its name or its file, as a Solara element; ``rng`` is the seed of its runs.

    Raise InputError for a wrong scenario, ValueError for a language that there is not; without one it is that of the locale.
    """
    speak = speaker(chosen_language(language))
    sliders = Sliders(scenario, speak)
    return SolaraViz(
        sliders.model_class(rng)(),
        components=[_house(speak), _lines(speak), _numbers(speak)],
        model_params=dict(sliders.inputs),
        name=speak("viz.title", scenario=speak.label(sliders.scenario.label)),
    )


def _house(speak: Speaker) -> Callable[[Administration], Any]:
    names = {measure_label(name, speak): name for name in COLOURS}

    def house(model: Administration) -> None:
        chosen, choose = solara.use_state(next(iter(names)))
        with solara.Column():
            solara.Select(speak("viz.colour"), values=list(names), value=chosen, on_value=choose)
            _drawn(house_picture(model, names[chosen], speak), speak("viz.house", colour=chosen))

    return house


def _lines(speak: Speaker) -> Callable[[Administration], Any]:
    def lines(model: Administration) -> None:
        _drawn(lines_picture(model, speak), speak("viz.lines"))

    return lines


def _numbers(speak: Speaker) -> Callable[[Administration], Any]:
    def numbers(model: Administration) -> None:
        with solara.Column():
            solara.HTML(tag="table", unsafe_innerHTML=numbers_table(model, speak), style="text-align: left")
            solara.Text(speak("viz.note"))

    return numbers


def _drawn(figure: Figure, description: str) -> None:
    """Show a figure with what it shows in words, which Solara's own component has no place for."""
    picture = BytesIO()
    figure.savefig(picture, format="png", dpi=DOTS)
    source = f"data:image/png;base64,{b64encode(picture.getvalue()).decode()}"
    solara.HTML(tag="img", attributes={"src": source, "alt": description}, style="width: 100%")
