"""Pages for the tests of what people read: small real comparisons cut short, made once for all processes that test them."""

import os
import time
from contextlib import contextmanager
from functools import partial

import pytest

import qsim.comparison.report
from qsim.comparison.comparing import ComparisonPlan
from qsim.comparison.report import report_of_comparison, report_of_run
from qsim.comparison.when.conditions import all_conditions
from qsim.comparison.when.finding import LEAST_CASES
from qsim.comparison.why.shares import planned_runs, shares
from qsim.engine.prepare import prepare
from qsim.present.page.report import report_page
from qsim.present.words.speaker import Speaker
from qsim.runs.execution import run_rows
from qsim.runs.folder import free_lock, take_lock
from qsim.runs.manifest import make_manifest
from qsim.scenario.loading import load_scenario
from worlds import load_as

LANGUAGES = ("de", "en")
SETTINGS, REPLICATIONS, RUNS = 12, 2, 40
CASES = LEAST_CASES
"""Settings from which the conditions of a verdict are found: as few as there can be."""
SHARED = 12
"""Settings from which the shares of what was changed are found."""
SHORT = ("months=40", "administration.departments=10")

SCENARIOS = {
    "pair": ("instruments_24", "funding_permanent"),
    "three": ("position_staff_unit", "position_line_unit", "position_deputy_mayor"),
    "one": ("schwerin",),
    "same": ("small", "small"),
    "hostile": ("hostile", "hostile_posts"),
}
KINDS = tuple(SCENARIOS)

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror="window.hurt=1">', "&amp; &lt;b class=hurt&gt;", "W" * 60)
"""Labels that look like HTML, and one that no line holds: of two scenarios, the unit and a department."""

HOSTILE_FILE = """\
kind: scenario
schema_version: 1
label: {{de: '{label}', en: '{label}'}}
start: 2020-01
months: 40
administration:
  departments: 10
  own_departments: [{{id: social_services, label: {{de: '{3}', en: '{3}'}}}}]
tasks: [{{id: integration, kind: integration}}]
commissioners:
  - id: integration
    label: {{de: '{2}', en: '{2}'}}
    tasks: [integration]
    position: staff_unit
    funding: [{{posts: {posts}, start: 2020-01, kind: permanent}}]
"""


def scenarios_of(kind, folder=None):
    """Return the scenarios of a kind of page; the hostile ones are written into a folder first."""
    if kind != "hostile":
        return [load_as(name, *(SHORT if kind != "one" else ())) for name in SCENARIOS[kind]]
    found = []
    for place, name in enumerate(SCENARIOS[kind]):
        path = folder / f"{name}.yaml"
        path.write_text(HOSTILE_FILE.format(*HOSTILE, label=HOSTILE[place], posts=1 + 2 * place), encoding="utf-8")
        found.append(load_scenario(path))
    return found


def make_report(scenarios):
    """Return what the page on a scenario, or on several in few settings, is written from."""
    if len(scenarios) == 1:
        manifest = make_manifest("run", scenarios, seed=1, replications=RUNS, command="qsim run trial")
        return report_of_run(run_rows(prepare(scenarios[0]), [(i, i) for i in range(RUNS)]), manifest)
    plan = ComparisonPlan(scenarios, settings=SETTINGS, replications=REPLICATIONS)
    worlds = plan.worlds()
    with quick_reports():
        return report_of_comparison(plan.run(worlds), plan.manifest(worlds, "qsim compare trial other"))


@contextmanager
def quick_reports():
    """Let reports on comparisons explain the verdict from few settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(qsim.comparison.report, "all_conditions", partial(all_conditions, settings=CASES))
        patch.setattr(qsim.comparison.report, "shares", partial(shares, settings=SHARED))
        patch.setattr(qsim.comparison.report, "share_runs", partial(planned_runs, settings=SHARED))
        yield patch


@contextmanager
def locked(folder):
    """Hold the lock of a folder, after waiting for whoever holds it."""
    while True:
        try:
            handle = take_lock(folder)
            break
        except BlockingIOError:
            time.sleep(0.1)
    try:
        yield
    finally:
        free_lock(handle)


@pytest.fixture(scope="session")
def page_files(tmp_path_factory):
    """The path of the page of a kind in a language."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the workers share what stands above their own folders
    folder = folder / "pages"
    folder.mkdir(exist_ok=True)

    def path_of(kind, language):
        place = folder / kind
        place.mkdir(exist_ok=True)
        paths = {one: place / f"{kind}_{one}.html" for one in LANGUAGES}
        with locked(place):
            if not all(path.exists() for path in paths.values()):
                report = make_report(scenarios_of(kind, place))
                for one, path in paths.items():
                    path.write_text(report_page(report, Speaker(one)), encoding="utf-8")
        return paths[language]

    return path_of
