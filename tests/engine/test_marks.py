"""The calendar as people see it: what is dated within the run, in order, and how sure the date is."""

from qsim.engine.marks import EVENT_LABELS, calendar_marks
from qsim.world.kinds import EVENT_KINDS
from worlds import city, unit


def marks(**parts):
    return [(mark.month, mark.kind) for mark in calendar_marks(city(**parts))]


def test_events_concepts_and_funding_are_marked_in_order():
    found = marks(
        events=[{"kind": "note", "date": "2016-05"}, {"kind": "election", "date": "2015-06"}],
        concepts=[{"id": "plan", "tasks": ["integration"], "adopted": "2015-09"}],
        commissioners=[unit(funding=[{"posts": 1, "start": "2015-03", "kind": "fixed", "duration_months": 12}])],
    )
    assert found == [("2015-03", "funding_start"), ("2015-06", "election"), ("2015-09", "concept"),
                     ("2016-03", "funding_end"), ("2016-05", "note")]  # fmt: skip


def test_an_end_of_funding_that_is_open_is_not_told_as_an_end():
    told = {}
    for after in ("end", "decide", "continue"):
        phase = {"posts": 1, "start": "2014-03", "kind": "fixed", "duration_months": 12, "after": after}
        (mark,) = calendar_marks(city(commissioners=[unit(funding=[phase])]))
        told[after] = mark.label.de
    assert told["end"] == "Förderung endet"
    assert "entscheidet" in told["decide"]
    assert "bleibt" in told["continue"]


def test_the_start_of_a_format_is_marked_by_its_label():
    check = {"id": "climate_check", "tasks": ["integration"], "start": "2015-04"}
    labelled = check | {"id": "board", "label": {"de": "Beirat", "en": "Board"}, "start": "2014-12"}
    assert marks(formats=[check, labelled]) == [("2015-04", "format_start")]
    found = calendar_marks(city(formats=[check | {"label": {"de": "Klima-Check", "en": "Climate check"}}]))
    assert [(mark.label.de, mark.label.en) for mark in found] == [("Beginn: Klima-Check", "Start: Climate check")]


def test_what_lies_outside_the_run_is_left_out():
    found = marks(
        events=[{"kind": "note", "date": "2014-12"}, {"kind": "note", "date": "2017-01"}],
        concepts=[{"id": "plan", "tasks": ["integration"], "adopted": "2010-01"}],
    )
    assert found == []


def test_the_first_and_the_last_month_belong_to_the_run():
    events = [{"kind": "note", "date": "2015-01"}, {"kind": "note", "date": "2016-12"}]
    assert [month for month, _ in marks(events=events)] == ["2015-01", "2016-12"]


def test_labels_are_those_of_the_file_or_of_the_kind():
    label = {"de": "Hochwasser", "en": "Flood"}
    events = [{"kind": "shock", "date": "2015-02", "label": label}, {"kind": "shock", "date": "2015-03"}]
    first, second = calendar_marks(city(events=events))
    assert (first.label.de, first.label.en) == ("Hochwasser", "Flood")
    assert second.label == EVENT_LABELS["shock"]
    assert set(EVENT_LABELS) == {*EVENT_KINDS, "note"}


def test_a_drawn_date_is_shown_in_its_middle_as_uncertain():
    events = [{"kind": "note", "date": {"between": ["2015-03", "2015-07"]}}, {"kind": "note", "date": "2016-01"}]
    drawn, known = calendar_marks(city(events=events))
    assert (drawn.month, drawn.certain) == ("2015-05", False)
    assert (known.month, known.certain) == ("2016-01", True)


def test_an_end_of_funding_is_as_uncertain_as_its_duration():
    funding = [{"posts": 1, "start": "2015-03", "kind": "fixed", "duration_months": {"between": [6, 12]}}]
    start, end = calendar_marks(city(commissioners=[unit(funding=funding)]))
    assert (start.month, start.certain) == ("2015-03", True)
    assert (end.month, end.certain) == ("2015-12", False)
