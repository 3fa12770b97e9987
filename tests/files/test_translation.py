"""Each kind of error that validation finds is said with place, key, what was found and what was expected."""

import pytest

UNIT = """\
commissioners:
  - id: integration
    tasks: [integration]
    funding:
      - {posts: 1, start: 2015-09, kind: permanent}
"""

WRONG = [
    (
        "administration:\n  departmens: 4\n",
        'city.yaml:9:3  administration: unknown key "departmens"; did you mean "departments"?',
    ),
    ("departments: 4\n", 'city.yaml:8:1  unknown key "departments"; it belongs below "administration"'),
    ("id: x\n", 'city.yaml:8:1  unknown key "id"; the id of a scenario is the name of its file'),
    ("Facts: []\n", 'city.yaml:8:1  unknown key "Facts"; did you mean "facts"?'),
    (
        "rules: {only: [x]}\n",
        'city.yaml:8:9  rules: unknown key "only"; expected one of off, own',
    ),
    ("administration: 5\n", "city.yaml:8:17  administration: found 5; expected a group of keys"),
    ("administration:\n", "city.yaml:8:1  administration: found nothing; expected a group of keys"),
    ("leaders: {id: mayor}\n", "city.yaml:8:10  leaders: found a group of keys; expected a list"),
    ("leaders: mayor\n", 'city.yaml:8:10  leaders: found "mayor"; expected a list, such as [mayor]'),
    ("description: T\n", 'city.yaml:8:14  description: found "T"; expected a label such as {de: ..., en: ...}'),
    ("leaders: [mayor]\n", 'city.yaml:8:11  leaders[0]: found "mayor"; expected a group of keys'),
    ("leaders: [{id: mayor}]\n", 'city.yaml:8:11  leaders[mayor]: missing key "kind"'),
    (
        "leaders: [{id: mayor, kind: boss}]\n",
        'city.yaml:8:29  leaders[mayor].kind: "boss" is not a choice here; expected one of mayor, deputy, head',
    ),
    (
        "leaders: [{id: mayor, kind: mayr}]\n",
        'city.yaml:8:29  leaders[mayor].kind: "mayr" is not a choice here; did you mean "mayor"?',
    ),
    (
        "leaders: [{id: Chef, kind: mayor}]\n",
        'city.yaml:8:16  leaders[0].id: "Chef" is not an id; '
        "expected lower case letters, digits and underscores, a letter first",
    ),
    (
        "leaders: [{id: mayor, kind: mayor, source: gossip}]\n",
        'city.yaml:8:44  leaders[mayor].source: "gossip" is not a source; '
        'expected one that begins with "report", "public", "literature" or "assumption"',
    ),
    (
        "facts: [{id: a, text: 5, source: report}]\n",
        "city.yaml:8:23  facts[a].text: found 5; expected a label such as {de: ..., en: ...}",
    ),
    (
        "facts: [{id: a, text: {de: 2015, en: x}, source: report}]\n",
        'city.yaml:8:28  facts[a].text.de: found 2015; expected text, in quotes: "2015"',
    ),
    (
        "facts: [{id: a, text: {de: '', en: x}, source: report}]\n",
        "city.yaml:8:28  facts[a].text.de: found empty text; expected some",
    ),
    (
        f"facts: [{{id: a, text: {{de: x, en: x}}, source: report {'x' * 400}}}]\n",
        "city.yaml:8:47  facts[a].source: 407 characters; expected at most 400",
    ),
    (
        "administration: {staff: 0}\n",
        "city.yaml:8:25  administration.staff: 0 is not a number of posts; expected 1 to 100000",
    ),
    (
        "observed: [{id: a, measure: practice, date: 2021-12, value: 0.4, within: -0.1}]\n",
        "city.yaml:8:74  observed[a].within: -0.1 is not a distance; expected a number from 0 on",
    ),
    (
        "administration: {departments: 4.5}\n",
        "city.yaml:8:31  administration.departments: 4.5 is not a number of departments; "
        "expected a whole number from 0 to 1000",
    ),
    (
        "administration: {hierarchy: 1.5}\n",
        "city.yaml:8:29  administration.hierarchy: 1.5 is not a share; expected 0 to 1",
    ),
    (
        "administration: {hierarchy: .nan}\n",
        "city.yaml:8:29  administration.hierarchy: nan is not a share; expected 0 to 1",
    ),
    (
        "administration: {hierarchy: true}\n",
        "city.yaml:8:29  administration.hierarchy: true is not a share; expected 0 to 1",
    ),
    ("administration: {hierarchy: }\n", "city.yaml:8:18  administration.hierarchy: found nothing; expected 0 to 1"),
    (
        "administration: {hierarchy: high}\n",
        'city.yaml:8:29  administration.hierarchy: "high" is text; expected 0 to 1',
    ),
    (
        "administration: {hierarchy: 50 %}\n",
        'city.yaml:8:29  administration.hierarchy: "50 %" is text; expected the number alone, 0.5 (0 to 1)',
    ),
    (
        'administration: {hierarchy: "0,5"}\n',
        'city.yaml:8:29  administration.hierarchy: "0,5" has a decimal comma; expected a decimal point, 0.5 (0 to 1)',
    ),
    (
        'administration: {hierarchy: "7 of 10"}\n',
        'city.yaml:8:29  administration.hierarchy: "7 of 10" is text; expected the number alone, 0 to 1',
    ),
    (
        "administration: {hierarchy: {between: []}}\n",
        "city.yaml:8:29  administration.hierarchy: between is empty; expected [low, high]",
    ),
    (
        "administration: {hierarchy: {between: 0.5}}\n",
        "city.yaml:8:29  administration.hierarchy: between is 0.5; expected [low, high]",
    ),
    (
        "administration: {hierarchy: {one_of: []}}\n",
        "city.yaml:8:29  administration.hierarchy: one_of is empty; expected a list of choices",
    ),
    (
        "administration: {hierarchy: {between: [0.6, 0.5]}}\n",
        "city.yaml:8:29  administration.hierarchy: between takes two values, the lower first; found 0.6, 0.5",
    ),
    (
        "administration: {hierarchy: {between: [0.6, 50]}}\n",
        "city.yaml:8:29  administration.hierarchy: 50 is not a share; expected 0 to 1",
    ),
    (
        "administration: {hierarchy: {betwen: [0.6, 0.7]}}\n",
        'city.yaml:8:29  administration.hierarchy: unknown key "betwen"; did you mean "between"?',
    ),
    (
        "administration: {hierarchy: {reason: none}}\n",
        "city.yaml:8:29  administration.hierarchy: expected one value, "
        "or one of {between: [low, high]} and {one_of: [...]}",
    ),
    (
        "administration: {hierarchy: {between: [0.1, 0.2], reason: 5}}\n",
        "city.yaml:8:29  administration.hierarchy: the reason is 5; expected text",
    ),
    (
        "events: [{kind: shok, date: 2016-01}]\n",
        'city.yaml:8:17  events[0].kind: "shok" is not a choice here; did you mean "shock"?',
    ),
    (
        "events: [{date: 2016-01}]\n",
        'city.yaml:8:10  events[0]: missing key "kind"; expected one of shock, election, new_leader, recut, '
        "budget_crisis, unit_move, mandate, council_decision, note",
    ),
    (
        "events: [{id: a, kind: shock, date: 2500-01}]\n",
        'city.yaml:8:37  events[a].date: "2500-01" is not a month; expected year and month such as 2015-09, from 1900 to 2199',
    ),
    ("events: [2016-01]\n", 'city.yaml:8:10  events[0]: found "2016-01"; expected a group of keys'),
    (
        "events: [{kind: shock, date: 2016}]\n",
        "city.yaml:8:30  events[0].date: 2016 is not a month; expected year and month such as 2015-09, from 1900 to 2199",
    ),
    (
        "events: [{kind: shock, date: 201609}]\n",
        "city.yaml:8:30  events[0].date: 201609 is not a month; expected year and month such as 2015-09, from 1900 to 2199",
    ),
    (
        "events: [{kind: shock, date: 2016-13}]\n",
        'city.yaml:8:30  events[0].date: "2016-13" is not a month; expected year and month such as 2015-09, from 1900 to 2199',
    ),
    (
        "events: [{kind: shock, date: 2016-01, half_life_months: 4}]\n",
        'city.yaml:8:39  events[0]: unknown key "half_life_months"; did you mean "need_half_life_months"?',
    ),
    (
        "events: [{kind: shock, date: 2016-01, departments: some}]\n",
        'city.yaml:8:52  events[0].departments: "some" is not a choice here; expected one of exposed, all, none',
    ),
    (
        "events: [{kind: shock, date: 2016-01, departments: [youth, Schools]}]\n",
        'city.yaml:8:60  events[0].departments[1]: "Schools" is not an id; '
        "expected lower case letters, digits and underscores, a letter first",
    ),
    ("parameters: {learning: 5}\n", "city.yaml:8:24  parameters.learning: found 5; expected a group of keys"),
    (
        "parameters: {learning: {rate: fast}}\n",
        'city.yaml:8:31  parameters.learning.rate: "fast" is text; expected a number',
    ),
    (
        "parameters: {Learning: {rate: 1}}\n",
        'city.yaml:8:14  parameters: "Learning" is not an id; '
        "expected lower case letters, digits and underscores, a letter first",
    ),
    ("rules: {off: [1]}\n", 'city.yaml:8:15  rules.off[0]: found 1; expected text, in quotes: "1"'),
]

