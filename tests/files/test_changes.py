"""Changes on the command line: any key can be set, and what is wrong is said as for a file."""

import pytest

from keyed import get
from qsim.files.changes import changed
from qsim.files.inheritance import read
from qsim.files.kinds import find
from qsim.files.messages import InputError
from qsim.files.reading import read_text
from qsim.scenario.loading import checked_scenario, load_scenario
from qsim.scenario.schema import SCENARIO
from qsim.scenario.values import Unknown, month_number

UNIT = """\
commissioners:
  - id: integration
    tasks: [integration]
    position: {one_of: [section, line_unit]}
    funding:
      - {posts: 1, start: 2015-09, kind: fixed, duration_months: 24}
      - {posts: 2, start: 2018-09, kind: permanent}
"""


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("months=60", 60),
        ("start = 2016-05", month_number("2016-05")),
        ("administration.departments=80", 80),
        ("administration.staff={between: [400, 500], reason: asked}", Unknown(between=(400, 500), reason="asked")),
        ("commissioners[integration].funding[0].duration_months=36", 36),
        ("commissioners[0].funding[1].posts=0.5", 0.5),
        ("commissioners[integration].position=staff_unit", "staff_unit"),
        ("parameters.learning.contact_rate=1e-3", 0.001),
        ("parameters.learning.contact_rate={between: [1, 2]}", Unknown(between=(1, 2))),
        ("leaders[deputy].support=-0.5", -0.5),
        ("leaders[head_social].knowledge=0.9", 0.9),
        ("rules.off=[learning]", ("learning",)),
        ("tasks[integration].need=0.3", 0.3),
    ],
)
def test_a_key_is_set(write, base, change, value):
    scenario = load_scenario(write(base + UNIT), [change])
    key = change.partition("=")[0].strip()
    assert get(scenario, key) == value
    assert scenario.place(key) == ("--set", None, None)


def test_what_is_not_changed_stays_as_it_was(write, base):
    name = write(base + UNIT)
    plain, other = load_scenario(name), load_scenario(name, ["commissioners[integration].funding[0].posts=3"])
    assert other != plain
    assert other.commissioners[0].funding[1] == plain.commissioners[0].funding[1]
    assert other.place("commissioners[integration].funding[0].kind") == ("city.yaml", 13, 42)
    assert load_scenario(name) == plain


def test_the_last_change_of_a_key_holds(write, base):
    assert load_scenario(write(base), ["months=60", "months=70"]).months == 70


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("months", '--set:  "months" is not a change; expected key=value'),
        ("=4", '--set:  "=4" is not a change; expected key=value'),
        ("months=[1", '--set:  months: "[1" cannot be read: the bracket that opens here is not closed'),
        ("months=", "--set:  months: found nothing; expected a whole number from 1 to 1200 months"),
        (
            "months=4 years",
            '--set:  months: "4 years" is text; expected the number alone, 4 (a whole number from 1 to 1200 months)',
        ),
        ("a[=1", '--set:  a[: expected an id or index in brackets at "["'),
        ("monhts=4", '--set:  unknown key "monhts"; did you mean "months"?'),
        ("administraton.departments=4", '--set:  unknown key "administraton"; did you mean "administration"?'),
        (
            "administration.departmens=4",
            '--set:  administration: unknown key "departmens"; did you mean "departments"?',
        ),
        (
            "comissioners[a].tasks=[]",
            '--set:  comissioners[a].tasks: unknown key "comissioners"; did you mean "commissioners"?',
        ),
        (
            "commissioners[integraton].knowledge=1",
            "--set:  commissioners[integraton].knowledge: "
            'commissioners has no entry "integraton"; did you mean "integration"?',
        ),
        (
            "commissioners[integration].funding[2].posts=1",
            "--set:  commissioners[integration].funding[2].posts: "
            'commissioners[integration].funding has no entry "2"; it has 2, counted from 0',
        ),
        (
            "formats[a].hours=1",
            '--set:  formats[a].hours: formats has no entry "a"; it has 0, counted from 0',
        ),
        (
            "commissioners.knowledge=1",
            "--set:  commissioners.knowledge: commissioners is a list; "
            "name one entry in brackets, such as commissioners[integration]",
        ),
        ("months.first=1", '--set:  months.first: months has no keys, so no "first"'),
        ("months[0]=1", '--set:  months[0]: months has no entry "0"; it has 0, counted from 0'),
        (
            "commissioners[integration].funding[0].duration_months=-6",
            "--set:  commissioners[integration].funding[0].duration_months: "
            "-6 is not a duration; expected 1 to 600 months",
        ),
        (
            "leaders[head_sozial].support=1",
            '--set:  leaders[head_sozial].id: there is no office "head_sozial"; did you mean "head_social"?',
        ),
        ("id=other", '--set:  unknown key "id"; the id of a scenario is the name of its file'),
        (
            "tasks[integration].id=climate",
            'city.yaml:10:13  commissioners[integration].tasks[0]: there is no task "integration"; there are climate',
        ),
    ],
)
def test_a_change_that_is_wrong(said, change, line):
    assert said(UNIT, [change]) == [line]


