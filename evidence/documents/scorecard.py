"""The section of the claims ledger that says what an additive scorecard explains, and what only the dynamics do."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.documents.markdown import table
from qsim.claims.results import ClaimResult

HEADS = ("kind of test", "tests", "both", "only the simulation", "only the scorecard", "neither")
EXPLAINED = """\
The scorecard adds up points for what a scenario has: posts, formats, papers, support, time. It knows no month, no limit of hours
and nothing that depends on something else: no difference of differences can come out of it. What it does bring out as
expected needs no simulation."""


def scorecard_section(records: Sequence[ClaimResult]) -> list[str]:
    """Return the section: a table by kind of test, and a paragraph on what only one of the two brings out."""
    heard = [r for r in records if r.scorecard.outcome != "not_applicable"]
    kinds = sorted({r.kind for r in heard}, key=lambda kind: (-sum(r.kind == kind for r in heard), kind))
    rows = [_row(kind.replace("_", " "), [r for r in heard if r.kind == kind]) for kind in kinds]
    both, simulation, scorecard, _ = _split(heard)
    main = [r for r in both if r.kind in ("direction", "equivalence", "ranking", "necessity")]
    related = [r for r in simulation if r.kind in ("difference_of_differences", "order", "shape")]
    needing = sum(r.needs_mechanism for r in simulation)
    text = (
        f"Of {len(heard)} tests on which the scorecard says anything, it brings {len(both) + len(scorecard)} out as expected, "
        f"the simulation {len(both) + len(simulation)}. Both bring out {len(both)}, of which {len(main)} compare two settings: "
        "on these the simulation adds a size and an interval, no insight. Only the simulation brings out "
        f"{len(simulation)}; in {len(related)} of these one thing depends on another, or on how much of it there is, and "
        f"{needing} need their mechanism. Only the scorecard brings out {len(scorecard)}{_named(scorecard)}: there either the "
        "dynamics lack something, or the statement holds only as long as nothing else limits the work."
    )
    return ["## Scorecard and dynamics", EXPLAINED, table(HEADS, [*rows, _row("all", heard)]), text]


def _split(
    records: Sequence[ClaimResult],
) -> tuple[list[ClaimResult], list[ClaimResult], list[ClaimResult], list[ClaimResult]]:
    """Return the tests that both bring out as expected, only the simulation, only the scorecard, and neither."""
    parts: tuple[list[ClaimResult], ...] = ([], [], [], [])
    for one in records:
        simulated = one.outcome == "expected"
        added = one.scorecard.outcome == "expected"
        parts[0 if simulated and added else 1 if simulated else 2 if added else 3].append(one)
    return parts[0], parts[1], parts[2], parts[3]


def _row(label: str, records: Sequence[ClaimResult]) -> tuple[str, ...]:
    return (label, str(len(records)), *(str(len(part)) for part in _split(records)))


def _named(records: Sequence[ClaimResult]) -> str:
    return f" ({', '.join('`' + one.id + '`' for one in records)})" if records else ""
