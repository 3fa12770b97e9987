"""The search for settings: steps keep the even distribution, the limit sinks, and the ensemble is ordered and written."""

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from evidence.settings import __main__ as script
from evidence.settings import chosen, luck, search
from evidence.settings.chosen import central, ordered
from evidence.settings.page import settings_document
from evidence.settings.search import Chain, next_wave, proposed, walked
from evidence.settings.space import LOW, NAMES, WIDTH
from evidence.settings.spread import at_ends, covered, effective, shared
from evidence.settings.worlds import alike
from qsim.engine.settings import read_ensemble
from qsim.runs.unit_cube import design_uniforms, hypercube

LUCK = alike(1)


@pytest.fixture
def corner(monkeypatch):
    """Settings are possible where the first two parameters add up to no more than a half: a triangle."""

    def lacks(point, luck, limit=np.inf):
        missing = max(float(point[:2].sum()) - 0.5, 0.0)
        return missing, "" if missing <= limit else "corner"

    monkeypatch.setattr(search, "lacks", lacks)
    return lacks


def walk(chain, others, steps, name):
    return walked(chain, others, 0.0, LUCK, steps, 1, name)


def test_a_step_stays_within_the_ranges_and_moves_some_parameters():
    point, *others = hypercube(9, len(NAMES), 1)
    sizes = set()
    for number in range(90):
        moved = proposed(point, np.array(others), design_uniforms(1, f"{number}", 4 + 2 * len(NAMES)))
        assert (moved >= 0.0).all()
        assert (moved <= 1.0).all()
        sizes.add(int((moved != point).sum()))
    assert sizes == {0, *search.ANEW, *search.ALONG}  # two chains that are one differ by nothing


def test_chains_spread_evenly_over_what_is_possible(corner):
    chains, seen = [Chain(0.2 * point, 0.0) for point in hypercube(10, len(NAMES), 1)], []
    for number in range(120):
        others = np.array([chain.point for chain in chains])
        chains = [walk(chain, others, 5, f"round {number} chain {place}") for place, chain in enumerate(chains)]
        if number >= 10:
            seen += [chain.point for chain in chains]
    points = np.array(seen)
    assert (points[:, :2].sum(axis=1) <= 0.5).all()
    assert points[:, 0].mean() == pytest.approx(1 / 6, abs=0.02)  # of a triangle
    assert points[:, 0].std() == pytest.approx(np.sqrt(1 / 72), abs=0.02)
    assert points[:, 2:].mean() == pytest.approx(0.5, abs=0.02)
    assert points[:, 2:].std(axis=0).mean() == pytest.approx(np.sqrt(1 / 12), abs=0.02)


def test_a_chain_is_the_same_again_and_another_by_another_name(corner):
    first, others = Chain(np.full(len(NAMES), 0.2), 0.0), hypercube(5, len(NAMES), 1)
    one, again, other = (walk(first, others, 5, name).point.tolist() for name in ("a", "a", "b"))
    assert one == again != other


def test_refused_steps_are_counted_by_pattern(corner):
    chain = walk(Chain(np.full(len(NAMES), 0.25), 0.0), hypercube(5, len(NAMES), 1), 50, "x")
    assert chain.taken + sum(chain.rejected.values()) == chain.steps == 50
    assert shared([chain.rejected, {"other": 3 * chain.rejected["corner"]}]) == {"other": 0.75, "corner": 0.25}


def test_the_next_wave_goes_on_from_the_better_half():
    chains = [Chain(np.full(2, n), missing) for n, missing in enumerate((0.4, 0.1, 0.3, 0.2))]
    limit, following = next_wave(chains)
    assert limit == 0.25
    assert [float(chain.point[0]) for chain in following] == [1, 3, 1, 3]


def test_the_order_begins_with_the_centre_and_stands_for_all(monkeypatch):
    monkeypatch.setattr(chosen, "NAMES", ("a", "b", "c"))
    points = hypercube(200, 3, 1)
    outcomes = np.column_stack([points[:, 0], points[:, 1] ** 2, np.full(200, np.nan), np.full(200, 0.5)])
    order = ordered(points, outcomes)
    assert sorted(order) == list(range(200))
    assert order[0] == central(outcomes)
    spread = [np.abs(outcomes[order[:n], :2].mean(axis=0) - outcomes[:, :2].mean(axis=0)).max() for n in (10, 20, 40)]
    assert max(spread) < 0.03  # a draw by chance is that near in one of three


