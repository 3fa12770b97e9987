"""What a field of an agent's record is: name, unit, range, meaning, labels and symbol, and how tables of fields become types.

Everything that needs to know the state derives from these tables: record types, the Mesa agents' attributes, the
invariant tests, the documentation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["state", "derived", "fixed", "index"]
"""*state* moves and may be written; *derived* is computed every month; *fixed* is set at the start; *index* refers."""


@dataclass(frozen=True)
class Field:
    """One declared field of a record.

    ``low`` and ``high`` bound its values in every month; ``label_de`` and ``label_en`` are what people read; ``symbol`` is
    its sign in equations, empty where equations write its name.
    """

    name: str
    kind: Kind
    unit: str
    low: float
    high: float
    meaning: str
    label_de: str
    label_en: str
    symbol: str = ""


def field(name: str, kind: Kind, unit: str, meaning: str, label_de: str, label_en: str, symbol: str = "") -> Field:
    """Return a field whose range follows from its unit: ``share`` is 0 to 1, ``signed share`` -1 to 1, else 0 up.

    ``month`` is an absolute month, and may be infinite; ``number`` is any number.
    """
    ranges = {"share": (0.0, 1.0), "signed share": (-1.0, 1.0), "number": (-math.inf, math.inf),
              "month": (-math.inf, math.inf), "index": (-1.0, math.inf)}  # fmt: skip
    low, high = ranges.get(unit, (0.0, math.inf))
    return Field(name, kind, unit, low, high, meaning, label_de, label_en, symbol)


def record_type(fields: tuple[Field, ...]) -> np.dtype[np.void]:
    """Return the record type of a table of fields: int64 for indices, float64 for all else."""
    return np.dtype([(f.name, np.int64 if f.kind == "index" else np.float64) for f in fields], align=True)
