"""What is asked of a comparison: its scenarios, its numbers of worlds, what counts; and how it is run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qsim.comparison.comparing import BUDGET, REPLICATIONS, Compared, affordable, compare_worlds
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.runs.execution import Progress
from qsim.runs.manifest import Manifest, make_manifest
from qsim.runs.standards import Standards
from qsim.runs.store import Store
from qsim.scenario.schema import Scenario


@dataclass(frozen=True)
class ComparisonPlan:
    """A comparison of the first scenario with each other one, before it is run.

    ``settings`` fixes the number of plausible settings, None lets the verdicts decide within a ``budget`` of runs.
    Without ``plausible`` settings each of ``replications`` worlds in all is a setting of its own. Two scenarios with the
    same id get different ones.
    """

    scenarios: Sequence[Scenario]
    seed: int = 1
    settings: int | None = None
    replications: int = REPLICATIONS
    budget: int = BUDGET
    plausible: bool = True
    standards: Standards = field(default_factory=Standards)

    @property
    def fixed(self) -> int | None:
        """The number of settings, if it does not depend on the verdicts."""
        return self.settings if self.plausible else self.replications

    @property
    def numbers(self) -> dict[str, int | None]:
        """Seed and numbers of runs, by the names of the command's options; None for what does not decide."""
        budget = None if self.fixed else self.budget
        settings = self.settings if self.plausible else None
        return {"seed": self.seed, "settings": settings, "replications": self.replications, "budget": budget}

    def worlds(self) -> TwinWorlds:
        """Return the twin worlds, none of them run yet; raise InputError for wrong overrides, ValueError for one scenario."""
        twins = prepare_twins(self.scenarios, self.plausible)
        return TwinWorlds(twins, self.seed, self.replications, self.plausible)

    def most_runs(self, worlds: TwinWorlds) -> int:
        """Return how many runs it takes at most; raise ValueError for a budget that is too small."""
        settings = self.fixed or affordable(worlds, self.budget)
        return settings * worlds.replications * len(worlds.twins)

    def manifest(self, worlds: TwinWorlds, command: str) -> Manifest:
        """Return the manifest of the comparison; ``command`` is what gives its numbers again."""
        return make_manifest(
            "compare",
            [twin.scenario for twin in worlds.twins],
            seed=self.seed,
            replications=self.replications,
            settings=self.numbers["settings"],
            plausible=self.plausible,
            budget=self.numbers["budget"],
            standards=self.standards,
            command=command,
        )

    def run(
        self,
        worlds: TwinWorlds,
        workers: int | None = None,
        progress: Progress | None = None,
        store: Store | None = None,
    ) -> Compared:
        """Run the worlds and compare them; raise RunError for a run that fails."""
        return compare_worlds(worlds, self.fixed, self.budget, self.standards, workers, progress, store)


def planned_again(manifest: Manifest, scenarios: Sequence[Scenario]) -> ComparisonPlan:
    """Return the plan that a manifest holds; raise KeyError, TypeError or ValueError if it holds none."""
    return ComparisonPlan(
        scenarios,
        seed=int(manifest["seed"]),
        settings=manifest["settings"],
        replications=int(manifest["replications"]),
        budget=manifest["budget"] or BUDGET,
        plausible=bool(manifest["plausible"]),
        standards=Standards(**manifest["standards"]),
    )
