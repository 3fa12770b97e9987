"""The manifest of a study: its experiment and scenarios in full, so that anybody can go on with it or run it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qsim.files.messages import InputError, Message
from qsim.files.reading import read_text
from qsim.runs.manifest import Manifest, make_manifest, plan_differences
from qsim.sweep.building import Base
from qsim.sweep.loading import Experiment, Sources, read_experiment
from qsim.sweep.plan import Plan, settled
from qsim.world.compiling import sources_hash

STUDY = "sweep"
ABOUT_MACHINE = ("python", "libraries", "processor")


def study_manifest(plan: Plan, command: str = "") -> Manifest:
    """Return the manifest of a plan. It holds no times and nothing that differs between two runs of the same plan."""
    experiment = plan.experiment
    content = experiment.content
    manifest = make_manifest(
        STUDY, experiment.scenarios, seed=content.seed, replications=content.replications, command=command
    )
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
    found = plan_differences(there, here)
    before, now = there.get("plan"), here["plan"]
    if not isinstance(before, dict):
        return found or ["no plan there"]
    found += [f"other {name.replace('_', ' ')}" for name in now if before.get(name) != now[name]]
    if not found and there.get("sources") != here["sources"]:
        found.append("other rules of the same version")
    return found


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
        return self.what not in ABOUT_MACHINE

    def __str__(self) -> str:
        shown = ", ".join(f"{name} {there} there and {here} here" for name, there, here in self.differing)
        if self.what == "rules":
            shown = "qsim of the same version, but with other rules"
        if self.of_qsim:
            return f'{shown}: every number may differ; CHANGELOG.md says under "Changes results" what changed'
        return f"{shown}: numbers may differ in their last digits (1e-9 relative)"


def version_notes(there: Manifest, here: Manifest) -> list[Note]:
    """Return what was otherwise when a manifest was written."""
    notes = []
    if there.get("version") != here["version"]:
        notes.append(Note("version", (("qsim", str(there.get("version")), str(here["version"])),)))
    elif there.get("sources", here.get("sources")) != here.get("sources"):
        notes.append(Note("rules"))
    return notes + [Note(name, _differing(name, there.get(name), here[name]))
                    for name in ABOUT_MACHINE if there.get(name) != here[name]]  # fmt: skip


def _differing(name: str, there: Any, here: Any) -> tuple[tuple[str, str, str], ...]:
    if isinstance(there, dict) and isinstance(here, dict):
        names = [one for one in {**there, **here} if there.get(one) != here.get(one)]
        return tuple((one, str(there.get(one)), str(here.get(one))) for one in names)
    return ((name, str(there), str(here)),)


def plan_from(manifest: Manifest, file: str) -> Plan:
    """Return the plan that a manifest holds; raise InputError, in one line, if it does not hold one that is right."""
    try:
        entry, part_rows = manifest["experiment"], int(manifest["plan"]["part_rows"])
        bases = [Base(one["id"], read_text(one["text"], f"{one['id']} in {file}")) for one in manifest["scenarios"]]
        return Plan(_experiment(manifest, entry, bases, file), part_rows)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError([Message(file, None, None, "", "is no manifest of a study")]) from None


def _experiment(manifest: Manifest, entry: dict[str, Any], bases: list[Base], file: str) -> Experiment:
    waiting = iter(bases)
    points = entry["points"]

    def text_of_points(name: str) -> tuple[str, str]:
        return points, f"{name} in {file}"

    root = read_text(entry["text"], f"{entry['id']} in {file}")
    sources = Sources(lambda name: next(waiting), text_of_points)
    return read_experiment(root, entry["id"], entry["text"], sources, manifest["replications"], manifest["seed"])
