"""Searches for the ensemble of settings and writes it: ``make settings``. Stopped, it goes on where it was.

The rounds lie in a folder, one file each; the same seed gives the same ensemble, whatever workers and interruptions.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from evidence.settings import luck, patterns, search, spread, worlds
from evidence.settings.chosen import ordered, outcomes_at
from evidence.settings.luck import CANDIDATES, OTHERS, PLACES, chosen, looked_at, numbers_at, refused
from evidence.settings.patterns import PATTERNS
from evidence.settings.search import Chain, lacks, next_wave, walked
from evidence.settings.space import NAMES, values_of
from evidence.settings.worlds import Luck, alike
from qsim.engine.settings import FILE, Ensemble, rules_hash
from qsim.engine.warm import warm_up
from qsim.mechanisms.month import RULES
from qsim.runs.readings import Array
from qsim.runs.unit_cube import hypercube

RECORD = Path(__file__).with_name("latest.json")


@dataclass(frozen=True)
class Plan:
    """How much is searched: points of the first wave, chains, their steps in a round, rounds forgotten and kept.

    Of the kept rounds each gives one setting a chain. ``rules`` and ``patterns`` are the hashes of what is searched.
    """

    seed: int = 1
    first: int = 160
    chains: int = 40
    wave: int = 4
    steps: int = 25
    forgotten: int = 2
    kept: int = 29
    rules: str = ""
    patterns: str = ""


def patterns_hash() -> str:
    """Return a hash of the patterns and of how they are searched for."""
    digest = hashlib.blake2b(digest_size=8)
    for module in (patterns, worlds, luck, search):
        digest.update(Path(str(module.__file__)).read_bytes())
    for path in sorted(worlds.FOLDER.glob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Rounds:
    """The rounds of a plan, each made once and kept in a file of a folder."""

    def __init__(self, plan: Plan, folder: Path, pool: Executor, tell: Callable[[str], None]) -> None:
        self.plan, self.folder, self.pool, self.tell = plan, folder, pool, tell
        folder.mkdir(parents=True, exist_ok=True)
        self.number = 0

    def make(self, name: str, build: Callable[[], Any]) -> Any:
        """Return what a round gives, from its file if it has one."""
        path = self.folder / f"{self.number:03}.json"
        self.number += 1
        if path.exists():
            return json.loads(path.read_text())
        content = build()
        path.with_suffix(".part").write_text(json.dumps(content))
        path.with_suffix(".part").replace(path)
        self.tell(f"{name} {self.number}: {datetime.datetime.now():%H:%M:%S}")
        return content

    def first(self) -> list[dict[str, Any]]:
        """Return what the points of the first wave lack, by pattern."""
        points = hypercube(self.plan.first, len(NAMES), self.plan.seed)
        return list(self.pool.map(looked_at, points, [alike(1)] * len(points)))

    def luck(self, points: Sequence[Array]) -> dict[str, int]:
        """Return the seed of each world with which the numbers at some points are nearest to those with any seed."""
        tried = [(point, alike(seed)) for seed in CANDIDATES for point in points]
        numbers = list(self.pool.map(numbers_at, *zip(*tried, strict=True), chunksize=8))
        return chosen([numbers[start : start + len(points)] for start in range(0, len(numbers), len(points))])

    def begun(self, points: Sequence[Array], luck: Luck) -> list[dict[str, Any]]:
        """Return where the chains begin."""
        missing = self.pool.map(lacks, points, [luck] * len(points))
        return [asdict(Chain(point.tolist(), lack)) for point, (lack, _) in zip(points, missing, strict=True)]

    def walk(self, chains: Sequence[Chain], limit: float, luck: Luck, steps: int) -> list[Chain]:
        """Return the chains after a round."""
        count = len(chains)
        names = [f"round {self.number} chain {place}" for place in range(count)]
        others = np.array([chain.point for chain in chains])
        same = [[one] * count for one in (others, limit, luck, steps, self.plan.seed)]
        content = self.make(
            f"limit {limit:.4f}, round",
            lambda: [
                asdict(chain) | {"point": chain.point.tolist()} for chain in self.pool.map(walked, chains, *same, names)
            ],
        )
        walks = _chains(content)
        taken = sum(chain.taken for chain in walks) / sum(chain.steps for chain in walks)
        refused = spread.shared([chain.rejected for chain in walks])
        told = ", ".join(f"{name} {share:.0%}" for name, share in list(refused.items())[:4])
        self.tell(f"  taken {taken:.0%}; {sum(chain.missing == 0 for chain in walks)} possible; refused by {told}")
        return walks


def _chains(content: Sequence[dict[str, Any]]) -> list[Chain]:
    return [Chain(**chain | {"point": np.array(chain["point"])}) for chain in content]


@dataclass(frozen=True)
class Searched:
    """What a search gave: the first wave, the luck of the worlds, what became of each limit, the kept rounds of chains."""

    first: list[dict[str, Any]]
    luck: Luck
    waves: list[dict[str, Any]]
    kept: list[list[Chain]]


def searched(rounds: Rounds) -> Searched:
    """Return what the rounds of a plan give."""
    plan = rounds.plan
    first = rounds.make("first wave", rounds.first)
    best = [np.array(one["point"]) for one in sorted(first, key=lambda one: sum(one["missing"].values()))]
    luck = rounds.make("luck of the worlds", lambda: rounds.luck(best[:PLACES]))
    chains = _chains(rounds.make("beginnings", lambda: rounds.begun(best[: plan.chains], luck)))
    limit = max(chain.missing for chain in chains)
    waves: list[dict[str, Any]] = []

    def walk(limit: float, steps: int) -> list[Chain]:
        walks = rounds.walk(chains, limit, luck, steps)
        taken = sum(chain.taken for chain in walks) / sum(chain.steps for chain in walks)
        waves.append({"limit": limit, "taken": taken, "refused": spread.shared([chain.rejected for chain in walks])})
        return walks

    while limit > 0.0:
        limit, chains = next_wave(walk(limit, plan.wave))
    kept = []
    for number in range(plan.forgotten + plan.kept):
        chains = walk(0.0, plan.steps)
        if number >= plan.forgotten:
            kept.append(chains)
    return Searched(first, luck, waves, kept)


def described(search: Searched, lacking: Sequence[str], points: Array, plan: Plan) -> dict[str, Any]:
    """Return the record that docs/settings.md is made from.

    ``lacking`` has the first pattern that each setting of the chains lacks by the means over other luck; ``points`` are kept.
    """
    absent = np.array([list(one["missing"].values()) for one in search.first]) > 0.0
    names = list(PATTERNS)
    return {
        "plan": asdict(plan),
        "date": f"{datetime.date.today()}",
        "first": {"shown": dict(zip(names, (~absent).mean(axis=0).tolist(), strict=True)),
                  "all": float((~absent).all(axis=1).mean())},
        "luck": search.luck,
        "waves": search.waves,
        "settings": len(points),
        "other_luck": {"of": len(lacking), "refused": spread.shared([Counter(name for name in lacking if name)])},
        **spread.figures(np.array([[chain.point for chain in one] for one in search.kept]), points),
    }  # fmt: skip


def write_defaults(values: dict[str, float], folder: Path) -> None:
    """Write values by ``<rule>.<name>`` as the defaults of the parameters into the files of the rules."""
    for rule in RULES:
        path = next(path for path in folder.rglob("*.py") if f'RULE = Rule(\n    "{rule.name}"' in path.read_text())
        text = path.read_text(encoding="utf-8")
        for p in rule.parameters:
            name = f"{rule.name}.{p.name}"
            if name in values:
                text, count = re.subn(
                    rf'(Parameter\(\s*"{p.name}",\s*)[-\d.e]+', rf"\g<1>{_literal(values[name])}", text
                )
                assert count == 1, name
        path.write_text(text, encoding="utf-8")


def _literal(value: float) -> str:
    text = f"{value:.4g}"
    return text if "." in text or "e" in text else f"{text}.0"


def main() -> None:
    """Search, and write the ensemble, the defaults and the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("results/settings"), help="where the rounds are kept")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--dry-run", action="store_true", help="write nothing but the rounds")
    for name in ("seed", "first", "chains", "wave", "steps", "forgotten", "kept"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Plan, name))
    given = vars(parser.parse_args())
    folder, jobs, dry = given.pop("folder"), given.pop("jobs"), given.pop("dry_run")
    plan = Plan(**given, rules=rules_hash(), patterns=patterns_hash())
    key = hashlib.blake2b(json.dumps(asdict(plan)).encode(), digest_size=6).hexdigest()
    warm_up()
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        search = searched(Rounds(plan, folder / key, pool, lambda text: print(text, flush=True)))
        tried = np.unique([chain.point for one in search.kept for chain in one], axis=0)
        lacking = list(pool.map(refused, tried, [OTHERS] * len(tried), chunksize=4))
        points = tried[[name == "" for name in lacking]]
        values = np.array([values_of(point) for point in points])
        outcomes = np.array(list(pool.map(outcomes_at, values, [search.luck] * len(values), chunksize=8)))
    order = ordered(points, outcomes)
    record = described(search, lacking, points, plan)
    print(json.dumps({name: part for name, part in record.items() if name not in ("waves", "parameters")}, indent=1))
    if not dry:
        ensemble = Ensemble(plan.rules, plan.seed, record["date"], NAMES, values[order])
        FILE.write_text(ensemble.text(), encoding="utf-8")
        RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        write_defaults(dict(zip(NAMES, values[order[0]], strict=True)), FILE.parents[1])


if __name__ == "__main__":
    main()
