"""The benchmark of the live page with little work: it finds every ratio, and a run costs about what it costs in Python."""

import pytest

from benchmarks import browser as benchmark
from qsim.engine.prepare import prepare
from trial_explore import page_of
from worlds import load_as

LOOKS = (2, 4, 8)


@pytest.fixture
def little(monkeypatch):
    for name, number in (("RUNS", 40), ("PAIRS", 1), ("MOVES", 2)):
        monkeypatch.setattr(benchmark, name, number)


def test_it_finds_what_runs_and_answers_take(browser, little, tmp_path):
    scenario = load_as("small", "months=24")
    path = tmp_path / "live.html"
    path.write_text(page_of([scenario], "en", LOOKS), encoding="utf-8")
    live, prepared = benchmark.Live(browser, path, LOOKS[-1]), prepare(scenario, True)
    found = [live.over_native(prepared), live.two_workers_over_one("small"), *live.answers(prepared, 10, 0.5, 80)]
    assert [(one.name, one.kind) for one in found] == [
        ("browser_over_native_small", "at most"),
        ("browser_two_workers_over_one", "at least"),
        ("browser_10_twins_seconds", "at most"),
        ("browser_10_twins_in_runs", "at most"),
    ]
    seconds, runs = found[2:]
    assert 0.1 < seconds.value < 60  # the page waits for the last move of a slider
    assert runs.value > 10  # at least the twins themselves
    assert all(one.value > 0 for one in found[1:])
    live.page.close()
