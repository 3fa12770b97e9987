"""Contradictions that the schema cannot see are found, each at its place: in the house, among names, among dates."""

import pytest

UNIT = """\
commissioners:
  - id: office
    tasks: [integration]
    funding:
      - {posts: 1, start: 2015-09, kind: permanent}
"""


def test_contradictions_of_all_kinds_come_together(said):
    lines = said(
        UNIT
        + "    under: mayr\n"
        + "administration: {departments: 0}\n"
        + "events: [{kind: shock, date: 2030-01, tasks: [climate]}]\n"
    )
    assert [line.partition("  ")[0] for line in lines] == [
        "city.yaml:13:12",
        "city.yaml:14:31",
        "city.yaml:15:30",
        "city.yaml:15:47",
    ]


HOUSES = [
    (
        "administration: {departments: 0}\n",
        "city.yaml:8:31  administration.departments: "
        "there may be no departments at all; expected at least 1, or own_departments",
    ),
    (
        "administration: {departments: {between: [0, 4]}}\n",
        "city.yaml:8:31  administration.departments: "
        "there may be no departments at all; expected at least 1, or own_departments",
    ),
    (
        "administration: {own_departments: [{id: yout, slot: 5000, division: socal}]}\n",
        "city.yaml:8:69  administration.own_departments[yout].division: "
        'there is no division "socal"; did you mean "social"?',
    ),
    (
        "administration: {own_departments: [{id: yout}]}\n",
        "city.yaml:8:36  administration.own_departments[yout]: "
        'missing key "slot"; the catalogue has no "yout", so it needs one, 5000 to 60000; did you mean "youth"?',
    ),
    (
        "administration: {own_departments: [{id: north, slot: 5000}, {id: south, slot: 5000}]}\n",
        "city.yaml:8:79  administration.own_departments[south].slot: 5000 is the slot of north, too; expected another",
    ),
    (
        "administration: {divisions: [{id: a, departments: [youth, yuoth]}]}\n",
        "city.yaml:8:59  administration.divisions[a].departments[1]: "
        'there is no department "yuoth"; did you mean "youth"?',
    ),
    (
        "administration: {divisions: [{id: a, departments: [youth]}, {id: b, departments: [youth]}]}\n",
        'city.yaml:8:83  administration.divisions[b].departments[0]: "youth" is in the division a, too',
    ),
    (
        "administration: {divisions: [{id: a}]}\nleaders: [{id: head_social, kind: head}]\n",
        'city.yaml:9:16  leaders[head_social].id: there is no office "head_social"; there are mayor, deputy, head_a',
    ),
]


@pytest.mark.parametrize(("more", "line"), HOUSES)
def test_an_administration_that_contradicts_itself(said, more, line):
    assert said(more) == [line]


def test_smaller_and_larger_administrations_know_their_departments(said):
    event = "events: [{kind: shock, date: 2016-01, departments: [drainage]}]\n"
    assert said(f"administration: {{departments: 8}}\n{event}") == []
    assert said(f"administration: {{departments: 80}}\n{event.replace('drainage', 'drainage_2')}") == []
    assert said(f"administration: {{departments: {{between: [30, 80]}}}}\n{event.replace('drainage', 'youth_2')}") == []
    assert len(said(f"administration: {{departments: 40}}\n{event.replace('drainage', 'drainage_2')}")) == 1


def test_a_task_of_another_kind_needs_a_department_it_concerns(write, complaints, base):
    text = base.replace("kind: integration}", "kind: other}")
    assert complaints(write(text)) == [
        'city.yaml:7:29  tasks[integration].kind: no department says how far a task of the kind "other" concerns it; '
        "give a relevance under administration.own_departments"
    ]
    own = "administration: {own_departments: [{id: youth, tasks: [{kind: other, relevance: 0.5}]}]}\n"
    assert complaints(write(text + own)) == []
    assert len(complaints(write(text + own.replace("0.5", "0")))) == 1


