"""A sensitivity study that has grown is the study made at once: what another one has is taken from there."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qsim.commands.root import app
from trial_studies import files_of

TOWN = ("small", "-S", "months=14", "-S", "administration.workload={between: [0.8, 1.2]}",
        "-S", "administration.vacancy_share={between: [0.0, 0.3]}", "-q")  # fmt: skip
READ = ("--measure", "practice", "--at", "2020-12")


@pytest.fixture(scope="module", autouse=True)
def _without_pictures():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qsim.present.figures.frame.save", lambda *_: None)
        yield


def run(*options, out, reuse=None):
    more = () if reuse is None else ("--reuse", str(reuse))
    return CliRunner().invoke(app, ["sensitivity", *TOWN, *map(str, options), "-o", str(out), *more])


def done(*options, out, reuse=None):
    """Return the bytes of all tables, of parts and of the whole, of a study that ran to its end."""
    result = run(*options, out=out, reuse=reuse)
    assert result.exit_code == 0, result.stderr
    return files_of(out)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The folder of a small study: 8 base points, three dimensions and two pairs, two replicates."""
    out = tmp_path_factory.mktemp("small") / "out"
    done("-N", 8, "--second", 2, *READ, out=out)
    return out


def test_grown_twice_it_is_the_same(small, counted, tmp_path):
    once = done("-N", 16, "--second", 2, "-r", 3, *READ, out=tmp_path / "once")
    assert len(counted) == 3 * 16 * (3 + 2 + 2)
    counted.clear()
    done("-N", 8, "--second", 2, "-r", 3, *READ, out=tmp_path / "more", reuse=small)
    assert len(counted) == 8 * (3 + 2 + 2)
    counted.clear()
    grown = done("-N", 16, "--second", 2, "-r", 3, *READ, out=tmp_path / "grown", reuse=tmp_path / "more")
    assert len(counted) == 3 * 8 * (3 + 2 + 2)
    assert grown == once
    assert [Path(name).parent.name for name in once].count("parts") == 3


@pytest.mark.parametrize("parameters", ["--fixed", "--whole-ranges"])
def test_points_are_known_by_their_values(parameters, counted, tmp_path):
    few = ("--screen", 2, "--top", 2, "--second", 0) if parameters == "--whole-ranges" else ("--second", 0)
    done("-N", 8, parameters, *few, *READ, out=tmp_path / "small")
    made = len(counted)
    once = done("-N", 16, parameters, *few, *READ, out=tmp_path / "once")
    counted.clear()
    assert done("-N", 16, parameters, *few, *READ, out=tmp_path / "grown", reuse=tmp_path / "small") == once
    assert len(counted) == 2 * 8 * (2 + 2)
    assert made > len(counted) or parameters == "--fixed"


def test_fewer_outcomes_and_fewer_runs_need_none(small, counted, tmp_path):
    once = done("-N", 8, "--second", 0, "-r", 1, *READ, out=tmp_path / "once")
    counted.clear()
    assert done("-N", 8, "--second", 0, "-r", 1, *READ, out=tmp_path / "fewer", reuse=small) == once
    assert counted == []


REFUSED = {
    "another seed": (("--seed", "2", *READ), "has no run of this study; other seed"),
    "another scenario": (
        ("-S", "administration.knowledge_management=0.9", *READ), "no scenario, point and replicate is the same",
    ),
    "another outcome": (("--measure", "knowledge"), "lacks the outcome knowledge 2020-12"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_taken_from_what_does_not_fit(small, tmp_path, name):
    options, text = REFUSED[name]
    refused = run("-N", 8, *options, out=tmp_path / "grown", reuse=small)
    assert refused.exit_code == 2
    assert text in " ".join(refused.stderr.split())
    assert not (tmp_path / "grown").exists()


def test_a_folder_of_another_command_is_told(tmp_path):
    refused = run("-N", 8, out=tmp_path / "grown", reuse=tmp_path)
    assert "holds no study; `qsim sensitivity` makes one" in " ".join(refused.stderr.split())


def test_a_damaged_part_there_is_told(small, tmp_path):
    shutil.copytree(small, tmp_path / "small")
    path = tmp_path / "small/parts/first-00000.parquet"
    path.write_bytes(path.read_bytes()[:-40])
    refused = run("-N", 16, *READ, out=tmp_path / "grown", reuse=tmp_path / "small")
    assert "cannot be read, or belongs to another plan" in " ".join(refused.stderr.split())
