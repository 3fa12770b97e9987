"""The ledger's section on the additive scorecard counts each test once, where it belongs."""

from types import SimpleNamespace

from evidence.documents.scorecard import scorecard_section


def record(name, kind, outcome, card, needs_mechanism=False):
    scorecard = SimpleNamespace(outcome=card)
    return SimpleNamespace(id=name, kind=kind, outcome=outcome, needs_mechanism=needs_mechanism, scorecard=scorecard)


def test_tests_are_counted_by_who_brings_them_out():
    parts = scorecard_section([
        record("posts", "direction", "expected", "expected"),
        record("posts_and_time", "difference_of_differences", "expected", "negligible", needs_mechanism=True),
        record("more_posts", "direction", "negligible", "expected"),
        record("nothing", "direction", "opposite", "negligible"),
        record("not_heard", "existence", "expected", "not_applicable"),
    ])  # fmt: skip
    assert "| direction | 3 | 1 | 0 | 1 | 1 |" in parts[2]
    assert "| difference of differences | 1 | 0 | 1 | 0 | 0 |" in parts[2]
    assert "| all | 4 | 1 | 1 | 1 | 1 |" in parts[2]
    assert "Of 4 tests" in parts[3]
    assert "in 1 of these one thing depends on another" in parts[3]
    assert "and 1 need their mechanism" in parts[3]
    assert "(`more_posts`)" in parts[3]
    assert "not_heard" not in parts[3]
