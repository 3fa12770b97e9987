"""Whether two manifests are of one plan, what tells them apart, and on what each part of one was run."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from qsim.files.messages import InputError
from qsim.files.nodes import plain
from qsim.files.reading import read_text
from qsim.runs.agreement import paired
from qsim.runs.manifest import Entry, Manifest, Origin, settling

SETTLED = ("version", "study", "seed", "replications", "settings", "plausible", "budget", "standards")
"""The entries, besides the scenarios, that settle the numbers: two folders with the same ones belong to one plan."""

LISTED = 3
"""Keys that are listed of those that differ."""


def with_origins(here: Manifest, there: Manifest | None) -> Manifest:
    """Return a manifest that also says on what those parts were run that were there before."""
    if there is None:
        return here
    earlier = [*there.get("origins", []), _origin(there)]
    origins = [one for place, one in enumerate(earlier) if one != _origin(here) and one not in earlier[:place]]
    return {**here, "origins": origins} if origins else here


def _origin(manifest: Manifest) -> Origin:
    return {"python": manifest["python"], "libraries": manifest["libraries"], "processor": manifest["processor"]}


def plan_differences(there: Manifest, here: Manifest) -> list[str]:
    """Return what tells two plans apart, in words; an empty list if they are one plan."""
    result = [
        f"{name} {json.dumps(there.get(name))} there and {json.dumps(here.get(name))} here"
        for name in SETTLED
        if there.get(name) != here.get(name)
    ]
    old, new = ([(entry["id"], entry["sha256"]) for entry in one["scenarios"]] for one in (there, here))
    names = [[name for name, _ in side] for side in (old, new)]
    if names[0] != names[1]:
        there_and_here = (", ".join(side) or "none" for side in names)
        return [*result, "scenarios {} there and {} here".format(*there_and_here)]
    for before, now in zip(there["scenarios"], here["scenarios"], strict=True):
        result += _content_differences(before, now)
    return result


def _content_differences(there: Entry, here: Entry) -> list[str]:
    """Return, in words, which keys of two texts of one name settle numbers otherwise."""
    places = [] if there["sha256"] == here["sha256"] else _other_places(there, here)
    places = [place.removeprefix(f"{here['id']}.") for place in places]  # a text may hold one group, of its own name
    more = ", ..." if len(places) > LISTED else ""
    return [f"other content of {here['id']}: {', '.join(places[:LISTED])}{more}"] if places else []


def _other_places(there: Entry, here: Entry) -> list[str]:
    """Return the keys whose values differ between two texts, apart from words for people; all if one is no YAML."""
    try:
        old, new = (settling(plain(read_text(entry["text"], entry["id"]))) for entry in (there, here))
    except InputError:
        return ["text"]
    return [place or "text" for place, before, now in paired(old, new) if before != now]


def plan_key(manifest: Manifest) -> str:
    """Return 32 hex digits that differ for other plans, other rules and other versions."""
    entries: dict[str, Any] = {**manifest}
    settled = [entries.get(name) for name in (*SETTLED, "sources", "plan")]
    texts = [(entry["id"], entry["sha256"]) for entry in manifest["scenarios"]]
    return hashlib.blake2b(json.dumps([settled, texts], sort_keys=True).encode(), digest_size=16).hexdigest()
