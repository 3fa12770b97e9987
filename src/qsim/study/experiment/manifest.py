"""The manifest of a study: its experiment and scenarios in full, so that anybody can go on with it or run it again."""

from __future__ import annotations

import json
from typing import Any

from qsim.scenario.messages import InputError, Message
from qsim.scenario.reading import read_text
from qsim.study.experiment.building import Base
from qsim.study.experiment.loading import Experiment, Sources, read_experiment
from qsim.study.experiment.plan import Plan, settled
from qsim.study.manifest import Manifest, make_manifest, plan_differences
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


def version_notes(there: Manifest, here: Manifest) -> list[str]:
    """Return what was otherwise when a manifest was written, with what may differ for it, one line each."""
    notes = []
    if there.get("version") != here["version"] or there.get("sources", here.get("sources")) != here.get("sources"):
        versions = f"qsim {there.get('version')} there and {here['version']} here"
        same = "qsim of the same version, but with other rules"
        what = same if there.get("version") == here["version"] else versions
        notes.append(f'{what}: every number may differ; CHANGELOG.md says under "Changes results" what changed')
    for name in ABOUT_MACHINE:
        before, now = there.get(name), here[name]
        if before != now:
            notes.append(f"{name} {_shown(before, now)}: numbers may differ in their last digits (1e-9 relative)")
    return notes


def _shown(before: Any, now: Any) -> str:
    if isinstance(before, dict) and isinstance(now, dict):
        names = [name for name in {**before, **now} if before.get(name) != now.get(name)]
        return ", ".join(f"{name} {before.get(name)} there and {now.get(name)} here" for name in names)
    return f"{json.dumps(before)} there and {json.dumps(now)} here"


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
