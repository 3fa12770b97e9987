"""The claims ledger as it stands, as a generated document: contradictions first, each with the rule behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from evidence.documents.markdown import table
from evidence.documents.rivals import rivals_section
from evidence.documents.scorecard import scorecard_section
from evidence.words import ENGLISH
from qsim.claims.results import COUNTED, ClaimResult, count
from qsim.claims.rival_runs import Rivals
from qsim.claims.statements import all_groups
from qsim.files.kept import kept_yaml
from qsim.present.text.claims_table import (
    cause_text,
    effect_text,
    interval_text,
    outcome_text,
    severity_text,
    summary_lines,
)
from qsim.runs.readings import MEASURES

NOTES = Path(__file__).with_name("contradictions.yaml")
"""How contradictions come about, by the id of the claim; written by hand once the tests have run."""
HEADS = ("claim", "statement as tested", "effect", "95% interval", "settings", "severity")
EXPLAINED = """\
Each claim is a statement of the report as an experiment: worlds that differ in what the statement is about, run in many
plausible settings of all parameters, as twins with the same luck. The effect is the smallest contrast in the mean over
settings, in percentage points where the measure is a share, in percent where ratios are compared. *As expected*: the whole
95% interval lies above the smallest relevant difference that was fixed beforehand (for equivalences: within it; for
non-inferiority: above its negative) and at least 75 of 100 settings agree; *opposite*: the same on the other side;
*negligible*: the interval lies within the difference on both sides; *depends on scale*: a difference of differences of shares
that comes out otherwise in log odds, which counts neither way; else *unresolved*. Settings: how many of 100 agree with what
is expected, freed of chance. Severity: the same test without its mechanism, and in an additive scorecard without dynamics (+
as expected, 0 negligible, − opposite, ~ depends on scale, ? unresolved, · not applicable). What the scorecard gives needs no
simulation; what it does not give is the headline. All this was fixed before the runs, in
[decision 18](decisions/0018-the-second-ledger-before-its-runs.md). What is as expected is consistent with the practitioners'
theory; nothing here is validated."""

THEME = ("theme", "tests", *(name.replace("_", " ") for name in COUNTED), "interval above zero")
SIDES = """\
*Interval above zero*: the whole interval lies on the expected side, however small the difference (equivalences aside). It was
not fixed beforehand and counts nowhere; it tells a wrong direction from a difference too small to be noticed."""
OTHERS = (("depends_on_scale", "Depends on scale"), ("negligible", "Negligible"), ("unresolved", "Unresolved"))
WAITING = """\
The ledger waits for its run. What is stored was given by an earlier way of testing, or by none, and is not shown; what is fixed
before the run stands in [decision 18](decisions/0018-the-second-ledger-before-its-runs.md). `make claims` runs it."""


def ledger_document(records: Sequence[ClaimResult] | None, rivals: Rivals | None = None) -> str:
    """Return the ledger: sums, contradictions, rival models if they were run, and the other outcomes, by group.

    Where there are no results, None, it says that it waits for them.
    """
    head = [
        "# The claims ledger as it stands",
        "<!-- Written by `make docs` from claims/latest.json, which `make claims` writes; nothing is changed by hand. -->",
    ]
    if records is None:
        return "\n\n".join([*head, WAITING]) + "\n"
    parts = [
        *head,
        EXPLAINED,
        "## What it adds up to",
        "\n".join(f"- {line}" for line in summary_lines(records, ENGLISH)),
    ]
    parts += ["## By theme", *_themes(records)]
    opposite = _of(records, "opposite")
    noted = notes()
    parts += ["## Contradictions", *(_contradiction(one, noted.get(one.id)) for one in opposite)]
    if not opposite:
        parts.append("There are none.")
    parts += scorecard_section(records)
    if rivals is not None:
        parts += rivals_section(rivals)
    for outcome, heading in OTHERS:
        found = _of(records, outcome)
        if found:
            parts += [f"## {heading}", table(HEADS, [_cells(one) for one in found])]
    parts.append("## As expected")
    for group in all_groups().values():
        found = [one for one in _of(records, "expected") if one.group == group.id]
        if found:
            parts += [f"### {group.id}: {group.label.en}", table(HEADS, [_cells(one) for one in found])]
    changed = [f"- `{one.id}`: {reason.en}" for one in records for reason in one.changed]
    if changed:
        parts += ["## Claims changed after the first run, and why", "\n".join(changed)]
    return "\n\n".join(parts) + "\n"


@cache
def notes() -> dict[str, str]:
    """Return what explains contradictions, by the id of the claim: how they come about, and what was tried."""
    return dict(kept_yaml(NOTES))


def _themes(records: Sequence[ClaimResult]) -> list[str]:
    """Return the tests that the scorecard does not give by theme: those that were run first, and those held out."""
    beyond = [one for one in records if one.beyond_scorecard]
    parts = []
    for held_out, words in ((False, "Tests that the scorecard does not give"), (True, "The same, of those held out")):
        of = [one for one in beyond if one.held_out is held_out]
        if of:
            rows = [
                _theme(f"{g.id}: {g.label.en}", [one for one in of if one.group == g.id]) for g in all_groups().values()
            ]
            parts += [
                f"{words}:",
                table(THEME, [*(row for row in rows if row[1] != "0"), _theme("all", of)]),
            ]
    return [*parts, SIDES]


def _theme(name: str, records: Sequence[ClaimResult]) -> tuple[str, ...]:
    found = count(records)
    aside = sum(one.low > 0.0 for one in records if one.kind != "equivalence")
    return (name, str(found.tests), *(str(getattr(found, outcome)) for outcome in COUNTED), str(aside))


def _of(records: Sequence[ClaimResult], outcome: str) -> list[ClaimResult]:
    return [one for one in records if one.outcome == outcome]


def _contradiction(one: ClaimResult, note: str | None) -> str:
    inferred = "" if one.literal else ", inferred beyond its words"
    measure = MEASURES[one.measure].label.en
    lines = [
        f"### `{one.id}`",
        f"{one.text.en} ({one.text.de}) Statement {', '.join(one.statements)}, report {one.section}: "
        f"„{one.key_phrase}“{inferred}.",
        f"- Test: `{one.test}`. {measure}: {effect_text(one, one.effect, ENGLISH)} "
        f"(95% interval {interval_text(one, ENGLISH)}).",
        f"- Settings that agree with what is expected: {ENGLISH.of_hundred(one.agree)} of 100. "
        f"Severity: {severity_text(one, ENGLISH)}.",
        f"- Mechanism that was tested: `{one.mechanism}`.{_because(one)}",
    ]
    if one.cause:
        lines.append(f"- Rule behind it: {cause_text(one, ENGLISH)}.")
    if note:
        lines.append(f"- How it comes about: {note}")
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:])


def _because(one: ClaimResult) -> str:
    return f" Expected because: {one.because.en}" if one.because else ""


def _cells(one: ClaimResult) -> tuple[str, ...]:
    mark = outcome_text(one, ENGLISH).removeprefix(ENGLISH(f"claims.{one.outcome}"))
    return (
        f"`{one.id}`{mark}{', held out' if one.held_out else ''}",
        f"{one.text.en} ({', '.join(one.statements)}{'' if one.literal else '°'})",
        effect_text(one, one.effect, ENGLISH),
        interval_text(one, ENGLISH),
        ENGLISH.of_hundred(one.agree),
        severity_text(one, ENGLISH),
    )
