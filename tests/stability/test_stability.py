"""What is promised within a major version is kept, what is added is recorded, and both are noticed."""

import copy
import json

import pytest

import qsim
from tests.stability import __main__ as command
from tests.stability.listing import listing
from tests.stability.record import breaks, read, text_of

VERSION, PROMISED = read()


@pytest.fixture(scope="module")
def now():
    return listing()


def changed(subject, name, **said):
    """Return the record with something else said of a name."""
    other = copy.deepcopy(PROMISED)
    other[subject][name] |= said
    return other


def test_nothing_that_is_promised_is_broken(now):
    assert list(breaks(PROMISED, now)) == [], "this would need another major version, see docs/stability.md"


def test_what_has_been_added_is_recorded(now):
    assert json.loads(text_of(VERSION, now))["promised"] == PROMISED, (
        "run `make stability` and put the record in the commit"
    )


def test_the_record_holds_all_that_is_promised():
    beginnings = ("scenario file", "experiment file", "claims file", "levers file", "prices file", "table runs",
                  "table series", "table events", "qsim run", "qsim compare", "exit codes", "qsim.simulate()",
                  "parameters of outreach", "scenarios that come with it")  # fmt: skip
    assert set(beginnings) <= set(PROMISED)
    assert set(qsim.__all__) <= set(PROMISED["qsim"])
    assert PROMISED["qsim run"]["--replications"]["is"] == ["-r", "int", "left out: 500"]
    assert PROMISED["scenario file"]["months"]["required"]
    assert PROMISED["exit codes"]["wrong_input"]["is"] == ["2"]
    assert PROMISED["table runs"]["joint_practice"]["is"] == ["number", "share"]
    assert PROMISED["qsim validate"]["argument 1"]["is"] == ["many str"]
    assert "=staff_unit" in PROMISED["scenario file, commissioners[]"]["position"]["is"]


@pytest.mark.parametrize(
    "subject", ["qsim run", "table runs", "scenario file, commissioners[]", "exit codes", "qsim.simulate()"]
)
def test_what_is_gone_is_a_break(subject):
    name = next(iter(PROMISED[subject]))
    fewer = {**PROMISED, subject: {one: said for one, said in PROMISED[subject].items() if one != name}}
    assert list(breaks(PROMISED, fewer)) == [f"{subject}: {name} is gone"]
    without = {one: names for one, names in PROMISED.items() if one != subject}
    assert len(list(breaks(PROMISED, without))) == len(PROMISED[subject])


@pytest.mark.parametrize(
    ("subject", "name", "said", "text"),
    [
        ("exit codes", "wrong_input", {"is": ["4"]}, "no longer 2"),
        ("qsim run", "--replications", {"is": ["-r", "int", "left out: 100"]}, "no longer left out: 500"),
        ("qsim run", "--json", {"required": True}, "must be given now"),
        ("table runs", "practice", {"is": ["text", "share"]}, "no longer number"),
        ("scenario file", "months", {"maximum": 600}, "maximum 600, was 1200"),
        ("scenario file", "months", {"minimum": 2}, "minimum 2, was 1"),
        ("qsim.simulate()", "seed", {"is": ["place 3", "left out: 1"]}, "no longer place 2"),
        ("scenario file", "start", {"maxLength": 4}, "maxLength 4, was not limited"),
    ],
)
def test_what_means_something_else_is_a_break(subject, name, said, text):
    assert list(breaks(PROMISED, changed(subject, name, **said))) == [f"{subject}: {name}: {text}"]


def test_what_is_new_is_no_break_unless_it_must_be_given():
    more = changed("scenario file", "months", maximum=2400, minimum=0)
    more["scenario file"]["motto"] = {"is": ["string"]}
    more["qsim dream"] = {"argument 1": {"is": ["str"], "required": True}}
    del more["scenario file"]["label"]["required"]
    assert list(breaks(PROMISED, more)) == []
    more["scenario file"]["motto"]["required"] = True
    assert list(breaks(PROMISED, more)) == ["scenario file: motto is new and must be given"]


@pytest.fixture
def record(tmp_path, monkeypatch, now):
    """Writes a record of its own, in place of that of the repository."""
    path = tmp_path / "promised.json"
    monkeypatch.setattr("tests.stability.record.RECORD", path)
    monkeypatch.setattr(command, "RECORD", path)
    monkeypatch.setattr(command, "listing", lambda: now)
    return lambda version, promised: path.write_text(text_of(version, promised), encoding="utf-8") and path


def test_additions_are_recorded_by_the_command(record, now):
    path = record(qsim.__version__, {one: names for one, names in now.items() if one != "qsim run"})
    command.main()
    assert path.read_text("utf-8") == text_of(qsim.__version__, now)


def test_the_command_refuses_a_break_within_a_major_version(record, now):
    before = {**now, "qsim dream": {"--deep": {"is": ["bool"]}}}
    path = record(qsim.__version__, before)
    with pytest.raises(SystemExit, match=r"^qsim dream: --deep is gone\nWithin 1\.x this stays"):
        command.main()
    assert path.read_text("utf-8") == text_of(qsim.__version__, before)
    record("0.9.0", before)
    command.main()
    assert path.read_text("utf-8") == text_of(qsim.__version__, now)
