"""Names of tasks, departments, leaders and others that nothing bears are found, each at its place."""

import pytest

UNIT = """\
commissioners:
  - id: office
    tasks: [integration]
    funding:
      - {posts: 1, start: 2015-09, kind: permanent}
"""

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
