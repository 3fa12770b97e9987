"""Labels that look like HTML are shown as they are written, and nothing in them runs."""

import pytest

from trial_pages import HOSTILE, LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_text(opened, language):
    found = opened("hostile", language, unfolded=True)
    found.page.wait_for_timeout(100)
    assert found.dialogs == []
    assert found.complaints == []
    assert not found.run("'hurt' in window")
    shown = found.run("document.body.textContent")
    for label in HOSTILE:
        assert label in shown
    title = found.page.title()
    assert "<" not in title or any(label in title for label in HOSTILE)


def test_no_element_comes_from_a_label(opened):
    counted = "document.querySelectorAll('script:not([type=\"application/json\"])').length"
    hostile, plain = opened("hostile", "de"), opened("pair", "de")
    assert hostile.run(counted) == plain.run(counted)
    assert hostile.run("document.querySelectorAll('img[src=x], b.hurt').length") == 0
    names = "[...new Set([...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames()))]"
    assert [name for name in hostile.run(names) if name.startswith("on")] == []
