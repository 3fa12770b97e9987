"""The schema of claims files: statements of the report as tests of the model, and the roles of all other statements.

The files lie in one folder, which is the ledger.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from qsim.files.kinds import Kind, files_in, packaged
from qsim.files.messages import InputError
from qsim.files.translation import TERM_PATTERN
from qsim.runs.readings import LAST_YEAR
from qsim.scenario.labels import Label
from qsim.scenario.values import Id, Number, Part

TestKind = Literal[
    "direction", "non_inferiority", "equivalence", "order", "difference_of_differences", "existence", "shape",
    "necessity", "ranking",
]  # fmt: skip
RoleKind = Literal["input", "tested", "definition", "not_expressed"]


DEFAULT_MEASURE = "joint_practice"
KeyPhrase = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Finite = Annotated[float, Number(-1e12, 1e12, "number", known=True)]
Weight = Annotated[float, Number(-100, 100, "weight", known=True)]


def _no_change(raw: Any) -> Any:
    """Read a world without a value as the base scenario without changes."""
    return {} if raw is None else raw


TermText = Annotated[str, StringConstraints(pattern=TERM_PATTERN, max_length=200)]
"""A world; with ``.measure`` what is measured in it, with ``@time`` when: ``small.knowledge@2019-06``."""

WorldChanges = Annotated[dict[str, Any], BeforeValidator(_no_change)]
"""Changes of the base scenario by key; or ``scenario``, another scenario, and ``set``, its changes."""


class Mechanism(Part):
    """What is said to bring the tested effect about: a parameter with its neutral value, or a rule as a whole."""

    parameter: str | None = None
    """``rule.name``; off is ``neutral``."""
    neutral: Finite | None = None
    """The value at which the parameter does nothing."""
    rule: str | None = None
    """A rule of the month that is switched off."""


class Existence(Part):
    """That some runs of a world end above a value and others do not."""

    world: Id
    above: Finite
    in_share: tuple[
        Annotated[float, Number(0, 1, "share", known=True)], Annotated[float, Number(0, 1, "share", known=True)]
    ]
    """The share of runs above the value that is expected: from, to."""


class EqualCost(Part):
    """What all worlds must have alike for a ranking to be fair."""

    measure: str
    within: Annotated[float, Number(0, 1, "share", known=True)] = 0.1
    """The largest difference between worlds, as a share of the largest value."""


class Claim(Part):
    """A statement of the report as an experiment: worlds, what is measured in them and what is expected."""

    id: Id
    """Unique over all claims files."""
    statements: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids of the statements: first the one that is tested, then those that the same test touches."""
    key_phrase: KeyPhrase
    """A key phrase of the report, in German."""
    section: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    """Of the report."""
    text: Label
    """The statement as it is tested, in one sentence."""
    literal: bool = True
    """False where direction or form is inferred beyond the report's words."""
    test: TestKind
    base: Annotated[str, StringConstraints(min_length=1)] | None = None
    """The scenario that the worlds change; not needed where each names its own."""
    worlds: Annotated[dict[Id, WorldChanges], Field(min_length=1)]
    """Worlds by id, each with the keys it changes in the base."""
    expected: tuple[dict[TermText, Weight], ...] = ()
    """Contrasts, weighted sums of terms: the smallest is expected above ``relevant``, in an equivalence within it, in a
    non-inferiority above its negative."""
    exists: Existence | None = None
    measure: str = DEFAULT_MEASURE
    """A column of ``series``, or one of ``runs``; for the terms that name none themselves."""
    at: str = LAST_YEAR
    """``last_year`` (its mean), ``whole_run`` (mean), ``peak`` (largest month) or a month such as 2019-06; for the terms
    that name none themselves."""
    relevant: Annotated[float, Number(1e-9, 1e12, "difference", known=True)] | None = None
    """The smallest relevant difference; without it that of the measure. Where ratios are compared a share: 0.05 is 5 %."""
    equal: EqualCost | None = None
    mechanism: Mechanism
    cluster: Id | None = None
    """Near-duplicates share a cluster; without it the claim is one of its own."""
    because: Label | None = None
    """Which principle of the model should bring it out."""
    changed: tuple[Label, ...] = ()
    """Changes made after the first run, each with its reason."""


class Role(Part):
    """What a statement is in the model where no claim tests it, or beside being tested."""

    role: RoleKind
    where: str = ""
    """The rules, parameters, fields or keys in which it is expressed; nothing if it is not."""
    why: Label
    """How it is expressed, or why it is not."""


class ClaimsFile(Part):
    """A file of claims."""

    kind: Literal["claims"]
    schema_version: Literal[1]
    label: Label
    description: Label | None = None
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]


CLAIMS = Kind("claims", "claims", ClaimsFile, noun="claims file")
ROLES = Kind("roles", "claims", Role)
"""The files of the folder of claims whose names begin with ``roles``; what they hold are roles by statement."""

LATEST, HELD_OUT = "latest.json", "held_out.json"
"""The results of the ledger as it stands, in the same folder: of all tests but those held out, and of those."""


def ledger_folder() -> Path:
    """Return the folder whose files form the ledger: the current folder's ``claims/``, or else the one of qsim."""
    here = Path(CLAIMS.folder)
    return here if files_in(here) else packaged(CLAIMS.folder)


def claims_files(folder: Path | None = None) -> list[Path]:
    """Return the claims files of a folder, by default of the ledger; raise InputError if there is none."""
    wanted = ledger_folder() if folder is None else folder
    found = [path for path in files_in(wanted) if not is_roles_file(path)]
    if not found:
        raise InputError.about(wanted, "there are no claims files (*.yaml)")
    return found


def is_roles_file(path: Path) -> bool:
    """Return whether a file holds roles of statements, by its name."""
    return path.stem.startswith(ROLES.name)


def roles_files(folder: Path | None = None) -> list[Path]:
    """Return the files of a folder, by default of the ledger, that hold the roles of statements."""
    return [path for path in files_in(ledger_folder() if folder is None else folder) if is_roles_file(path)]
