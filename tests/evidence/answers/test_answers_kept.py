"""The experiments that come with qsim: valid, as large as planned, expected beforehand; and one through to page and figure."""

import json
import re
import runpy
import sys
from pathlib import Path

import pytest

from evidence.answers.answer import ORDER
from evidence.answers.figure import answer_figure
from evidence.answers.page import PAGES, answers_page
from evidence.words import speaker
from qsim.claims.statements import all_statements
from qsim.present.text.answer_text import difference, level
from qsim.sweep.loading import load_experiment

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "evidence" / "answers" / "__main__.py"
POINTS = {
    "size_proactivity": 5 * 5 * 3, "position": 5 * 3, "position_crisis": 5, "funding_duration": 5 * 4,
    "own_share_budget": 5 * 3 * 2, "formats_fixed_posts": 6 * 3, "posts_spread": 6 * 3, "shock_preparedness": 3 * 4,
    "change_of_mayor": 4 * 2 * 2, "soft_structural": 4 * 3, "size_position_funding": 4 * 5 * 4, "two_tasks": 3 * 3,
    "third_task": 3,
}  # fmt: skip


@pytest.fixture(scope="module")
def experiments():
    return {name: load_experiment(ROOT / "experiments" / f"{name}.yaml") for name in ORDER}


def test_every_experiment_has_the_points_it_says_a_figure_and_a_headline(experiments):
    assert {name: experiment.design.points for name, experiment in experiments.items()} == POINTS
    for experiment in experiments.values():
        assert experiment.content.figure is not None
        assert any(entry.headline for entry in experiment.content.expected)


def test_every_expectation_was_written_down_with_its_statements(experiments):
    written = " ".join((ROOT / "docs" / "expectations.md").read_text(encoding="utf-8").split())
    known = set(all_statements())
    ids = [entry.id for experiment in experiments.values() for entry in experiment.content.expected]
    assert len(ids) == len(set(ids))
    for experiment in experiments.values():
        for entry in experiment.content.expected:
            said = f"- {entry.id}. {entry.text.en}" + (f" ({', '.join(entry.statements)})" if entry.statements else "")
            assert said in written, entry.id
            assert set(entry.statements) <= known, entry.id


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The folder of a tiny run of two experiments, and what was printed."""
    out = tmp_path_factory.mktemp("answers")
    before = sys.argv
    sys.argv = [
        "evidence.answers",
        "third_task",
        "two_tasks",
        "--replications",
        "2",
        "--quiet",
        "--lang",
        "de",
        "--out",
        str(out),
    ]
    try:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    finally:
        sys.argv = before
    return out / "small"


def test_a_tiny_run_comes_through_to_page_and_figures(small):
    pages = {language: (small / name).read_text(encoding="utf-8") for language, name in PAGES.items()}
    for language, text in pages.items():
        figures = re.findall(r"\]\((images/[^)]*)\)", text)
        assert len(figures) == 2
        assert all(f'lang="{language}"' in (small / name).read_text(encoding="utf-8") for name in figures)
        tables = [part for part in text.split("\n\n") if part.startswith("|")]
        assert [part.count("\n") for part in tables] == [10, 4]
        assert text.count("\n- e1") == 6
    assert "**Frage.** Was tut eine dritte Querschnittsaufgabe" in pages["de"]
    assert "**Question.** What does a third cross-cutting task do" in pages["en"]
    assert "## 13. " in pages["en"]
    assert "## 14. " in pages["en"]


def test_every_number_of_the_page_is_one_of_the_record(small):
    text = (small / PAGES["en"]).read_text(encoding="utf-8")
    for name in ("third_task", "two_tasks"):
        record = json.loads((small / "answers" / f"{name}.json").read_text(encoding="utf-8"))
        for entry in record["expected"]:
            said = ["too few replications for an interval"]
            if entry["low"] is not None:
                said = [
                    difference(entry["effect"], entry["unit"], speaker("en")),
                    difference(entry["low"], entry["unit"], speaker("en"), True),
                ]
            if len(entry["levels"]) == 1:
                said += [level(value, entry["unit"], speaker("en")) for value in entry["levels"][0]]
            (line,) = [line for line in text.splitlines() if line.startswith(f"- {entry['id']}. ")]
            assert all(number in line for number in said)


def test_another_verdict_is_another_sentence(small):
    record = json.loads((small / "answers" / "third_task.json").read_text(encoding="utf-8"))
    seen = set()
    for verdict in ("expected", "negligible", "opposite", "unresolved"):
        for entry in record["expected"]:
            entry["verdict"] = verdict
        seen.add(answers_page([record], speaker("de")))
    assert len(seen) == 4


def test_a_figure_without_lines_and_with_missing_values(small):
    record = json.loads((small / "answers" / "third_task.json").read_text(encoding="utf-8"))
    figure = record["figure"]
    del figure["values"]["lines"], figure["axes"]["lines"]
    figure["rows"] = [
        {"x": row["x"], "mean": row["mean"], "half": row["half"]}
        for row in figure["rows"]
        if row["lines"] == "two_units"
    ]
    figure["rows"][0] |= {"mean": None, "half": None}
    described = answer_figure(record, speaker("en")).description
    assert described.startswith("time to spare –, overloaded ")
    figure["kind"] = "nothing"
    record["figure"] = None
    with pytest.raises(ValueError, match="third_task has no figure"):
        answer_figure(record, speaker("en"))


def test_what_is_wrong_is_one_line(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "argv", ["evidence.answers", "third_tsk", "--out", str(tmp_path), "--quiet"])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    assert left.value.code == 2
    assert 'did you mean "third_task"' in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
