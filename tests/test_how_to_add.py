"""What CONTRIBUTING says of adding things holds: each list is walked on a small example, in a copy of the sources."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
GUIDE = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")

RULE = (
    '"""Rule 13, habit: what is done often becomes a habit."""'
    """

from __future__ import annotations

from qsim.world.compiling import piece
from qsim.world.maths import share
from qsim.world.parameters import Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "habit", "Gewohnheit", "Habit",
    (Parameter("rate", 0.1, 0.05, 0.2, "share a month", "Tempo", "rate of habit", "assumption", "an example"),),
    reads=("stances.practice", "administration.first_habit"),
    writes=("stances.habit",),
)


@piece
def habit(world: World, month: int) -> None:
    p = world.parameters[0]
    for d in range(world.departments.size):
        for k in range(world.tasks.size):
            stance = world.stances[d, k]
            aim = max(stance.practice, world.administration[0].first_habit)
            stance.habit = share(stance.habit + p.habit_rate * (aim - stance.habit))
"""
)
REFERENCE = (
    '"""Habit, a second time."""'
    """


def habit(model):
    for department in model.departments:
        for stance in department.stances:
            aim = max(stance.practice, model.administration.first_habit)
            stance.habit += model.parameters["habit.rate"] * (aim - stance.habit)
"""
)
CORNERS = """class Corners(Design):
    points = 2

    def __init__(self, variables: Sequence[Variable]) -> None:
        self._all = Factorial(variables)

    def _codes(self, first: int, last: int) -> np.ndarray:
        ends = (self._all.codes(0, 1), self._all.codes(self._all.points - 1, self._all.points))
        return np.concatenate(ends)[first:last]


