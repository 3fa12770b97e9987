"""Where two pages differ besides their text: in tags, drawings and files, but not in the last digits of numbers."""

from base64 import b64encode

import pytest

from qsim.present.page.whole import first_other_place

PAGE = '<p class="a">text<img src="data:{kind};base64,{file}"><p>end'


def page_with(file, kind="image/svg+xml"):
    return PAGE.format(kind=kind, file=b64encode(file.encode()).decode())


@pytest.mark.parametrize(
    ("there", "here"),
    [
        (page_with('<path d="M1.25 7"/>'), page_with('<path d="M1.26 7"/>')),
        (page_with('<path d="M12.99 7"/>'), page_with('<path d="M13 7"/>')),
        (page_with('<g clip-path="url(#p0123456789)"/>'), page_with('<g clip-path="url(#pabcdef0123)"/>')),
        (page_with("a,0.1234567891", "text/csv"), page_with("a,0.1234567892", "text/csv")),
        ('<script>{"a": 1.00000000012e-05}', '<script>{"a": 1.00000000013e-05}'),
    ],
)
def test_last_digits_and_names_of_shapes_are_no_difference(there, here):
    assert there != here
    assert first_other_place(there, here) is None


@pytest.mark.parametrize(
    ("there", "here", "found"),
    [
        (page_with('<path d="M1.25 7"/>'), page_with('<path d="M1.28 7"/>'),
         ('<path d="M1.25 7"/>', '<path d="M1.28 7"/>')),
        (page_with("a,0.1234", "text/csv"), page_with("a,0.1235", "text/csv"), ("a,0.1234", "a,0.1235")),
        (page_with('<path fill="#000000"/>'), page_with('<path fill="#0000ff"/>'),
         ('<path fill="#000000"/>', '<path fill="#0000ff"/>')),
        ("<p>1e999", "<p>2e999", ("<p>1e999", "<p>2e999")),
        ("<p>a<script>b", "<p>a", ("<script>", "")),
        (page_with("<a/>"), page_with("<a/>", "text/plain"), ("", "")),
        ("<p>" + "a" * 50 + "b", "<p>" + "a" * 50 + "c", ("a" * 20 + "b", "a" * 20 + "c")),
    ],
)  # fmt: skip
def test_all_else_is(there, here, found):
    there_and_here = first_other_place(there, here)
    assert there_and_here is not None
    assert all(place.startswith(start) for place, start in zip(there_and_here, found, strict=True))
