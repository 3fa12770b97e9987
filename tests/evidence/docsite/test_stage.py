"""Documents as pages of the site: where each stands, where links lead, what is shown as text, and how lists are written."""

import re
from pathlib import Path

import pytest

from evidence.docsite.docstrings_text import with_fences
from evidence.docsite.stage import Site, api_page, readable


@pytest.fixture
def site(tmp_path):
    """A small checkout."""
    for name, text in {
        "README.md": "# Home\n\n[German](README.de.md) [keys](docs/keys.md#a) [code](src/x.py) ![p](docs/images/p.svg)\n",
        "README.de.md": "# Anfang\n\n[englisch](README.md) [Schlüssel](docs/keys.de.md) [Regeln](docs/rules.md)\n",
        "CONTRIBUTING.md": "# How\n",
        "CHANGELOG.md": "# What\n",
        "docs/keys.md": "# Keys of `files`\n\n[home](../README.md)\n",
        "docs/keys.de.md": "# Schlüssel\n",
        "docs/rules.md": "# Rules\n\n[one](decisions/0001-one.md) [all](decisions) [web](https://example.org)\n",
        "docs/decisions/0001-one.md": "# One\n\n[rules](../rules.md) [keys](../keys.md) [changes](../../CHANGELOG.md)\n",
        "docs/images/p.svg": "<svg/>",
        "docs/schema/s.json": "{}",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Site(tmp_path)


@pytest.mark.parametrize(
    ("language", "page", "line"),
    [
        ("en", "index.md", "[German](de/index.html) [keys](keys.md#a) code ![p](images/p.svg)"),
        ("en", "keys.md", "[home](index.md)"),
        ("en", "rules.md", "[one](decisions/0001-one.md) [all](decisions/index.md) [web](https://example.org)"),
        ("en", "decisions/0001-one.md", "[rules](../rules.md) [keys](../keys.md) [changes](../changelog.md)"),
        ("de", "index.md", "[englisch](../index.html) [Schlüssel](keys.md) [Regeln](../rules.html)"),
    ],
)
def test_links_lead_to_pages_and_what_has_none_is_text(site, tmp_path, language, page, line):
    site.lay(language, tmp_path / "laid")
    assert (tmp_path / "laid" / page).read_text(encoding="utf-8").splitlines()[2:5].count(line) == 1


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_page_says_for_whom_it_is(tmp_path, language):
    """The pages of the project's own documents, but the start page and the index of the tutorials, which say how to begin."""
    Site(Path(__file__).parents[3]).lay(language, tmp_path)
    pages = {str(path.relative_to(tmp_path)): path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.md")}
    for page in pages.keys() - {"index.md", "tutorials/index.md"}:
        assert re.search(r"^\*?(For|Für) \w+", "\n".join(pages[page].splitlines()[:8]), re.MULTILINE), page
    assert (
        pages["odd_summary.md" if language == "en" else "keys.md"].count("\n*Fo" if language == "en" else "\n*Für") <= 1
    )


def test_the_menu_has_all_documents_also_those_that_it_does_not_name(site, tmp_path):
    (site.top / "docs" / "brand_new.md").write_text("# *Brand* new\n", encoding="utf-8")
    menu = site.lay("en", tmp_path / "laid")
    assert menu[0] == {"Start": "index.md"}
    assert {"Brand new": "brand_new.md"} in menu[-1]["For developers"]
    assert {"Using qsim": [{"Keys of files": "keys.md"}]} in menu
    assert "- [One](0001-one.md)" in (tmp_path / "laid" / "decisions" / "index.md").read_text(encoding="utf-8")


def test_lists_and_tables_are_written_as_the_generator_reads_them():
    text = "Text:\n- a\n  - b\n- c\n\n1. d\nmore\n| x |\n|---|\n```\ntext\n- code\n```\n"
    said = "Text:\n\n- a\n    - b\n- c\n\n1. d\nmore\n\n| x |\n|---|\n```\ntext\n- code\n```\n"
    assert readable(text) == said
    assert readable("a[h](1 - b) and [x] [y]") == "a[h\\](1 - b) and [x\\] [y]"
    assert readable("[x](y.md)") == "[x](y.md)"


def test_the_page_of_python_has_every_public_name():
    import qsim

    assert [name for name in qsim.__all__ if name != "__version__" and f".{name}\n" not in api_page()] == []


def test_examples_in_docstrings_are_code():
    lines = ["See :func:`~a.b`.", "", ">>> f(1)", "2", "", "More.", ">>> :mod:`x`"]
    said = ["See `a.b`.", "", "```pycon", ">>> f(1)", "2", "```", "", "More.", "```pycon", ">>> :mod:`x`", "```"]
    assert with_fences(lines) == said
