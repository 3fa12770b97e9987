"""The plan of a study: its runs in parts of fixed rows, whoever works on them, and the manifest from which it is made again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from qsim.files.messages import InputError
from qsim.files.reading import read_text
from qsim.runs.manifest import Manifest, PlanEntry, make_manifest
from qsim.runs.plans import plan_differences, plan_key
from qsim.runs.readings import Reading
from qsim.scenario.loading import content_of
from qsim.sweep.factors import Base, Factor
from qsim.sweep.loading import Experiment, Sources, read_experiment
from qsim.sweep.schema import Output
from qsim.world.compiling import sources_hash

PART_ROWS = {"runs": 256, "series": 64, "departments": 64}
"""Runs of a part at most, about, by what is written."""

FEWEST_PART_ROWS, PARTS_WANTED = 16, 64
"""A small study has smaller parts, so that all workers have some."""

LARGE, LARGE_PART_ROWS = 1_000_000, 2048
"""A study of so many runs or more has larger parts, so that there are fewer files."""

STUDY = "sweep"

ABOUT_MACHINE = ("python", "libraries", "processor")
DRAWING = "drawing"


@dataclass(frozen=True)
class Cell:
    """Some replicates of one scenario at one point: ``codes`` (factors,) are the point's, ``last`` is left out."""

    base: int
    point: int
    codes: tuple[float, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Part:
    """Rows ``first`` to ``last`` - 1 of the plan, as the replicates of some cells."""

    index: int
    first: int
    last: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, eq=False)