WRONG_UNITS = [
    (
        "    duration_months: 4\n",
        'city.yaml:13:5  commissioners[integration]: unknown key "duration_months"; it belongs below "funding"',
    ),
    (
        "      - {posts: 1, start: 2015-09, kind: fixed, duration: 36}\n",
        "city.yaml:13:49  commissioners[integration].funding[1]: "
        'unknown key "duration"; did you mean "duration_months"?',
    ),
    (
        "      - {posts: 1, start: 2015-09, kind: fixed, duration_months: -6}\n",
        "city.yaml:13:66  commissioners[integration].funding[1].duration_months: "
        "-6 is not a duration; expected 1 to 600 months",
    ),
    (
        "      - {posts: 1, start: 2015-09, kind: fixed, duration_months: 36 months}\n",
        "city.yaml:13:66  commissioners[integration].funding[1].duration_months: "
        '"36 months" is text; expected the number alone, 36 (1 to 600 months)',
    ),
    (
        "      - {posts: 1, start: 2015-09, kind: temporary, duration_months: 36}\n",
        "city.yaml:13:42  commissioners[integration].funding[1].kind: "
        '"temporary" is not a choice here; expected one of fixed, permanent',
    ),
    (
        "    position: {between: [section, line_unit]}\n",
        "city.yaml:13:15  commissioners[integration].position: between takes numbers or months; here write one_of",
    ),
    (
        "    position: {one_of: [section, line]}\n",
        'city.yaml:13:15  commissioners[integration].position: "line" is not a choice here; did you mean "line_unit"?',
    ),
]


