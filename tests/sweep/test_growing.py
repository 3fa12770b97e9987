"""A study that has grown is the study made at once: what another one has is taken from there, and shares fill one folder."""

import pytest

from qsim.files.messages import InputError
from qsim.runs.folder import LOCK, take_lock
from qsim.sweep.folder import Shard, StudyFolder
from qsim.sweep.plan import Plan, study_manifest
from trial_studies import files_of, run

OUTCOMES = """replications: {replications}
outcomes:
  - {{measure: practice}}
  - {{measure: joint_practice}}
"""
FACTORS = """factors:
  - {{id: posts, key: "commissioners[integration].funding[0].posts", levels: {levels}}}
"""
SOBOL = """factors:
  - {{id: up, key: parameters.practice.up, range: [0.02, 0.08]}}
  - {{id: months, key: administration.workload, range: [0.8, 1.2]}}
design: {{kind: sobol, number: {number}}}
"""


def factorial(levels="[1, 2]", replications=2, more=""):
    return FACTORS.format(levels=levels) + more + OUTCOMES.format(replications=replications)


def sobol(number, replications=2):
    return SOBOL.format(number=number) + OUTCOMES.format(replications=replications)


GROWN = {
    "replications": (factorial(), factorial(replications=5), 6),
    "levels": (factorial("[1, 2]"), factorial("[0.5, 1, 1.5, 2]"), 4),
    "points of a sequence": (sobol(4), sobol(8, 3), 4 + 12),
    "points of indices": (
        sobol(2).replace("kind: sobol", "kind: saltelli"), sobol(4).replace("kind: sobol", "kind: saltelli"), 2 * 2 * 4,
    ),
    "a factor that was not varied": (
        factorial(), factorial(more="  - {id: relief, set: {as_is: {}, less: {administration.workload: 0.8}}}\n"), 4,
    ),
    "months of runs": ("output: series\n" + factorial(), "output: series\n" + factorial(replications=3), 2),
}  # fmt: skip


@pytest.mark.parametrize("rows", [1, 2, 100])
@pytest.mark.parametrize("name", GROWN)
def test_what_is_there_is_not_run_again(load, counted, tmp_path, name, rows):
    small, large, new = GROWN[name]
    run(load(small), tmp_path / "small", rows=3)
    whole = load(large)
    run(whole, tmp_path / "once", rows=rows)
    counted.clear()
    assert not run(whole, tmp_path / "grown", rows=rows, reuse=tmp_path / "small").failed
    assert len(counted) == new
    assert files_of(tmp_path / "grown") == files_of(tmp_path / "once")


def test_grown_twice_it_is_still_the_same(load, counted, tmp_path):
    for step, replications in enumerate((1, 2, 4)):
        reuse = tmp_path / str(step - 1) if step else None
        run(load(factorial(replications=replications)), tmp_path / str(step), reuse=reuse)
    assert len(counted) == 2 * 4
    run(load(factorial(replications=4)), tmp_path / "once")
    assert files_of(tmp_path / "2") == files_of(tmp_path / "once")


def test_parts_that_are_missing_there_are_run(load, counted, tmp_path):
    run(load(factorial()), tmp_path / "small", rows=1)
    (tmp_path / "small/runs.parquet/part-000001.parquet").unlink()
    run(load(factorial(replications=3)), tmp_path / "once")
    counted.clear()
    run(load(factorial(replications=3)), tmp_path / "grown", reuse=tmp_path / "small")
    assert len(counted) == 3 + 1
    assert files_of(tmp_path / "grown") == files_of(tmp_path / "once")


REFUSED = {
    "another seed": (factorial(), "seed: 2\n" + factorial(replications=3), "has no run of this study; other seed"),
    "other points": (factorial("[1, 2]"), factorial("[3, 4]"), "no scenario, point and replicate is the same"),
    "another outcome": (
        factorial(), factorial() + "  - {measure: knowledge}\n",
        "lacks the outcome knowledge, so all is to be run; leave out --reuse",
    ),
    "no months": (factorial(), "output: series\n" + factorial(), "lacks the table series"),
    "departments": (factorial(), "output: departments\n" + factorial(), "sums over departments are of whole parts"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_taken_from_what_does_not_fit(load, tmp_path, name):
    small, large, text = REFUSED[name]
    run(load(small), tmp_path / "small")
    whole = load(large)
    with pytest.raises(InputError, match=text) as caught:
        run(whole, tmp_path / "grown", reuse=tmp_path / "small")
    assert len(str(caught.value).splitlines()) == 1
    assert not (tmp_path / "grown").exists()


def test_a_damaged_table_there_is_told(load, tmp_path):
    run(load(factorial()), tmp_path / "small", rows=100)
    path = next((tmp_path / "small/runs.parquet").iterdir())
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(InputError, match=r"part-000000\.parquet:.* cannot be read, or belongs to another plan"):
        run(load(factorial(replications=3)), tmp_path / "grown", reuse=tmp_path / "small")


def test_shards_fill_a_folder_as_one_process_does(load, counted, tmp_path):
    experiment = load(factorial(replications=5))
    run(experiment, tmp_path / "once", rows=2)
    counted.clear()
    for number in (3, 1, 2):
        run(experiment, tmp_path / "shards", rows=2, shard=Shard(number, 3))
    assert len(counted) == 10
    assert files_of(tmp_path / "shards") == files_of(tmp_path / "once")


def test_a_shard_leaves_alone_what_others_write(load, tmp_path):
    experiment = load(factorial(replications=5))
    plan, out = Plan(experiment, 2), tmp_path / "out"
    run(experiment, out, rows=2, shard=Shard(1, 2))
    others = [out / ".part.3of9.77.unfinished", out / "runs.parquet/part-000001.parquet"]
    for path in others:
        path.write_bytes(b"half")
    with StudyFolder(out, plan, study_manifest(plan), Shard(1, 2)) as folder:
        assert folder.done == {0, 2, 4}
        assert [*folder.missing()] == []
        assert not folder.damaged
    assert all(path.exists() for path in others)
    with StudyFolder(out, plan, study_manifest(plan)) as folder:
        assert folder.damaged == ["runs.parquet/part-000001.parquet"]
    assert not others[0].exists()


@pytest.mark.parametrize(("held", "asked"), [("1of2", None), ("1of2", Shard(1, 2)), ("", Shard(1, 2)), ("", None)])
def test_a_part_has_one_writer(load, tmp_path, held, asked):
    experiment, out = load(factorial()), tmp_path / "out"
    out.mkdir()
    lock = take_lock(out, held)
    with pytest.raises(InputError, match="another run is writing there"):
        run(experiment, out, shard=asked)
    lock.release()


def test_shards_work_side_by_side(load, tmp_path):
    experiment, out = load(factorial()), tmp_path / "out"
    out.mkdir()
    lock = take_lock(out, "1of2")
    run(experiment, out, shard=Shard(2, 2))
    lock.release()
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(LOCK)) in ([], [f"{LOCK}-1of2"])


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "1/0", "a/b", "1/2/3", " 1/2"])
def test_no_shard(text):
    with pytest.raises(ValueError, match="is no shard; expected one such as 3/8, from 1/8 to 8/8"):
        Shard.parse(text)


def test_a_shard():
    assert Shard.parse("3/8") == (3, 8)
