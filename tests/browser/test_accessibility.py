"""Axe finds no fault against WCAG 2.1 A and AA, on any page, wide or narrow, folded up or not."""

import pytest

from trial_browser import faults


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


def test_a_fault_is_noticed(opened):
    found = opened("pair", "de")
    found.run(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<div id=spoiled><p>blass</p><img></div>')"
    )
    found.run("document.querySelector('#spoiled p').style.color = '#bbb'")
    assert {fault.split(":")[0] for fault in faults(found, "#spoiled")} >= {"color-contrast", "image-alt"}
