"""What would help most by itself: the measures of advice with their numbers, whatever they cost."""

from __future__ import annotations

import pytest

import qsim
from qsim.advice.advising import advise
from qsim.advice.choosing import Effort
from qsim.advice.helping import most_helpful
from qsim.advice.offer import Budget
from qsim.measures.catalogue import CONSTRAINTS
from qsim.present.text.advice_text import help_text
from qsim.present.words.speaker import Speaker


@pytest.fixture(scope="module")
def town():
    return qsim.load_scenario("small", ["months=24", "administration.departments=6"])


@pytest.fixture(scope="module")
def found(town):
    return most_helpful(town, workers=1)


def test_the_best_stand_first_and_say_what_they_widen(found):
    effects = [one.effect.mean for one in found.most_effect]
    assert effects == sorted(effects, reverse=True)
    assert len(effects) == 5 < found.tried
    gains = [one.per_10000 for one in found.most_per_euro]
    assert gains == sorted(gains, reverse=True)
    assert all(one.mean_a_year.high > 0 for one in found.most_per_euro)
    for one in found.most_effect:
        assert one.widens is None or one.widens == min(CONSTRAINTS, key=lambda name: one.bottlenecks[name])
    assert found.nothing.effect.mean == 0


def test_it_has_the_numbers_of_advice_where_that_runs_as_much(found, town):
    best = found.most_effect[0]
    quick = Effort(runs=20, most=200, shown=1, looks=8, look_settings=2, side_looks=4)
    advice = advise(town, Budget(1e9), only=best.ids, effort=quick, workers=2)
    (same,) = [one for one in advice.most_effect if one.ids == best.ids]
    assert (same.effect, same.level, same.bottlenecks) == (best.effect, best.level, best.bottlenecks)


def test_it_names_the_best_only_where_that_is_relevant(found):
    from dataclasses import replace

    speak = Speaker("en")
    label = speak.label(found.library.levers[found.most_effect[0].ids[0]].label)
    assert (label in help_text(found, speak)) == (found.most_effect[0].effect.mean >= found.relevant)
    assert "none brings a difference" in help_text(replace(found, relevant=1.0), speak)
    assert label in help_text(replace(found, relevant=0.0), speak)