LEVELLED: dict[str, Callable[[Sequence[Variable]], Design]] = {"corners": Corners, """

FIGURE = (
    '"""The figure of habits: how far they reach in the end."""'
    """

from qsim.present.figures.frame import new_page, note


def habit_figure(results, speak):
    page = new_page(speak("habit.title"), "", note("gap", len(results[0].runs), speak), "", 3.0, speak)
    page.axes(1.0, 0.5, 4.0, 2.0).plot(results[0].series["habit"].to_numpy())
    return page.figure
"""
)

EXAMPLES: dict[str, dict[str, str | tuple[str, str]]] = {
    "a mechanism": {
        "src/qsim/mechanisms/habit.py": RULE,
        "src/qsim/mechanisms/month.py": ('    "practice",\n', '    "practice",\n    "habit",\n'),
        "tests/reference/rules/habit.py": REFERENCE,
        "tests/reference/model.py": ('"practice", "civil_society",', '"practice", "habit", "civil_society",'),
    },
    "a field": {
        "src/qsim/world/entities.py": (
            '    field("knowledge", "state", "share", "subject knowledge"',
            '    field("habit", "state", "share", "what has become a habit", "Gewohnheit", "habit"),\n'
            '    field("knowledge", "state", "share", "subject knowledge"',
        ),
    },
    "a measure": {
        "src/qsim/measures/catalogue.py": (
            '    _measure("salience", ',
            '    _measure("habit", "share", "Gewohnheit", "Habit", True, 0.01, by="habit"),\n    _measure("salience", ',
        ),
        "src/qsim/measures/measuring.py": (
            "            out[columns.OPENNESS] += v * stance.openness\n",
            "            out[columns.OPENNESS] += v * stance.openness\n            out[columns.HABIT] += v * stance.habit\n",
        ),
        "tests/reference/measures.py": (
            '        "openness": over(lambda s: s.openness),\n',
            '        "openness": over(lambda s: s.openness),\n        "habit": over(lambda s: s.habit),\n',
        ),
    },
    "a scenario key": {
        "src/qsim/scenario/structure.py": (
            '    workload: Annotated[float | Unknown, Number(0.2, 3, "share of capacity")] = 1.0\n',
            "    first_habit: Share = 0.0\n"
            '    workload: Annotated[float | Unknown, Number(0.2, 3, "share of capacity")] = 1.0\n',
        ),
        "src/qsim/world/entities.py": (
            '    field("closed_share", "fixed"',
            '    field("first_habit", "fixed", "share", "habit at the start", "Gewohnheit", "habit"),\n'
            '    field("closed_share", "fixed"',
        ),
        "src/qsim/world/fill.py": (
            'layout.put("administration", 0, ',
            'layout.put("administration", 0, first_habit=a.first_habit, ',
        ),
        "src/qsim/present/words/de.yaml": (
            "    closed_share: ",
            "    first_habit: Gewohnheit am Anfang\n    closed_share: ",
        ),
        "src/qsim/present/words/en.yaml": (
            "    closed_share: ",
            "    first_habit: habit at the start\n    closed_share: ",
        ),
        "tests/reference/setup.py": ('"closed_share", "workload"', '"closed_share", "first_habit", "workload"'),
    },
    "a design": {
        "src/qsim/runs/designs.py": ("LEVELLED: dict[str, Callable[[Sequence[Variable]], Design]] = {", CORNERS),
        "src/qsim/sweep/schema.py": ('Literal["factorial", ', 'Literal["factorial", "corners", '),
    },
    "a chart": {
        "src/qsim/present/figures/habit.py": FIGURE,
        "src/qsim/commands/output.py": ('FIGURES = {"paper', 'FIGURES = {"habit_over_time": "habit", "paper'),
        "src/qsim/present/words/de.yaml": ("\nstages:\n", "\nhabit:\n  title: Gewohnheit\n\nstages:\n"),
        "src/qsim/present/words/en.yaml": ("\nstages:\n", "\nhabit:\n  title: Habit\n\nstages:\n"),
    },
    "a language": {
        "src/qsim/present/words/languages.py": ('Literal["de", "en"]', 'Literal["de", "en", "fr"]'),
        "src/qsim/present/words/fr.yaml": (TOP / "src/qsim/present/words/en.yaml").read_text(encoding="utf-8"),
        "src/qsim/present/words/messages_fr.yaml": (TOP / "src/qsim/present/words/messages_de.yaml").read_text("utf-8"),
        "evidence/words/fr.yaml": (TOP / "evidence/words/en.yaml").read_text(encoding="utf-8"),
        "src/qsim/explore/words/fr.yaml": (TOP / "src/qsim/explore/words/en.yaml").read_text(encoding="utf-8"),
    },
}
"""What is added, and by which files: a new file by its text, a change by what stands there before and after."""

WALK = """
import json
import qsim.present.figures.frame
from evidence.documents import __main__ as written
from pathlib import Path
from types import SimpleNamespace
from qsim.commands.output import save_figures
from qsim.engine.prepare import Prepared
from qsim.runs.execution import simulate
from qsim.engine.run import run_rules
from qsim.mechanisms.month import NAMES
from qsim.present.text.names import key_name
from qsim.present.words.speaker import Speaker
from qsim.runs.designs import make_design
from qsim.runs.designs import Variable
from qsim.scenario.loading import load_scenario
from qsim.scenario.labels import Label
from reference.comparison import differences
from reference.model import ReferenceModel
from reference.test_measures import differences as differences_measured

scenario = load_scenario("small", ("months=4", "administration.first_habit=0.4"))
world, model = Prepared(scenario).blueprint.world(1, 0), ReferenceModel(scenario, 1)
wrong = differences(world, model)
for month in range(scenario.start, scenario.start + scenario.months):
    run_rules(world, month, 0, len(NAMES))
    model.step()
    wrong += differences(world, model)
levels = [Variable(name, Label.of_id(name), levels=("1", "2", "3")) for name in "ab"]
documents = {f"{name}.md": getattr(written, f"{name}_document")() for name in ("rules", "parameters", "fields", "measures")}
documents["schema/scenario.json"] = json.dumps(written.json_schema(written.SCENARIO))
qsim.present.figures.frame.DOTS_PER_INCH = 20
save_figures(SimpleNamespace(file=Path), [simulate(scenario, replications=2)], Speaker("de"))
print(json.dumps({
    "world": wrong,
    "measured": differences_measured(scenario, 1, 0, False),
    "habit": float(world.stances["habit"].min()),
    "documents": [name for name, text in documents.items() if "habit" in text],
    "corners": make_design("corners", levels, 1).codes(0, 2).tolist(),
    "key": [key_name("administration.first_habit", scenario, Speaker(language)) for language in ("de", "en")],
    "figures": sorted(path.name for path in Path("figures").glob("*.svg")),
    "french": Speaker("fr").counted("terms.runs", 2),
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a copy of the sources says after everything has been added to it, its rules as plain Python."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("src", "evidence", "tests", "scenarios", "claims", "experiments", "docs"):
        shutil.copytree(TOP / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "images", "tables"))
    for changes in EXAMPLES.values():
        for file, change in changes.items():
            path = copy / file
            if isinstance(change, str):
                assert not path.exists(), file
                path.write_text(change, encoding="utf-8")
            else:
                text = path.read_text(encoding="utf-8")
                assert text.count(change[0]) == 1, (file, change[0])
                path.write_text(text.replace(*change), encoding="utf-8")
    paths = os.pathsep.join(str(copy / folder) for folder in ("src", "", "tests"))
    environment = {**os.environ, "PYTHONPATH": paths, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", WALK], capture_output=True, text=True, env=environment, cwd=copy, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def files_named(what):
    """Return the files that the guide names for adding something: those of its list, in the order they stand there."""
    part = re.search(rf"^### {re.escape(what.capitalize())}$(.*?)(?=^##)", GUIDE, re.MULTILINE | re.DOTALL)
    assert part, f"CONTRIBUTING.md has no part on {what}"
    return set(re.findall(r"^\| `([^`]+)` \|", part[1], re.MULTILINE))


@pytest.mark.parametrize("what", EXAMPLES)
def test_the_guide_names_the_files_that_an_example_touches_and_no_others(what):
    touched = {re.sub(r"(?<![a-z])(habit|fr)(?=\.(py|yaml)$)", "<name>", file) for file in EXAMPLES[what]}
    assert files_named(what) == touched


def test_an_added_rule_field_and_key_are_the_same_in_the_reference(told):
    assert told["world"] == []
    assert 0.1 < told["habit"] < 0.4


def test_an_added_key_has_a_name_in_both_languages(told):
    assert told["key"] == ["Gewohnheit am Anfang", "Habit at the start"]


def test_an_added_measure_is_the_same_in_the_reference(told):
    assert told["measured"] == []


def test_what_is_added_stands_in_the_documents(told):
    assert told["documents"] == ["rules.md", "parameters.md", "fields.md", "measures.md", "schema/scenario.json"]


def test_an_added_design_makes_its_points(told):
    assert told["corners"] == [[0.0, 0.0], [2.0, 2.0]]


def test_an_added_chart_is_drawn_with_the_others(told):
    assert "habit_over_time.svg" in told["figures"]
    assert len(told["figures"]) == 5


def test_an_added_language_is_spoken(told):
    assert told["french"] == "2 runs"
