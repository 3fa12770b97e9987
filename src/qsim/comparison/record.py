"""The numbers of a page as JSON."""

from __future__ import annotations

import math
from dataclasses import asdict, is_dataclass
from typing import Any

from qsim.comparison.comparing import Compared
from qsim.comparison.gains import department_gains
from qsim.comparison.pair import NUMBERS, Comparison
from qsim.comparison.report import Report
from qsim.comparison.shown import shown_of
from qsim.comparison.why.divergence import TwinDifference
from qsim.measures.catalogue import OUTCOMES

Record = dict[str, Any]


def record_of(report: Report) -> Record:
    """Return the numbers that a page shows, by where they stand; what is missing is None."""
    found: Record = {
        "levels": {
            result.scenario.id: {measure.name: _mean(result.runs[measure.name]) for measure in OUTCOMES}
            for result in report.results
        },
        "runs": [len(result.rows) for result in report.results],
        "cases": [None if case is None else _plain(case) for case in report.cases],
        "shown": {result.scenario.id: shown_of(result) for result in report.results},
    }
    if report.found is not None:
        found |= {
            "pairs": [_pair(pair) for pair in report.found.pairs],
            "ranking": [asdict(rank) for rank in report.found.ranking],
            "looks": [asdict(look) for look in report.found.looks],
            "stopped": report.found.stopped,
            "shares": [_plain(each) for each in report.shares],
            "conditions": [each.record() for each in report.conditions],
            "gains": [_gains(report.found, second) for second in range(1, len(report.found.scenarios))],
            "partings": [None if each is None else _parting(each) for each in report.partings],
        }
    known: Record = _known(found)
    return known


def _pair(pair: Comparison) -> Record:
    rows = {
        row.measure.name: {"levels": row.levels, **{name: getattr(row, name) for name in NUMBERS}} for row in pair.rows
    }
    return {
        "verdict": pair.verdict,
        "better": pair.better,
        "variance_saved": pair.variance_saved,
        "confidence": pair.confidence,
        "outcomes": rows,
    }


def _gains(found: Compared, second: int) -> list[Record]:
    """Return the gains of the departments for each task, by department."""
    tasks = range(len(found.scenarios[0].tasks))
    return [{gain.department: asdict(gain) for gain in department_gains(found.worlds, second, task)} for task in tasks]


def _parting(found: TwinDifference) -> Record:
    return {
        "month": found.month,
        "rule": None if found.rule is None else found.rule.name,
        "what": [found.table, found.field.name, [list(pair) for pair in found.whose]],
        "values": [float(found.first), float(found.second)],
        "many": found.many,
    }


def _mean(values: Any) -> float:
    return float(values.mean())


def _plain(value: Any) -> Any:
    """Return the numbers and texts of a record's parts, without what is not data."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if isinstance(value, (str, int, float, bool)) else None


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _known(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_known(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