NAMES = [
    (
        "    under: mayr\n",
        'city.yaml:13:12  commissioners[office].under: there is no leader "mayr"; did you mean "mayor"?',
    ),
    (
        "    under: head_socia\n",
        'city.yaml:13:12  commissioners[office].under: there is no leader "head_socia"; did you mean "head_social"?',
    ),
    (
        "    division: socal\n",
        'city.yaml:13:15  commissioners[office].division: there is no division "socal"; did you mean "social"?',
    ),
    (
        "    department: yout\n",
        'city.yaml:13:17  commissioners[office].department: there is no department "yout"; did you mean "youth"?',
    ),
    (
        "formats: [{id: f, tasks: [integration, integraton], start: 2016-01}]\n",
        'city.yaml:13:40  formats[f].tasks[1]: there is no task "integraton"; did you mean "integration"?',
    ),
    (
        "formats: [{id: f, tasks: [integration, integration], start: 2016-01}]\n",
        'city.yaml:13:40  formats[f].tasks[1]: "integration" is named twice',
    ),
    (
        "formats: [{id: f, tasks: [integration], start: 2016-01, owner: ofice}]\n",
        'city.yaml:13:64  formats[f].owner: there is no commissioner, leader or civil society group "ofice"; '
        'did you mean "office"?',
    ),
    (
        "formats: [{id: f, tasks: [integration], start: 2016-01, members: [youth, scools]}]\n",
        'city.yaml:13:74  formats[f].members[1]: there is no department "scools"; did you mean "schools"?',
    ),
    (
        "formats: [{id: f, tasks: [integration], start: 2016-01, civil_society: [club]}]\n",
        'city.yaml:13:73  formats[f].civil_society[0]: there is no civil society group "club"',
    ),
    (
        "concepts: [{id: c, tasks: [climate], adopted: 2016-01}]\n",
        'city.yaml:13:28  concepts[c].tasks[0]: there is no task "climate"; there are integration',
    ),
    (
        "civil_society: [{id: c, tasks: [climate]}]\n",
        'city.yaml:13:33  civil_society[c].tasks[0]: there is no task "climate"; there are integration',
    ),
    (
        "events: [{kind: election, date: 2016-01, leader: head_x}]\n",
        'city.yaml:13:50  events[0].leader: there is no leader "head_x"; there are mayor, deputy, head_central, '
        "head_order, head_social, head_education, head_planning, head_works",
    ),
    (
        "events: [{kind: shock, date: 2016-01, departments: [mars]}]\n",
        'city.yaml:13:53  events[0].departments[0]: there is no department "mars"; there are main_office, treasury, '
        "public_order, planning, social_services, schools, registry, personnel, building_management, "
        "civil_engineering, youth, municipal_works, taxes, green_spaces, fire_service, culture, environment, "
        "building_regulation, information_technology, ... (40 in all)",
    ),
    (
        "events: [{kind: unit_move, date: 2016-01, commissioner: offices, position: section}]\n",
        'city.yaml:13:57  events[0].commissioner: there is no commissioner "offices"; did you mean "office"?',
    ),
    (
        "events: [{kind: mandate, date: 2016-01, task: climate}]\n",
        'city.yaml:13:47  events[0].task: there is no task "climate"; there are integration',
    ),
    (
        "events: [{kind: recut, date: 2016-01, departments: [youth]}]\n",
        'city.yaml:13:10  events[0]: missing key "division"; the departments named need one to move to',
    ),
    (
        "events: [{kind: recut, date: 2016-01, departments: [youth], division: educaton}]\n",
        'city.yaml:13:71  events[0].division: there is no division "educaton"; did you mean "education"?',
    ),
    (
        "chains: [{id: c, kind: integration, departments: [youth, yuoth]}]\n",
        'city.yaml:13:58  chains[c].departments[1]: there is no department "yuoth"; did you mean "youth"?',
    ),
    (
        "leaders: [{id: chief, kind: mayor}]\n",
        'city.yaml:13:16  leaders[chief].id: there is no office "chief"; there are mayor, deputy, head_central, '
        "head_order, head_social, head_education, head_planning, head_works",
    ),
    (
        "leaders: [{id: deputy, kind: mayor}]\n",
        'city.yaml:13:30  leaders[deputy].kind: "mayor" does not fit the id "deputy"; expected deputy',
    ),
    (
        "leaders: [{id: head_social, kind: head, division: works}]\n",
        'city.yaml:13:51  leaders[head_social].division: "works" does not fit the id "head_social"; expected social',
    ),
    (
        "leaders: [{id: mayor, kind: mayor, division: works}]\n",
        'city.yaml:13:46  leaders[mayor].division: "works" does not fit the id "mayor"; this office has no division',
    ),
]


@pytest.mark.parametrize(("more", "line"), NAMES)
def test_names_that_nothing_bears(said, more, line):
    assert said(UNIT + more) == [line]


def test_an_owner_who_could_be_two(said):
    more = (
        "civil_society: [{id: office, tasks: [integration]}]\n"
        "formats: [{id: f, tasks: [integration], start: 2016-01, owner: office}]\n"
    )
    assert said(UNIT + more) == [
        'city.yaml:14:64  formats[f].owner: "office" is the id of two: '
        "commissioners, leaders and groups need different ids"
    ]


def test_names_that_exist_are_fine(said):
    assert (
        said(
            UNIT
            + "    under: head_social\n    department: immigration\n    division: works\n"
            + "civil_society: [{id: club, tasks: [integration]}]\n"
            + "formats:\n"
            + "  - {id: f, tasks: [integration], start: 2016-01, owner: club, members: [youth], civil_society: [club]}"
            "\n"
            + "  - {id: g, tasks: [integration], start: 2016-01, owner: mayor, members: all}\n"
            + "chains: [{id: c, kind: integration, departments: [youth, schools, youth]}]\n"
        )
        == []
    )


