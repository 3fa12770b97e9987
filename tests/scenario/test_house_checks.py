"""Departments, divisions and leaders that contradict each other are found, each at its place."""

import pytest

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
