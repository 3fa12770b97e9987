"""qsim: a simulation of how public administrations take up cross-cutting tasks (Querschnittsaufgaben)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qsim.comparison.comparing import compare as compare
    from qsim.engine.model import Administration as Administration
    from qsim.engine.result import Result as Result
    from qsim.files.messages import InputError as InputError
    from qsim.runs.evaluator import Evaluator as Evaluator
    from qsim.runs.evaluator import parameters as parameters
    from qsim.runs.evaluator import salib_problem as salib_problem
    from qsim.runs.execution import simulate as simulate
    from qsim.scenario.loading import load_scenario as load_scenario
    from qsim.scenario.own_code import own_rules as own_rules
    from qsim.sweep.study import Study as Study

__version__ = "1.0.0"
"""The version, here and nowhere else: `pyproject.toml` reads it from this line."""

_HOMES = {
    "Administration": "qsim.engine.model",
    "Evaluator": "qsim.runs.evaluator",
    "InputError": "qsim.files.messages",
    "Result": "qsim.engine.result",
    "Study": "qsim.sweep.study",
    "compare": "qsim.comparison.comparing",
    "load_scenario": "qsim.scenario.loading",
    "own_rules": "qsim.scenario.own_code",
    "parameters": "qsim.runs.evaluator",
    "salib_problem": "qsim.runs.evaluator",
    "simulate": "qsim.runs.execution",
}
"""The public names and the modules they live in, which are imported when they are first asked for."""

__all__ = [
    "Administration",
    "Evaluator",
    "InputError",
    "Result",
    "Study",
    "__version__",
    "compare",
    "load_scenario",
    "own_rules",
    "parameters",
    "salib_problem",
    "simulate",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'qsim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
