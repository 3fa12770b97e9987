"""What is spoilt: right files of every kind, and folders and pages of results of a small town, made once."""

from __future__ import annotations

import os
from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from qsim.commands.root import app

ROOT = Path(__file__).parents[2]

CITY = b"""\
kind: scenario
schema_version: 1
label: {de: Probestadt, en: Trial town}
start: 2015-01
months: 2
administration: {departments: 6, vacancy_share: 0.1, hierarchy: {between: [0.2, 0.8]}}
tasks:
  - {id: integration, kind: integration, knowledge: 0.12, process_knowledge: 0.08}
  - {id: climate, kind: climate_mitigation, mandate: true}
leaders:
  - {id: mayor, kind: mayor, support: 0.2, term_months: 60}
commissioners:
  - id: unit
    tasks: [integration]
    position: staff_unit
    funding: [{posts: 1, start: 2015-01, kind: fixed, duration_months: 24, after: decide, own_share: 0.3}]
civil_society:
  - {id: board, tasks: [integration], volunteer_hours: 20, start: 2014-01}
formats:
  - {id: circle, tasks: [integration], owner: unit, members: contact, civil_society: [board], start: 2015-01,
     interval_weeks: 4, hours: 2, channels: {meet: 0.5, learn: 0.3}}
concepts:
  - {id: plan, tasks: [integration], adopted: 2015-01, ambition: 0.5, members: all}
events:
  - {kind: shock, date: 2015-02, need: 0.2, workload: 0.3, workload_half_life_months: 6}
  - {kind: budget_crisis, date: 2015-02, tightness: 0.5}
parameters:
  practice: {up: 0.05}
"""

CHILD = b"""\
extends: city.yaml
commissioners:
  - {id: unit, position: section}
formats:
  - {id: circle, remove: true}
"""

STUDY = b"""\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Was?, en: What?}
scenarios: [city.yaml]
factors:
  - {id: size, key: administration.departments, levels: [6, 8]}
  - {id: support, key: "leaders[mayor].support", range: [-1, 1], steps: 2}
  - {id: place, label: {de: Ort, en: Place}, set: {a: {"commissioners[unit].position": section}, b: {months: 3}}}
design: {kind: factorial}
replications: 2
seed: 3
outcomes:
  - {measure: joint_practice}
  - {measure: knowledge, task: climate}
  - {measure: joint_practice, at: 2015-02}
expected:
  - {id: larger, statements: [B03], text: {de: Mehr., en: More.},
     outcome: knowledge_climate, more: {size: 8}, less: {size: 6}, relevant: 0.1}
"""

DESIGNED = b"""\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Was?, en: What?}
scenarios: [city.yaml]
factors:
  - {id: size, key: administration.departments, range: [6, 9], integer: true}
  - {id: support, key: "leaders[mayor].support", range: [-1, 1]}
design: {kind: points, file: points.csv}
replications: 2
seed: 3
outcomes: [{measure: joint_practice}]
"""

POINTS = b"size,support\n6,0.5\n7,-1\n9,0\n"

CLAIMS = b"""\
kind: claims
schema_version: 1
label: {de: Probe, en: Trial}
claims:
  - id: more_posts
    statements: [B04, B03]
    key_phrase: mehr als eine Stelle
    section: "3.1"
    text: {de: Vier Stellen bringen mehr als eine., en: Four posts achieve more than one.}
    test: direction
    base: city.yaml
    worlds:
      one:
      four: {"commissioners[unit].funding[0].posts": 4}
    expected: [{four: 1, one: -1}]
    measure: knowledge
    relevant: 0.003
    mechanism: {rule: outreach}
"""

SCENARIOS = ("city.yaml", "small.yaml", "one_unit_three_tasks.yaml", "cottbus_no_unit_2017.yaml", "halle.yaml")
"""Scenarios that are spoilt, one as often as another but the first, which is small."""

FILES = {"city.yaml": CITY, "child.yaml": CHILD, "study.yaml": STUDY, "points.csv": POINTS, "designed.yaml": DESIGNED,
         "claims.yaml": CLAIMS}  # fmt: skip
MADE = (
    ("run", "city.yaml", "-r", "2", "-q", "-o", "run"),
    ("sweep", "study.yaml", "-q", "-o", "sweep"),
    ("run", "city.yaml", "-r", "2", "-q", "--report", "run.html"),
    ("explain", "city.yaml", "-q"),
)


def scenario_text(name: str) -> bytes:
    """Return the text of a scenario that is spoilt."""
    return FILES.get(name) or (ROOT / "scenarios" / name).read_bytes()


@cache
def _held() -> TemporaryDirectory[str]:
    holder = TemporaryDirectory(prefix="qsim-fuzz-")
    for name, content in FILES.items():
        (Path(holder.name) / name).write_bytes(content)
    with chdir(holder.name):
        for arguments in MADE:
            done = CliRunner().invoke(app, list(arguments))
            assert done.exit_code == 0, (arguments, done.output, done.exception)
    return holder


def results() -> Path:
    """Return a folder with results of every kind, which is there as long as this process is."""
    return Path(_held().name)


def environment() -> dict[str, str]:
    """Return the environment of a process that is tried."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "COLUMNS"))}
