"""The agents: departments that learn when they have time."""

from qsim.engine.agents import Department


class Learner(Department):
    """A department that trains its staff in each month in which its workload leaves time for it."""

    trained = False
    """Whether it trained in the last month."""

    def step(self) -> None:
        """Train, or do not: this comes after qsim's own rules of the month, and before the month is recorded."""
        self.trained = self.workload < self.model.threshold
        if self.trained:
            self.knowledge += self.model.gain * (1.0 - self.knowledge)
