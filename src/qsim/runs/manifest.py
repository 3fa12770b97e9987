"""The manifest of a folder of results: what was run, with which versions and command, so that anybody can run it again."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired

from pydantic import AfterValidator, Field, FiniteFloat, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError, from_json
from typing_extensions import TypeAliasType, TypedDict  # those of Python 3.11 say less to pydantic

import qsim
from qsim.engine.seeds import LARGEST, MOST_REPLICATIONS, MOST_RUNS_EVER, MOST_SETTINGS
from qsim.files.messages import InputError, shown
from qsim.files.opening import read_bytes
from qsim.runs.standards import Standards
from qsim.scenario.schema import Scenario
from qsim.scenario.writing import resolved_yaml

MANIFEST = "manifest.json"
CRATE = "ro-crate-metadata.json"
"""What `qsim crate` writes beside a manifest, for archives."""

LIBRARIES = ("mesa", "numpy", "numba", "llvmlite", "scipy", "pandas", "pyarrow", "pydantic", "ruamel.yaml")
TOLD_LIBRARIES = ("numpy", "numba")
"""Libraries whose versions a page tells its readers."""

DRAWS = "matplotlib"
WORDS = ("label", "description", "source")
"""Keys of words for people, which settle no number."""

Count = Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]
Planned = Annotated[int, Field(ge=1, le=MOST_RUNS_EVER)]

Numbers = TypeAliasType("Numbers", "bool | FiniteFloat | str | list[Numbers] | dict[str, Numbers] | None")
"""What a page carries of its numbers, by where they stand."""


class Entry(TypedDict):
    """A text that settles numbers, such as a scenario in full, with its name; ``sha256`` is of all that settles them."""

    id: str
    sha256: str
    text: str


class Origin(TypedDict):
    """On what other machine, or with what other libraries, some of the parts were run."""

    python: str
    libraries: dict[str, str]
    processor: str


class ExperimentEntry(TypedDict):
    """The file of an experiment, and that of its points."""

    id: str
    text: str
    points: str | None


class PlanEntry(TypedDict):
    """What settles the tables of a study, besides its scenarios."""

    factors: list[dict[str, Any]]
    design: dict[str, Any]
    outcomes: list[str]
    output: Literal["runs", "series", "departments"]
    points: str | None
    part_rows: Count


def _with_those_told(libraries: dict[str, str]) -> dict[str, str]:
    if missing := [name for name in TOLD_LIBRARIES if name not in libraries]:
        raise PydanticCustomError("library", "expected the version of {name}, too", {"name": missing[0]})
    return libraries


class AskedMeasures(TypedDict):
    """What was asked for of measures on a live page: those that are ticked, their month, the library if it is not qsim's."""

    ticked: list[str]
    start: str | None
    library: dict[str, Any] | None


class Manifest(TypedDict):
    """What a manifest holds, within the limits of the command line; the last entries are those of some studies only."""

    package: Literal["qsim"]
    version: str
    study: str
    command: str
    seed: Annotated[int, Field(ge=0, le=LARGEST)]
    replications: Annotated[int, Field(ge=0, le=MOST_REPLICATIONS)]
    settings: Annotated[int, Field(ge=1, le=MOST_SETTINGS)] | None
    plausible: bool
    budget: Count | None
    standards: Annotated[dict[str, Any], AfterValidator(lambda value: asdict(standards_in(value)))] | None
    scenarios: list[Entry]
    python: str
    libraries: Annotated[dict[str, str], AfterValidator(_with_those_told)]
    processor: str
    sources: NotRequired[str]
    origins: NotRequired[list[Origin]]
    experiment: NotRequired[ExperimentEntry]
    plan: NotRequired[PlanEntry]
    points: NotRequired[Planned]
    runs: NotRequired[Planned]
    parts: NotRequired[Planned]
    numbers: NotRequired[Numbers]
    drawing: NotRequired[dict[str, str]]
    day: NotRequired[Annotated[str, AfterValidator(lambda text: date.fromisoformat(text).isoformat())]]
    measures: NotRequired[list[AskedMeasures]]


COMPARE, ADVISE, DIFF = "compare", "advise", "diff"
LEAST_SCENARIOS = {COMPARE: 2, DIFF: 0}
OF_STUDY = {"sweep": ("sources", "experiment", "plan", "points", "runs", "parts"), "sensitivity": ("sources",)}
"""Entries that some studies have, too."""

NO_RUNS = ("discover",)
"""Studies that run nothing themselves."""


def make_manifest(
    study: str,
    scenarios: Sequence[Scenario],
    *,
    seed: int,
    replications: int,
    settings: int | None = None,
    plausible: bool = False,
    budget: int | None = None,
    standards: Standards | None = None,
    command: str = "",
    texts: Mapping[str, str] | None = None,
) -> Manifest:
    """Return the manifest of a study: ``run`` or ``compare``, its scenarios in full, its seed and numbers of runs.

    ``settings`` counts the plausible settings, None if the unknown is drawn with each replicate or if a ``budget`` of
    runs decides; ``standards`` say what counts in a comparison; ``texts`` are what else settles the results, by name.
    The manifest holds no times and nothing else that differs between two runs of the same plan on the same machine.
    """
    return {
        "package": "qsim",
        "version": qsim.__version__,
        "study": study,
        "command": command,
        "seed": seed,
        "replications": replications,
        "settings": settings,
        "plausible": plausible,
        "budget": budget,
        "standards": None if standards is None else asdict(standards),
        "scenarios": [
            *(_entry(scenario.id, settling(_content(scenario)), resolved_yaml(scenario)) for scenario in scenarios),
            *(_entry(name, text, text) for name, text in (texts or {}).items()),
        ],
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "processor": processor(),
    }


