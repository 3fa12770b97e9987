"""Charts as pictures: small, whole, with text as text whatever it holds."""

import re
import xml.etree.ElementTree as ElementTree
from base64 import b64decode

from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.present.figures.saving import svg_bytes
from qsim.present.page.blocks import Chart, Table
from qsim.present.page.canvas import canvas
from qsim.present.page.svg import FONTS, NO_LETTERS, picture
from qsim.present.words.speaker import Speaker

SVG = "{http://www.w3.org/2000/svg}"


def figure_of(label, width=3.0):
    page = canvas(width, 2.0, Speaker("de"))
    axes = page.axes(0.5, 0.5, 2.0, 1.0)
    axes.plot([1, 2, 3], [1 / 3, 2 / 3, 1 / 7])
    axes.fill_between([1, 2, 3], [0, 1, 0], hatch="//")
    page.text(0.1, 1.8, label)
    return page.figure


def drawn(label, width=3.0):
    chart = Chart("a", "b", "c", lambda inches: figure_of(label, inches), Table("", ("",), ()))
    address = picture(chart, width)
    assert address.startswith("data:image/svg+xml;base64,")
    return b64decode(address.split(",")[1]).decode()


def test_a_picture_is_smaller_and_shows_the_same():
    whole, small = svg_bytes(figure_of("Wissen")).decode(), drawn("Wissen")
    assert len(small) < 0.6 * len(whole)
    one, other = ElementTree.fromstring(whole), ElementTree.fromstring(small)
    for tag in ("path", "use", "text", "clipPath", "pattern"):
        assert len(one.findall(f".//{SVG}{tag}")) == len(other.findall(f".//{SVG}{tag}"))
    for before, after in zip(one.findall(f".//{SVG}path"), other.findall(f".//{SVG}path"), strict=True):
        numbers = [[float(number) for number in re.findall(r"-?\d+\.?\d*", path.get("d"))] for path in (before, after)]
        assert all(abs(a - b) <= 0.006 for a, b in zip(*numbers, strict=True))
    assert one.get("viewBox") == other.get("viewBox")


def test_all_that_is_referred_to_is_there():
    small = drawn("Wissen")
    ids = set(re.findall(r' id="([^"]+)"', small))
    referred = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', small))
    assert referred
    assert {one or other for one, other in referred} <= ids


def test_the_readers_letters_are_used():
    assert FONTS in drawn("Wissen")
    assert "DejaVu" not in drawn("Wissen")


def test_the_same_chart_gives_the_same_picture():
    assert drawn("Wissen") == drawn("Wissen")


@settings(max_examples=25)
@given(st.text(alphabet=st.characters(exclude_characters="\n\r"), min_size=1, max_size=12))
def test_any_label_is_written_as_it_is(label):
    texts = ["".join(text.itertext()) for text in ElementTree.fromstring(drawn(label)).iter(f"{SVG}text")]
    wanted = NO_LETTERS.sub("", label)
    # white space at the ends and between words collapses where SVG is shown
    assert " ".join(wanted.split()) in [" ".join(text.split()) for text in texts] or not wanted.strip()


def test_a_label_is_no_formula():
    texts = ["".join(text.itertext()) for text in ElementTree.fromstring(drawn("$a_b$ <b>")).iter(f"{SVG}text")]
    assert "$a_b$ <b>" in texts
