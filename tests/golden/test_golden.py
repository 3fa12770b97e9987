"""Every scenario gives the numbers of the baseline, and no baseline changes without an entry in the changelog.

What to do where results change on purpose: ``make golden``, and the entry that it prints, with the reason.
"""

import math
import re
from pathlib import Path

import pytest

from golden import __main__ as command
from golden import baseline
from golden.baseline import FOLDER, computed, digest_of, scenario_files, table_of, text_of, texts_in, write
from golden.comparison import SHOWN, differences, message, same

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
WHAT_TO_DO = (
    "If this is a mistake, mend it. If it is meant: make golden, and an entry under 'Changes results' in CHANGELOG.md "
    "that says which results change and why."
)
TEXTS = texts_in()
TABLES = {name: table_of(text) for name, text in TEXTS.items()}
PLACE = ("practice", "12", 1)


def baselines_of(changelog):
    """Return the baselines that a changelog names under *Changes results*, as (digest, reason), in its order."""
    sections = re.split(r"^(?=##)", changelog, flags=re.MULTILINE)
    results = [part for part in sections if part.lower().startswith("### changes results")]
    found = [
        re.findall(r"^- Baseline `(\w+)`:((?:(?!\n- |\n\n).)*)", part, re.MULTILINE | re.DOTALL) for part in results
    ]
    return [(digest, reason.strip()) for part in found for digest, reason in part]


def moved(by, place=PLACE, scenario="medium"):
    """Return the baseline with one value replaced by what ``by`` makes of it."""
    return TABLES | {scenario: TABLES[scenario] | {place: by(TABLES[scenario][place])}}


def test_every_scenario_gives_the_numbers_of_the_baseline():
    now = {name: computed(path) for name, path in scenario_files().items()}
    found = message(TABLES, now)
    if found:
        pytest.fail(f"{found}\n{WHAT_TO_DO}", pytrace=False)


def test_the_baseline_is_as_its_command_wrote_it():
    digest = (FOLDER / baseline.DIGEST).read_text(encoding="utf-8").strip()
    assert digest == digest_of(TEXTS), f"the tables were changed by hand; they are written by make golden. {WHAT_TO_DO}"


def test_the_changelog_names_the_baseline_and_says_why():
    named = baselines_of(CHANGELOG.read_text(encoding="utf-8"))
    assert named, WHAT_TO_DO
    digest, reason = named[0]
    assert digest == digest_of(TEXTS), f"the changelog does not name baseline {digest_of(TEXTS)} first. {WHAT_TO_DO}"
    assert len(reason.split()) >= 3, "the entry needs a reason"


def test_only_entries_under_changes_results_count():
    text = """# Changelog
- Baseline `000000`: above all versions
## 0.2.0
### Changes the interface
- Baseline `111111`: in the wrong place
### Changes results
- Knowledge decays more slowly.
- Baseline `222222`: knowledge decays more slowly,
  in all scenarios.
- Another entry.
## 0.1.0
### Changes results
- Baseline `333333`: first
"""
    assert baselines_of(text) == [("222222", "knowledge decays more slowly,\n  in all scenarios."), ("333333", "first")]


def test_the_tables_hold_something():
    """Months differ, runs differ, scenarios differ; so a comparison with them says something."""
    assert len(TABLES) > 20
    for name, table in TABLES.items():
        assert len({table["practice", month, run] for month in ("1", "12", "60") for run in range(4)}) == 12, name
        outcomes = [value for (_, month, _), value in table.items() if month == baseline.RUN]
        assert sum(map(math.isfinite, outcomes)) > 100, name
    assert len(set(TEXTS.values())) > 0.9 * len(TEXTS)  # some scenarios are another one under the name of a series


@pytest.mark.parametrize("factor", [1 + 1e-8, 1 - 1e-8, 1 + 2e-9])
def test_a_value_that_moved_is_found(factor):
    now = moved(lambda value: value * factor)
    [difference] = differences(TABLES, now)
    assert (difference.scenario, difference.place) == ("medium", PLACE)
    assert difference.size == pytest.approx(abs(factor - 1), rel=1e-6)
    text = message(TABLES, now)
    assert re.search(r"^1 of \d{4,} values differ, in 1 of \d\d scenarios; the largest first:$", text, re.MULTILINE)
    assert (
        f"medium: practice, month 12, run 1: {difference.before!r} -> {difference.now!r}, relative difference" in text
    )


def test_rounding_is_no_difference():
    assert message(TABLES, moved(lambda value: value * (1 + 1e-10))) == ""
    assert message(TABLES, TABLES) == ""
    assert same(0.0, 1e-17)
    assert not same(0.0, 1e-12)


