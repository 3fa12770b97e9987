"""The page of Meine Stadt for the tests in browsers: made with few settings, opened with answers."""

import json
from urllib.parse import quote

import pytest

from trial_explore import page_of
from trial_live import LOOKS


@pytest.fixture(scope="package")
def city_pages(tmp_path_factory):
    """The page in a language, as a path, made once."""
    folder = tmp_path_factory.mktemp("city")

    def page(language="de"):
        path = folder / f"{language}.html"
        if not path.exists():
            path.write_text(page_of([], language, LOOKS), encoding="utf-8")
        return path

    return page


@pytest.fixture
def city(opened, city_pages):
    """Opens the questions, or the house, with answers."""

    def open_city(language="de", answers=None, view="questions", **options):
        found = opened(city_pages(language), **options)
        found.page.wait_for_selector("#city h2")
        if answers is not None or view != "questions":
            held = {"view": view, "answers": {"start": "2026-11", **(answers or {})}}
            found.page.goto(f"{found.path.as_uri()}#{quote(json.dumps(held))}")
        return found

    return open_city
