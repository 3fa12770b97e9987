"""A scenario loads as a frozen object, fast, and whatever a file holds, only InputError tells what is wrong with it."""

import json
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from qsim.files import reading
from qsim.files.messages import InputError
from qsim.files.nodes import plain, walk
from qsim.files.reading import read_text
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown, month_number
from qsim.scenario.writing import scenario_template

FOLDER = Path(__file__).parents[2] / "scenarios"

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["integration", "mayor", "shock", "2015-09", "youth", "fixed", "scenario", "staff_unit", "1 h"]),
)
names = st.sampled_from(
    ["id", "kind", "tasks", "start", "between", "one_of", "reason", "departments", "label", "de", "extends", "remove"]
)
junk = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(names | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=8,
)


def test_what_a_file_says_and_what_it_leaves_out(write, base):
    more = (
        "administration: {staff: {between: [100, 200], reason: asked}}\nparameters: {learning: {contact_rate: 0.2}}\n"
    )
    scenario = load_scenario(write(base + more, "my city.yaml"))
    assert (scenario.id, scenario.start, scenario.months) == ("my city", month_number("2015-01"), 120)
    assert scenario.label.in_language("de") == "Probe"
    assert scenario.tasks[0].need == 0.6
    assert scenario.administration.staff == Unknown(between=(100, 200), reason="asked")
    assert scenario.parameters == {"learning": {"contact_rate": 0.2}}
    with pytest.raises(ValidationError):
        scenario.months = 5


def test_places_of_keys(write, base):
    scenario = load_scenario(write(base + "parameters:\n  learning: {contact_rate: {between: [0, 1]}}\n"))
    assert scenario.place("parameters.learning.contact_rate") == ("city.yaml", 9, 28)
    assert scenario.place("parameters.learning.contact_rate", name=True) == ("city.yaml", 9, 14)
    assert scenario.place("parameters.learning") == ("city.yaml", 9, 13)
    assert scenario.place("parameters.forgetting") is None
    assert scenario.place("tasks[integration].kind") == ("city.yaml", 7, 29)
    assert scenario.place("tasks[other].kind") is None
    assert scenario.place("months.x[3]") is None
    assert Scenario.model_validate(scenario.model_dump()).place("months") is None


def test_where_a_scenario_was_written_does_not_change_it(write, base):
    one = load_scenario(write(base, "a/city.yaml"))
    other = load_scenario(write("# the same\n" + base, "b/city.yaml"))
    assert one == other
    assert one.place("months") != other.place("months")
    copy = pickle.loads(pickle.dumps(one))
    assert copy == one
    assert copy.place("months") == one.place("months")


def test_the_same_file_is_read_again_when_it_changed(write, base):
    assert load_scenario(write(base)).months == 120
    assert load_scenario(write(base.replace("120", "90"))).months == 90


