"""The gallery as somebody makes it: pages in both languages, a page that leads to them, whole whenever it is stopped."""

import importlib
import re
import sys
from functools import cache
from pathlib import Path

import pytest

from evidence.gallery.page import Entry, entry_of, gallery_page, page_name
from evidence.words import speaker
from page_texts import texts_of, words
from qsim.comparison.report import check_comparable
from qsim.present.page.blocks import Link, Section, Text, Verdict
from qsim.present.page.html import page_html
from qsim.scenario.loading import load_scenario
from sentences import english_in
from trial_pages import quick_reports
from vocabulary import LANGUAGES, labels_of, strange

SMALL = (
    "--settings",
    "3",
    "--set",
    "months=30",
    "--set",
    "administration.departments=6",
    "--out",
    "demo",
    "--lang",
    "de",
)
NAMES = ("funding", "units")
"""Of the comparisons that are written; the report on the first stands for both."""


@pytest.fixture(scope="module")
def script():
    """The experiment as a module."""
    return importlib.import_module("evidence.gallery.__main__")


@pytest.fixture(scope="module")
def compared(script):
    """A report that the experiment has made, few settings of a small town."""
    with quick_reports():
        asked = script.Request(Path("demo"), 3, tuple(SMALL[3:6:2]), None, True)
        return script._compared("funding", script.COMPARISONS["funding"], asked)


@pytest.fixture(scope="module")
def page_of(script, compared):
    """The page of that report in a language, written once."""
    write = script.report_page
    written = cache(lambda language: write(compared, speaker(language)))
    return lambda report, speak: written(speak.language)


@pytest.fixture
def run(script, compared, page_of, tmp_path, monkeypatch):
    """Runs the experiment in an empty folder; ``stopped_at`` names a comparison at which Ctrl-C comes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(script, "COMPARISONS", {name: script.COMPARISONS[name] for name in NAMES})

    def run_script(*arguments, stopped_at=None):
        def report_on(name, scenarios, chosen):
            if name == stopped_at:
                raise KeyboardInterrupt
            return compared

        monkeypatch.setattr(script, "_compared", report_on)
        monkeypatch.setattr(script, "report_page", page_of)
        monkeypatch.setattr(sys, "argv", ["gallery", *arguments])
        script.main()
        return tmp_path / "demo"

    return run_script


def test_every_comparison_has_words_and_scenarios(script):
    assert list(script.COMPARISONS) == ["position", "funding", "schwerin", "units"]
    for name, scenarios in script.COMPARISONS.items():
        assert {f"gallery.{name}.title", f"gallery.{name}.question"} <= set(speaker("de").texts)
        check_comparable([load_scenario(each) for each in scenarios])


def test_a_page_can_be_made_again_as_it_says(script, compared):
    assert compared.manifest["command"] == (
        "qsim compare funding_24 funding_permanent --seed 1 --settings 3 --replications 5 "
        "--set months=30 --set administration.departments=6"
    )
    assert (compared.manifest["budget"], compared.compared.stopped) == (None, "fixed")


def test_pages_in_both_languages_and_a_page_that_leads_to_them(run, compared, capsys):
    folder = run(*SMALL)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        page_name(name, language) for name in (*NAMES, "index") for language in LANGUAGES
    )
    for language in LANGUAGES:
        index = (folder / page_name("index", language)).read_text(encoding="utf-8")
        assert f'<html lang="{language}">' in index
        ways = re.findall(r'<a href="([^#"]+)"', index)
        assert len(ways) == 3
        assert all((folder / way).is_file() for way in ways)
        known = frozenset().union(
            *(words(label.in_language(language)) for each in compared.scenarios for label in labels_of(each))
        )
        assert [text for text in texts_of(index) if strange(text, language, known)] == []
        assert "python -m evidence.gallery --settings 3 --set months=30" in index
        assert speaker(language)("page.paper") not in index  # it has nothing that is folded up
    assert "öffnen: demo/index_de.html" in capsys.readouterr().err


def test_the_way_to_the_other_language_is_said_in_it(run):
    folder = run(*SMALL)
    for language, way in (("de", ">This page in English<"), ("en", ">Diese Seite auf Deutsch<")):
        assert way in (folder / f"index_{language}.html").read_text(encoding="utf-8")


def test_what_was_written_is_whole_when_it_is_stopped(run, tmp_path):
    with pytest.raises(SystemExit) as left:
        run(*SMALL, "--quiet", stopped_at="units")
    assert left.value.code == 130
    index = (tmp_path / "demo" / "index_de.html").read_text(encoding="utf-8")
    assert re.findall(r'<a href="([^#"]+)"', index) == ["funding_de.html", "index_en.html"]
    assert all(path.read_text(encoding="utf-8").endswith("</html>\n") for path in (tmp_path / "demo").iterdir())


def test_wrong_settings_are_refused(run, capsys):
    with pytest.raises(SystemExit) as left:
        run("--settings", "none")
    assert left.value.code == 2
    assert "'--settings'" in capsys.readouterr().err


def test_help_is_in_the_language_that_is_spoken(run, capsys):
    run("--help", "--lang", "de")
    told = " ".join(capsys.readouterr().out.split())
    assert "Aufruf: python -m evidence.gallery [OPTIONEN]" in told
    assert english_in(told.split("Optionen:")[1]) == []


def test_a_way_says_which_language_it_leads_to():
    blocks = (Link("b_en.html", "<b>", "en"), Link("a.html", "A"))
    page = page_html("T", "", [Section("s", "S", blocks)], speaker("de"), "{}")
    assert '<p class="way"><a href="b_en.html" lang="en" hreflang="en">&lt;b&gt;</a></p>' in page
    assert '<p class="way"><a href="a.html">A</a></p>' in page


def test_an_entry_without_words_is_refused():
    with pytest.raises(KeyError):
        gallery_page([Entry("unknown", {"de": (), "en": ()})], speaker("de"), "make demo")


def test_an_entry_holds_the_verdict_in_both_languages(monkeypatch):
    blocks = (Verdict("equal", "E", "S"), Text("T"), Link("a", "b"))
    monkeypatch.setattr(
        "evidence.gallery.page.verdict_section", lambda report, speak: Section("s", speak.language, blocks)
    )
    assert entry_of("funding", None).verdicts == {"de": blocks[:2], "en": blocks[:2]}
