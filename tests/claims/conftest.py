"""A small ledger in an empty folder: a city that runs in no time, and six claims that come out in different ways."""

import pytest

from qsim.claims.evaluation import Budget, evaluate, readings_of
from qsim.claims.loading import load_ledger
from qsim.claims.runs import Runs
from trial_claims import CITY, LEDGER

SMALL = Budget(looks=(6, 12), cause=2)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty current folder with a city that can be named."""
    monkeypatch.chdir(tmp_path)
    for name in ("scenarios", "claims"):
        (tmp_path / name).mkdir()
    (tmp_path / "scenarios" / "city.yaml").write_text(CITY)
    return tmp_path


@pytest.fixture
def write(folder):
    """Writes a claims file and returns its name."""

    def write_file(text, name="claims/trial.yaml"):
        (folder / name).write_text(text)
        return name

    return write_file


@pytest.fixture
def ledger(write):
    """The ledger of six claims."""
    write(LEDGER)
    return load_ledger()


@pytest.fixture(scope="session")
def six_results(evaluated, tmp_path_factory):
    """The results of the ledger of six claims by their ids, evaluated once."""
    folder = tmp_path_factory.mktemp("six")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, text in (("scenarios/city.yaml", CITY), ("claims/trial.yaml", LEDGER)):
            (folder / name).parent.mkdir()
            (folder / name).write_text(text)
        return evaluated(load_ledger().claims)


@pytest.fixture(scope="session")
def evaluated():
    """Evaluates claims with a small budget; returns the results by id."""

    def run(claims, budget=SMALL, seed=1, workers=1):
        worlds, readings = readings_of(claims)
        with Runs(worlds, readings, seed, workers) as runs:
            return {result.id: result for result in evaluate(claims, runs, budget)}

    return run
