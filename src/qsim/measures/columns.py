"""The places of columns in measured arrays, by name, as compiled code takes them: ``PRACTICE``, ``DEPARTMENT_PRACTICE``.

A name in capitals is the place of a column of a month, which for a task is the same; after ``DEPARTMENT_`` it is one of
the sums by department.
"""

from __future__ import annotations

from qsim.measures.catalogue import COLUMN, DEPARTMENT_MEASURES

_PLACES = {name.upper(): place for name, place in COLUMN.items()}
_PLACES |= {f"DEPARTMENT_{name.upper()}": place for place, name in enumerate(DEPARTMENT_MEASURES)}


def __getattr__(name: str) -> int:
    if name not in _PLACES:
        raise AttributeError(f"no column of results is called {name.lower()!r}")
    return _PLACES[name]
