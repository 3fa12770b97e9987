"""Calibration: sets once, together, what no source fixes, by the claims that are not held out.

    python -m evidence.calibration search     generations of points, each around the best of the one before
    python -m evidence.calibration climb      one-at-a-time trials at the defaults and a step on the response surface
    python -m evidence.calibration posterior  a Latin hypercube of the plausible ranges: what do the claims identify?

All print every point as it is done and keep it in a file, so that they go on where they were stopped.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from evidence.calibration.misfit import bounded_above, calibrating, effects_at, passed, shortfalls
from evidence.calibration.search import KEPT, Identified, around, better_centre, drawn, following, identified, trials
from evidence.calibration.space import Dimension, dimensions
from qsim.claims.loading import load_ledger
from qsim.runs.unit_cube import hypercube

DIMENSIONS = dimensions()
LOW = np.array([d.low for d in DIMENSIONS])
WIDTH = np.array([d.high - d.low for d in DIMENSIONS])


class Points:
    """Points that are evaluated one after another and kept in a file."""

    def __init__(self, path: Path, replicates: int, chosen: list[str]) -> None:
        self.claims = calibrating(load_ledger().chosen(chosen))
        self.bounded = bounded_above(self.claims)
        self.path, self.replicates = path, replicates
        self.known: dict[str, list[float]] = json.loads(path.read_text()) if path.exists() else {}

    def effects(self, points: np.ndarray) -> np.ndarray:
        """Return the effects (points, claims) at points, shares of the plausible ranges."""
        return np.array([self._effects(np.round(point, 4), n, len(points)) for n, point in enumerate(points)])

    def _effects(self, point: np.ndarray, n: int, total: int) -> list[float]:
        key = ",".join(f"{x:.4f}" for x in point)
        if key not in self.known:
            values = dict(zip((d.id for d in DIMENSIONS), map(float, LOW + WIDTH * point), strict=True))
            effects = effects_at(self.claims, values, self.replicates, 1, os.cpu_count() or 1)
            self.known[key] = [round(float(e), 4) for e in effects]
            part = self.path.with_suffix(".part")
            part.write_text(json.dumps(self.known))
            part.replace(self.path)
        effects = np.array(self.known[key])
        print(f"{n + 1}/{total}: {passed(effects, self.bounded).mean():.2f} of the tests as expected", flush=True)
        return self.known[key]


def search(points: Points, number: int, generations: int) -> None:
    """Print the centre to which generations of points lead."""
    centre = present()
    population = around(centre)
    for generation in range(generations):
        print(f"generation {generation + 1} of {generations}")
        tried = drawn(population, number, generation)
        misfits = np.array([shortfalls(row, points.bounded).sum() for row in points.effects(tried)])
        population = following(population, tried, misfits)
    tell(points, centre, population.centre)


def climb(points: Points, trust: float) -> None:
    """Print the centre to which the response surface at the defaults leads."""
    centre = present()
    tried = trials(centre)
    tell(points, centre, better_centre(tried, points.effects(tried), points.bounded, trust))


def present() -> np.ndarray:
    """Return the defaults (dimensions,) as shares of the plausible ranges."""
    defaults = np.array([d.default for d in DIMENSIONS])
    return np.asarray(np.clip((defaults - LOW) / WIDTH, 0, 1))


def tell(points: Points, centre: np.ndarray, better: np.ndarray) -> None:
    """Print how the tests come out at a better centre, and what differs from the present one."""
    print("\nthe centre:")
    points.effects(better[None])
    for d, before, after in zip(DIMENSIONS, centre, better, strict=True):
        if abs(after - before) > 0.01:
            print(f"{d.id}: {d.default:g} -> {d.low + (d.high - d.low) * after:.3g}")


def posterior(points: Points, number: int, file: Path | None) -> None:
    """Print, and write to a file, what the best points of a Latin hypercube say of each dimension."""
    tried = hypercube(number, len(DIMENSIONS), 1)
    effects = points.effects(tried)
    misfits = np.array([shortfalls(row, points.bounded).sum() for row in effects])
    rows = [_row(d, one) for d, one in zip(DIMENSIONS, identified(tried, misfits), strict=True)]
    for row in sorted(rows, key=lambda row: row["chance"]):
        print(
            f"{row['key']}: {row['low']:.3g} to {row['high']:.3g}, median {row['median']:.3g} (chance {row['chance']:.3f})"
        )
    if file is not None:
        shares = np.array([passed(row, points.bounded).mean() for row in effects])
        centre = points.effects(present()[None])[0]
        record = {
            "points": number,
            "replicates": points.replicates,
            "tests": len(points.claims),
            "kept": max(int(KEPT * number), 2),
            "best": float(shares.max()),
            "usual": float(np.median(shares)),
            "defaults": float(passed(centre, points.bounded).mean()),
            "dimensions": [row | {"first": _first(file).get(row["key"], row["default"])} for row in rows],
        }
        file.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _row(d: Dimension, one: Identified) -> dict[str, Any]:
    levels = {name: d.low + (d.high - d.low) * getattr(one, name) for name in ("low", "median", "high")}
    return {
        "key": d.id,
        "low_bound": d.low,
        "high_bound": d.high,
        "default": d.default,
        **levels,
        "chance": one.chance,
    }


def _first(file: Path) -> dict[str, float]:
    """Return the defaults before calibration, which the file keeps from one time to the next."""
    known = json.loads(file.read_text(encoding="utf-8"))["dimensions"] if file.exists() else []
    return {row["key"]: row["first"] for row in known}


def main() -> None:
    """Run the part of the calibration that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("search", "climb", "posterior"))
    parser.add_argument("claims", nargs="*", help="ids of claims; default: all that are not held out")
    parser.add_argument("--file", type=Path, default=Path("calibration.json"), help="points that are done")
    parser.add_argument("--replicates", type=int, default=6)
    parser.add_argument("--number", type=int, default=200, help="points of the Latin hypercube, or of a generation")
    parser.add_argument("--generations", type=int, default=9)
    parser.add_argument("--record", type=Path, help="where posterior writes what docs/calibration.md is made from")
    parser.add_argument("--trust", type=float, default=0.35, help="farthest move, as a share of the plausible range")
    given = parser.parse_args()
    points = Points(given.file, given.replicates, given.claims)
    if given.part == "search":
        search(points, given.number, given.generations)
    elif given.part == "climb":
        climb(points, given.trust)
    else:
        posterior(points, given.number, given.record)


if __name__ == "__main__":
    main()