def drawn_with() -> dict[str, str]:
    """Return the version of what draws the charts of a page, which settles none of its numbers."""
    return {DRAWS: version(DRAWS)}


def settling(content: Any) -> Any:
    """Return what settles numbers in the content of a file: all but words for people."""
    if isinstance(content, dict):
        return {key: settling(value) for key, value in content.items() if key not in WORDS}
    return [settling(each) for each in content] if isinstance(content, (list, tuple)) else content


def _content(scenario: Scenario) -> Any:
    return scenario.model_dump(mode="json", exclude={"id"}, exclude_unset=True, exclude_none=True)


def _entry(name: str, settling: Any, text: str) -> Entry:
    settled = settling if isinstance(settling, str) else json.dumps(settling, sort_keys=True)
    return {"id": name, "sha256": hashlib.sha256(settled.encode()).hexdigest(), "text": text}


def processor() -> str:
    """Return the kind of processor: across kinds the last bits of results differ."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest in a file; None if there is none, or something else.

    Raise InputError, in one line, for one that is damaged and for what is no file or too large to be one.
    """
    return manifest_in(read_bytes(path, str(path)), str(path)) if path.exists() else None


def manifest_in(text: str | bytes, shown_as: str) -> Manifest | None:
    """Return the manifest that a text holds, None if it holds none; raise InputError, in one line, if it is damaged."""
    try:
        content = from_json(text, allow_inf_nan=False)
    except ValueError:
        return None
    if not isinstance(content, dict) or content.get("package") != "qsim":
        return None
    try:
        result = _adapter().validate_python(content, strict=True)
    except ValidationError as error:
        raise _damaged(shown_as, _first_wrong(error)) from None
    missing = [name for name in OF_STUDY.get(result["study"], ()) if name not in result]
    if missing:
        raise _damaged(shown_as, f"{missing[0]}: missing")
    least = LEAST_SCENARIOS.get(result["study"], 1)
    if len(result["scenarios"]) < least:
        raise _damaged(shown_as, f"scenarios: found {len(result['scenarios'])}; expected at least {least}")
    if not result["replications"] and result["study"] not in NO_RUNS:
        raise _damaged(shown_as, f"replications: found 0; expected 1 to {MOST_REPLICATIONS}")
    return result


def holds_json(path: Path) -> bool:
    """Return whether a file holds what a manifest that was cut off does not: JSON."""
    try:
        from_json(read_bytes(path, path.name))
    except (InputError, ValueError):
        return False
    return True


def _first_wrong(error: ValidationError) -> str:
    """Return what is wrong with the first entry that is; of all it might have been, what it is most like."""
    errors = error.errors(include_url=False)
    name = str(errors[0]["loc"][0])
    wrong = max((one for one in errors if one["loc"][0] == name), key=lambda one: len(one["loc"]))
    expected = wrong["msg"].replace("Input should be", "expected")
    if name == "numbers":
        expected = "expected a finite number, a text or nothing"
    if wrong["type"] == "missing":
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in wrong["loc"])
        return f"{place.removeprefix('.')}: missing"
    return f"{name}: found {shown(wrong['input'])}; {expected}"


def _damaged(shown_as: str, text: str) -> InputError:
    return InputError.about(shown_as, f"holds a manifest that is damaged: {text}")


def standards_in(entry: dict[str, Any] | None) -> Standards:
    """Return the standards that a manifest holds; raise ValueError if they are none."""
    return TypeAdapter(Standards).validate_python(entry or {})


@cache
def _adapter() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def manifest_text(manifest: Manifest) -> str:
    """Return a manifest as it is written."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def command_line(*parts: str | None, changes: Sequence[str] = (), **options: Any) -> str:
    """Return a command that gives the same numbers again; options that are None stay out, lists repeat theirs."""
    words = ["qsim", *(part for part in parts if part is not None)]
    for name, value in options.items():
        for each in value if isinstance(value, list) else [] if value is None else [value]:
            words += [f"--{name}", str(each)]
    for change in changes:
        words += ["--set", change]
    return shlex.join(words)


def continue_command(command: str, folder: Path, reuse: Path | None = None) -> str:
    """Return the command that goes on with a study in a folder, with runs of another one, from any other.

    It is empty for a study that no command has begun.
    """
    if not command:
        return ""
    folders = {"--out": folder} if reuse is None else {"--out": folder, "--reuse": reuse}
    return " ".join((command, *(f"{name} {shlex.quote(os.path.abspath(path))}" for name, path in folders.items())))
