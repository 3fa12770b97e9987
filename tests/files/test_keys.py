"""The grammar of keys: one way to name a value, in files, on the command line and in messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyed import get
from qsim.files.keys import Entry, find, key_text, parse_key
from qsim.files.nodes import plain, walk
from qsim.files.reading import read_text
from qsim.scenario.loading import load_scenario

UNITS = """\
commissioners:
  - id: integration
    tasks: [integration]
    knowledge: {between: [0.5, 0.6]}
    funding:
      - {posts: 1, start: 2015-09, kind: fixed, duration_months: 36}
      - {posts: 2, start: 2018-09, kind: permanent}
parameters: {learning: {contact_rate: 0.2}}
"""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("months", ("months",)),
        ("administration.departments", ("administration", "departments")),
        (
            "commissioners[integration].funding[0].duration_months",
            ("commissioners", Entry("integration"), "funding", Entry(0), "duration_months"),
        ),
        ("formats[a].members[ 2 ]", ("formats", Entry("a"), "members", Entry(2))),
    ],
)
def test_keys_are_parsed(text, key):
    assert parse_key(text) == key


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", 'expected a name at ""'),
        (".a", 'expected a name at ".a"'),
        ("a.", 'expected a name at ""'),
        ("a..b", 'expected a name at ".b"'),
        ("a[b", 'expected an id or index in brackets at "[b"'),
        ("a[]", 'expected an id or index in brackets at "[]"'),
        ("a[-1]", 'expected an id or index in brackets at "[-1]"'),
        ("a b", 'expected an id or index in brackets at " b"'),
    ],
)
def test_what_is_no_key_is_refused(text, problem):
    with pytest.raises(ValueError, match="expected") as caught:
        parse_key(text)
    assert str(caught.value) == problem


@given(st.text(alphabet="ab0[]. -", max_size=12))
def test_any_text_is_a_key_or_refused(text):
    try:
        steps = parse_key(text)
    except ValueError:
        return
    written = "".join(f"[{step.name}]" if isinstance(step, Entry) else f".{step}" for step in steps).removeprefix(".")
    assert parse_key(written) == steps


def test_each_value_of_a_file_is_found_by_the_key_it_is_called(base):
    root = read_text(base + UNITS, "x")
    keys = [(key_text(root, path), node) for path, node in walk(root) if path]
    assert len({key for key, _ in keys}) == len(keys) > 30
    assert all(find(root, parse_key(key)) is node for key, node in keys)
    assert "commissioners[integration].funding[1].posts" in dict(keys)


def test_entries_with_the_same_id_are_called_by_their_index():
    root = read_text("a: [{id: x}, {id: x}, {id: y}, {id: Not one}]", "f")
    assert [key_text(root, ("a", index)) for index in range(4)] == ["a[0]", "a[1]", "a[y]", "a[3]"]
    assert plain(find(root, parse_key("a[1].id"))) == "x"


def test_values_are_got_from_the_file_or_by_default(write, base):
    scenario = load_scenario(write(base + UNITS))
    assert get(scenario, "months") == 120
    assert get(scenario, "administration.departments") == 40
    assert get(scenario, "commissioners[integration].funding[0].duration_months") == 36
    assert get(scenario, "commissioners[0].funding[1]").kind == "permanent"
    assert get(scenario, "commissioners[integration].tasks[0]") == "integration"
    assert get(scenario, "commissioners[integration].knowledge").between == (0.5, 0.6)
    assert get(scenario, "parameters.learning.contact_rate") == 0.2
