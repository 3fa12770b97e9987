"""The random numbers of designs: each has an address, so that a design is the same whoever makes it."""

from __future__ import annotations

import hashlib

import numpy as np

from qsim.world.unknowns import setting_uniforms


def design_uniforms(seed: int, name: str, number: int) -> np.ndarray:
    """Return ``number`` uniforms in (0, 1), one a point, for a seed and the name of what is drawn.

    The key of the draws comes from both, so designs share no number with runs of the same seed. The first numbers of a
    longer row are those of a shorter one.
    """
    digest = hashlib.blake2b(f"design {seed} {name}".encode(), digest_size=8).digest()
    return setting_uniforms(int.from_bytes(digest, "little"), 0, np.arange(number, dtype=np.int64))
