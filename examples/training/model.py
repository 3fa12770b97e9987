"""The model: a small administration of qsim whose departments train when they have time."""

from typing import Any

from agents import Learner

from qsim import Administration, load_scenario

POSTS = "commissioners[integration].funding[0].posts"
"""The key of a value in the scenario's file; every value has one, see docs/keys.md."""


class TrainingTown(Administration):
    """An administration of ten departments with a commissioner for integration, over ten years.

    Departments whose workload is below ``threshold`` close the part ``gain`` of what they do not know, each month. ``posts`` is
    the size of the commissioner's unit, ``rng`` the seed. With a threshold of 0 nobody trains: this is qsim's own run.
    """

    def __init__(self, threshold: float = 0.95, gain: float = 0.02, posts: float = 1.0, rng: Any = 1) -> None:
        self.threshold, self.gain = threshold, gain
        super().__init__(
            load_scenario("small", {POSTS: posts}),
            rng=rng,
            department_class=Learner,
            model_reporters={"training": share_that_trained},
        )


def share_that_trained(model: TrainingTown) -> float:
    """Return the share of departments that trained in the last month."""
    return sum(department.trained for department in model.departments) / len(model.departments)
