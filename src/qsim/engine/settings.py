"""The ensemble of settings: values of all parameters that are possible together, from which every command draws.

The file beside this one holds one setting a row and says for which rules it was made; ``make settings`` makes it. The first
row is the central setting, which the declared defaults repeat; any number of the first rows stand for all.
"""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from qsim.mechanisms.month import RULES
from qsim.world.parameters import PARAMETERS, default_parameters

FILE = Path(__file__).with_name("settings.csv")

_SOURCES = ("world/*.py", "mechanisms/*.py", "measures/*.py")
_WORDS = re.compile(r'"""(?s:.*?)"""|#[^\n]*|^RULE = (?s:.*?)^\)|\s+', re.MULTILINE)
"""What changes nothing in rules: words, spaces, and what is declared of them, which is hashed by itself."""


@dataclass(frozen=True)
class Ensemble:
    """Possible settings: ``values`` (settings, names) of the parameters with these names, ``<rule>.<name>``.

    ``rules`` is the hash of the rules that they are possible under, ``seed`` and ``date`` are of the search.
    """

    rules: str
    seed: int
    date: str
    names: tuple[str, ...]
    values: np.ndarray

    def text(self) -> str:
        """Return the content of the file."""
        rows = [",".join(f"{value:.4g}" for value in row) for row in self.values]
        head = f"# rules {self.rules}, seed {self.seed}, date {self.date}"
        return "\n".join([head, ",".join(self.names), *rows, ""])

    def records(self) -> np.ndarray:
        """Return the settings as records of all parameters (settings,); what has no column has its default."""
        records = np.repeat(default_parameters(RULES), len(self.values))
        for name, column in zip(self.names, self.values.T, strict=True):
            field = name.replace(".", "_", 1)
            if field in (records.dtype.names or ()):
                records[field] = column
        return records


def read_ensemble(path: Path) -> Ensemble:
    """Return the ensemble in a file."""
    head, names, *rows = path.read_text(encoding="utf-8").splitlines()
    found = re.fullmatch(r"# rules (\w+), seed (\d+), date ([\d-]+)", head)
    assert found is not None, path
    columns = tuple(names.split(","))
    values = np.array(",".join(rows).split(","), dtype=np.float64).reshape(len(rows), len(columns))
    return Ensemble(found[1], int(found[2]), found[3], columns, values)


def rules_hash() -> str:
    """Return 16 hex digits that change with what the rules do and with the ranges of parameters, not with words or defaults."""
    digest = hashlib.blake2b(digest_size=8)
    package = Path(__file__).parents[1]
    for path in sorted(path for pattern in _SOURCES for path in package.glob(pattern)):
        digest.update(_WORDS.sub("", path.read_text(encoding="utf-8")).encode())
    for rule in RULES:
        for p in rule.parameters:
            digest.update(f"{rule.name}.{p.name} {p.low} {p.high};".encode())
    return digest.hexdigest()


@cache
def parameter_rows(plausible: bool) -> np.ndarray:
    """Return the rows of parameters that settings have (rows,): those of the ensemble, or the central one alone.

    If the rules have changed since the ensemble was made, that is said once. The array cannot be written.
    """
    if plausible:
        ensemble = read_ensemble(FILE)
        if ensemble.rules != rules_hash():
            _tell_that_it_is_stale(ensemble.date)
        rows = ensemble.records()
    else:
        rows = default_parameters(RULES)
    rows.flags.writeable = False
    return rows


def moved_parameters(rows: np.ndarray) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the keys of the parameters that differ between rows of parameters, and their values (rows, parameters)."""
    fields = {f"{PARAMETERS}{rule.name}.{p.name}": f"{rule.name}_{p.name}" for rule in RULES for p in rule.parameters}
    moved = {key: rows[field] for key, field in fields.items() if np.ptp(rows[field]) > 0.0}
    return tuple(moved), np.stack(list(moved.values()), axis=1)


def _tell_that_it_is_stale(date: str) -> None:
    print(f"qsim: the settings of {date} were made for other rules; make settings makes them anew", file=sys.stderr)
