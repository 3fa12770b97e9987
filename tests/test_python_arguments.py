"""What is given in Python: names where scenarios are expected, changes in any form, and numbers that are none."""

import pickle
from io import BytesIO

import mesa
import numpy as np
import pandas as pd
import pytest

import qsim

SHORT = {"months": 2, "administration.departments": 6}


def test_a_name_is_as_good_as_the_scenario():
    assert qsim.simulate("small", 1).runs.equals(qsim.simulate(qsim.load_scenario("small"), 1).runs)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: qsim.simulate(1), TypeError, "scenario is a scenario, its name or its path, not int"),
        (lambda: qsim.simulate("smal"), qsim.InputError, 'did you mean "small"'),
        (lambda: qsim.compare("small"), TypeError, "scenarios is a list of two scenarios or more"),
        (lambda: qsim.compare([1, 2]), TypeError, "scenario is a scenario, its name or its path, not int"),
        (lambda: qsim.simulate("small", 1, workers=-1), ValueError, "workers is a whole number from 1 to 1024, not -1"),
        (lambda: qsim.simulate("small", 1, workers=0), ValueError, "workers is a whole number from 1 to 1024, not 0"),
        (lambda: qsim.simulate("small", 1, workers="2"), TypeError, "workers is a whole number, not '2'"),
        (lambda: qsim.simulate("small", 1, seed="100"), TypeError, "seed is a whole number, not '100'"),
        (lambda: qsim.simulate("small", replicates=[1, 1]), ValueError, "replicate 1 is there twice"),
        (lambda: qsim.simulate("small", replications="3"), TypeError, "replications is a whole number, not '3'"),
        (lambda: qsim.simulate("small", replications=-3), ValueError, "replications is a whole number from 0"),
        (lambda: qsim.simulate("small", replicates=3), TypeError, "replicates is a list of whole numbers, not 3"),
        (lambda: qsim.simulate("small", replicates=["3"]), TypeError, "replicate is a whole number, not '3'"),
        (lambda: qsim.load_scenario(None), TypeError, "name is the name of a scenario or its path, not NoneType"),
        (lambda: qsim.load_scenario("small", 3), qsim.InputError, '"3" is not a change; expected key=value'),
        (lambda: qsim.load_scenario("small", [1]), qsim.InputError, '"1" is not a change; expected key=value'),
        (lambda: qsim.Study.open(None), TypeError, "folder is the path of a folder, not NoneType"),
        (lambda: qsim.load_scenario("small", "months"), qsim.InputError, '"months" is not a change; expected key=value'),
        (lambda: qsim.load_scenario("small", {"months": object()}), qsim.InputError, "object is no value of a file"),
        (lambda: qsim.load_scenario("small", {"month": 3}), qsim.InputError, 'did you mean "months"'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence(call, error, words):
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("changes", ["months=3", ["months=3"], {"months": 3}, {"months": np.int64(3)}])
def test_changes_are_texts_one_text_or_values_by_key(changes):
    scenario = qsim.load_scenario("small", changes)
    assert (scenario.months, scenario.id) == (3, "small[months=3]")
    assert (scenario.label.de, scenario.label.en) == ("Kleine Verwaltung, geändert", "Small administration, changed")


def test_values_by_key_may_be_groups_and_lists():
    events = [{"id": "inflow", "kind": "shock", "date": "2021-03", "need": np.float64(0.5)}]
    scenario = qsim.load_scenario("small", {"administration": {"departments": 7}, "events": events})
    assert scenario.administration.departments == 7
    assert [event.need for event in scenario.events] == [0.5]


def test_changed_scenarios_are_apart_in_every_table(tmp_path):
    """By what batch_run puts into its rows, by the columns of results, and in Parquet."""
    variants = [qsim.load_scenario("small", SHORT | {"administration.departments": n}) for n in (6, 9)]
    assert len({*variants, qsim.load_scenario("small", SHORT)}) == 2
    rows = pd.DataFrame(
        mesa.batch_run(
            qsim.Administration, {"settings": variants, "replicate": range(2), "rng": [1]}, display_progress=False
        )
    )
    assert [each.id for each in rows.groupby("settings").practice.mean().index] == sorted(each.id for each in variants)
    rows["settings"] = rows["settings"].map(str)
    rows.to_parquet(tmp_path / "rows.parquet")
    assert pd.read_parquet(tmp_path / "rows.parquet").settings.tolist() == [
        each.id for each in variants for _ in range(2)
    ]
    together = pd.concat([qsim.simulate(each, 2).runs for each in variants], ignore_index=True)
    assert together.groupby("scenario", observed=True).size().to_dict() == {each.id: 2 for each in variants}
    stored = BytesIO()
    together.to_parquet(stored)
    assert pd.read_parquet(stored).scenario.tolist() == together.scenario.tolist()


def test_a_variant_without_a_label_does_not_bear_that_of_its_parent(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("kind: scenario\nschema_version: 1\nextends: small\nmonths: 3\n")
    assert qsim.load_scenario("mine.yaml").label.de == "Kleine Verwaltung (mine)"


def test_a_result_is_one_line_and_the_same_once_it_was_pickled():
    result = qsim.simulate(qsim.load_scenario("small", SHORT), 3)
    again = pickle.loads(pickle.dumps(result))
    assert repr(again) == repr(result) == f"Result({result.scenario.id}, 3 runs, 2 months)"
    for table in ("runs", "series", "series_tasks", "departments", "ledger"):
        assert getattr(again, table).equals(getattr(result, table)), table
    assert again.prepared.run(1, [(7, 7)]).outcomes.tobytes() == result.prepared.run(1, [(7, 7)]).outcomes.tobytes()
