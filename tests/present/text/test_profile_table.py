"""The table of a profile: times, shares and sums in both languages."""

import re

import pytest
from rich.console import Console

from qsim.engine.profile import Profile
from qsim.mechanisms.month import NAMES
from qsim.present.text.profile_table import profile_table
from qsim.present.words.speaker import Speaker
from qsim.scenario.loading import load_scenario

PROFILE = Profile(
    months=100, start=1e-6, rules={name: 1e-6 * i for i, name in enumerate(NAMES)}, measuring=21e-6,
    building=0.5e-3, outcomes=0.5e-3, run=12e-3,
)  # fmt: skip
"""A month of 1 + 78 + 21 microseconds; a run of 0.5 + 10 + 0.5 milliseconds in parts."""


def printed(language, width=80):
    console = Console(width=width, no_color=True)
    with console.capture() as captured:
        console.print(profile_table(PROFILE, load_scenario("small"), Speaker(language)))
    return re.sub(r"\x1b\[[0-9;]*m", "", captured.get()).replace("\xa0", " ")


def test_shares_are_of_the_month_and_of_the_run():
    text = printed("en")
    assert re.search(r"Practice +11\.0 +11\.0% +1\.10 +10\.0%", text)
    assert re.search(r"Measuring +21\.0 +21\.0% +2\.10 +19\.1%", text)
    assert re.search(r"Building the world +0\.50 +4\.5%", text)
    assert re.search(r"Total +100\.0 +100\.0% +11\.00 +100\.0%", text)
    assert "takes 12.00 ms as a whole; the parts add up to 92% of" in re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(("language", "heads"), [
    ("en", ["Rule", "µs a month", "Share of month", "ms a run", "Share of run"]),
    ("de", ["Regel", "µs je Monat", "Monatsanteil", "ms je Lauf", "Laufanteil"]),
])  # fmt: skip
def test_every_column_has_a_name_of_its_own(language, heads):
    assert re.split(r"  +", printed(language).splitlines()[2].strip()) == heads


def test_german_as_people_read_it():
    text = printed("de")
    assert re.search(r"Praxis +11,0 +11,0 % +1,10 +10,0 %", text)
    assert "Kleine" in text.splitlines()[0]
    assert "µs je Monat" in text


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_fits_80_columns_without_cutting(language):
    text = printed(language)
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text
    assert len(re.findall(r"^ \S.*\d", text, re.MULTILINE)) == 1 + len(NAMES) + 1 + 2 + 1
