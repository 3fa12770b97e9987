"""Statements of the report and their roles."""

from __future__ import annotations

from collections import Counter

import pytest

from evidence.documents.matrix import kind_of, place_statements
from qsim.claims.loading import read_claims
from qsim.claims.statements import (
    all_statements,
    load_roles,
    unknown_statement,
)
from qsim.files.messages import InputError
from trial_claims import LEDGER


def test_all_statements_are_there_in_order():
    statements = all_statements()
    assert len(statements) == 280
    assert list(statements) == sorted(statements)
    sizes = {"A": 24, "B": 39, "C": 24, "D": 24, "E": 17, "F": 24, "G": 27, "H": 18, "I": 31, "J": 29, "K": 23}
    assert Counter(one.group for one in statements.values()) == sizes
    assert all(one.name_en.strip() and one.section.strip() for one in statements.values())


def test_what_is_inferred_is_marked():
    assert all_statements()["A01"].inferred
    assert not all_statements()["A03"].inferred
    assert sum(one.inferred for one in all_statements().values()) == 161


def test_an_unknown_statement_is_told_with_those_there_are():
    assert unknown_statement("B39") is None
    assert unknown_statement("b04") == 'there is no statement "b04"; did you mean "B04"?'
    assert unknown_statement("B40") == 'there is no statement "B40"; group B has B01 to B39'
    assert unknown_statement("Z1") == (
        'there is no statement "Z1"; there are groups A, B, C, D, E, F, G, H, I, J, K, such as A01'
    )


ROLES = """\
A01:
  role: input
  where: practice
  why: {de: Form der Regel., en: Form of the rule.}
A02: {role: not_expressed, where: "", why: {de: Fehlt., en: Missing.}}
B03: {role: definition, why: {de: Ein Wort., en: A word.}}
"""


def test_roles_of_all_files_of_the_ledger(write):
    write(ROLES, "claims/roles_a.yaml")
    write("kind: roles\nschema_version: 1\nA03: {role: input, why: {de: x, en: y}}\n", "claims/roles_b.yaml")
    roles = load_roles()
    assert list(roles) == ["A01", "A02", "B03", "A03"]
    assert (roles["A01"].role, roles["A01"].where, roles["A01"].why.en) == ("input", "practice", "Form of the rule.")


def test_what_is_wrong_is_told_at_once(write):
    write(
        ROLES.replace("role: input", "role: inputs")
        + "B77: {role: input, why: {de: x, en: y}}\nA03: {rule: x, role: input, why: {de: x, en: y}}\nA04: {role: input}\n",
        "claims/roles_a.yaml",
    )
    write("A02: {role: input, why: {de: x, en: y}}\n", "claims/roles_b.yaml")
    write("kind: claims\n", "claims/roles_c.yaml")
    with pytest.raises(InputError) as error:
        load_roles()
    assert str(error.value).splitlines() == [
        'claims/roles_a.yaml:2:9  A01.role: "inputs" is not a choice here; did you mean "input"?',
        'claims/roles_a.yaml:7:1  there is no statement "B77"; group B has B01 to B39',
        'claims/roles_a.yaml:8:7  A03: unknown key "rule"; did you mean "role"?',
        'claims/roles_a.yaml:9:6  A04: missing key "why"',
        "claims/roles_b.yaml:1:1  A02: the statement has a role twice; first in claims/roles_a.yaml, line 5",
        "claims/roles_c.yaml:1:7  kind: this file is of the kind claims; expected roles",
    ]


def test_every_statement_is_placed(write):
    write(LEDGER)
    write(ROLES, "claims/roles_a.yaml")
    placed = place_statements(read_claims(), load_roles())
    by_id = {one.statement: one for one in placed}
    assert len(placed) == 280
    assert by_id["B04"].tested_by == ("more_posts",)
    assert by_id["B03"].touched_by == ("more_posts",)
    assert by_id["B03"].role.role == "definition"
    missing = [one.statement for one in placed if kind_of(one) == "missing"]
    assert {"A01", "A02", "B03", "B04", "G02", "J01"}.isdisjoint(missing)
    assert len(missing) == 280 - 9
