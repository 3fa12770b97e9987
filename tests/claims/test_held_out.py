"""The draw of statements that are held out: the seed of decision 18, a quota for each group, and a list that is drawn once."""

import sys
from collections import Counter

import numpy as np
import pytest

from evidence import held_out as script
from evidence.held_out import NUMBER, drawn
from qsim.claims import held_out
from qsim.claims.held_out import held_out_statements
from qsim.claims.loading import load_ledger, read_claims
from qsim.claims.statements import SOURCE, all_statements

ORDER = [list(all_statements())[i] for i in np.random.default_rng(20261129).permutation(280)]


def test_each_group_gives_its_share_and_of_each_the_first_in_the_order_are_taken():
    names = drawn(all_statements())
    assert len(names) == NUMBER == len({*names})
    # 40 of 280: a seventh of 24, 39, 24, 24, 17, 24, 27, 18, 31, 29, 23; five of the largest remainders go up
    assert Counter(name[0] for name in names) == {
        "A": 4, "B": 6, "C": 4, "D": 3, "E": 2, "F": 3, "G": 4, "H": 3, "I": 4, "J": 4, "K": 3
    }  # fmt: skip
    for letter in "ABCDEFGHIJK":
        chosen = [name for name in names if name[0] == letter]
        assert sorted([name for name in ORDER if name[0] == letter][: len(chosen)]) == chosen


def test_only_statements_of_the_pool_are_drawn_however_often_and_in_whatever_order_they_come():
    pool = [name for name in all_statements() if name[0] in "AB"]
    names = drawn(pool)
    assert {*names} <= {*pool}
    assert Counter(name[0] for name in names) == {"A": 15, "B": 25}
    assert drawn([*reversed(pool), *pool]) == names
    assert drawn(pool[:7]) == pool[:7]
    assert drawn([]) == []


def test_what_is_stored_is_what_is_drawn():
    stored = held_out_statements()
    assert stored in ([], drawn(claim.statements[0] for claim in read_claims()))


def test_it_is_drawn_once(ledger, tmp_path, monkeypatch, capsys):
    file = tmp_path / "statements.yaml"
    file.write_text(script.EMPTY + "statements: []\n")
    monkeypatch.setattr(script, "SOURCE", file)
    monkeypatch.setattr(script, "held_out_statements", lambda: [])
    monkeypatch.setattr(sys, "argv", ["held_out"])
    script.main()
    assert file.read_text() == "held_out: [\n  B04, B05, B06, E01, G02, J01,\n]\nstatements: []\n"
    assert "B04, B05" in capsys.readouterr().out
    monkeypatch.setattr(script, "held_out_statements", lambda: ["B04"])
    with pytest.raises(SystemExit, match="drawn already"):
        script.main()
    with pytest.raises(ValueError, match="expected one line"):
        script.with_list("statements: []\n", ["B04"])


def test_the_file_of_statements_has_a_place_for_the_list():
    assert held_out_statements() or script.EMPTY in SOURCE.read_text(encoding="utf-8")


def test_all_tests_that_a_statement_heads_are_held_out(ledger, monkeypatch):
    monkeypatch.setattr(held_out, "held_out_statements", lambda: ["B04", "B03"])
    assert [loaded.claim.id for loaded in load_ledger().claims if loaded.held_out] == ["more_posts"]