@pytest.mark.parametrize(("more", "expected"), WRONG)
def test_a_wrong_value_or_key(said, more, expected):
    assert said(more) == [expected]


@pytest.mark.parametrize(("more", "expected"), WRONG_UNITS)
def test_a_wrong_line_of_a_unit(said, more, expected):
    assert said(UNIT + more) == [expected]


def test_missing_keys_are_named_together(complaints, write):
    assert complaints(write("kind: scenario\nschema_version: 1\ntasks: []\n")) == [
        'city.yaml:1:1  missing key "label"',
        'city.yaml:1:1  missing key "start"',
        'city.yaml:1:1  missing key "months"',
        "city.yaml:3:8  tasks: an empty list; expected at least 1",
    ]


def test_more_tasks_than_the_model_takes(complaints, base, write):
    tasks = "".join(f"  - {{id: t{number}, kind: integration}}\n" for number in range(7))
    text = base.replace("  - {id: integration, kind: integration}\n", tasks)
    assert complaints(write(text)) == ["city.yaml:7:3  tasks: a list of 7; expected at most 6"]


def test_words_that_stand_for_true_elsewhere(said):
    assert said("concepts: [{id: a, tasks: [integration], adopted: 2016-01, council: yes}]\n") == [
        'city.yaml:8:69  concepts[a].council: found "yes"; expected true or false, here true'
    ]


def test_a_list_with_wrong_entries_is_not_called_empty(said):
    assert said("chains: [{id: a, kind: integration, departments: [1, 2]}]\n") == [
        'city.yaml:8:51  chains[a].departments[0]: found 1; expected text, in quotes: "1"',
        'city.yaml:8:54  chains[a].departments[1]: found 2; expected text, in quotes: "2"',
    ]


def test_all_errors_come_at_once_in_the_order_of_their_places(said):
    lines = said("administration: {staf: 3, hierarchy: 7}\nevents: [{kind: note}]\nnonsense: 1\n")
    assert lines == [
        'city.yaml:8:18  administration: unknown key "staf"; did you mean "staff"?',
        "city.yaml:8:38  administration.hierarchy: 7 is not a share; expected 0 to 1",
        'city.yaml:9:10  events[0]: missing key "date"',
        'city.yaml:10:1  unknown key "nonsense"; expected one of extends, kind, schema_version, label, description, '
        "start, months, administration, tasks, leaders, commissioners, formats, concepts, civil_society, chains, "
        "events, facts, observed, rules, parameters",
    ]
