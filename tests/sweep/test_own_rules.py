"""Own rules in a study: in threads and in the processes of a cluster, varied, switched off, kept and run again."""

import numpy as np
import pytest

import qsim
from qsim.sweep.reproduce import reproduce

RULES = """\
from qsim.own import decision, parameter, rule, uniform

LISTENS = decision("briefing.listens")


@rule(after="learning", parameters=[parameter("reach", 0.05, 0.01, 0.1, "share a month")])
def briefing(world, month, own):
    for d in range(world.departments.size):
        if uniform(world.key[0], LISTENS, month, world.departments[d].slot) < 0.5:
            stance = world.stances[d, 0]
            stance.knowledge += own.reach * max(world.units[0].knowledge - stance.knowledge, 0.0)
"""
VARIED = """\
factors:
  - {id: reach, key: parameters.briefing.reach, levels: [0.02, 0.1]}
  - {id: "off", key: rules.off, levels: [[], [briefing]]}
replications: 2
outcomes:
  - {measure: knowledge}
"""
SHORT = ("months=12", "administration.departments=8")


@pytest.fixture
def study(write, tmp_path):
    (tmp_path / "briefing.py").write_text(RULES, encoding="utf-8")
    return qsim.Study.load(write(VARIED), SHORT, rules=[tmp_path / "briefing.py"])


def test_a_cluster_gives_the_numbers_of_a_single_machine(study, tmp_path):
    pytest.importorskip("distributed")
    one = study.run(tmp_path / "one", workers=1)
    cluster = study.run(tmp_path / "cluster", workers=2, scheduler="local")
    assert one.runs.equals(cluster.runs)
    merged = one.runs.merge(one.points, on="point")
    means = merged.groupby(["reach", "off"])["knowledge"].mean()
    assert means[0.1, "[]"] > means[0.02, "[]"] > means[0.02, '["briefing"]'] == means[0.1, '["briefing"]']


def test_a_study_is_run_again_if_its_code_is_allowed(study, tmp_path):
    study.run(tmp_path / "out", workers=1)
    (tmp_path / "briefing.py").unlink()
    with pytest.raises(qsim.InputError, match="names Python code, which has not been run"):
        reproduce(tmp_path / "out")
    with qsim.own_rules(allow=True):
        found = reproduce(tmp_path / "out", everything=True)
    assert found.agrees
    assert found.runs == 8


def test_other_rules_are_another_plan(study, write, tmp_path):
    study.run(tmp_path / "out", workers=1)
    (tmp_path / "briefing.py").write_text(RULES.replace("0.5", "0.6"), encoding="utf-8")
    other = qsim.Study.load("trial.yaml", SHORT, rules=[tmp_path / "briefing.py"])
    with pytest.raises(qsim.InputError, match="other content of small"):
        other.run(tmp_path / "out", workers=1)


def test_a_level_outside_the_range_is_told_at_its_place(write, tmp_path):
    (tmp_path / "briefing.py").write_text(RULES, encoding="utf-8")
    with pytest.raises(qsim.InputError, match="3 is not a share a month; expected 0 to 1"):
        qsim.Study.load(write(VARIED.replace("[0.02, 0.1]", "[0.02, 3]")), SHORT, rules=[tmp_path / "briefing.py"])


def test_numbers_are_those_of_simulate(study, tmp_path):
    runs = study.run(tmp_path / "out", workers=1).runs
    scenario = qsim.load_scenario(
        "small",
        [
            *SHORT,
        ],
    )
    with qsim.own_rules([tmp_path / "briefing.py"]):
        scenario = qsim.load_scenario("small", [*SHORT, "parameters.briefing.reach=0.1"])
    expected = qsim.simulate(scenario, 2).runs["knowledge"].to_numpy()
    assert np.array_equal(runs[runs["point"] == 2]["knowledge"].to_numpy(), expected)
