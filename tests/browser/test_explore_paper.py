"""The live page outside a screen: on one sheet of paper, and as pictures that say by themselves what they show."""

import re
from collections import Counter
from xml.etree import ElementTree

import pytest

from qsim.scenario.loading import load_scenario
from trial_explore import page_of
from trial_live import POSTS, WAIT, answered, set_number

CHECKLIST = "formats[added_checklist].start"
SVG = "{http://www.w3.org/2000/svg}"
MANY = """() => {
    const { controls, start } = qsim.state.scenario, changes = {};
    for (const group of new Set(controls.map((one) => one.group))) {
        for (const one of controls.filter((each) => each.group === group && each.kind === "number").slice(0, 2)) {
            changes[one.key] = one.low + 0.4 * (Math.min(one.high, 1) - one.low);
        }
    }
    const plan = (name) => ({ name, changes });
    qsim.take({ ...qsim.state.now, changes, plans: { A: plan("Halbe Stelle"), B: plan("B"), C: plan("C"), D: plan("D") } });
}"""


def pages(found, path):
    from pypdf import PdfReader

    found.page.pdf(path=path, prefer_css_page_size=True)
    return PdfReader(path).pages


def sheets(found, path):
    return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in pages(found, path)]


def letters(page):
    """Return how many letters of a page there are of each size, in points."""
    sizes = Counter()

    def count(text, around, own, _, size):
        sizes[round(abs(size * own[3] * around[3]), 1)] += len(text.strip())

    page.extract_text(visitor_text=count)
    return +sizes


@pytest.mark.parametrize("width", [1280, 360])
def test_a_plan_stands_on_one_sheet(live, tmp_path, width):
    found = live(width=width)
    set_number(found, POSTS, "0,5")
    found.run("([key, month]) => qsim.form.onSet(qsim.form.fields.get(key).control, month)", [CHECKLIST, 12 * 2021])
    answered(found)
    (sheet,) = sheets(found, tmp_path / "live.pdf")
    for told in (
        "Zahl der Stellen",
        found.page.locator("#sentence").inner_text()[:40],
        "Wer die Stunden",
        "keine Prognose",
    ):
        assert told in sheet
    assert "Januar 2021: Beginn: Checkliste" in sheet, "numbers in the curve refer to the calendar"
    assert "Noch ist kein Plan abgelegt" not in sheet
    assert "Eigenanteil" not in sheet, "what is not changed stands nowhere"


@pytest.mark.parametrize("width", [1280, 360])
def test_it_says_what_the_case_is_in_letters_that_can_be_read(opened, tmp_path, width):
    path = tmp_path / "live.html"
    path.write_text(page_of([load_scenario("remscheid")], "de", (1, 2)), encoding="utf-8")
    found = opened(path, width=width)
    found.page.wait_for_selector("#results[data-settings='2']", timeout=WAIT)
    set_number(found, "commissioners[climate_unit].funding[0].posts", "0,5")
    found.page.wait_for_selector("#results[data-settings='2']", timeout=WAIT)
    [page] = pages(found, tmp_path / "live.pdf")
    sizes, told = letters(page), re.sub(r"\s+", " ", page.extract_text())
    assert min(sizes) >= 7
    assert sum(number for size, number in sizes.items() if size >= 8) > 0.85 * sum(sizes.values())
    for text in ("Ausgangslage", "bei knappem Haushalt", "Nicht bekannt und deshalb", "Bedarf (2)"):
        assert text in told
    found.page.emulate_media(media="screen")
    assert found.page.locator("#chart-stages svg").evaluate(
        "one => one.viewBox.baseVal.width <= one.parentElement.clientWidth"
    )


def test_four_plans_and_many_changes_stand_on_two_sheets(live, tmp_path):
    found = live()
    found.run(MANY)
    answered(found)
    found.page.wait_for_selector("#plans th:nth-child(6)[scope=col]")
    _, sheet = sheets(found, tmp_path / "live.pdf")
    assert "A: Halbe Stelle" in sheet
    assert "Urteil" in sheet
    assert found.run("Object.keys(qsim.state.now.changes).length") >= 10


@pytest.mark.parametrize("width", [1280, 360])
def test_a_picture_says_by_itself_what_it_shows(live, tmp_path, width):
    from PIL import Image

    found = live(width=width)
    for name in ("stages", "curve", "hours", "why"):
        saved = {}
        for kind in ("SVG", "PNG"):
            with found.page.expect_download() as saving:
                found.page.locator(f"#chart-{name} .save button", has_text=kind).click()
            saved[kind] = tmp_path / saving.value.suggested_filename
            saving.value.save_as(saved[kind])
        drawing = ElementTree.parse(saved["SVG"]).getroot()
        texts = " ".join(one.text for one in drawing.iter(f"{SVG}text"))
        title = found.page.locator(f"#chart-{name} svg").get_attribute("aria-label").partition(". ")[0]
        for told in (title, "Was wäre, wenn? Kleine Verwaltung", found.run("qsim.data.day"), "Modell, keine Prognose."):
            assert told in texts, (name, told)
        assert ("Januar 2020: Förderung beginnt" in texts) == (name == "curve")
        assert "siehe Kalender" not in texts
        with Image.open(saved["PNG"]) as picture:
            assert picture.size == tuple(2 * int(drawing.get(side)) for side in ("width", "height"))
            edge = {
                picture.convert("RGB").getpixel((x, y)) for x in (0, picture.width - 1) for y in range(picture.height)
            }
            assert edge == {(255, 255, 255)}, "a margin all around"
            assert len(picture.convert("RGB").getcolors(100_000)) > 20
