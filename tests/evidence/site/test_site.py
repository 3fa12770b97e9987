"""The site as somebody makes it: whole pages in both languages, no dead link, and nothing lost that it is not."""

import json
import os
import re
import shutil
import webbrowser
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from evidence.site.page import Made, page_name, start_page
from evidence.words import speaker
from page_texts import texts_of, words
from qsim.comparison.record import page_manifest
from qsim.comparison.report import check_comparable
from qsim.explore.offer import Offer
from qsim.explore.page import live_page
from qsim.files.messages import InputError
from qsim.present.page.blocks import Link, Section
from qsim.present.page.html import page_html
from qsim.present.page.report import made_on
from qsim.present.page.whole import first_other_place
from qsim.present.text.study_text import size
from qsim.runs.runner import RunError
from qsim.scenario.loading import load_scenario
from sentences import english_in
from trial_explore import silent
from trial_site import CITY, COMPARISON, make_site, script, small
from vocabulary import LANGUAGES, labels_of, strange

NAMES = ("answers", "city", CITY, f"comparison_{COMPARISON}")
FILES = sorted(
    ["LICENSE.txt", "index.html", "index_en.html", *(f"{name}_{one}.html" for name in NAMES for one in LANGUAGES)]
)
MADE = Made({"a.html": 1_234_567}, made_on(), "make site")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small site."""
    folder = tmp_path_factory.mktemp("made") / "site"
    make_site("--out", folder, "--lang", "de", "--quiet")
    return folder


class Page(HTMLParser):
    """Where a page points, and the anchors that it has."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loads, self.ids = [], [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes["href"]] if "href" in attributes else []
        self.loads += [attributes[name] for name in ("src", "srcset", "data", "action") if attributes.get(name)]
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attrs)


def dead_links(folder):
    """Return what points from a page to nothing within the folder, and what is loaded from anywhere."""
    pages = {path.name: Page(path) for path in sorted(folder.glob("*.html"))}
    found = []
    for name, page in pages.items():
        found += [
            f"{name}: loads {address[:40]}" for address in page.loads if not address.startswith("data:image/svg+xml;")
        ]
        for link in page.links:
            if link.startswith("data:"):
                continue
            file, _, anchor = unquote(link).partition("#")
            known = Path(file).name == file and (not file or (folder / file).is_file())
            if not known or (anchor and anchor not in pages[file or name].ids):
                found.append(f"{name}: leads to {link}")
    return found


def test_all_pages_are_there_and_no_link_is_dead(made):
    assert sorted(path.name for path in made.iterdir()) == FILES
    assert dead_links(made) == []
    assert all(path.read_text(encoding="utf-8").endswith("</html>\n") for path in made.glob("*.html"))
    reached, ways = set(), ["index.html"]
    while ways:
        name = ways.pop()
        if name not in reached:
            reached.add(name)
            ways += [link for link in Page(made / name).links if link in FILES]
    assert reached >= {name for name in FILES if name.endswith("_de.html")} | {"index_en.html", "LICENSE.txt"}
    assert reached >= {name for name in FILES if name.endswith("_en.html")}


@pytest.mark.parametrize(
    ("there", "spoilt"),
    [('href="#cities"', 'href="#towns"'), ('href="city_de.html"', 'href="https://example.org/"'),
     ('href="LICENSE.txt"', 'href="../LICENSE"'), ('href="answers_de.html"', 'href="answers_fr.html"')],
)  # fmt: skip
def test_a_dead_link_is_noticed(made, tmp_path, there, spoilt):
    copy = shutil.copytree(made, tmp_path / "copy")
    page = (copy / "index.html").read_text(encoding="utf-8")
    assert there in page
    (copy / "index.html").write_text(page.replace(there, spoilt), encoding="utf-8")
    assert dead_links(copy) == [f"index.html: leads to {spoilt[6:-1]}"] * page.count(there)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_says_what_there_is_in_its_language(made, language):
    page = (made / page_name("start", language)).read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in page
    scenarios = [load_scenario(name) for name in (CITY, *script.COMPARISONS[COMPARISON])]
    known = frozenset().union(*(words(one.in_language(language)) for each in scenarios for one in labels_of(each)))
    known |= {"mb"}
    assert [text for text in texts_of(page) if strange(text, language, known)] == []
    whole = " ".join(texts_of(page))
    speak = speaker(language)
    beside = sum(path.stat().st_size for path in made.iterdir() if not path.name.startswith("index"))
    assert size(beside, speak) in whole
    assert f"{len(FILES)} " in whole
    assert speak.day(made_on()) in whole
    assert speak.label(scenarios[0].label) in whole
    assert speak("page.paper") not in page  # it has nothing that is folded up
    assert "python -m evidence.site --settings 3" in page


def test_the_way_to_the_other_language_is_said_in_it(made):
    for language, way in (("de", ">This page in English<"), ("en", ">Diese Seite auf Deutsch<")):
        for name in ("start", "answers"):
            assert way in (made / page_name(name, language)).read_text(encoding="utf-8")