class Job:
    """All that a worker needs besides the part: what is varied and what is kept. Jobs of one ``key`` are equal.

    ``sources`` is the hash of the rules that the planner has; a worker with other rules refuses the work.
    """

    key: str
    sources: str
    bases: tuple[Base, ...]
    factors: tuple[Factor, ...]
    readings: tuple[Reading, ...]
    seed: int
    fixed: bool
    output: Output

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Job) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Plan:
    """The rows of an experiment: scenario by scenario, point by point, replicate by replicate.

    A part holds whole points where a point has few replicates, and otherwise a piece of one point.
    """

    def __init__(self, experiment: Experiment, part_rows: int | None = None) -> None:
        self.experiment = experiment
        self.part_rows = part_rows or _part_rows(experiment)
        self.replications = experiment.content.replications
        self._cells_a_part = max(self.part_rows // self.replications, 1)
        self._pieces = -(-self.replications // self.part_rows) if self.replications > self.part_rows else 1
        self.parts = -(-experiment.cells // self._cells_a_part) * self._pieces

    @property
    def rows(self) -> int:
        """The number of runs."""
        return self.experiment.runs

    def bounds(self, index: int) -> tuple[int, int]:
        """Return the first row of a part and the row behind its last one."""
        if self._pieces == 1:
            step = self._cells_a_part * self.replications
            return index * step, min((index + 1) * step, self.rows)
        cell, piece = divmod(index, self._pieces)
        start = cell * self.replications
        first, last = (start + min(i * self.part_rows, self.replications) for i in (piece, piece + 1))
        return first, last

    def part_of(self, cell: int, replicate: int) -> int:
        """Return the part that holds a replicate of a cell: of a point of a scenario, in the order of the plan."""
        if self._pieces == 1:
            return cell // self._cells_a_part
        return cell * self._pieces + replicate // self.part_rows

    def part(self, index: int) -> Part:
        """Return a part with the points of its cells."""
        first, last = self.bounds(index)
        points, count = self.experiment.design.points, self.replications
        cells: list[Cell] = []
        cell, end = first // count, -(-last // count)
        while cell < end:
            base, point = divmod(cell, points)
            stop = min(end - base * points, points)
            for codes in self.experiment.design.codes(point, stop).tolist():
                start = cell * count
                cells.append(Cell(base, point, tuple(codes), max(first - start, 0), min(last - start, count)))
                cell, point = cell + 1, point + 1
        return Part(index, first, last, tuple(cells))

    def job(self) -> Job:
        """Return what workers need besides the parts."""
        experiment, content = self.experiment, self.experiment.content
        key = plan_key(study_manifest(self))
        return Job(key, sources_hash(), experiment.bases, experiment.factors, experiment.readings, content.seed,
                   content.fixed, content.output)  # fmt: skip


def settled(plan: Plan) -> PlanEntry:
    """Return what settles the tables of a study, besides its scenarios, as JSON can hold it."""
    experiment, content = plan.experiment, plan.experiment.content
    points = experiment.points_text
    return {
        "factors": [entry.model_dump(mode="json", exclude={"label", "names"}) for entry in content.factors],
        "design": content.design.model_dump(mode="json"),
        "outcomes": [reading.column for reading in experiment.readings],
        "output": content.output,
        "points": None if points is None else hashlib.sha256(points.encode()).hexdigest(),
        "part_rows": plan.part_rows,
    }


def _part_rows(experiment: Experiment) -> int:
    output = experiment.content.output
    if output == "runs" and experiment.runs >= LARGE:
        return LARGE_PART_ROWS
    return min(max(experiment.runs // PARTS_WANTED, FEWEST_PART_ROWS), PART_ROWS[output])


def study_manifest(plan: Plan, command: str = "") -> Manifest:
    """Return the manifest of a plan. It holds no times and nothing that differs between two runs of the same plan."""
    experiment = plan.experiment
    content = experiment.content
    manifest = make_manifest(
        STUDY, experiment.scenarios, seed=content.seed, replications=content.replications, plausible=not content.fixed,
        command=command,
    )  # fmt: skip
    return {
        **manifest,
        "sources": sources_hash(),
        "experiment": {"id": experiment.id, "text": experiment.text, "points": experiment.points_text},
        "plan": settled(plan),
        "points": experiment.design.points,
        "runs": plan.rows,
        "parts": plan.parts,
    }


def differences(there: Manifest, here: Manifest) -> list[str]:
    """Return what keeps a study of one manifest from going on under another, in words: another plan or other rules."""
    result = plan_differences(there, here)
    before, now = there["plan"], here["plan"]
    result += [f"other {name.replace('_', ' ')}" for name in now if before.get(name) != now.get(name)]
    if not result and there.get("sources") != here["sources"]:
        result.append("other rules of the same version")
    return result


@dataclass(frozen=True)
class Note:
    """Something that was otherwise when a manifest was written: ``what`` it is, and what it was there and is here.

    ``what`` is ``version`` (of qsim), ``rules`` (other ones of the same version) or one of the things about a machine.
    """

    what: str
    differing: tuple[tuple[str, str, str], ...] = ()

    @property
    def of_qsim(self) -> bool:
        """Whether qsim itself was another, so that every number may differ."""
        return self.what not in (*ABOUT_MACHINE, DRAWING)

    @property
    def of_charts(self) -> bool:
        """Whether only what draws charts was another."""
        return self.what == DRAWING

    def __str__(self) -> str:
        shown = ", ".join(f"{name} {there} there and {here} here" for name, there, here in self.differing)
        if self.what == "rules":
            shown = "qsim of the same version, but with other rules"
        if self.of_qsim:
            return f'{shown}: every number may differ; CHANGELOG.md says under "Changes results" what changed'
        if self.of_charts:
            return f"{shown}: charts may be drawn otherwise"
        return f"{shown}: numbers may differ in their last digits (1e-9 relative)"


def version_notes(there: Manifest, here: Manifest) -> list[Note]:
    """Return what was otherwise when a manifest was written."""
    notes = []
    if there.get("version") != here["version"]:
        notes.append(Note("version", (("qsim", str(there.get("version")), str(here["version"])),)))
    elif there.get("sources", here.get("sources")) != here.get("sources"):
        notes.append(Note("rules"))
    notes += [Note(name, _differing(name, there.get(name), here.get(name)))
              for name in ABOUT_MACHINE if there.get(name) != here.get(name)]  # fmt: skip
    drawn = there.get(DRAWING), here.get(DRAWING)
    return notes + ([Note(DRAWING, _differing(DRAWING, *drawn))] if all(drawn) and drawn[0] != drawn[1] else [])


def _differing(name: str, there: Any, here: Any) -> tuple[tuple[str, str, str], ...]:
    if isinstance(there, dict) and isinstance(here, dict):
        names = [one for one in {**there, **here} if there.get(one) != here.get(one)]
        return tuple((one, str(there.get(one)), str(here.get(one))) for one in names)
    return ((name, str(there), str(here)),)


def plan_from(manifest: Manifest, file: str) -> Plan:
    """Return the plan that a manifest of a study holds; raise InputError, in one line, if it does not hold one."""
    bases = [Base(one["id"], content_of(one["text"], f"{one['id']} in {file}")) for one in manifest["scenarios"]]
    return Plan(_experiment(manifest, bases, file), manifest["plan"]["part_rows"])


def _experiment(manifest: Manifest, bases: list[Base], file: str) -> Experiment:
    entry = manifest["experiment"]
    waiting, points = iter(bases), entry["points"]

    def next_base(name: str) -> Base:
        base = next(waiting, None)
        if base is None:
            raise InputError.about(file, f"holds no scenario for {name}")
        return base

    def text_of_points(name: str) -> tuple[str, str]:
        if points is None:
            raise InputError.about(file, f"holds no points of {name}")
        return points, f"{name} in {file}"

    root = read_text(entry["text"], f"{entry['id']} in {file}")
    sources = Sources(next_base, text_of_points)
    numbers = manifest["replications"], manifest["seed"]
    return read_experiment(root, entry["id"], entry["text"], sources, *numbers, fixed=not manifest["plausible"])
