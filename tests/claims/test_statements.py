"""The statements of the report: all of them, in groups, three of which are held out."""

from collections import Counter

from qsim.claims.statements import all_groups, all_statements, is_held_out, unknown_statement


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


def test_formats_civil_society_and_shocks_are_held_out():
    assert [group.id for group in all_groups().values() if group.held_out] == ["G", "I", "J"]
    assert is_held_out("G07")
    assert not is_held_out("H07")


def test_an_unknown_statement_is_told_with_those_there_are():
    assert unknown_statement("B39") is None
    assert unknown_statement("b04") == 'there is no statement "b04"; did you mean "B04"?'
    assert unknown_statement("B40") == 'there is no statement "B40"; group B has B01 to B39'
    assert unknown_statement("Z1") == (
        'there is no statement "Z1"; there are groups A, B, C, D, E, F, G, H, I, J, K, such as A01'
    )
