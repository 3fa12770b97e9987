"""Distributions over a range: their inverses against those of SciPy and SALib, in designs, in sensitivity, in problems."""

import numpy as np
import pytest
from scipy import stats

import qsim
from qsim.files.messages import InputError
from qsim.runs.distributions import DistributionEntry, distribution_of
from qsim.sensitivity.space import all_dimensions, asked_of
from qsim.sweep.loading import load_experiment

UNIFORMS = (np.arange(999) + 0.5) / 999
HEAD = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Wirkt es?, en: Does it work?}
scenarios: [small]
replications: 1
"""
KEY = "parameters.practice.up"


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Writes an experiment of one factor with this range, in a design of 64 points, and returns its name."""
    monkeypatch.chdir(tmp_path)

    def write(text, design="{kind: saltelli, number: 64}", key=KEY):
        factor = f"factors:\n  - {{id: up, key: {key}, {text}}}\ndesign: {design}\n"
        (tmp_path / "trial.yaml").write_text(HEAD + factor, encoding="utf-8")
        return "trial.yaml"

    return write


def made(low, high, log=False, whole=False, **numbers):
    kind = "triangular" if "mode" in numbers else "normal"
    return distribution_of(DistributionEntry(kind=kind, **numbers), low, high, log, whole)


@pytest.mark.parametrize(
    ("low", "high", "mean", "sd"), [(0.0, 1.0, 0.5, 0.1), (-3.0, 5.0, 5.0, 2.0), (0.0, 1.0, 0.1, 9.0)]
)
def test_a_normal_distribution_is_cut_off_at_the_ends(low, high, mean, sd):
    values = low + made(low, high, mean=mean, sd=sd).places(UNIFORMS) * (high - low)
    expected = stats.truncnorm.ppf(UNIFORMS, (low - mean) / sd, (high - mean) / sd, loc=mean, scale=sd)
    assert values == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("mode", [2.0, 2.5, 6.0])
def test_a_triangle_rises_to_its_mode(mode):
    values = 2.0 + made(2.0, 6.0, mode=mode).places(UNIFORMS) * 4.0
    assert values == pytest.approx(stats.triang.ppf(UNIFORMS, (mode - 2.0) / 4.0, loc=2.0, scale=4.0), rel=1e-12)


def test_in_the_logarithm_it_is_that_of_the_logarithm():
    low, high, median, sd = 0.01, 10.0, 0.5, 0.8
    values = low * (high / low) ** made(low, high, log=True, mean=median, sd=sd).places(UNIFORMS)
    ends = (np.log([low, high]) - np.log(median)) / sd
    assert np.log(values) == pytest.approx(stats.truncnorm.ppf(UNIFORMS, *ends, loc=np.log(median), scale=sd), rel=1e-9)


def test_ends_are_in_reach_and_no_further():
    for one in (made(0.0, 1.0, mean=0.5, sd=0.01), made(0.0, 1.0, mode=0.2)):
        assert one.places(np.array([0.0, 1.0])).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("design", ["latin_hypercube", "sobol", "saltelli"])
def test_designs_spread_their_points_so(load, design):
    text = "range: [0.02, 0.08], distribution: {kind: normal, mean: 0.03, sd: 0.01}"
    even, normal = (load_experiment(load(one, f"{{kind: {design}, number: 64}}")).design.codes(0, 128)[:, 0]
                    for one in ("range: [0.02, 0.08]", text))  # fmt: skip
    expected = stats.truncnorm.ppf((even - 0.02) / 0.06, -1.0, 5.0, loc=0.03, scale=0.01)
    assert normal == pytest.approx(expected, rel=1e-9)


def test_whole_numbers_are_most_likely_at_the_mode(load):
    text = "range: [5, 15], integer: true, distribution: {kind: triangular, mode: 8}"
    name = load(text, "{kind: sobol, number: 4096}", "administration.departments")
    values, counts = np.unique(load_experiment(name).design.codes(0, 4096)[:, 0], return_counts=True)
    assert values.tolist() == list(range(5, 16))
    assert values[counts.argmax()] == 8
    assert (np.diff(counts[:4]) > 0).all()
    assert (np.diff(counts[3:]) < 0).all()


