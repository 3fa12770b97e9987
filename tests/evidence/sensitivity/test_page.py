"""The page of a finished sensitivity study, and the experiment that writes it, on something tiny."""

import json
import runpy
import sys
from pathlib import Path

import pytest

from evidence.sensitivity.page import sensitivity_page
from evidence.sensitivity.stored import read_stored
from qsim.files.messages import InputError

SCRIPT = Path(__file__).parents[3] / "evidence" / "sensitivity" / "__main__.py"
EXPERIMENT = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Was zählt?, en: What matters?}
scenarios: [small]
factors:
  - {id: posts, key: "commissioners[integration].funding[0].posts", range: [0.5, 4], label: {de: Stellen, en: posts}}
  - {id: knowledge, key: "tasks[integration].knowledge", range: [0.05, 0.3]}
  - {id: practice, key: "tasks[integration].practice", range: [0.05, 0.3]}
design: {kind: saltelli, number: 16}
replications: 2
outcomes: [{measure: practice, at: 2020-06}, {measure: practice, at: 2021-03}]
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The folder of a study, the documents, and the exit code of the experiment that made both."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "trial.yaml").write_text(EXPERIMENT, encoding="utf-8")
    given = ["--experiment", folder / "trial.yaml", "--out", folder / "out", "--docs", folder / "docs", "-q",
             "--screen", "2", "--top", "3", "--second", "2", "--set", "months=15"]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [SCRIPT.name, *map(str, given)])
        with pytest.raises(SystemExit) as left:
            runpy.run_path(str(SCRIPT), run_name="__main__")
    return folder, left.value.code


def test_the_experiment_measures_and_writes_its_page(study):
    folder, code = study
    assert code == 0
    cost = json.loads((folder / "out" / "cost.json").read_text(encoding="utf-8"))
    assert cost["finished"]
    assert cost["seconds"] > 0
    assert cost["peak_bytes"] > 10_000_000
    assert cost["bytes"] > 10_000
    text = (folder / "docs" / "sensitivity_results.md").read_text(encoding="utf-8")
    assert text == sensitivity_page(read_stored(folder / "out"))
    for name in ("de", "en"):
        drawn = (folder / "docs" / "images" / f"sensitivity_{name}.svg").read_text(encoding="utf-8")
        assert f'lang="{name}"' in drawn


def test_the_page_says_what_is_in_the_tables(study):
    stored = read_stored(study[0] / "out")
    assert (stored.dimensions, stored.dates) == (4, ("2020-06", "2021-03"))
    assert stored.runs == 2 * (2 * (4 + 1) + 16 * (3 + 2 + 2))
    text = sensitivity_page(stored)
    first = stored.table("indices", "2021-03").iloc[0]
    assert f"in March 2021 {first['label_en']} ({first['total']:.2f})" in text
    row = f"| 1 | {first['label_en']} | `{first['key']}` | {first['first']:.2f} ["
    assert row in text
    assert f"| runs | {stored.runs} |" in text
    assert "| 8 of 16 | " in text
    assert "| posts | `commissioners[integration].funding[0].posts` |" in text
    assert "| unsure assumptions, together | `setting` |" in text
    known = stored.table("assumptions", "2021-03").iloc[0]
    told = f"{known['share']:.2f} [{known['share_low']:.2f}, {known['share_high']:.2f}]".replace("-", "−")
    assert f"| {known['label_en']} | `{known['key']}` |" in text
    assert told in text
    assert "nan" not in text
    for table in text.split("\n\n"):
        lines = [line for line in table.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1, lines[:1]


def test_an_unfinished_study_has_no_page(study, tmp_path):
    with pytest.raises(InputError, match="holds no sensitivity study"):
        read_stored(tmp_path)
    (tmp_path / "manifest.json").write_bytes((study[0] / "out" / "manifest.json").read_bytes())
    with pytest.raises(InputError, match=r"the study is not finished: there is no indices\.parquet"):
        read_stored(tmp_path)
