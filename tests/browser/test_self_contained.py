"""The page is one file: it opens without a network, asks for nothing, and says all that a chart shows in words, too."""

import re

import pytest

from trial_pages import KINDS

PICTURES = """
() => [...document.querySelectorAll('figure:has(img)')].map(figure => {
    const pictures = [...figure.querySelectorAll('img, svg, [role=img]')]
        .filter(one => !one.parentElement.closest('svg, [role=img], [aria-hidden=true]') && one.ariaHidden !== 'true');
    return {
        id: figure.id,
        texts: pictures.map(one => one.getAttribute('alt') ?? one.getAttribute('aria-label') ?? ''),
        broken: pictures.filter(one => one.tagName === 'IMG' && !(one.complete && one.naturalWidth > 0)).length,
        heads: figure.querySelectorAll('table th[scope=col]').length,
        rows: figure.querySelectorAll('table tbody tr').length,
        named: [...figure.querySelectorAll('table')].every(one => one.caption && one.caption.innerText.trim() !== ''),
    }
})
"""


def check_figures(figures, least):
    assert len(figures) >= least
    assert len({figure["id"] for figure in figures}) == len(figures)
    for figure in figures:
        assert figure["texts"], figure
        assert any(len(text.split()) >= 5 for text in figure["texts"]), figure
        assert figure["broken"] == 0, figure
        assert figure["heads"] >= 2, figure
        assert figure["rows"] >= 1, figure
        assert figure["named"], figure


@pytest.mark.parametrize(("kind", "language"), [*((kind, "de") for kind in KINDS), ("three", "en")])
def test_the_page_opens_offline_and_every_chart_has_words_and_a_table(opened, kind, language):
    found = opened(kind, language, unfolded=True)
    found.page.wait_for_load_state("networkidle")
    beside = [url for url in found.requests if not url.startswith("data:")]
    assert beside == [found.path.as_uri()]
    assert found.complaints == []
    assert found.page.title().strip()
    assert found.run("document.documentElement.lang") == language
    assert found.run("document.querySelectorAll('h1').length") == 1
    assert found.run("document.querySelectorAll('main').length") == 1
    check_figures(found.run(PICTURES), least=0 if kind == "same" else 3)
    check_references(found)


def check_references(found):
    """Nothing points outside, and all anchors lead somewhere."""
    source = found.path.read_text(encoding="utf-8")
    assert not re.search(r"(src|srcset|poster)=[\"'](?!data:)", source)
    assert not re.search(r"<(link|iframe|object|embed|base)\b", source)
    assert not re.search(r"@import|url\((?!['\"]?(data:|#))", source)
    anchors = found.run(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(one => one.getAttribute('href').slice(1))"
    )
    assert anchors
    ids = found.run("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(set(ids)) == len(ids)
    assert set(anchors) <= set(ids)


def test_a_picture_without_a_table_is_noticed(opened):
    found = opened("pair", "de", unfolded=True)
    found.run("document.querySelector('figure:has(img) table').remove()")
    assert any(figure["rows"] == 0 for figure in found.run(PICTURES))
