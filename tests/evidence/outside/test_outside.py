"""Public figures from outside: each expectation belongs to one figure, and what the model has no quantity for has a reason."""

from collections import Counter

import pytest

from evidence.documents.outside import outside_document
from evidence.outside.figures import EXPECTED, LATEST, figures, notes
from evidence.words import speaker
from qsim.claims.loading import load_ledger
from qsim.claims.results import Results, stored


def test_each_expectation_belongs_to_one_figure():
    expected = [loaded.claim.id for loaded in load_ledger([EXPECTED]).claims]
    named = Counter(name for figure in figures() for name in figure.claims)
    assert named == Counter(expected)


def test_a_figure_is_tested_put_in_or_not_in_the_model_with_a_reason():
    assert len(figures()) == 15
    for figure in figures():
        assert bool(figure.claims) is (figure.kind != "not_in_model")
        assert figure.why.de
        assert figure.why.en


def test_no_expectation_is_held_out():
    assert not any(loaded.held_out for loaded in load_ledger([EXPECTED]).claims)


def test_the_results_are_those_of_the_expectations():
    results = stored(LATEST, Results)
    assert results is not None
    expected = [loaded.claim for loaded in load_ledger([EXPECTED]).claims]
    assert [(one.id, one.kind, one.text) for one in results.claims] == [
        (one.id, one.test, one.text) for one in expected
    ]
    assert {one.id for one in results.claims if one.outcome != "expected"} == set(notes())


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_tells_every_figure_and_counts_tests_apart_from_what_is_put_in(language):
    results = {one.id: one for one in stored(LATEST, Results).claims}
    text = outside_document(results, speaker(language))
    for figure in figures():
        assert getattr(figure.figure, language) in text
        assert getattr(figure.why, language) in text
    assert [f"`{name}`)" in text for name in results] == [True] * len(results)
    assert ("Von 8 Prüfungen kamen 2 wie erwartet" if language == "de" else "Of 8 tests 2 came out as expected") in text
    waiting = outside_document({}, speaker(language))
    assert "| --- |" not in waiting
    assert "`make outside`" in waiting
