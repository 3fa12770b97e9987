"""Axe finds no fault against WCAG 2.1 A and AA, on any page, wide or narrow, folded up or not."""

import pytest

from evidence.gallery.page import Entry, gallery_page, page_name
from evidence.words import speaker
from qsim.present.page.blocks import Dots, Verdict
from trial_browser import faults
from trial_pages import LANGUAGES


@pytest.mark.parametrize(
    ("kind", "language"),
    [("pair", "de"), ("three", "en"), ("one", "de"), ("same", "en"), ("hostile", "de")],
)
def test_no_fault_with_all_unfolded(opened, kind, language):
    assert faults(opened(kind, language, unfolded=True)) == []


def test_no_fault_on_a_small_screen(opened):
    assert faults(opened("pair", "en", width=320, unfolded=True)) == []


def test_no_fault_as_it_opens(opened):
    assert faults(opened("pair", "de")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_fault_on_the_page_that_leads_to_comparisons(opened, tmp_path, language):
    verdict = Verdict("trade_off", "Zielkonflikt", "Ein Satz mit dem Urteil.", (Dots(40, "40 von 100"),))
    path = tmp_path / page_name("index", language)
    entries = [Entry(name, dict.fromkeys(LANGUAGES, (verdict,))) for name in ("position", "units")]
    path.write_text(gallery_page(entries, speaker(language), "make demo"), encoding="utf-8")
    found = opened(path, width=320)
    assert faults(found) == []
    assert found.run("document.documentElement.scrollWidth") == 320


def test_a_fault_is_noticed(opened):
    found = opened("pair", "de")
    found.run(
        "document.querySelector('main').insertAdjacentHTML('beforeend', "
        "'<div id=spoiled><p style=\"color: #bbb\">blass</p><img></div>')"
    )
    assert {fault.split(":")[0] for fault in faults(found, "#spoiled")} >= {"color-contrast", "image-alt"}