def test_chains_that_agree_are_worth_all_their_settings_and_others_few():
    even = hypercube(400, 2, 1).reshape(40, 10, 2)
    assert effective(even).min() > 200
    apart = np.sort(hypercube(400, 1, 1), axis=0).reshape(40, 10, 1)
    assert effective(apart).max() < 60


def test_how_much_of_a_range_is_covered_and_who_stands_at_its_ends():
    points = np.column_stack([hypercube(500, 1, 1)[:, 0], 0.5 * hypercube(500, 1, 2)[:, 0]])
    assert covered(points) == pytest.approx([1.0, 0.5], abs=0.02)
    assert at_ends(points) == pytest.approx([0.04, 0.04], abs=0.01)


def test_defaults_are_written_where_they_stand(tmp_path):
    text = (
        'RULE = Rule(\n    "practice",\n    (\n        Parameter("up", 0.1, 0.03, 0.2),\n'
        '        Parameter(\n            "down", -2, -3, 1),\n'
    )
    (tmp_path / "practice.py").write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        rule = next(rule for rule in script.RULES if rule.name == "practice")
        patch.setattr(script, "RULES", (rule,))
        script.write_defaults({"practice.up": 0.0512, "practice.down": -1.0}, tmp_path)
    expected = text.replace('"up", 0.1', '"up", 0.0512').replace('"down", -2', '"down", -1.0')
    assert (tmp_path / "practice.py").read_text() == expected


def test_a_search_that_was_stopped_goes_on_and_gives_the_same(tmp_path, monkeypatch, capsys):
    """The whole of a small search: with patterns that need no world, stopped once, written, and told on its page."""

    def looked_at(point, luck):
        missing = dict.fromkeys(script.PATTERNS, 0.0) | {"gap": easy(point, luck)[0]}
        return {"point": point.tolist(), "missing": missing}

    def refused(point, lucks):
        return easy(point + 0.1, {}, 0.0)[1]

    def easy(point, luck, limit=np.inf):
        missing = max(float(point[:2].sum()) - 0.8, 0.0)
        return missing, "" if missing <= limit else "gap"

    for module in (search, script):
        monkeypatch.setattr(module, "lacks", easy)
    monkeypatch.setattr(script, "numbers_at", lambda point, luck: {name: {"number": 0.0} for name in script.PATTERNS})
    monkeypatch.setattr(luck, "groups", lambda: [({"start"}, {"start"})])
    monkeypatch.setattr(script, "looked_at", looked_at)
    monkeypatch.setattr(script, "refused", refused)
    monkeypatch.setattr(script, "outcomes_at", lambda values, luck: values[:3])
    monkeypatch.setattr(script, "ProcessPoolExecutor", lambda jobs, context: ThreadPoolExecutor(jobs))
    monkeypatch.setattr(script, "write_defaults", lambda values, folder: None)
    monkeypatch.setattr(script, "FILE", tmp_path / "settings.csv")
    monkeypatch.setattr(script, "RECORD", tmp_path / "latest.json")
    numbers = ["--first", "12", "--chains", "4", "--wave", "2", "--steps", "4", "--forgotten", "1", "--kept", "6"]
    written = []
    for folder, remove in (("one", None), ("two", None), ("two", "00[5-9].json")):
        for path in (tmp_path / folder).rglob(remove or "nothing"):
            path.unlink()
        monkeypatch.setattr("sys.argv", ["settings", *numbers, "--folder", str(tmp_path / folder)])
        script.main()
        written.append((tmp_path / "settings.csv").read_text())
    assert written[0] == written[1] == written[2]
    kept = read_ensemble(tmp_path / "settings.csv")
    assert len(kept.values) >= 4
    shares = (kept.values[:, :2] - LOW[:2]) / WIDTH[:2]
    assert (shares.sum(axis=1) <= 0.6001).all()  # what other luck does not show is left out
    page = settings_document(json.loads((tmp_path / "latest.json").read_text()))
    assert "12 points of a Latin hypercube" in page
