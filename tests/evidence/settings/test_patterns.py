"""The patterns: each is a yes or a no on its own worlds, and says what it is."""

import numpy as np
import pytest

from evidence.settings.patterns import PATTERNS, Pattern, after_funding, nobody, posts, start, top
from evidence.settings.space import NAMES, record_of, values_of
from evidence.settings.worlds import FOLDER, TWINS, Trial, alike, prepared_worlds
from qsim.measures.catalogue import COLUMN
from qsim.mechanisms.month import RULES
from qsim.world.parameters import default_parameters


@pytest.fixture(scope="module")
def trial():
    return Trial(default_parameters(RULES), alike(1))


class Given(dict):
    """Worlds whose months are made up: a column by name."""

    def __init__(self, **worlds):
        super().__init__({name: Made(**columns) for name, columns in worlds.items()})


class Made:
    def __init__(self, **columns):
        self.columns = {name: np.asarray(values, dtype=float) for name, values in columns.items()}

    def monthly(self, name):
        return self.columns[name]

    def yearly(self, name):
        return self.columns[name].reshape(-1, 12).mean(axis=1)


def test_there_are_twelve_each_with_words_source_and_choices():
    assert len(PATTERNS) == 12
    for pattern in PATTERNS.values():
        assert all((pattern.words, pattern.source, pattern.choices, pattern.bounds))


def test_every_number_is_bounded_or_only_told(trial):
    for name, pattern in PATTERNS.items():
        numbers = pattern.numbers(trial)
        assert pattern.bounds.keys() <= numbers.keys(), name
        assert all(np.isfinite(value) for value in numbers.values()), name


def test_every_world_is_looked_at_and_has_twins():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == TWINS.keys() == prepared_worlds().keys()
    looked = Trial(default_parameters(RULES), alike(1))
    for pattern in PATTERNS.values():
        pattern.numbers(looked)
    assert looked.looked_at == TWINS.keys()


def test_what_is_missing_grows_with_the_distance_from_the_bounds():
    pattern = Pattern("", "", "", {"share": (0.2, 0.6)}, lambda trial: {})
    assert [pattern.missing({"share": value}) for value in (0.2, 0.6, 0.4)] == [0.0, 0.0, 0.0]
    assert pattern.missing({"share": 0.7}) == pytest.approx(0.1)
    assert pattern.missing({"share": -3.0}) == pattern.missing({"share": np.nan}) == 1.0


def test_the_same_luck_gives_the_same_numbers_and_other_luck_others():
    one, again, other = (
        Trial(default_parameters(RULES), alike(luck))["one_post"].yearly("practice") for luck in (1, 1, 2)
    )
    assert one.tolist() == again.tolist() != other.tolist()


def test_bottlenecks_are_those_of_the_first_month():
    months = {
        f"constraint_{name}": [share, 0.0] for name, share in (("motivation", 0.3), ("knowledge", 0.4), ("time", 0.2))
    }
    assert start(Given(start=months)) == {"motivation": 0.3, "knowledge": 0.4, "time": 0.2}


def test_a_drift_counts_in_either_direction():
    for last in (0.08, 0.12):
        numbers = nobody(Given(nobody={"practice": np.repeat([0.1, 0.1, last], 12)}))
        assert numbers["drift"] == pytest.approx(0.2)
    assert (numbers["least"], numbers["most"]) == pytest.approx((0.1, 0.12))


def test_what_is_left_of_a_gain_and_whether_it_grew():
    base = np.full(84, 0.1)
    funded = np.concatenate([np.linspace(0.1, 0.2, 21), np.full(3, 0.2), np.full(30, 0.225), np.full(30, 0.15)])
    numbers = after_funding(Given(nobody={"practice": base}, funded_24={"practice": funded}))
    assert numbers == pytest.approx({"gain": 8.0, "kept": 0.5, "grown": 2.0})
    assert PATTERNS["after_funding"].missing(numbers) == pytest.approx(1.0)


def test_a_top_is_told_by_the_difference_over_the_middle():
    worlds = {name: {"practice": np.full(60, level)} for name, level in (("supportive", 0.3), ("opposing", 0.2))}
    assert top(Given(**worlds))["difference"] == pytest.approx(0.4)


def test_vacancies_are_those_after_the_first_year():
    months = {"posts_funded": np.full(36, 20.0)}
    fixed, permanent = (
        months | {"posts_filled": np.concatenate([np.zeros(12), np.full(24, filled)])} for filled in (16.0, 18.0)
    )
    numbers = posts(Given(fixed_posts=fixed, permanent_posts=permanent))
    assert numbers == pytest.approx({"permanent": 0.1, "fixed": 0.2, "ratio": 2.0})


def test_hours_are_of_heads_departments_and_the_unit(trial):
    numbers = PATTERNS["hours"].numbers(trial)
    equipped = trial["equipped"]
    assert 0.0 < numbers["departments"] < numbers["head"]
    units = equipped.months[:, :, COLUMN["hours_units"]].sum() / equipped.months[:, :, COLUMN["posts_filled"]].sum()
    assert numbers["unit"] == pytest.approx(units / equipped.hours_per_post(), rel=0.05)


def test_values_of_a_point_lie_in_the_ranges_with_four_digits():
    ends = [record_of(values_of(np.full(len(NAMES), end))) for end in (0.0, 1.0)]
    for rule in RULES:
        for p in rule.parameters:
            assert [float(record[f"{rule.name}_{p.name}"][0]) for record in ends] == [p.low, p.high] or p.low == p.high
    middle = values_of(np.full(len(NAMES), 1 / 3))
    assert all(float(f"{value:.4g}") == value for value in middle)
