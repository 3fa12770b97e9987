"""The parts of SALib that are used here, loaded when they are needed: it is an optional library."""

from __future__ import annotations

from typing import Any, NamedTuple

from qsim.files.messages import InputError, Message

MISSING = "sensitivity needs the library SALib; install it with: pip install 'qsim[sensitivity]'"


class Salib(NamedTuple):
    """Modules of SALib: two designs and the analyses that belong to them."""

    sample_morris: Any
    sample_sobol: Any
    analyze_morris: Any
    analyze_sobol: Any


def load_salib() -> Salib:
    """Return the modules; raise InputError, one clear line, if SALib is not installed."""
    try:
        import SALib.analyze.morris
        import SALib.analyze.sobol
        import SALib.sample.morris
        import SALib.sample.sobol
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.partition(".")[0] == "SALib":
            raise InputError([Message("", None, None, "", MISSING)]) from None
        raise
    return Salib(SALib.sample.morris, SALib.sample.sobol, SALib.analyze.morris, SALib.analyze.sobol)


def unit_problem(dimensions: int) -> dict[str, Any]:
    """Return SALib's description of a unit cube; values are placed in their ranges by those who run the points."""
    return {
        "num_vars": dimensions,
        "names": [str(place) for place in range(dimensions)],
        "bounds": [[0.0, 1.0]] * dimensions,
    }
