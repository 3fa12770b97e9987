"""The foot of the page: command, data, and how to cite."""

import io
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from qsim.present.page.blocks import Code, Download
from qsim.present.page.report import made_on, report_page, source_section
from qsim.present.words.speaker import Speaker
from trial_pages import SCENARIOS, make_report
from worlds import load_as


def downloads(report, language="de"):
    found = source_section(report, Speaker(language)).blocks
    return {block.name: block.content for block in found if isinstance(block, Download)}


def test_the_command_is_that_of_the_manifest(report):
    made = report("pair")
    codes = [block.text for block in source_section(made, Speaker("en")).blocks if isinstance(block, Code)]
    assert codes == [made.manifest["command"], "qsim reproduce FILE.html"]


@pytest.mark.parametrize(("language", "form"), [("de", {"sep": ";", "decimal": ","}), ("en", {})])
def test_the_data_are_those_of_the_comparison(report, language, form):
    made = report("pair")
    files = downloads(made, language)
    table = pd.read_csv(io.BytesIO(files["outcomes.csv"].encode()), **form).set_index("outcome")
    primary = made.compared.pairs[0].primary
    first, second = (scenario.id for scenario in made.scenarios)
    assert table.loc["joint_practice", [first, second]].tolist() == pytest.approx(primary.levels)
    assert table.loc["joint_practice", f"{second}_minus_{first}_difference"] == pytest.approx(primary.difference)
    by_setting = pd.read_csv(io.BytesIO(files["settings.csv"].encode()), **form)
    means = by_setting.groupby("scenario")["joint_practice"].mean()
    assert means[second] - means[first] == pytest.approx(primary.difference)
    assert len(by_setting) == 2 * made.compared.worlds.settings


def test_scenarios_can_be_taken_away(report):
    assert set(downloads(report("pair"))) == {
        "outcomes.csv",
        "settings.csv",
        *(f"{name}.yaml" for name in SCENARIOS["pair"]),
    }
    assert set(downloads(report("one"))) == {"outcomes.csv", f"{SCENARIOS['one'][0]}.yaml"}
    assert "small_2.yaml" in downloads(report("same"))


def test_a_house_of_one_department_has_pages_without_a_way_between_departments():
    alone = load_as("small", "months=8", "administration.departments=1", "formats=[]")
    other = load_as("small", "months=8", "administration.departments=1", "formats=[]", "administration.workload=1.3")
    for scenarios in ([alone], [alone, other]):
        page = report_page(make_report(scenarios), Speaker("de"))
        assert "chart-stages" in page
        assert "chart-case" not in page


def test_a_page_made_twice_differs_by_its_day_alone(report):
    first, again, later = (
        report_page(report("one"), Speaker("de"), day)
        for day in (date(2026, 11, 29), date(2026, 11, 29), date(2027, 1, 2))
    )
    assert first == again
    assert "Stand: 29. November 2026" in first
    assert "Stand: 2. Januar 2027" in later
    assert first.count("29. November 2026") == later.count("2. Januar 2027")
    assert "Integration" in first.split("<title>")[1].split("</title>")[0]


def test_the_day_is_that_of_the_environment_or_todays():
    assert made_on({"SOURCE_DATE_EPOCH": "1796000000"}) == date(2026, 11, 30)
    assert made_on({"SOURCE_DATE_EPOCH": "soon"}) == made_on({}) == datetime.now(UTC).date()
