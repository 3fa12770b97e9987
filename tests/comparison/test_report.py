"""What a page is written from."""

from __future__ import annotations

import pytest

from qsim.comparison import report
from qsim.comparison.comparing import ComparisonPlan
from qsim.comparison.why.case import follow_case
from qsim.comparison.why.divergence import first_divergence
from qsim.files.messages import InputError

POSTS = "commissioners[integration].funding[0].posts=4"


@pytest.fixture
def made(short, monkeypatch):
    """The report on three scenarios, without the two steps that take many runs."""
    monkeypatch.setattr(report, "shares", lambda first, second, *others, of: (first.id, second.id))
    monkeypatch.setattr(report, "all_conditions", lambda *others: ())
    plan = ComparisonPlan((short(), short("small", POSTS), short("small", "months=30")), settings=2, replications=1)
    worlds = plan.worlds()
    return report.report_of_comparison(plan.run(worlds, workers=1), plan.manifest(worlds, "qsim compare ..."))


def test_each_scenario_has_its_own_case(made):
    for result, (single, mean) in zip(made.results, made.cases, strict=True):
        month = result.scenario.start + result.scenario.months - 1
        own = follow_case(result.prepared, None, month, 1, result.rows)
        assert mean.runs == len(result.rows)
        assert (single.done, mean.done) == (own[0].done, own[1].done)
    assert made.cases[0][1].done == made.cases[2][1].done != made.cases[1][1].done


def test_each_pair_is_the_first_scenario_and_another(made):
    first, *others = made.scenarios
    assert made.shares == tuple((first.id, other.id) for other in others)
    twins = made.compared.worlds.twins
    assert made.divergences == tuple(first_divergence(twins[0], other) for other in twins[1:])
    assert made.divergences[0] is not None
    assert made.divergences[1] is None


def test_all_reasons_against_a_page_are_told_at_once(short):
    with pytest.raises(InputError) as error:
        report.check_comparable([short("one_unit"), short("small", "months=12")])
    assert [message.text.partition(":")[0] for message in error.value.messages] == ["cannot be compared"] * 2


def test_documented_administrations_are_not_compared_with_each_other(short):
    fact = "facts=[{id: %s, date: 2021-03, text: {de: Etwas, en: Something}, source: report 1.2}]"
    one, variant, other = short("small", fact % "a"), short("small", fact % "a", POSTS), short("small", fact % "b")
    report.check_comparable([one, variant, short("small")])
    with pytest.raises(InputError, match="its facts are of another administration"):
        report.check_comparable([one, other])
