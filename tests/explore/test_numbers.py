"""What people type as a number or a month is read by the language of the page, and shown as that language writes it."""

import pytest

from trial_explore import in_node
from trial_rules import node

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

READ = "return given.map(([text, language]) => it.numberIn(text, language));"
MONTHS = "return given.map((text) => it.monthIn(text));"
AGAIN = """return given.map((value) => ["de", "en"].map((language) => {
  const text = it.numberText(value, language);
  return [text, it.numberIn(text, language)];
}));"""
NUMBERS = [
    ("0,5", "de", 0.5), ("0.5", "de", 0.5), ("0,5", "en", 0.5), (".5", "en", 0.5), ("5,", "de", 5),
    ("1.500", "de", 1500), ("1.500", "en", 1.5), ("1,500", "en", 1500), ("1,500", "de", 1.5), ("0.500", "de", 0.5),
    ("1.234.567,5", "de", 1234567.5), ("1 500", "de", 1500), ("12\u00a0000", "de", 12000), ("−0,25", "de", -0.25),
    ("-3", "en", -3), ("+3", "en", 3), (" 7 ", "en", 7),
]  # fmt: skip
NONE = [
    "",
    "-",
    ",",
    "1,2,3",
    "1.2.3",
    "1e3",
    "1e308",
    "NaN",
    "Infinity",
    "0x10",
    "ein",
    "1/2",
    "１",
    "9" * 21,
    "2 Stellen",
    "--1",
    "5%",
]


def test_a_comma_or_a_point_stands_before_decimals_and_what_groups_is_told_apart(tmp_path):
    found = in_node(tmp_path, "numbers.js", READ, [one[:2] for one in NUMBERS])
    assert found == [one[2] for one in NUMBERS]


@pytest.mark.parametrize("language", ["de", "en"])
def test_anything_else_is_no_number(language, tmp_path):
    assert in_node(tmp_path, "numbers.js", READ, [[one, language] for one in NONE]) == [None] * len(NONE)


def test_what_is_shown_is_read_again(tmp_path):
    given = [0, 0.5, 12.25, 1500, -0.25, 0.002, 100000, 1 / 3]
    for value, texts in zip(given, in_node(tmp_path, "numbers.js", AGAIN, given), strict=True):
        assert [again for _, again in texts] == pytest.approx([value, value], rel=1e-11)
        assert "." not in texts[0][0]
        assert "," not in texts[1][0]


def test_months_have_the_year_first_or_last(tmp_path):
    given = ["2027-01", "1.2027", "01/2027", " 2027 - 1 ", "2027-13", "2027-00", "27-01", "2027", "2027-01-05", ""]
    assert in_node(tmp_path, "numbers.js", MONTHS, given) == [24324] * 4 + [None] * 6