def test_a_missing_number_is_a_difference_and_comes_first():
    now = moved(lambda value: math.nan)
    now["small"] = now["small"] | {PLACE: 2.0}
    first, second = differences(TABLES, now)
    assert (first.scenario, second.scenario) == ("medium", "small")
    assert "-> nan" in str(first)
    assert "relative" not in str(first)
    assert differences(now, TABLES)[0].scenario == "medium"
    assert same(math.nan, math.nan)


def test_a_value_that_one_of_both_does_not_have_is_a_difference():
    fewer = {place: value for place, value in TABLES["medium"].items() if place != PLACE}
    assert "-> not there" in message(TABLES, TABLES | {"medium": fewer})
    assert "not there ->" in message(TABLES | {"medium": fewer}, TABLES)


def test_scenarios_without_tables_and_tables_without_scenarios_are_found():
    fewer = {name: table for name, table in TABLES.items() if name != "medium"}
    assert message(fewer, TABLES) == "medium: a scenario without a table in the baseline"
    assert message(TABLES, fewer) == "medium: a table in the baseline without a scenario"


def test_the_largest_differences_are_listed_and_the_others_counted():
    table = TABLES["medium"]
    places = [place for place, value in table.items() if value > 0][: SHOWN + 5]
    now = TABLES | {"medium": table | {place: table[place] * (1 + 10.0 ** -(i % 8)) for i, place in enumerate(places)}}
    lines = message(TABLES, now).splitlines()
    assert len(lines) == 1 + SHOWN + 1
    sizes = [each.size for each in differences(TABLES, now)]
    assert sizes == sorted(sizes, reverse=True)
    assert lines[-1] == "  and 5 more"


def test_a_table_keeps_all_digits(tmp_path):
    table = TABLES["medium"] | {PLACE: 0.1 + 0.2, ("practice", "1", 0): math.nan}
    written = table_of(text_of(table))
    assert written.pop(("practice", "1", 0)) != 0
    assert all(
        same(table[place], value) and (value == table[place] or math.isnan(value)) for place, value in written.items()
    )
    assert written[PLACE] == 0.1 + 0.2
    with pytest.raises(ValueError, match="the columns must be"):
        table_of("measure,month\n")


def test_the_digest_changes_with_any_number_and_any_name():
    number = TEXTS | {"medium": TEXTS["medium"].replace("practice,12,0", "practice,12,1", 1)}
    name = {("other" if name == "medium" else name): text for name, text in TEXTS.items()}
    assert len({digest_of(TEXTS), digest_of(number), digest_of(name)}) == 3
    assert digest_of(dict(reversed(TEXTS.items()))) == digest_of(TEXTS)


@pytest.fixture
def few(tmp_path, monkeypatch):
    """The command with a folder of its own and two scenarios; the file of the baseline stays as it is."""
    folder = tmp_path / "tables"
    names = ("medium", "small")
    monkeypatch.setattr(command, "scenario_files", lambda: {name: scenario_files()[name] for name in names})
    monkeypatch.setattr(command, "computed", lambda path: TABLES[path.stem])
    monkeypatch.setattr(command, "texts_in", lambda: texts_in(folder))
    monkeypatch.setattr(command, "write", lambda texts: write(texts, folder))
    return folder


def test_the_command_writes_what_differs_and_leaves_the_rest(few, capsys):
    command.main()
    assert texts_in(few) == {name: TEXTS[name] for name in ("medium", "small")}
    assert f"- Baseline `{digest_of(texts_in(few))}`" in capsys.readouterr().out
    text = re.sub(r"^(practice,12),[^,]+", r"\1,0.5", TEXTS["small"], flags=re.MULTILINE)
    rounded = re.sub(r"(?<=\d)(\d)$", "0", TEXTS["medium"], count=1, flags=re.MULTILINE)
    write({"small": text, "medium": rounded, "gone": TEXTS["large"]}, few)
    command.main()
    said = capsys.readouterr().out
    assert "small: practice, month 12, run 0: 0.5 ->" in said
    assert "gone: a table in the baseline without a scenario" in said
    assert texts_in(few) == {"medium": rounded, "small": TEXTS["small"]}
    before = {path: path.stat().st_mtime_ns for path in few.iterdir()}
    command.main()
    assert "nothing was written" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in few.iterdir()} == before


def test_a_table_of_another_form_is_written_anew(few, capsys):
    write({"small": TEXTS["small"], "medium": "measure,month\n"}, few)
    command.main()
    assert texts_in(few)["medium"] == TEXTS["medium"]
