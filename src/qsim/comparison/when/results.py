"""What a discovery found, as ``--json`` prints it and as tidy tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from qsim.comparison.when.boxes import Box, Quality
from qsim.comparison.when.finding import Discovery, FoundBox
from qsim.comparison.when.limits import told_limit
from qsim.comparison.when.question import Question
from qsim.scenario.values import month_text


def record(found: Discovery, question: Question, left_out: int) -> dict[str, Any]:
    """Return the question, the boxes with what they achieve, and the way to the first."""
    return {
        "outcome": question.outcome,
        "above" if question.above else "below": question.threshold,
        "scenario": question.scenario,
        "against": question.against,
        "cases": len(found.cases),
        "left_out": left_out,
        "share": found.share,
        "covered": found.covered,
        "boxes": [_box(one, found) for one in found.boxes],
    }


def tradeoff_frame(found: Discovery) -> pd.DataFrame:
    """Return the boxes on the way, of each search: coverage, density, mass and number of limits."""
    ways = [one.steps for one in found.boxes] or [found.steps]
    rows = [
        {"box": number, "step": place, **_achieved(step.quality), "limits": len(step.box.limits),
         "chosen": bool(found.boxes) and place == found.boxes[number].step}
        for number, steps in enumerate(ways)
        for place, step in enumerate(steps)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def boxes_frame(found: Discovery) -> pd.DataFrame:
    """Return one row a box and limit."""
    columns = ("box", "factor", "low", "high", "levels", "chance")
    rows = []
    for number, one in enumerate(found.boxes):
        for entry in _limits(one, found):
            levels = None if entry["levels"] is None else "|".join(entry["levels"])
            row = {"box": number, "factor": entry["factor"], "low": one_of(entry, "above", "least"),
                   "high": one_of(entry, "below", "most"), "levels": levels, "chance": entry["chance"]}  # fmt: skip
            rows.append(row)
    return pd.DataFrame(rows, columns=list(columns)).astype({"low": "float64", "high": "float64", "chance": "float64"})


def one_of(entry: dict[str, Any], *names: str) -> float | None:
    """Return the first of some entries that is a number."""
    return next((entry[name] for name in names if isinstance(entry[name], (int, float))), None)


def _box(one: FoundBox, found: Discovery) -> dict[str, Any]:
    return {
        "limits": _limits(one, found),
        "trained": _achieved(one.trained),
        "checked": _achieved(one.checked),
        "chance": one.chance,
    }


def _achieved(quality: Quality) -> dict[str, float]:
    names = {"inside": "cases", "found": "wanted"}
    return {names.get(name, name): value for name, value in quality._asdict().items()}


def _limits(one: FoundBox, found: Discovery) -> list[dict[str, Any]]:
    return [{**limit_record(one.box, place, found), "chance": one.chances[place]} for place in sorted(one.box.limits)]


def limit_record(box: Box, place: int, found: Discovery) -> dict[str, Any]:
    """Return a limit as it is told: ``least`` and ``most`` belong to the box, ``above`` and ``below`` lie between."""
    factor, limit = found.cases.factors[place], box.limits[place]
    if limit.levels is not None:
        levels = [factor.levels[level] for level in sorted(limit.levels)]
        return {"factor": factor.id, **dict.fromkeys(("least", "most", "above", "below")), "levels": levels}
    told = told_limit(box, place, found.cases)._asdict()
    if factor.months:
        told = {name: None if value is None else month_text(value) for name, value in told.items()}
    return {"factor": factor.id, **told, "levels": None}