def test_only_what_loading_needs_is_imported():
    code = (
        "import sys, qsim.scenario.loading;"
        "print([name for name in ('numba', 'pandas', 'matplotlib', 'mesa', 'numpy', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_loading_is_fast():
    load_scenario(FOLDER / "large.yaml")
    seconds = []
    for _ in range(3):
        reading._document.cache_clear()
        start = time.process_time()
        load_scenario(FOLDER / "large.yaml")
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.1


def complaint(name, changes=()):
    """Return what is said about a file, or None if it is right; any other error is a failure."""
    try:
        load_scenario(name, changes)
    except InputError as error:
        return error
    return None


def loads_or_says_why(name, changes=()):
    """Load a file; whatever is said about it is one line per error, each with the file."""
    error = complaint(name, changes)
    if error is not None:
        lines = str(error).splitlines()
        assert len(lines) == len(error.messages) > 0
        assert all(message.file and message.text for message in error.messages)
        assert "\n".join(lines).encode()


relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(st.binary(max_size=60))
def test_any_bytes(folder, content):
    (folder / "city.yaml").write_bytes(content)
    loads_or_says_why("city.yaml")


@settings(relaxed, max_examples=150)
@given(st.text(alphabet="ab:- \n\t[]{},'\"#&*!|>%@?\\x0~=.<éU\u2028", max_size=40))
def test_any_text(folder, content):
    (folder / "city.yaml").write_text(content, encoding="utf-8", newline="")
    loads_or_says_why("city.yaml")


@relaxed
@given(st.dictionaries(st.sampled_from(sorted(Scenario.model_fields)), junk))
def test_any_values_of_the_keys(folder, content):
    (folder / "city.yaml").write_text(json.dumps(content), encoding="utf-8")
    loads_or_says_why("city.yaml")


def replaced(value, path, new):
    """Return nested lists and groups with a new value at a path."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(copy[path[0]], path[1:], new)
    return copy


@settings(relaxed, max_examples=150)
@given(data=st.data(), new=junk)
def test_any_value_in_a_real_scenario(folder, data, new):
    root = read_text(scenario_template("x", "en"), "x")
    paths = [path for path, _ in walk(root) if path]
    path = data.draw(st.sampled_from(paths))
    (folder / "city.yaml").write_text(json.dumps(replaced(plain(root), path, new)), encoding="utf-8")
    loads_or_says_why("city.yaml")


@settings(relaxed, max_examples=100)
@given(st.text(alphabet="abd_tasks[]{}.=0123-:, integration", max_size=30), junk)
def test_any_change(key, value):
    for change in (key, f"{key}={value}", f"tasks[integration].need={value}", f"commissioners={json.dumps(value)}"):
        loads_or_says_why(FOLDER / "small.yaml", [change])


COMMA = """\
kind: scenario
schema_version: 1
label: {de: a, en: b}
start: 2020-01
months: 24
administration: {departments: 6, workload: 0,95, vacancy_share: {between: [0,1, 0,3]}}
tasks: [{id: t, kind: integration}]
commissioners:
  - {id: c, tasks: [t], position: staff_unit, funding: [{posts: 0,75, start: 2020-01, kind: permanent}]}
  - id: d
    tasks: [t]
    position: staff_unit
    funding:
      - posts: 0,5
        start: 2020-01
        kind: permanent
formats: [{id: f, tasks: [t], start: 2020-02, owner: c, hours: 900,5}]
colour: 1,5
"""


def test_a_decimal_comma_is_recognised_and_hides_no_other_error(tmp_path):
    (tmp_path / "a.yaml").write_text(COMMA)
    with pytest.raises(InputError) as caught:
        load_scenario(tmp_path / "a.yaml")
    told = [str(message).partition("a.yaml:")[2] for message in caught.value.messages]
    point = "has a decimal comma; expected a decimal point,"
    assert told[0] == f'6:44  administration.workload: "0,95" {point} 0.95 (0.2 to 3)'
    assert told[1].endswith("between takes two values; found four; decimals take a point, as in 0.1")
    assert told[2] == f'9:65  commissioners[c].funding[0].posts: "0,75" {point} 0.75 (0 to 200)'
    assert told[3] == f'14:16  commissioners[d].funding[0].posts: "0,5" {point} 0.5 (0 to 200)'
    assert told[4] == f'17:64  formats[f].hours: "900,5" {point} 900.5 (0 to 200)'
    assert told[5].startswith('18:1  unknown key "colour"')
    assert len(told) == 6


@pytest.mark.parametrize("text", ["{a: 0, 75: }", "{a: 0,75: 3}", "{a: x,75}", '{a: "0",75}', "{a: 0,x}", "{75}"])
def test_what_only_looks_like_a_decimal_comma_is_told_as_before(tmp_path, text):
    (tmp_path / "a.yaml").write_text(f"kind: scenario\nx: {text}\n")
    with pytest.raises(InputError) as caught:
        load_scenario(tmp_path / "a.yaml")
    assert "comma" not in str(caught.value)


def test_a_decimal_comma_on_the_command_line_is_the_only_thing_said():
    with pytest.raises(InputError) as caught:
        load_scenario("halle", ["commissioners[service_centre].funding[0].posts=2,25"])
    assert [message.text for message in caught.value.messages] == [
        '"2,25" has a decimal comma; expected a decimal point, 2.25 (0 to 200)'
    ]
