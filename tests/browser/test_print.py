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


def test_no_page_is_empty(opened):
    for number, page in enumerate(printed(opened("pair", "de")), 1):
        assert len(plain(page.extract_text())) > 40 or len(page.images) > 0, number
