"""What all tests share: helper modules of this folder, Hypothesis without deadlines, the marker ``bounds``."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile(
    "qsim", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.register_profile("quick", settings.get_profile("qsim"), phases=[Phase.explicit, Phase.generate])
settings.load_profile("qsim")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "bounds: compiles everything anew with checks of every index; minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked ``bounds`` unless it is asked for with ``-m bounds``."""
    if "bounds" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("bounds")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def short():
    """Loads a scenario that comes with qsim, cut to 30 months, with more changes."""
    from worlds import load_as  # found through the path that is set above

    return lambda name="small", *changes: load_as(name, "months=30", *changes)


@pytest.fixture
def usual(monkeypatch):
    """Parameters in the middle of their ranges, whatever the central setting is: what rules do there is said by hand.

    The middle is that of ratios where a range spans a factor of four or more.
    """
    from qsim.mechanisms.month import RULES
    from qsim.world.parameters import default_parameters

    rows = default_parameters(RULES)
    for rule in RULES:
        for p in rule.parameters:
            ends = sorted((abs(p.low), abs(p.high)))
            ratio = p.low * p.high > 0 and ends[1] >= 4 * ends[0]
            middle = (ends[0] * ends[1]) ** 0.5 * (1 if p.low > 0 else -1) if ratio else (p.low + p.high) / 2
            rows[f"{rule.name}_{p.name}"] = float(f"{middle:.2g}")
    monkeypatch.setattr("qsim.engine.overrides.parameter_rows", lambda plausible: rows)


@pytest.fixture
def coarse(monkeypatch):
    """Pictures of few dots, where they are not looked at."""
    monkeypatch.setattr("qsim.present.figures.frame.DOTS_PER_INCH", 20)


@pytest.fixture
def counted(monkeypatch):
    """Counts the runs that are made."""
    from qsim.engine.prepare import Prepared

    plain, rows = Prepared.run, []

    def run_counted(self, seed, asked):
        rows.extend(asked)
        return plain(self, seed, asked)

    monkeypatch.setattr(Prepared, "run", run_counted)
    return rows
