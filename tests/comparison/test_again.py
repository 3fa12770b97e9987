"""A folder of a comparison is run again as a whole: every table is compared, and what differs is found."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from qsim.commands.root import app

SMALL = ("--set", "months=12", "--set", "administration.departments=8", "--settings", "3", "-r", "2", "-q")
TABLES = ["comparison", "departments", "divisions", "events", "ledger", "runs", "series", "series_tasks"]


def command(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of two scenarios that were compared in three settings."""
    out = tmp_path_factory.mktemp("compared") / "out"
    assert command("compare", "one_unit", "no_unit", *SMALL, "-o", out).exit_code == 0
    return out


def again(folder):
    done = command("reproduce", folder, "--json", "-q")
    return done.exit_code, json.loads(done.stdout)


def test_every_table_is_compared_and_agrees(folder):
    code, found = again(folder)
    assert (code, found["agrees"], sorted(found["compared"]), found["runs"]) == (0, True, TABLES, 12)


@pytest.mark.parametrize("name", ["comparison", "runs", "series"])
def test_another_number_or_row_is_found(folder, name):
    path = folder / f"{name}.parquet"
    kept, frame = path.read_bytes(), pd.read_parquet(path)
    number = [column for column in frame if frame[column].dtype == float and frame[column].notna().iloc[-1]][-1]
    other = frame.copy()
    other.loc[len(frame) - 1, number] += 1.0
    for changed, place in ((other, number), (pd.concat([frame, frame.tail(1)]), "rows"), (frame.iloc[:-1], "rows")):
        changed.to_parquet(path, index=False)
        code, found = again(folder)
        assert (code, found["agrees"]) == (1, False)
        assert found["where"].startswith(f"{name}.parquet, ")
        assert place in found["where"]
    path.write_bytes(kept)