def test_a_page_can_be_made_again_as_it_says(made):
    commands = {name: page_manifest(made / f"{name}_de.html")["command"] for name in NAMES[1:]}
    assert commands == {
        "city": "qsim explore --city --seed 1 --out city_de.html --lang de",
        CITY: f"qsim explore {CITY} --seed 1 --out {CITY}_de.html --lang de",
        f"comparison_{COMPARISON}": "qsim compare funding_24 funding_permanent --seed 1 --settings 3 --replications 5",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_city_is_the_one_that_its_command_writes(made, language):
    written = (made / f"{CITY}_{language}.html").read_text(encoding="utf-8")
    command = page_manifest(made / f"{CITY}_{language}.html")["command"]
    with small():
        again, _ = live_page([Offer(script.load_scenario(CITY))], 1, language, command, None, silent)
    assert first_other_place(written, again) is None


def test_all_six_cities_and_four_comparisons_are_there_and_have_words():
    assert [load_scenario(name).id for name in script.CITIES] == list(script.CITIES)
    assert len(set(script.CITIES)) == 6
    assert list(script.COMPARISONS) == ["position", "funding", "schwerin", "units"]
    for name, scenarios in script.COMPARISONS.items():
        named = {f"site.comparisons.{name}.{part}" for part in ("title", "question")}
        assert all(named <= set(speaker(language).texts) for language in LANGUAGES)
        check_comparable([load_scenario(each) for each in scenarios])


@pytest.fixture
def fails(monkeypatch):
    """Calls the command, which cannot make its first page for a reason; returns the exit code."""

    def call(out, error):
        def refuse(*arguments):
            raise error

        monkeypatch.setattr(script, "document_page", refuse)
        with pytest.raises(SystemExit) as left:
            make_site("--out", out)
        return left.value.code

    return call


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (RunError("run 17 of halle failed"), 1, "run 17 of halle failed\n"),
        (InputError.about("a.yaml", "is wrong"), 2, "a.yaml:  is wrong\n"),
        (OSError(28, "No space left on device", "answers_de.html"), 2, "answers_de.html:  no space left on device\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
    ],
)
def test_what_fails_is_one_line_and_leaves_the_site_as_it_was(fails, made, tmp_path, capsys, error, code, line):
    out = shutil.copytree(made, tmp_path / "site")
    assert fails(out, error) == code
    assert capsys.readouterr().err == line
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        path.name: path.read_bytes() for path in made.iterdir()
    }


def refused(out, capsys):
    with pytest.raises(SystemExit) as left:
        make_site("--out", out)
    assert left.value.code == 2
    return capsys.readouterr().err


def test_a_folder_with_anything_else_in_it_is_refused(made, tmp_path, capsys):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "plan.yaml").write_text("mine")
    told = "would be lost, it is of no site; name another folder\n"
    assert refused(tmp_path / "notes", capsys).endswith(f"{tmp_path / 'notes' / 'plan.yaml'} {told}")
    copy = shutil.copytree(made, tmp_path / "copy")
    (copy / "saved.yaml").write_text("mine")
    assert refused(copy, capsys).endswith(f"{copy / 'saved.yaml'} {told}")
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text("<h1>mine</h1>")
    assert refused(tmp_path / "page", capsys).endswith(f"{tmp_path / 'page' / 'index.html'} {told}")
    assert "is no folder" in refused(tmp_path / "notes" / "plan.yaml", capsys)
    assert (copy / "saved.yaml").read_text() == (tmp_path / "notes" / "plan.yaml").read_text() == "mine"


@pytest.mark.parametrize("files", ["LICENSE.txt", 7, None, {"a": 1}])
def test_a_start_page_that_says_anything_of_its_files_is_no_reason_to_lose_them(made, tmp_path, capsys, files):
    copy = shutil.copytree(made, tmp_path / "copy")
    page = (copy / "index.html").read_text(encoding="utf-8")
    spoilt = json.dumps({"study": "site", "files": files})
    page = re.sub(r'(id="qsim-manifest">).*?(</script>)', lambda found: f"{found[1]}{spoilt}{found[2]}", page)
    (copy / "index.html").write_text(page, encoding="utf-8")
    assert "would be lost" in refused(copy, capsys)


@pytest.mark.parametrize(("display", "expected"), [("", False), (":0", True)])
def test_it_is_opened_only_where_somebody_sees_it(tmp_path, monkeypatch, capsys, display, expected):
    monkeypatch.setattr(script.sys, "platform", "linux")
    for name in ("WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(os.environ, "DISPLAY", display)
    asked = []
    monkeypatch.setattr(webbrowser, "open", asked.append)
    monkeypatch.setattr(script, "_fill", lambda folder, out, wanted: (folder / "index.html").write_text("a"))
    make_site("--out", tmp_path / "ein ordner", "--open", "--lang", "de")
    assert asked == ([(tmp_path / "ein ordner" / "index.html").as_uri()] if expected else [])
    assert capsys.readouterr().err == f"öffnen: {tmp_path / 'ein ordner' / 'index.html'}\n"


def test_wrong_settings_are_refused(capsys):
    with small(), pytest.raises(SystemExit) as left:
        make_site("--settings", "none")
    assert left.value.code == 2
    assert "'--settings'" in capsys.readouterr().err


def test_help_is_in_the_language_that_is_spoken(capsys):
    make_site("--help", "--lang", "de")
    told = " ".join(capsys.readouterr().out.split())
    assert "Aufruf: python -m evidence.site [OPTIONEN]" in told
    assert english_in(told.split("Optionen:")[1]) == []


def test_a_way_says_which_language_it_leads_to():
    blocks = (Link("b_en.html", "<b>", "en"), Link("a.html", "A"))
    page = page_html("T", "", [Section("s", "S", blocks)], speaker("de"), "{}", ways=blocks[:1])
    assert '<p class="way"><a href="b_en.html" lang="en" hreflang="en">&lt;b&gt;</a></p>' in page
    assert '<p class="way"><a href="a.html">A</a></p>' in page
    assert page.count('<a href="b_en.html" lang="en" hreflang="en">&lt;b&gt;</a>') == 2


def test_a_comparison_without_words_is_refused():
    with pytest.raises(KeyError):
        start_page([], {"unknown": ()}, "", speaker("de"), MADE)