def test_all_wrong_changes_come_at_once(said):
    assert len(said(UNIT, ["months", "a[=1", "months.first=1"])) == 3
    assert len(said(UNIT, ["months=0", "tasks[integration].need=2"])) == 2


def test_two_entries_cannot_get_the_same_id(write, base, complaints):
    entry = "  - {{id: {}, tasks: [integration], adopted: 2016-01}}\n"
    more = f"concepts:\n{entry.format('a')}{entry.format('b')}"
    assert complaints(write(base + more), ["concepts[b].id=a"]) == [
        '--set:  concepts: the id "a" is there twice; first in line 9'
    ]


OTHER_FILE = """\
months: 60
leaders[deputy].support: -0.5
administration.departments: {between: [10, 20]}
rules.off: [outreach]
"""


def changed_by(name, text):
    values = read_text(text, "other.yaml").value
    return checked_scenario(changed(SCENARIO, read(SCENARIO, find(SCENARIO, name)), values), "city")


def test_values_of_another_file_keep_their_places(write, base):
    scenario = changed_by(write(base + UNIT), OTHER_FILE)
    assert scenario.months == 60
    assert scenario.place("months") == ("other.yaml", 1, 9)
    assert scenario.place("leaders[deputy].support") == ("other.yaml", 2, 26)
    assert scenario.place("leaders[deputy].kind").file == "other.yaml"
    assert scenario.place("administration.departments", name=True) == ("other.yaml", 3, 1)
    assert scenario.place("rules").file == "other.yaml"
    assert scenario.place("start").file == "city.yaml"
    same = ["months=60", "leaders[deputy].support=-0.5", "administration.departments={between: [10, 20]}",
            "rules.off=[outreach]"]  # fmt: skip
    names = {"id", "label"}
    assert scenario.model_dump(exclude=names) == load_scenario("city.yaml", same).model_dump(exclude=names)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("monhts: 4\n", ['other.yaml:1:1  unknown key "monhts"; did you mean "months"?']),
        ("months: -4\n", ["other.yaml:1:9  months: -4 is not a length of a run; expected a whole number from 1 to 1200 months"]),
        (
            "commissioners[x].knowledge: 1\nmonths.a: 1\n",
            [
                'other.yaml:1:1  commissioners[x].knowledge: commissioners has no entry "x"; there are integration',
                'other.yaml:2:1  months.a: months has no keys, so no "a"',
            ],
        ),
        (
            "administration: {departmens: 4}\n",
            ['other.yaml:1:18  administration: unknown key "departmens"; did you mean "departments"?'],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_in_another_file_is_told_there(write, base, text, lines):
    with pytest.raises(InputError) as error:
        changed_by(write(base + UNIT), text)
    assert str(error.value).splitlines() == lines
