"""The example in the form of Mesa's collection: it runs, without training it is qsim's own run, and its page opens."""

import re
import sys
from pathlib import Path

import pytest

from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario
from trial_browser import launched
from trial_solara import WAIT, lacking, served

FOLDER = Path(__file__).parents[2] / "examples" / "training"


@pytest.fixture
def town(monkeypatch):
    """The class of the example's model, imported as within its folder."""
    monkeypatch.syspath_prepend(FOLDER)
    import model

    yield model.TrainingTown
    for name in ("model", "agents"):
        sys.modules.pop(name)


def finished(model):
    model.run_model()
    return model.datacollector.get_model_vars_dataframe()


def test_without_training_it_is_the_run_of_qsim(town):
    series = simulate(load_scenario("small"), replicates=[0], seed=1, fixed=True).series
    frame = finished(town(threshold=0.0))
    assert (frame["training"] == 0).all()
    assert frame["practice"].tolist() == series["practice"].tolist()
    assert frame["knowledge"].tolist() == series["knowledge"].tolist()


def test_who_trains_knows_more(town):
    none, some, all_ = (finished(town(threshold=threshold)) for threshold in (0.0, 0.95, 1.5))
    assert 0 < some["training"].mean() < 1 == all_["training"].mean()
    assert none["knowledge"].iloc[-1] < some["knowledge"].iloc[-1] < all_["knowledge"].iloc[-1]


def test_in_the_first_month_only_who_trains_differs(town):
    trained, same = town(threshold=0.95), town(threshold=0.0)
    trained.step()
    same.step()
    pairs = list(zip(trained.departments, same.departments, strict=True))
    assert {a.trained for a, _ in pairs} == {True, False}
    assert [a.knowledge > b.knowledge for a, b in pairs] == [a.trained for a, _ in pairs]
    assert [a.workload for a, _ in pairs] == [b.workload for _, b in pairs]


def test_it_has_the_files_of_an_example_and_says_how_to_start():
    text = (FOLDER / "README.md").read_text("utf-8")
    assert re.findall(r"^- `(\w+\.py)`:", text, re.MULTILINE) == ["agents.py", "model.py", "app.py"]
    assert {path.name for path in FOLDER.glob("*.*")} == {"README.md", "agents.py", "model.py", "app.py"}
    links = re.findall(r"\]\((\S+?)\)", text)
    assert links
    assert [link for link in links if not (FOLDER / link).is_file()] == []
    assert (
        text.index("## Summary")
        < text.index("## How to run")
        < text.index("## Files")
        < text.index("## Further reading")
    )


@pytest.mark.browser
@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_its_page_goes_on_and_begins_anew():
    from playwright.sync_api import sync_playwright

    with served("app.py", FOLDER) as address, sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        page.goto(address)
        for time in (1, 2):
            page.get_by_role("button", name="Step", exact=True).click()
            page.get_by_text(re.compile(rf"^(Step|Time): {time}(\.0)?$")).wait_for()
        assert page.locator("img").count() == 3
        page.get_by_role("button", name="Reset", exact=True).click()
        page.get_by_text(re.compile(r"^(Step|Time): 0(\.0)?$")).wait_for()
        browser.close()
