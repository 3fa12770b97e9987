"""What calibration moved and what the claims identify, as a generated document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evidence.documents.markdown import table

NOTE = "<!-- Written by `make docs` from claims/calibration.json, which `python -m evidence.calibration` writes. -->"
EXPLAINED = """\
What no source fixes was set once, together, by a method that can be repeated.

- *What may move*: every parameter of the rules that no public figure sets, within its plausible range, and three
  starting levels that scenarios leave open (knowledge, knowledge of procedures, culture). Public figures set vacancy,
  turnover, hiring, hours of a post, workload, time for other tasks and permanent posts, their defaults and their ranges
  (see [parameters.md](parameters.md)).
- *By what*: the tests of the ledger that are not of the themes held out (G formats, I civil society, J shocks), by the
  mean of twin runs. Levels of practice are not fitted to any figure, as no public figure measures practice; two tests on
  existence ask that a gap remains. The weak public targets are shown in [population.md](population.md).
- *How*: from the defaults each dimension is moved alone, by a quarter of its range. The slopes give a first-order
  response surface (Box and Wilson 1951), on which the point is sought where fewest tests fail and, at twice the cost, come
  out opposite: `python -m evidence.calibration climb`, one run of all tests for each dimension. The way there was
  tried in parts, and the best of these points was the next centre. This was done three times: twice after decision 9,
  within a third of each range, and once after decision 10, within a fifth; there dimensions that hardly matter and
  those of the decision on funding, where six runs are too few for a slope, stayed out, and a second step was taken
  on the same slopes. A third step on them led no further. Values are rounded to two digits. The centre of the
  first climb had been found, while rules were still being changed, by nine generations of 24 points, each drawn around the
  best of the one before (`python -m evidence.calibration search --number 24`).
- *What is identified*: `python -m evidence.calibration posterior` draws a Latin hypercube of all ranges and keeps
  the tenth with the least misfit (rejection ABC).

A setting that was sought among many fits better than it deserves. The themes held out say how much: they stand apart
in [ledger.md](ledger.md)."""
CLEAR = 0.05
"""Probability of so uneven a distribution by chance from which a dimension counts as identified at all."""
MOVED = ("key", "plausible range", "at first", "now")
IDENTIFIED = ("key", "plausible range", "default", "10%", "median", "90%", "chance")


def calibration_document(record: Mapping[str, Any]) -> str:
    """Return the page: the method, what was moved, and what can be identified."""
    rows: Sequence[Mapping[str, Any]] = record["dimensions"]
    moved = [r for r in rows if r["first"] != r["default"]]
    clear = sorted((r for r in rows if r["chance"] < CLEAR), key=lambda r: r["chance"])
    others = [f"`{r['key']}`" for r in rows if r["chance"] >= CLEAR]
    return "\n\n".join([
        "# Calibration",
        NOTE,
        EXPLAINED,
        "## What was moved",
        f"Of {len(rows)} dimensions {len(moved)} have another default than at first; all defaults lie within their ranges.",
        table(MOVED, [(f"`{r['key']}`", _range(r), f"{r['first']:g}", f"{r['default']:g}") for r in moved]),
        "## What the claims identify",
        f"Of {record['points']} points of a Latin hypercube of all plausible ranges ({record['replicates']} twin runs in each "
        f"world) the {record['kept']} with the least misfit were kept. At the best of all points {record['best']:.0%} of the "
        f"{record['tests']} tests come out as expected by their mean, at the median point {record['usual']:.0%}, at the "
        f"defaults {record['defaults']:.0%}. The table has the dimensions whose kept values are spread more unevenly than chance "
        f"would have it in one of {1 / CLEAR:.0f} cases; of {len(rows)} some {CLEAR * len(rows):.0f} would be there by chance "
        "alone.",
        table(IDENTIFIED, [(f"`{r['key']}`", _range(r), f"{r['default']:g}", *(f"{r[q]:.3g}" for q in ("low", "median", "high")),
                            f"{r['chance']:.3f}") for r in clear]),
        f"Not identified ({len(others)}): what the claims say does not depend on where in their ranges these lie, or the sample "
        f"is too small to see it: {', '.join(others)}.",
    ]) + "\n"  # fmt: skip


def _range(row: Mapping[str, Any]) -> str:
    return f"{row['low_bound']:g} to {row['high_bound']:g}"