FUNDING = [
    (
        "{posts: 1, start: 2015-09, kind: fixed}",
        'city.yaml:12:9  {}[0]: missing key "duration_months"; a fixed phase needs one',
    ),
    (
        "{posts: 1, start: 2015-09, kind: permanent, duration_months: 6}",
        "city.yaml:12:70  {}[0].duration_months: a permanent phase has no duration; leave it out, or write kind: fixed",
    ),
    (
        "{posts: 1, start: 2015-09, kind: fixed, duration_months: 36}\n"
        "      - {posts: 1, start: 2018-08, kind: permanent}",
        "city.yaml:13:9  {}[1]: overlaps with funding[0] (2015-09 to 2018-08); "
        "posts side by side need a label each, unlike the other",
    ),
    (
        "{posts: 1, start: 2015-09, kind: permanent, label: {de: a, en: a}}\n"
        "      - {posts: 1, start: 2018-08, kind: permanent, label: {de: a, en: a}}",
        "city.yaml:13:9  {}[1]: overlaps with funding[0] (from 2015-09 on); "
        "posts side by side need a label each, unlike the other",
    ),
    (
        "{posts: 1, start: 2018-09, kind: permanent}\n"
        "      - {posts: 1, start: 2015-09, kind: fixed, duration_months: 36}",
        "city.yaml:13:27  {}[1].start: 2015-09 is before the start of the phase above it, 2018-09",
    ),
    (
        "{posts: 1, start: {between: [2015-09, 2015-12]}, kind: fixed, duration_months: {between: [24, 36]}}\n"
        "      - {posts: 1, start: {between: [2016-01, 2016-06]}, kind: permanent}",
        "city.yaml:13:9  {}[1]: overlaps with funding[0] (2015-09 to 2017-08); "
        "posts side by side need a label each, unlike the other",
    ),
]
SOUND_FUNDING = [
    "{posts: 1, start: 2018-09, kind: permanent}\n      - {id: more, posts: 1, start: 2015-09, kind: permanent}",
    "{posts: 1, start: 2015-09, kind: fixed, duration_months: 36}\n      - {posts: 1, start: 2018-09, kind: permanent}",
    "{posts: 1, start: 2015-09, kind: permanent, label: {de: a, en: a}}\n"
    "      - {posts: 1, start: 2018-08, kind: permanent, label: {de: b, en: b}}",
    "{posts: 1, start: {between: [2015-09, 2016-12]}, kind: fixed, duration_months: {between: [24, 36]}}\n"
    "      - {posts: 1, start: {between: [2017-10, 2018-12]}, kind: permanent}",
]
CARRIED = "commissioners:\n  - id: office\n    tasks: [integration]\n    funding:\n      - "


@pytest.mark.parametrize(("phases", "line"), FUNDING)
def test_funding_that_contradicts_itself(said, phases, line):
    assert said(CARRIED + phases) == [line.replace("{}", "commissioners[office].funding")]


@pytest.mark.parametrize("phases", SOUND_FUNDING)
def test_funding_that_may_be_right(said, phases):
    assert said(CARRIED + phases) == []


DATES = [
    (
        "formats: [{id: f, tasks: [integration], start: 2016-01, end: 2015-12}]\n",
        "city.yaml:8:62  formats[f].end: 2015-12 is before the start, 2016-01",
    ),
    (
        "civil_society: [{id: c, tasks: [integration], start: 2016-01, end: {between: [2014-01, 2015-12]}}]\n",
        "city.yaml:8:68  civil_society[c].end: 2015-12 is before the start, 2016-01",
    ),
    (
        "events: [{kind: shock, date: 2014-12}]\n",
        "city.yaml:8:30  events[0].date: 2014-12 is before the run, 2015-01 to 2024-12; "
        "history is written as kind: note",
    ),
    (
        "events: [{kind: election, date: 2025-01}]\n",
        "city.yaml:8:33  events[0].date: 2025-01 is after the run, 2015-01 to 2024-12",
    ),
    (
        "events: [{kind: mandate, task: integration, date: {between: [2024-01, 2025-06]}}]\n",
        "city.yaml:8:51  events[0].date: 2025-06 is after the run, 2015-01 to 2024-12",
    ),
]


@pytest.mark.parametrize(("more", "line"), DATES)
def test_dates_out_of_order(said, more, line):
    assert said(more) == [line]


@pytest.mark.parametrize(
    "more",
    [
        "events: [{kind: note, date: 1999-01}, {kind: note, date: 2040-01}]\n",
        "events: [{kind: election, date: 2015-01}, {kind: election, date: 2024-12}]\n",
        "formats: [{id: f, tasks: [integration], start: 1999-01, end: 2001-01}]\n",
        "formats: [{id: f, tasks: [integration], start: {between: [2015-01, 2017-01]}, end: 2016-01}]\n",
        "concepts: [{id: c, tasks: [integration], adopted: 1999-01}]\n",
    ],
)
def test_history_and_dates_that_may_be_right(said, more):
    assert said(more) == []


def test_a_run_ends_where_months_still_have_names(write, base, complaints):
    late = base.replace("2015-01", "2199-01")
    assert complaints(write(late.replace("120", "12"))) == []
    assert complaints(write(late.replace("120", "13"))) == [
        "city.yaml:5:9  months: the run ends in 2200-01; expected an end of at most 2199-12"
    ]
