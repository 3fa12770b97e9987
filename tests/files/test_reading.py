"""Files that cannot be read say why, in words, with line and column."""

import pytest

from qsim.files.messages import InputError
from qsim.files.nodes import plain
from qsim.files.reading import read_text

UNREADABLE = [
    (b"", "city.yaml:1:1  the file is empty; expected keys and values such as kind: scenario"),
    (b" \n\n", "city.yaml:1:1  the file is empty; expected keys and values such as kind: scenario"),
    (b"# nothing yet\n", "city.yaml:1:1  found only comments; expected keys and values such as kind: scenario"),
    (b"- a\n- b\n", "city.yaml:1:1  found a list; expected keys and values such as kind: scenario"),
    (b"just text", 'city.yaml:1:1  found "just text"; expected keys and values such as kind: scenario'),
    (b"\x89PNG\r\n\x1a\n\0\0\0", "city.yaml:  is a binary file; expected text in UTF-8"),
    ("a: 1\nb: Köln".encode("latin-1"), "city.yaml:2:5  is not text in UTF-8; save the file with this encoding"),
    ("kind: x".encode("utf-16"), "city.yaml:  is a binary file; expected text in UTF-8"),
    (b"a: 1\nb: \x07", "city.yaml:2:4  the character U+0007 is not allowed"),
    (b"a: 1\n\t\nb: ,", "city.yaml:2:1  a tab indents this line; YAML takes spaces only"),
    (b"a: [\t1]\nb:\n- \tc: 1\n", "city.yaml:3:3  a tab stands here; YAML takes spaces only"),
    (b"a: b: c", 'city.yaml:1:5  a ":" does not fit here; put text that holds one in quotes, or align the keys'),
    (b"a: 1\n  b: 2", 'city.yaml:2:4  a ":" does not fit here; put text that holds one in quotes, or align the keys'),
    (b"a:\n  b: 1\n c: 2", "city.yaml:3:2  this does not fit the indentation of the lines before it"),
    (b'a: "x" y', "city.yaml:1:8  this does not belong to the value before it; put the whole value in quotes"),
    (b"a: 1\nb: [1, 2", "city.yaml:2:4  the bracket that opens here is not closed"),
    (b"a: {b: 1", "city.yaml:1:4  the bracket that opens here is not closed"),
    (b"a: [1, 2\nb: 3", "city.yaml:2:2  a comma or a closing bracket is missing before this"),
    (b"a: 'x\nb: 1", "city.yaml:1:4  the quotation mark that opens here is not closed"),
    (b'a: "\\q"', 'city.yaml:1:6  a "\\" in double quotes needs a second one'),
    (b"a: @x", 'city.yaml:1:4  a value cannot start with "@"; put it in quotes'),
    (b"a: |\n x\ny", 'city.yaml:3:2  a key without ":" comes before this'),
    (b"a: !x!y b", "city.yaml:1:4  not valid YAML; the library says \"found undefined tag handle '!x!'\""),
    (b"a: - b", 'city.yaml:1:4  a list cannot start here; put each "- " on a line of its own'),
    (b"a: " + b"[" * 50 + b"]" * 50, "city.yaml:1:44  nested too deeply"),
    (b"a: " + b"[" * 20_000, "city.yaml:1:44  nested too deeply"),
]

MARRED = [
    (b"a: 1\n---\nb: 2", "city.yaml:2:1  a second document starts here; expected one"),
    (
        b"%YAML 1.1\n---\na: no",
        "city.yaml:2:1  this file asks for another version of YAML; expected 1.2, or no %YAML line",
    ),
    (b"a: !dog b", "city.yaml:1:4  the tag !dog is not read here; write the value without it"),
    (b'a: !!int ""', 'city.yaml:1:4  "" is not a number that can be read; put text in quotes'),
    (b'a: !!bool "q"', 'city.yaml:1:4  "q" is neither true nor false; write the value without the tag'),
    (b"a: !!int b", 'city.yaml:1:4  "b" is not a number that can be read; put text in quotes'),
    (b"1: a", "city.yaml:1:1  1 is not the name of a key"),
    (b"? [a]\n: 1", "city.yaml:1:3  a list is not the name of a key"),
    (b'a: "\\uD800"', "city.yaml:1:4  holds half of a character; expected text in UTF-8"),
]


@pytest.mark.parametrize(("content", "expected"), UNREADABLE)
def test_a_file_that_cannot_be_read(complaints, write, content, expected):
    assert complaints(write(content)) == [expected]


@pytest.mark.parametrize(("content", "expected"), MARRED)
def test_what_leaves_the_rest_to_be_read_hides_nothing(complaints, write, content, expected):
    told = complaints(write(content + b"\nmonths: x\n"))
    assert expected in told
    assert len(told) > 1


