"""``qsim explain``: what holds back, one case, the first difference."""

import json

import pytest

FEW = ("--replications", 6)


def test_constraints_and_a_case_in_words(command, city):
    done = command("explain", city, *FEW, "--month", "2016-05")
    assert done.exit_code == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "May 2016" in text
    assert "The case sticks" in text
    assert "run 0" in text
    assert "mean over 6 runs" in text


def test_in_german(command, city):
    text = " ".join(command("explain", city, *FEW, "--lang", "de", "--run", 3).stdout.split())
    assert "Der Fall stockt" in text
    assert "Lauf 3" in text


def test_twins_part_in_words_and_numbers(command):
    pair = ("no_unit", "one_unit", "--set", "months=24", *FEW)
    text = " ".join(command("explain", *pair).stdout.split())
    assert "parts them" in text or "parts the twins" in text
    found = json.loads(command("explain", *pair, "--json").stdout)
    assert found["first_difference"]["rule"] in {"funding", "staffing", "leadership", "outreach"}
    assert found["first_difference"]["month"].startswith("20")
    assert found["case"]["mean"]["runs"] == 6
    assert found["case"]["one"]["runs"] == 1
    assert sum(found["constraints"][0][name] for name in ("motivation", "knowledge", "time", "joint", "adjusting")) == (
        pytest.approx(1)
    )


def test_the_same_twin_never_parts(command, city):
    assert json.loads(command("explain", city, city, *FEW, "--json").stdout)["first_difference"] is None
    assert "differ in no month" in " ".join(command("explain", city, city, *FEW).stdout.split())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--chain", "nonsense"), 'there is no chain "nonsense"'),
        (("--month", "2031-01"), "2031-01 is not within the run, 2015-01 to 2016-12"),
        (("--month", "spring"), "'spring' is not a month such as 2015-09"),
        (("halle",), "the scenarios start in different months"),
    ],
)
def test_wrong_questions_are_one_line(command, city, more, said):
    done = command("explain", city, *more, *FEW)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
