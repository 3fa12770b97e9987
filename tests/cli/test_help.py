"""Help and version: quick, complete, without loading what only runs need."""

import subprocess
import sys

import pytest

import qsim
from qsim.commands.group import COMMANDS, loaded

HEAVY = ("numba", "pandas", "matplotlib", "scipy", "pyarrow", "mesa", "numpy")


def test_help_lists_the_commands(process):
    done = process("--help")
    assert done.returncode == 0
    assert done.stderr == ""
    for name in COMMANDS:
        assert f"\n  {name} " in done.stdout


def test_the_list_says_what_the_commands_say():
    """Both are cut where the first sentence or the line ends, so that they are the same in a terminal of any width."""
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


def test_help_loads_nothing_heavy():
    code = "import sys; from typer.testing import CliRunner; from qsim.cli import app; "
    code += "assert CliRunner().invoke(app, ['run', '--help']).exit_code == 0; "
    code += f"print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_version(command):
    assert command("--version").output == f"qsim {qsim.__version__}\n"


def test_the_public_names_are_there_and_lazy():
    code = "import sys, qsim; assert 'numpy' not in sys.modules; "
    code += "print([name for name in qsim.__all__ if getattr(qsim, name) is None])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert set(qsim.__all__) <= set(dir(qsim))
    with pytest.raises(AttributeError, match="no attribute 'simulation'"):
        qsim.simulation  # noqa: B018  # asking for it is the test