def test_every_line_indented_by_a_tab_is_named(complaints, write):
    content = "kind: scenario\nadministration:\n\tdepartments: 4\n  \thierarchy: 1\n"
    assert complaints(write(content)) == [
        "city.yaml:3:1  a tab indents this line; YAML takes spaces only",
        "city.yaml:4:3  a tab indents this line; YAML takes spaces only",
    ]


def test_tabs_in_texts_and_comments_do_no_harm(complaints, base, write):
    assert complaints(write(base + 'administration: {source: "report\t1"} #\tsmall\n')) == []


def test_all_that_a_file_repeats_or_points_to_is_named_at_once(complaints, base, write):
    content = base + "start: 2016-01\nadministration: &a {staff: 3, staff: 4}\nfacts: *a\n"
    assert complaints(write(content)) == [
        'city.yaml:8:1  key "start" is there twice; first in line 4',
        "city.yaml:9:17  &a is not read here; write the value out, or use extends",
        'city.yaml:9:31  key "staff" is there twice; first in line 9',
        "city.yaml:10:8  *a is not read here; write the value out, or use extends",
    ]


def test_a_folder_is_not_a_file(complaints, folder):
    (folder / "cities.yaml").mkdir()
    assert complaints("cities.yaml") == ["cities.yaml:  is a folder; expected a file"]


@pytest.mark.parametrize("value", ['!!int ""', '!!float "_"', "!!int x"])
def test_a_tag_on_an_odd_value_is_told_at_its_place(complaints, base, write, value):
    (line,) = complaints(write(base.replace("months: 120", f"months: {value}")))
    assert line.startswith("city.yaml:5:9  ")
    assert "is not a number that can be read" in line


def test_a_malformed_escape_is_told_near_its_place(complaints, base, write):
    (line,) = complaints(write(base + 'administration: {source: "\\U99999999"}\n'))
    assert line.startswith("city.yaml:8:")
    assert "not valid YAML" in line


def test_a_text_without_end_makes_no_message_without_end(complaints, base, write):
    (line,) = complaints(write(base.replace("id: integration,", f"id: {'X' * 100_000},")))
    assert len(line) < 1100


def test_an_unreadable_file(complaints, base, write, folder, monkeypatch):
    name = write(base)

    def refuse(path, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert complaints(name) == ["city.yaml:  cannot be read: permission denied"]


def test_scalars_are_read_as_yaml_1_2_has_them():
    text = "{a: no, b: yes, c: 1e-3, d: 2015-09, e: 2015-09-01, f: true, g: ~, h: , i: '1', j: 0x10, k: 12:30, l: =}"
    assert plain(read_text(text, "x")) == {
        "a": "no",
        "b": "yes",
        "c": 0.001,
        "d": "2015-09",
        "e": "2015-09-01",
        "f": True,
        "g": None,
        "h": None,
        "i": "1",
        "j": 16,
        "k": "12:30",
        "l": "=",
    }


def test_every_value_and_key_has_its_place():
    root = read_text("a: 1\nb:\n  - {c: ä, d: [2]}\n  -\n", "x")
    (entry, empty) = root.value["b"].value
    assert (entry.value["c"].place[1:], entry.value["c"].named[1:]) == ((3, 9), (3, 6))
    assert (entry.value["d"].place[1:], entry.value["d"].named[1:]) == ((3, 15), (3, 12))
    assert entry.value["d"].value[0].place == ("x", 3, 16)
    assert (entry.place, entry.named) == (("x", 3, 5), ("x", 3, 5))
    assert (root.value["b"].place, root.value["b"].named) == (("x", 3, 3), ("x", 2, 1))
    assert empty.value is None


def test_an_empty_value_has_the_place_of_its_key():
    root = read_text("a:\n\n\nb: 1\n", "x")
    assert root.value["a"].place == ("x", 1, 1)


def test_a_byte_order_mark_is_no_text(complaints, base, write):
    assert complaints(write(b"\xef\xbb\xbf" + base.encode())) == []


def test_a_number_too_long_to_read():
    with pytest.raises(InputError, match="is not a number that can be read"):
        read_text(f"a: {'9' * 5000}", "x")


@pytest.mark.parametrize("key", ["[a]", "{a: 1}", "? [a]\n "])
def test_a_key_that_is_a_list_or_a_group_is_refused_where_it_stands(complaints, folder, key):
    (folder / "odd.yaml").write_text(f"{{kind: scenario, {key}, months: 1}}\n")
    assert any(line.startswith("odd.yaml:1:") and "is not the name of a key" in line for line in complaints("odd.yaml"))
