"""The checks of the repository as a whole notice what they are there for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import lint

RUFF = shutil.which("ruff", path=Path(sys.executable).parent)


@pytest.mark.skipif(not RUFF, reason="ruff is in the extra `dev`")
def test_draws_without_an_address_are_noticed():
    text = """\
import random
from numpy import random as one
import numpy.random as two
from numpy.random import default_rng
from secrets import token_bytes
from scipy.stats import qmc
import numpy as np
x = np.random.rand()
"""
    command = [
        RUFF,
        "check",
        "--select=TID251",
        "--output-format=concise",
        "--stdin-filename=src/qsim/world/one.py",
        "-",
    ]
    checked = subprocess.run(command, cwd=lint.ROOT, input=text, capture_output=True, text=True, check=False)
    places = [line.split(":")[1] for line in checked.stdout.splitlines() if "TID251" in line]
    assert places == ["1", "2", "3", "4", "5", "6", "8"]


@pytest.mark.parametrize(
    ("check", "text", "line"),
    [
        (lint.hashes, "x = hash('calendar')", "hash"),
        (lint.hashes, "class A:\n    def __hash__(self):\n        return hash(1)\nlist(map(hash, ()))", ":4:"),
        (lint.imports_against_the_flow, "def f():\n    from qsim.engine.run import run_rules", "qsim.engine"),
        (lint.imports_against_the_flow, "from qsim import run", "qsim.run"),
        (lint.imports_against_the_flow, "import evidence.documents", "evidence"),
        (lint.imports_against_the_flow, "import qsim.cli", "qsim.cli"),
        (lint.circles, "from qsim.world.other import x", "qsim.world.one -> qsim.world.other -> qsim.world.one"),
        (lint.circles, "import qsim.files.third", "qsim.files -> qsim.world -> qsim.files"),
        (lint.long_files, "\n" * (lint.LONGEST + 1), "301"),
        (lint.ignores_without_a_reason, "x = 1  # " + "noqa: E501", ":1:"),
        (lint.ignores_without_a_reason, "x = 1  # " + "type: ignore  # a reason, but of what", ":1:"),
        (lint.unwanted_words, "https://py" + "pi.org/simple", "org"),
        (lint.unwanted_words, "see /home" + "/anna/qsim", "home"),
        (lint.unwanted_words, "# TO" + "DO later", "DO"),
        (lint.unwanted_words, "--index-" + "url x", "index"),
    ],
)
def test_what_is_wrong_is_noticed(check, text, line):
    others = {"src/qsim/world/other.py": "import qsim.world.one", "src/qsim/files/third.py": "import qsim.world.last"}
    others["src/qsim/world/last.py"] = ""
    (found,) = check({"src/qsim/world/one.py": text, **(others if check == lint.circles else {})})
    assert line in found


def test_what_is_as_it_should_be_passes():
    text = "from qsim import __version__\nfrom qsim.files.keys import key\nx = 1  # noqa: E501  # a table"
    assert [found for check in lint.CHECKS for found in check({"src/qsim/world/one.py": text})] == []
