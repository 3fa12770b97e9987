"""What counts: declared differences, changed ones, and wrong words told at once."""

import pytest

from qsim.engine.prepare import prepare
from qsim.files.messages import InputError
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.standards import Standards, read_relevant

MEASURES = {measure.name: measure for measure in OUTCOMES}


def test_differences_are_read_from_texts():
    assert read_relevant(["joint_practice=0.02", " need_gap = .1 "]) == {"joint_practice": 0.02, "need_gap": 0.1}


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as caught:
        read_relevant(["joint_practise=0.02", "practice", "need_gap=much", "need_gap=-1", "need_gap=nan"])
    told = str(caught.value).splitlines()
    assert len(told) == 5
    assert 'did you mean "joint_practice"' in told[0]
    assert "outcome=number" in told[1]
    assert all("number above 0" in line for line in told[2:])


def test_a_decimal_comma_is_told_as_one():
    with pytest.raises(InputError, match=r'"0,02" has a decimal comma; expected a decimal point, 0\.02'):
        read_relevant(["joint_practice=0,02"])


@pytest.mark.parametrize("shares", [(0.7, 0.8), (1.1, 0.8), (0.9, 0.4)])
def test_shares_are_shares_in_order(shares):
    with pytest.raises(ValueError, match=r"0\.5 to 1"):
        Standards(*shares)


def test_hours_count_against_the_working_time_of_the_house(short):
    small, large = (prepare(short("small", f"administration.departments={count}")) for count in (8, 16))
    hours = MEASURES["hours_departments_total"]
    assert Standards().smallest_relevant(hours, large) == pytest.approx(2 * Standards().smallest_relevant(hours, small))
    assert Standards(relevant={"hours_departments_total": 7.0}).smallest_relevant(hours, large) == 7.0
    assert Standards().smallest_relevant(MEASURES["joint_practice"], small) == 0.0125
