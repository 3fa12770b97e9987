"""The manifest of a folder of claims results: files of the ledger, scenarios they start from, rival models, in full."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from qsim.claims.evaluation import Budget
from qsim.claims.loading import Ledger, LoadedClaim
from qsim.claims.rivals import models
from qsim.runs.manifest import Manifest, make_manifest
from qsim.scenario.loading import load_scenario


def claims_manifest(
    ledger: Ledger, chosen: Sequence[LoadedClaim], budget: Budget, seed: int, command: str = ""
) -> Manifest:
    """Return the manifest of some claims of a ledger; other claims files or another choice make another plan."""
    bases = {
        str(world.get("scenario", loaded.claim.base)) for loaded in chosen for world in loaded.claim.worlds.values()
    }
    manifest = make_manifest(
        "claims",
        [load_scenario(name) for name in sorted(bases)],
        seed=seed,
        replications=budget.looks[-1],
        settings=budget.settings or None,
        plausible=budget.settings > 0,
        command=command,
    )
    files = [_entry(name, text) for name, text in ledger.texts.items()]
    choice = _entry("chosen claims", "\n".join(loaded.claim.id for loaded in chosen))
    return {**manifest, "scenarios": [*manifest["scenarios"], *files, choice]}


def rivals_manifest(
    ledger: Ledger, chosen: Sequence[LoadedClaim], budget: Budget, seed: int, command: str = ""
) -> Manifest:
    """Return the manifest of some claims of a ledger in rival models; other models make another plan."""
    manifest = claims_manifest(ledger, chosen, budget, seed, command)
    entry = _entry("rival models", "\n".join(f"{name}: {variant}" for name, variant in models().items()))
    return {**manifest, "scenarios": [*manifest["scenarios"], entry]}


def _entry(name: str, text: str) -> dict[str, str]:
    return {"id": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text}
