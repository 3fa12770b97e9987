"""``qsim claims --rivals``: the claims in the full model and in its rivals, run and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qsim.claims.evaluation import Budget
    from qsim.claims.loading import Ledger, LoadedClaim
    from qsim.claims.rival_runs import RivalResult
    from qsim.present.words.speaker import Speaker


@dataclass(frozen=True)
class Request:
    """What ``qsim claims`` was asked for: claims, runs, and how the results are told and kept."""

    ledger: Ledger
    chosen: Sequence[LoadedClaim]
    full: bool
    seed: int
    jobs: int | None
    command: str
    out: Path | None
    csv: bool
    json: bool
    speak: Speaker
    quiet: bool


def run_rivals(request: Request) -> None:
    """Run the chosen claims in all models, print what each passes, and keep the results where they are wanted.

    Raise InputError for stored results of the ledger that cannot be read, KeyboardInterrupt on Ctrl-C.
    """
    from qsim.claims.rival_runs import (
        RIVALS_FULL,
        RIVALS_QUICK,
        Rivals,
        diagnostic_flags,
        rivals_manifest,
        store_rivals,
    )
    from qsim.claims.rivals import MODELS
    from qsim.claims.schema import ledger_folder
    from qsim.commands.compiling import compile_rules
    from qsim.commands.group import say
    from qsim.commands.output import show, show_json, store_in
    from qsim.present.text.claims_table import rival_texts, rivals_table

    flags = diagnostic_flags(ledger_folder())
    budget = RIVALS_FULL if request.full else RIVALS_QUICK
    manifest = rivals_manifest(request.ledger, request.chosen, budget, request.seed, request.command)
    results: list[RivalResult] = []
    stopped = False
    with store_in(request.out, manifest, request.csv) as store:
        compile_rules(request.quiet)
        try:
            _evaluate(request, budget, flags, results)
        except KeyboardInterrupt:
            stopped = True
            if not results:
                raise
        rivals = Rivals(MODELS, tuple(results))
        if store is not None:
            store_rivals(store, rivals)
    if request.json:
        show_json(rivals)
    else:
        show(rivals_table(rivals, request.speak), *rival_texts(rivals, request.speak))
    if request.out is not None and not request.quiet:
        say(f"saved: {request.out}")
    if stopped:
        done, wanted = str(len(results)), str(len(request.chosen))
        say(request.speak("claims.rivals_stopped", done=done, wanted=wanted))
        raise KeyboardInterrupt


def _evaluate(request: Request, budget: Budget, flags: dict[str, bool], results: list[RivalResult]) -> None:
    """Evaluate the claims one by one into ``results``, which keeps what is done when Ctrl-C comes."""
    from qsim.claims.evaluation import readings_of
    from qsim.claims.rival_runs import most_rival_runs, rival_results
    from qsim.claims.runs import Runs
    from qsim.commands.notes import progress_of
    from qsim.runs.runner import noted_interruption

    worlds, readings = readings_of(request.chosen)
    with (
        progress_of(most_rival_runs(request.chosen, budget), "claims", request.quiet) as progress,
        noted_interruption() as check,
        Runs(worlds, readings, request.seed, request.jobs, progress) as runs,
    ):
        for loaded, result in zip(request.chosen, rival_results(request.chosen, runs, budget, flags), strict=True):
            results.append(result)
            progress(max(most_rival_runs([loaded], budget) - runs.taken(), 0))
            check()
