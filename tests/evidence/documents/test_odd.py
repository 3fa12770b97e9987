"""The ODD+D document: its regions, what they hold, its symbols, its links, and what is refused."""

import re
from pathlib import Path

import pytest

from evidence.documents import odd
from evidence.documents.markdown import anchor
from qsim.measures.catalogue import OUTCOMES, SERIES, TASK_SERIES
from qsim.mechanisms.month import MONTH, RULES
from qsim.world.records import TABLES

DOCS = Path(__file__).parents[3] / "docs"
TEXT = (DOCS / "odd.md").read_text(encoding="utf-8")
ELEMENTS = (
    "1 Purpose and patterns", "2 Entities, state variables, and scales", "3 Process overview and scheduling",
    "4 Design concepts", "5 Initialization", "6 Input data", "7 Submodels", "Implementation details",
)  # fmt: skip
CONCEPTS = (
    "Theoretical and empirical background", "Emergence", "Individual decision-making", "Learning",
    "Individual sensing", "Individual prediction", "Interaction", "Collectives", "Heterogeneity", "Stochasticity",
    "Observation",
)  # fmt: skip
EVERY_REGION = "".join(f"<!-- generated: {name} -->\n<!-- end -->\n" for name in odd.regions())


def sections(text, level):
    """Return the texts of all sections whose heading has this level, by heading."""
    parts = re.split(rf"^{'#' * level} (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_document_has_the_elements_of_the_protocol_in_their_order():
    assert tuple(sections(TEXT, 2))[: len(ELEMENTS)] == ELEMENTS


def test_every_design_concept_is_described():
    described = sections(sections(TEXT, 2)["4 Design concepts"], 3)
    assert tuple(described) == CONCEPTS
    assert all(len(text.split()) > 30 for text in described.values())


def test_every_rule_has_reasons_written_by_hand_before_its_region():
    submodels = sections(sections(TEXT, 2)["7 Submodels"], 3)
    for rule, text in zip(MONTH, submodels.values(), strict=True):
        by_hand, generated = text.split(f"<!-- generated: rule {rule.name} -->")
        assert len(by_hand.split()) > 30, rule.name
        assert generated.count("<!-- end -->") == 1


def test_filling_twice_changes_nothing_and_keeps_what_is_written_by_hand():
    text = EVERY_REGION.replace("<!-- end -->\n", "<!-- end -->\n\nBy hand.\n", 1) + "\nThe end.\n"
    once = odd.filled(text)
    assert odd.filled(once) == once
    assert once.count("\nBy hand.\n") == 1
    assert once.endswith("<!-- end -->\n\nThe end.\n")


def test_what_stands_in_a_region_is_replaced():
    assert odd.filled(EVERY_REGION.replace("scales -->\n", "scales -->\n\nstale\n\n")) == odd.filled(EVERY_REGION)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<!-- generated: scales -->\n<!-- end -->\n", "", "generated regions are missing: scales"),
        ("<!-- generated: scales -->", "<!-- generated: scale -->", "line 1: there is no generated region 'scale'"),
        ("<!-- generated: scales -->", "<!-- generated:scales -->", "line 2: an end without a generated region"),
        ("<!-- generated: schedule -->", "<!-- generated: scales -->", "line 3: the region 'scales' stands here twice"),
        ("<!-- end -->\n", "", "line 2: the region 'scales' has no end before this one"),
    ],
)
def test_wrong_markers_are_refused(old, new, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        odd.filled(EVERY_REGION.replace(old, new, 1))


def test_a_last_region_without_an_end_is_refused():
    last = list(odd.regions())[-1]
    with pytest.raises(ValueError, match=f"^the region '{last}' has no end$"):
        odd.filled(EVERY_REGION.removesuffix("<!-- end -->\n"))


@pytest.mark.parametrize("name", TABLES)
def test_every_field_of_an_entity_is_named_with_its_symbol(name):
    text = odd.entity(name)
    for field in TABLES[name]:
        row = f"| `{field.symbol}` | `{field.name}` |" if field.symbol else f"|  | `{field.name}` |"
        listed = f"`{field.name}` (`{field.symbol}`)" if field.symbol else f"`{field.name}`"
        assert row in text or re.search(rf"(: |, ){re.escape(listed)}[,.]", text), field.name
        if field.kind == "state":
            assert row in text, field.name


def test_what_a_rule_moves_does_not_count_as_set_at_the_start():
    assert "|  | `division` | index |" in odd.entity("departments")
    assert "`division`" in odd.entity("leaders").split("Set at the start")[1]


def test_the_schedule_has_the_rules_in_their_order_with_symbols_and_draws():
    rows = odd.schedule().splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == ["| start"] * 2 + [f"| {place}" for place in range(1, 14)]
    for row, rule in zip(rows, RULES, strict=True):
        assert f"[{rule.label_en}]" in row
        assert all(f"`{decision}`" in row for decision in rule.decisions)
    practice = next(row for row in rows if "#practice" in row)
    assert "stances: `M`, `K`, `p*`, `p`, `r`, `q`;" in practice


def test_every_parameter_stands_in_the_region_of_its_rule():
    for rule in RULES:
        text = odd.rule_region(rule)
        for p in rule.parameters:
            assert f"| `{p.name}` | {p.default:g} | {p.low:g} to {p.high:g} | {p.unit} | {p.grade} |" in text


def test_the_evidence_adds_up_to_all_parameters():
    *grades, whole = [[cell.strip() for cell in row.split("|")[1:-1]] for row in odd.evidence().splitlines()[2:]]
    counts = [int(count) for _, count, _ in grades]
    assert sum(counts) == int(whole[1]) == sum(len(rule.parameters) for rule in RULES)
    assert [float(share.rstrip("%")) for _, _, share in grades] == pytest.approx(
        [100 * count / sum(counts) for count in counts], abs=0.5
    )


def test_every_measure_is_named_once():
    named = re.findall(r"`(\w+)`", odd.observation())
    assert sorted(named) == sorted({measure.name for measure in (*TASK_SERIES, *SERIES, *OUTCOMES)})


def test_the_scales_are_those_of_the_schema_and_the_catalogue():
    text = odd.scales()
    assert "| length of a run | 1 to 1200 months |" in text
    assert "| departments taken from the catalogue | up to 1000; 40 different |" in text
    assert "| cross-cutting tasks | 1 to 6, of the kinds `integration`, " in text


def test_a_symbol_stands_for_one_thing():
    named = {}
    for table, fields in TABLES.items():
        symbols = [field.symbol for field in fields if field.symbol]
        assert len(set(symbols)) == len(symbols), table
        for field in fields:
            if field.symbol:
                assert named.setdefault(field.symbol, field.name) == field.name, field.symbol


def links(text):
    return [match.partition("#") for match in re.findall(r"\]\(([^)\s]+)\)", text)]


def test_links_lead_to_files_and_headings_that_exist():
    broken = []
    for name, _, at in links(TEXT):
        path = DOCS / name
        headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE) if path.is_file() else []
        if not path.exists() or (at and at not in map(anchor, headings)):
            broken.append(f"{name}#{at}")
    assert broken == []


def test_every_work_that_is_cited_is_listed_and_the_other_way_round():
    body, references = TEXT.split("\n## References\n")
    listed = set(re.findall(r"^- (\w+), .*?\((\d{4})\)", references, re.MULTILINE))
    citation = r"([A-Z]\w+)(?:, [A-Z]\w+)?(?: and [A-Z]\w+| et al\.)?(?:'s)? \(?((?:19|20)\d\d)\b"
    assert set(re.findall(citation, " ".join(body.split()))) == listed
