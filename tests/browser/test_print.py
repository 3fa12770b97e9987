"""The page goes on paper: A4, with its verdict, nothing cut off at the right."""

import io
import re
import unicodedata

import pytest

from trial_pages import LANGUAGES

A4 = (595, 842)  # points


def printed(found):
    import pypdf

    return pypdf.PdfReader(io.BytesIO(found.page.pdf(format="A4"))).pages


def plain(text):
    """Return a text without spaces, hyphens and joined letters, none of which is the same on paper."""
    return re.sub(r"[\s\N{SOFT HYPHEN}\N{HYPHEN}-]+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["pair", "three"])
def test_the_verdict_is_on_paper(opened, kind, language):
    found = opened(kind, language)
    sections = found.run("[...document.querySelectorAll('main h2')].map(one => one.innerText)")
    verdict = found.run("document.querySelector('.verdict .sentence').innerText")
    assert len(verdict.split()) >= 5
    pages = printed(found)
    assert all(abs(float(page.mediabox.width) - A4[0]) < 2 for page in pages)
    assert all(abs(float(page.mediabox.height) - A4[1]) < 2 for page in pages)
    assert 2 <= len(pages) <= 40
    texts = [plain(page.extract_text()) for page in pages]
    assert plain(found.run("document.querySelector('main section strong, main section .lead').innerText")) in texts[0]
    whole = "".join(texts)
    assert plain(verdict) in whole
    assert [title for title in sections if plain(title) not in whole] == []


def lowest(page):
    """Return the height of the lowest text of a page, in points from below."""
    found = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: text.strip() and found.append(
        cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
    ))  # fmt: skip
    return min(found)


@pytest.mark.parametrize("unfolded", [False, True])
@pytest.mark.parametrize("kind", ["pair", "three", "one"])
def test_no_page_but_the_last_is_half_empty(opened, kind, unfolded):
    *pages, last = printed(opened(kind, "de", unfolded=unfolded))
    assert [number for number, page in enumerate(pages, 1) if lowest(page) > A4[1] / 2] == []
    assert len(plain(last.extract_text())) > 40


def test_ways_that_only_a_screen_has_are_not_on_paper(opened):
    found = opened("pair", "de")
    ways = found.run("[...document.querySelectorAll('main p a')].map(one => one.innerText)")
    assert any(way.startswith("Was die Wörter heißen") for way in ways)
    whole = "".join(plain(page.extract_text()) for page in printed(found))
    assert [way for way in ways if plain(way) in whole] == []


def test_no_note_stands_apart_from_its_table(opened):
    found = opened("three", "de", unfolded=True)
    notes = found.run("[...document.querySelectorAll('.table + .note')].map(one => one.innerText)")
    assert len(notes) > 3
    for number, page in enumerate(printed(found), 1):
        text = plain(page.extract_text())
        assert [note for note in notes if text.startswith(plain(note)[:40])] == [], number


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["pair", "three"])
def test_the_summary_is_the_first_sheet(opened, kind, language):
    found = opened(kind, language)
    texts = found.run(
        "[...document.querySelectorAll('#verdict p:not(.badge, .way), #verdict dd')].map(one => one.innerText)"
    )
    first, second, *_ = [plain(page.extract_text()) for page in printed(found)]
    assert [text for text in texts if plain(text) not in first] == []
    assert plain(found.run("document.querySelector('.day').innerText")) in first
    assert second.startswith(plain(found.run("document.querySelector('.rest h2').innerText")))


def test_no_head_of_a_table_stands_alone_at_the_foot(opened):
    found = opened("pair", "de", unfolded=True)
    heads = found.run("[...document.querySelectorAll('thead')].map(one => one.innerText)")
    assert len(heads) > 10
    for number, page in enumerate(printed(found), 1):
        text = plain(page.extract_text())
        assert [head for head in heads if text.endswith(plain(head))] == [], number