def test_sensitivity_draws_what_the_file_says(load):
    text = "range: [0.02, 0.08], scale: log, distribution: {kind: triangular, mode: 0.04}"
    asked = asked_of(load(text))
    one = all_dimensions(asked.scenario, asked.opened, "fixed")[0]
    values = [0.02 + one.draw(u) * 0.06 for u in UNIFORMS]
    expected = stats.triang.ppf(UNIFORMS, 0.5, loc=np.log(0.02), scale=np.log(4.0))
    assert np.log(values) == pytest.approx(expected, rel=1e-9)
    assert one.entry["distribution"] == {"middle": 0.5, "sd": None}
    even = all_dimensions(
        *(lambda found: (found.scenario, found.opened))(asked_of(load("range: [0.02, 0.08]"))), "fixed"
    )[0]
    assert "distribution" not in even.entry


WRONG = {
    "no mean": ("range: [0, 1], distribution: {kind: normal, sd: 1}", 'missing key "mean"; a normal distribution'),
    "outside": ("range: [0, 1], distribution: {kind: triangular, mode: 2}", "2 lies outside the range, which is 0 to 1"),
    "no spread": ("range: [0, 1], distribution: {kind: normal, mean: 0, sd: 0}", "0 is no standard deviation; expected a number"),
    "another's": (
        "range: [0, 1], distribution: {kind: triangular, mode: 0, sd: 1}", "sd does not belong to a triangular distribution",
    ),
    "no kind": ("range: [0, 1], distribution: {kind: norml, mean: 0}", 'did you mean "normal"'),
    "levels": ("levels: [0, 1], distribution: {kind: triangular, mode: 0}", "distribution belongs to a range"),
    "steps": ("range: [0, 1], steps: 3, distribution: {kind: triangular, mode: 0}", "steps are spread evenly; leave out steps"),
    "months": (
        "range: [2020-01, 2020-12], distribution: {kind: triangular, mode: 0}", "a distribution is of numbers, not of months",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_its_place(load, name):
    text, words = WRONG[name]
    with pytest.raises(InputError) as caught:
        load_experiment(load(text))
    assert words in str(caught.value)
    assert str(caught.value).startswith("trial.yaml:8:")
    assert len(str(caught.value).splitlines()) == 1


def test_designs_of_levels_take_none(load):
    name = load("range: [0, 1], distribution: {kind: triangular, mode: 0}", "{kind: points, file: points.csv}")
    with pytest.raises(InputError, match="a design of the kind points does not spread points"):
        load_experiment(name)


def test_salib_draws_the_same(load):
    salib = pytest.importorskip("SALib.util")
    names = [KEY, "parameters.learning.doing_rate", "parameters.practice.down", "parameters.learning.contact_rate"]
    ends = qsim.parameters().set_index("key")[["low", "high"]].loc[names]
    low, high = ends.loc[names[0]]
    spread = {
        names[0]: {"kind": "normal", "mean": (low + high) / 2, "sd": (high - low) / 5},
        names[1]: {"kind": "triangular", "mode": ends["high"].loc[names[1]]},
        names[2]: "log",
    }
    problem = qsim.salib_problem("small", names, distributions=spread)
    assert problem["dists"] == ["truncnorm", "triang", "logunif", "unif"]
    found = salib.scale_samples(np.tile(UNIFORMS[:, None], 4), problem)
    for column, (name, (one, other)) in enumerate(zip(names, ends.to_numpy(), strict=True)):
        given = spread.get(name)
        places = UNIFORMS
        if isinstance(given, dict):
            places = distribution_of(DistributionEntry(**given), one, other, False).places(UNIFORMS)
        expected = one * (other / one) ** places if given == "log" else one + places * (other - one)
        assert found[:, column] == pytest.approx(expected, rel=1e-6)
    assert "dists" not in qsim.salib_problem("small", names)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "normal", "mean": 0.03}, f'{KEY}: missing key "sd"'),
        ({"kind": "triangular", "mode": 50}, f"{KEY}: mode: 50 lies outside the range"),
        ({"kind": "cauchy"}, f"{KEY}: kind: "),
        ("lognormal", f"{KEY}: distribution: "),
    ],
)
def test_a_wrong_distribution_of_a_problem_is_one_line(given, words):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the words are looked at below
        qsim.salib_problem("small", [KEY], distributions={KEY: given})
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_only_what_is_varied_has_a_distribution():
    with pytest.raises(ValueError, match="cannot be varied"):
        qsim.salib_problem("small", [KEY], distributions={"parameters.practice.down": "log"})
