"""Two versions side by side: what moved, verdicts that turned, what is new, and the sentence that follows from it."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from qsim.claims.schema import LATEST
from qsim.diff.difference import Claimed, Judged, difference
from qsim.diff.taken import claims_of, runs_of
from qsim.diff.version import Version, opened, this_version
from qsim.files.messages import InputError
from qsim.present.page.diff_page import diff_page
from qsim.present.text.diff_text import (
    changes_table,
    claims_table,
    diff_text,
    other_sentences,
    primary,
    tables,
    verdicts_table,
)
from qsim.present.words.speaker import Speaker
from qsim.runs.execution import simulate
from qsim.runs.manifest import DIFF, make_manifest
from qsim.scenario.labels import Label

ENGLISH, GERMAN = Speaker("en"), Speaker("de")


def page(found, speak=ENGLISH):
    manifest = make_manifest(DIFF, [], seed=1, replications=15, settings=3, plausible=True, command="qsim diff x")
    return diff_page(found, manifest, speak, date(2026, 1, 2))


def test_the_outcome_that_was_changed_has_moved(differences):
    found = differences["changed"]
    moved = {(one.scenario, one.row.measure.name): one for one in found.moved}
    row = moved["medium", "practice"].row
    assert row.levels[0] < row.levels[1] - 0.0125
    assert row.difference == pytest.approx(row.levels[1] - row.levels[0])
    after = simulate("medium", replications=25).runs["practice"]
    assert row.levels[1] == pytest.approx(after.mean(), rel=1e-12)
    assert found.same == ()
    assert (found.new, found.gone) == (("small",), ())
    assert [one.size for one in found.moved] == sorted((one.size for one in found.moved), reverse=True)
    assert not {one.size for one in found.open} & {one.size for one in found.moved}


def test_where_only_a_comment_differs_nothing_has_moved(differences):
    found = differences["alike"]
    assert found.same == ("large", "medium")
    assert (found.moved, found.open, found.new, found.gone) == ([], [], (), ())
    assert not any(one.turned for one in found.verdicts)
    assert diff_text(found, ENGLISH) == "Every number of 2 scenarios is the same."
    assert diff_text(found, GERMAN) == "Alle Zahlen von 2 Szenarien sind gleich."
    assert tables(found, ENGLISH) == []


@pytest.mark.parametrize("speak", [ENGLISH, GERMAN], ids=["en", "de"])
def test_the_page_shows_what_moved_and_nothing_where_nothing_has(differences, speak):
    moved, same = page(differences["changed"], speak), page(differences["alike"], speak)
    title = speak("diff.moved_title")
    assert moved.count(title) > same.count(title)
    assert diff_text(differences["alike"], speak) in same
    assert speak("diff.note") in moved
    first = differences["changed"].moved[0]
    assert speak.decimal(first.size) in moved
    assert json.loads(moved.split('id="qsim-manifest">')[1].split("</script")[0])["study"] == "diff"


def test_every_pair_is_judged_by_the_runs_of_each_version(differences):
    (pair,) = differences["alike"].verdicts
    assert pair.pair == ("large", "medium")
    assert pair.before == pair.after
    assert [one.scenario for one in primary(differences["alike"])] == ["large", "medium"]


def test_verdicts_and_claims_that_turned_are_told(differences):
    text = Label(de="Mehr hilft.", en="More helps.")
    turned = replace(
        differences["alike"],
        verdicts=(Judged(("large", "medium"), ("clearly", 1), ("undecided", -1)),),
        claims=(Claimed("more", text, "expected", "opposite"), Claimed("new", text, None, "expected")),
    )
    (row,) = zip(*(column.cells for column in verdicts_table(turned, ENGLISH).columns), strict=True)
    assert row[1:] == ("clearly better: Medium administration", "undecided")
    (row,) = zip(*(column.cells for column in claims_table(turned, GERMAN).columns), strict=True)
    assert row == ("more: Mehr hilft.", "wie erwartet", "gegenteilig")
    said = other_sentences(turned, ENGLISH)
    assert "Verdicts on pairs of scenarios: 1 of 1 turned." in said
    assert f"Claims of {turned.versions[1]} only: new." in said
    assert any("1 of 1 turned" in one and "--claims" in one for one in said)


def test_a_long_table_on_the_terminal_says_how_many_more_there_are(differences):
    found = differences["changed"]
    table = changes_table(found, found.moved, "x", ENGLISH, 1)
    assert table.row_count == 1
    assert table.caption == f"... and {len(found.moved) - 1} more; the page of --report has them."


def test_numbers_are_kept_for_each_state_of_a_version(alike, kept, monkeypatch):
    version = Version("alike", alike / "src")
    counts = []
    first = runs_of(version, ["medium"], 2, 1, 1, counts.append)
    monkeypatch.setattr("qsim.diff.taken._lines", lambda version, asked: pytest.fail("run again"))
    again = runs_of(version, ["medium"], 2, 1, 1, counts.append)
    assert counts == [0, 1, 1]
    assert np.array_equal(first["medium"].outcomes["practice"], again["medium"].outcomes["practice"])
    assert [path.name for path in kept.iterdir()] == [f"{version.digest}-1-2.json"]
    assert version.digest != this_version().digest


def test_a_version_that_cannot_be_run_is_one_line(tmp_path, kept):
    package = tmp_path / "qsim"
    package.mkdir()
    (package / "__init__.py").write_text("raise ImportError('no such library')\n")
    with pytest.raises(InputError, match="it cannot be run: ImportError: no such library"):
        runs_of(Version("broken", tmp_path), ["small"], 2, 1, 1)


def test_a_scenario_that_neither_has_is_refused(alike):
    with opened(str(alike)) as other, pytest.raises(InputError, match="comes with either version; did you mean"):
        difference(other, ["smal"], 2)


def test_stored_claims_are_those_of_the_version(alike, tmp_path):
    assert claims_of(Version("alike", alike / "src")) == {}
    stored = {"claims": [{"id": "one", "text": {"de": "x", "en": "y"}, "outcome": "expected"}]}
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / LATEST).write_text(json.dumps(stored))
    assert claims_of(Version("x", tmp_path / "src"))["one"].outcome == "expected"
    assert len(claims_of(this_version())) > 100


def test_claims_are_run_anew_by_the_command_of_the_version(tmp_path):
    package = tmp_path / "qsim"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "cli.py").write_text(
        "import json, sys\n"
        "def main():\n"
        "    said = ' '.join(sys.argv[1:])\n"
        "    print(json.dumps({'claims': [{'id': 'one', 'text': {'en': said}, 'outcome': 'opposite'}]}))\n"
    )
    (one,) = claims_of(Version("x", tmp_path), ["B", "G"]).values()
    assert (one.text.en, one.outcome) == ("claims --json --quiet --group B --group G", "opposite")


def test_scenarios_that_were_done_are_kept_when_it_is_stopped(kept, monkeypatch):
    def lines(version, asked):
        yield {"scenario": "small", "label": {"de": "a", "en": "a"}, "outcomes": {}}
        raise KeyboardInterrupt

    monkeypatch.setattr("qsim.diff.taken._lines", lines)
    with pytest.raises(KeyboardInterrupt):
        runs_of(this_version(), ["small", "large"], 2, 1, 1)
    (file,) = kept.glob("*.json")
    assert list(json.loads(file.read_bytes())) == ["small"]
