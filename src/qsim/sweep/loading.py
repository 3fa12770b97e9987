"""Loads an experiment: its file, the scenarios it varies and its design, with all that is wrong at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qsim.engine.seeds import MOST_RUNS_EVER
from qsim.files.changes import Changes, changed
from qsim.files.findings import Finding
from qsim.files.inheritance import read
from qsim.files.keys import key_text
from qsim.files.kinds import file_name, find
from qsim.files.loading import RightPart, validated
from qsim.files.messages import InputError, Message, Place, message_at
from qsim.files.nodes import Node, deepest
from qsim.files.opening import read_utf8
from qsim.files.reading import read_file
from qsim.runs.designs import Design, Given, make_design
from qsim.runs.readings import Reading
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.sweep.checking import answer_findings, content_findings, refusals
from qsim.sweep.factor_reading import POINTS, factor_findings, given_points, make_factor
from qsim.sweep.factors import Base, Factor, build_scenario
from qsim.sweep.schema import EXPERIMENT, ExperimentFile

MOST_RUNS = 10_000_000
"""Runs that nobody has by mistake; a study of more has to be asked for."""


@dataclass(frozen=True)
class Experiment:
    """An experiment that is right: what its file says, the scenarios it varies, its factors and its points.

    ``text`` is its file; ``points_text`` is the file of its points, if it has one.
    """

    id: str
    content: ExperimentFile
    text: str
    bases: tuple[Base, ...]
    scenarios: tuple[Scenario, ...]
    factors: tuple[Factor, ...]
    design: Design
    points_text: str | None = None

    @property
    def cells(self) -> int:
        """The number of points of all scenarios."""
        return len(self.bases) * self.design.points

    @property
    def runs(self) -> int:
        """The number of runs."""
        return self.cells * self.content.replications

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What is read from each run."""
        return self.content.readings


@dataclass(frozen=True)
class Sources:
    """Where an experiment gets what it names: a scenario by its name, and the text of a file of points by its name."""

    base: Callable[[str], Base]
    points: Callable[[str], tuple[str, str]]


def load_experiment(
    name: str | Path,
    changes: Changes = (),
    replications: int | None = None,
    seed: int | None = None,
    large: bool = True,
    fixed: bool | None = None,
) -> Experiment:
    """Return the experiment of a file, given by its path or as a name in ``experiments/``.

    ``changes`` such as ``months=60`` are made to all its scenarios; ``replications``, ``seed`` and ``fixed`` replace those
    of the file. Raise InputError, with all errors at once, if anything is wrong; unless ``large``, with its size, for more than
    :data:`MOST_RUNS` runs, before any of its points is looked at.
    """
    path = find(EXPERIMENT, name)

    def base(wanted: str) -> Base:
        result = find(SCENARIO, wanted, path.parent)
        return Base(result.stem, changed(SCENARIO, read(SCENARIO, result), changes))

    def points(file: str) -> tuple[str, str]:
        beside = path.parent / file
        shown_as = file_name(beside, EXPERIMENT)
        return read_utf8(beside, shown_as), shown_as

    unread: list[Message] = []
    root = read_file(path, file_name(path, EXPERIMENT), unread)
    text = read_utf8(path, root.place.file)
    return read_experiment(root, path.stem, text, Sources(base, points), replications, seed, large, unread, fixed)


