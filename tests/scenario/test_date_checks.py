"""Dates out of order are found; what may be right, for all that nobody knows, is left alone."""

import pytest

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
