"""The page, opened by ``solara run app.py``: sliders, the departments, and what comes of training."""

import solara
from mesa.visualization import Slider, SolaraViz, make_plot_component
from model import TrainingTown
from solara.server import settings

from qsim.viz.pictures import house_picture
from qsim.viz.sliders import speaker

settings.telemetry.mixpanel_enable = False  # Solara would tell its makers who uses it

model_params = {
    "threshold": Slider("Departments train below this workload", 0.95, 0.0, 1.5, 0.05),
    "gain": Slider("Learned in a month of training", 0.02, 0.0, 0.1, 0.005),
    "posts": Slider("Posts of the commissioner", 1.0, 0.0, 4.0, 0.5),
    "rng": 1,
}


def departments(model):
    """Show the departments by division; the darker, the more they know."""
    solara.FigureMatplotlib(house_picture(model, "knowledge", speaker("en")), format="png", bbox_inches=None)


page = SolaraViz(
    TrainingTown(),
    components=[
        departments,
        make_plot_component({"knowledge": "tab:blue", "practice": "tab:orange"}),
        make_plot_component({"training": "tab:green", "workload": "tab:brown"}),
    ],
    model_params=model_params,
    name="Training when there is time",
)
page  # noqa: B018  # Solara shows what this name holds