def read_experiment(
    root: Node,
    name: str,
    text: str,
    sources: Sources,
    replications: int | None = None,
    seed: int | None = None,
    large: bool = True,
    unread: Sequence[Message] = (),
    fixed: bool | None = None,
) -> Experiment:
    """Return the experiment of a file's content, of which reading has found ``unread``.

    Raise InputError, with all errors at once, if anything is wrong; what depends on something wrong is not looked at.
    """
    EXPERIMENT.check_header(root)
    loaded = validated(EXPERIMENT, root, wrong=unread)
    part, wrong = loaded.right_part(), loaded.wrong
    if part is None:
        raise InputError(wrong)
    chosen = {"replications": replications, "seed": seed, "fixed": fixed}
    content = part.content.model_copy(update={key: value for key, value in chosen.items() if value is not None})
    bases, scenarios = _bases(part, sources, wrong)
    findings = list(content_findings(content, scenarios))
    if _kind_is_unknown(part):
        findings = [finding for finding in findings if finding.path[0] != "design"]
    factors, more = _factors(part)
    findings += more
    wrong += part.told(findings)
    doubtful = {finding.path[0] for finding in findings} | {path[0] for path in part.left_out}
    doubtful |= {"scenarios"} if len(bases) < len(content.scenarios) else set()
    design, points_text = None, None
    if not doubtful & {"factors", "design"}:
        try:
            factors, design, points_text = _design(content, factors, sources)
        except InputError as error:
            wrong += error.messages
    if design is not None and not wrong:
        most = MOST_RUNS_EVER if large else MOST_RUNS
        place = deepest(root, ("design",))[0].place
        check_size(name, design.points, content.replications, len(bases), most, place)
    if design is not None or content.design.kind != POINTS:
        readings = () if "outcomes" in doubtful else content.readings
        small = design is not None and len(bases) * design.points * content.replications <= MOST_RUNS
        tried = [factor for factor in factors if factor.is_range or factor.levels]
        wrong += refusals(bases, tried, design if small else None, readings, root.place.file)
        if not doubtful & {"factors", "outcomes", "scenarios"} and len(tried) == len(factors):
            wrong += part.told(answer_findings(content, factors, bases))
    if wrong or design is None:
        raise InputError(wrong)
    return Experiment(name, content, text, tuple(bases), tuple(scenarios), tuple(factors), design, points_text)


def _kind_is_unknown(part: RightPart[ExperimentFile]) -> bool:
    return part.touches("design", "kind") or ("design",) in part.left_out


def _factors(part: RightPart[ExperimentFile]) -> tuple[list[Factor], list[Finding]]:
    """Return the factors that are right, and what is wrong with the others, as far as the kind of design is known."""
    design = POINTS if _kind_is_unknown(part) else part.content.design.kind  # a file of points asks for nothing
    factors: list[Factor] = []
    findings: list[Finding] = []
    for index, entry in enumerate(part.content.factors):
        path = part.written(("factors", index))
        if part.touches(*path):
            continue
        own = list(factor_findings(entry, ("factors", index), design))
        findings += own
        factors += [] if own else [make_factor(entry, part.root, path)]
    return factors, findings


def check_size(
    name: str, points: int, replications: int, scenarios: int, most: int = MOST_RUNS, place: Place | None = None
) -> None:
    """Raise InputError, with its size, for an experiment of more runs than ``most``, at the place of its design if known."""
    runs = points * replications * scenarios
    if runs <= most:
        return
    times = f" x {scenarios:,} scenarios" if scenarios > 1 else ""
    way = "; --yes runs them all the same" if most == MOST_RUNS else ""
    text = f"{points:,} points x {replications:,} replications{times} are {runs:,} runs, more than {most:,}{way}"
    raise InputError.about(name, text) if place is None else InputError([message_at(place, "design", text)])


def _bases(
    part: RightPart[ExperimentFile], sources: Sources, wrong: list[Message]
) -> tuple[list[Base], list[Scenario]]:
    """Return the scenarios that are right, and add what is wrong with the others at the place that names them."""
    bases: list[Base] = []
    scenarios: list[Scenario] = []
    for entry, name in enumerate(part.content.scenarios):
        path = part.written(("scenarios", entry))
        place, key = deepest(part.root, path)[0].place, key_text(part.root, path)
        try:
            base = sources.base(name)
            scenario = build_scenario(base, {})
        except InputError as error:
            for message in error.messages:
                text = message.text if message.file in (name, place.file) else str(message)
                wrong.append(message_at(place, key, f"{name}: {text}"))
            continue
        if base.id in [other.id for other in bases]:
            wrong.append(message_at(place, key, f'the scenario "{base.id}" is there twice'))
            continue
        bases.append(base)
        scenarios.append(scenario)
    return bases, scenarios


def _design(
    content: ExperimentFile, factors: list[Factor], sources: Sources
) -> tuple[list[Factor], Design, str | None]:
    design = content.design
    if design.kind != POINTS:
        return factors, make_design(design.kind, factors, content.seed, design.number, design.second_order), None
    assert design.file is not None
    text, file = sources.points(design.file)
    factors, codes = given_points(text, file, factors, content.factors)
    return factors, Given(codes), text
