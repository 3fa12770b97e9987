"""Help and version: quick, complete, without loading what only runs need."""

import subprocess
import sys

import pytest

import qsim
from qsim.commands.group import COMMANDS, loaded
from qsim.files.kinds import packaged

HEAVY = ("numba", "pandas", "matplotlib", "scipy", "pyarrow", "mesa", "numpy", "rich", "babel")


def test_help_lists_the_commands(process):
    done = process("--help")
    assert done.returncode == 0
    assert done.stderr == ""
    for name in COMMANDS:
        assert f"\n  {name} " in done.stdout


def test_the_list_says_what_the_commands_say():
    """Help is cut at 80 columns, in the list as well."""
    for name, text in COMMANDS.items():
        assert loaded(name).help.replace("\n", " ").startswith(text)


def test_no_command_prints_the_help(command):
    assert command().output == command("--help").output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(command, name):
    done = command(name, "--help")
    assert done.exit_code == 0
    assert "Example" in done.output
    assert f"qsim {name}" in done.output


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (("--help",), ()),
        (("run", "--help"), ()),
        (("validate", "halle"), ("numpy",)),
        (("validate", "a_outcome.yaml"), ("numpy", "pyarrow")),
        (("scenarios",), ("babel",)),
        (("run", "small", "-r", "1"), ("numba", "numpy", "scipy", "rich", "babel")),
    ],
)
def test_commands_load_what_they_need(folder, arguments, needed):
    """Numba looks for SciPy by itself."""
    (folder / "a_outcome.yaml").write_bytes((packaged("claims") / "a_outcome.yaml").read_bytes())
    code = f"import atexit, sys; atexit.register(lambda: print(*[n for n in {HEAVY} if n in sys.modules], file=sys.stderr)); "
    code += "from qsim.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert sorted(done.stderr.split("\n")[-2].split()) == sorted(needed)


def test_version(command):
    assert command("--version").output == f"qsim {qsim.__version__}\n"


def test_the_public_names_are_there_and_lazy():
    code = "import sys, qsim; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert [name for name in qsim.__all__ if getattr(qsim, name) is None] == []
    assert set(qsim.__all__) <= set(dir(qsim))
    with pytest.raises(AttributeError, match="no attribute 'simulation'"):
        qsim.simulation  # noqa: B018  # asking for it is the test
