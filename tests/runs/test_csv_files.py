"""CSV: read back as it was by pandas and by LibreOffice in each language, and no cell that a spreadsheet runs."""

import io
import math
import shutil
import subprocess

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from qsim.runs.csv_files import DIALECTS, CsvWriter, csv_bytes

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "=cmd|'/c calc'!A1")
PLAIN = ("Köln", "a;b,c", 'say "no"', "-", "+", "-0.5", "+3,5", "1e-5", "small[months=60]", "")


def frame(count=4):
    return pd.DataFrame({
        "scenario": ["Müller; Söhne", "=1+1", "-0.5", None][:count],
        "month": pd.to_datetime(["2015-01-01", "2015-02-01", "2015-03-01", "2015-04-01"][:count]),
        "runs": np.arange(count),
        "practice": [0.75, -1234567.25, 1e-9, math.nan][:count],
    })  # fmt: skip


def back(text, language):
    dialect = DIALECTS[language]
    return pd.read_csv(io.BytesIO(text), sep=dialect.separator, decimal=dialect.decimal, parse_dates=["month"],
                       dtype={"scenario": str})  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
def test_pandas_reads_what_was_written(language):
    expected = frame().assign(scenario=["Müller; Söhne", "'=1+1", "-0.5", None])
    pd.testing.assert_frame_equal(back(csv_bytes(frame(), DIALECTS[language]), language), expected, check_dtype=False)


def test_german_has_semicolons_decimal_commas_and_a_mark():
    lines = csv_bytes(frame(1), DIALECTS["de"]).decode().splitlines()
    assert lines == ['\ufeff"scenario";"month";"runs";"practice"', '"Müller; Söhne";2015-01-01;0;"0,75"']
    assert csv_bytes(frame(1), DIALECTS["en"]).decode().splitlines()[1] == '"Müller; Söhne",2015-01-01,0,0.75'


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text):
    for column, table in ((False, pd.DataFrame({"a": [text]})), (True, pd.DataFrame({text: ["a"]}))):
        read = pd.read_csv(io.BytesIO(csv_bytes(table, DIALECTS["en"])))
        found = read.columns[0] if column else read["a"][0]
        assert found.replace("\r", "\n") == f"'{text}".replace("\r", "\n")


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text):
    read = pd.read_csv(io.BytesIO(csv_bytes(pd.DataFrame({"a": [text, "x"]}), DIALECTS["de"])), sep=";", dtype=str,
                       keep_default_na=False)  # fmt: skip
    assert read["a"][0] == text


def test_a_file_that_grows_is_the_file_at_once(tmp_path):
    tables = [pa.Table.from_pandas(part, preserve_index=False) for part in (frame().iloc[:2], frame().iloc[2:])]
    writer = CsvWriter(tmp_path / "a.csv", tables[0].schema, DIALECTS["de"])
    for table in tables:
        writer.write_table(table)
    writer.close()
    assert (tmp_path / "a.csv").read_bytes() == csv_bytes(frame(), DIALECTS["de"])


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_german_spreadsheet_reads_numbers_as_numbers(tmp_path):
    """Filter options: separator, quotation mark, UTF-8, from line 1, no formats, German; and cells as they are, not as shown."""
    (tmp_path / "a.csv").write_bytes(csv_bytes(frame(), DIALECTS["de"]))
    command = [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--infilter=CSV:59,34,76,1,,1031",
               "--convert-to", "fods", "--outdir", tmp_path, tmp_path / "a.csv"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheet = (tmp_path / "a.fods").read_text()
    assert 'office:value-type="float" office:value="0.75"' in sheet
    assert 'office:value-type="float" office:value="-1234567.25"' in sheet
    assert 'office:value-type="date" office:date-value="2015-01-01"' in sheet
    assert "table:formula" not in sheet
