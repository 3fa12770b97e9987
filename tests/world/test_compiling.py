"""The cache of compiled code: a folder that bears a hash of the sources, wherever it can be written."""

import operator
import pickle
import subprocess
import sys
from pathlib import Path

import numba
import pytest
from numba.core.target_extension import get_local_target
from numba.core.typing.arraydecl import GetItemBuffer, SetItemBuffer
from numba.core.utils import order_by_target_specificity

from qsim.engine import warm
from qsim.mechanisms.month import FUNCTIONS
from qsim.world import compiling, draws, flows
from worlds import START, city, run_month, world_of


@pytest.fixture
def folder_at(monkeypatch):
    """Returns the cache folder for a value of QSIM_CACHE_DIR."""

    def find(path):
        monkeypatch.setenv("QSIM_CACHE_DIR", str(path))
        return compiling.cache_folder.__wrapped__()

    return find


def test_the_folder_bears_the_hash_of_the_sources(folder_at, tmp_path):
    folder = folder_at(tmp_path / "deep" / "cache")
    assert folder.parent == tmp_path / "deep" / "cache"
    assert compiling.sources_hash() in folder.name
    assert numba.__version__ in folder.name
    assert folder.is_dir()
    assert list(folder.iterdir()) == []


def test_checks_of_bounds_have_a_folder_of_their_own(folder_at, tmp_path, monkeypatch):
    plain = folder_at(tmp_path)
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
    assert folder_at(tmp_path) != plain


@pytest.fixture
def blocked(tmp_path, monkeypatch):
    """A cache folder in which nothing can be written, and a folder for what is temporary."""
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return tmp_path / "file" / "cache"


def test_in_place_of_a_folder_that_cannot_be_written_stands_the_same_one_each_time(folder_at, blocked, tmp_path):
    folder = folder_at(blocked)
    assert folder == folder_at(blocked)
    assert folder.is_dir()
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "temporary").iterdir()] == [0o700]


def test_what_others_can_write_is_not_executed(folder_at, blocked, tmp_path):
    own = folder_at(blocked).parent
    own.chmod(0o777)
    assert own not in folder_at(blocked).parents
    own.chmod(0o700)
    own.rename(own.with_name("elsewhere"))
    own.symlink_to("elsewhere")
    assert own not in folder_at(blocked).parents


def test_compiled_code_is_used_where_nothing_can_be_written(folder_at, tmp_path, monkeypatch):
    folder = folder_at(tmp_path)
    monkeypatch.setattr(compiling, "_can_be_written", lambda folder: False)
    assert folder_at(tmp_path) != folder
    (folder / "engine").mkdir()
    (folder / "engine" / "run._advance-1.py311.nbi").touch()
    assert folder_at(tmp_path) == folder


def test_the_second_process_and_the_user_are_told_where_the_code_is(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(warm, "cache_folder", lambda: tmp_path / "elsewhere" / "compiled")
    started = []
    monkeypatch.setattr(warm.subprocess, "Popen", lambda command, env, **options: started.append(env["QSIM_CACHE_DIR"]))
    warm._start_other("taken")
    assert started == [str(tmp_path / "elsewhere")]
    warm._announce(warm.on_standard_error)
    assert f"; compiled code is kept in {tmp_path / 'elsewhere'}" in capsys.readouterr().err
    monkeypatch.setattr(warm, "cache_home", lambda: tmp_path / "elsewhere")
    warm._announce(warm.on_standard_error)
    assert capsys.readouterr().err == f"{warm.ANNOUNCEMENT}\n"


def test_the_hash_changes_with_any_source(tmp_path, monkeypatch):
    package = tmp_path / "qsim"
    for name in ("world", "mechanisms", "engine"):
        (package / name).mkdir(parents=True)
        (package / name / "a.py").write_text("x = 1")
    monkeypatch.setattr(compiling, "__file__", str(package / "world" / "compiling.py"))
    seen = {compiling.sources_hash()}
    for name in ("world", "mechanisms"):
        (package / name / "a.py").write_text("x = 2")
        seen.add(compiling.sources_hash())
        (package / name / "b.py").write_text("x = 1")
        seen.add(compiling.sources_hash())
    assert len(seen) == 5
    assert all(len(digest) == 16 for digest in seen)


def test_every_source_that_compiled_code_takes_from_counts():
    """A file that other compiled functions call must be in the hash; those of studies and own rules are called by none."""
    package = Path(compiling.__file__).parents[1]
    marks = ("@compiled", "@piece", "@entry", "@assembly", "@inlined")
    with_code = [p for p in package.rglob("*.py") if any(mark in p.read_text(encoding="utf-8") for mark in marks)]
    assert len(with_code) > 15
    for path in with_code:
        assert path.parent.name in ("world", "mechanisms", "measures") or path.stem in (
            "run",
            "profile",
            "case",
            "own",
        ), path


def test_rules_declare_without_the_compiler():
    code = "import qsim.mechanisms.month, sys; print([name for name in ('numba', 'llvmlite') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_code_is_compiled_by_now():

    run_month(world_of(city()), START)
    assert compiling.is_compiled()


def test_what_is_kept_are_pieces_and_entries():
    """Numba would keep each of some hundred parts by itself, and make machine code of it, which takes half the time."""
    run_month(world_of(city()), START)
    kept = {file.name.partition(".")[2].partition("-")[0] for file in compiling.cache_folder().rglob("*.nbi")
            if not file.name.startswith("own.")}  # fmt: skip  # what own rules draw by is called by Python, too
    assert {*FUNCTIONS, "measure_month", "begin", "refer", "_advance"} <= kept
    assert kept.isdisjoint({"uniform", "normal", "start_month", "_meet", "_measure_task"})


def test_only_what_python_calls_has_machine_code():
    """Machine code of a rule stands in that of the run; of the rule itself there is what it is linked from."""
    run_month(world_of(city()), START)
    code = {}
    for file in compiling.cache_folder().rglob("*.nbc"):
        (_, _, (machine, for_linking)), *_ = pickle.loads(file.read_bytes())
        code[file.name.partition(".")[2].partition("-")[0]] = len(machine), len(for_linking)
    pieces = [*FUNCTIONS, "measure_month"]
    assert all(5 * machine < for_linking for machine, for_linking in map(code.get, pieces))
    assert code["_advance"][0] > 100_000


def test_an_index_is_asked_of_arrays_first():
    """Of eight kinds of things that can have an index, arrays are the ones that rules have."""
    run_month(world_of(city()), START)
    context = draws.uniform.typingctx
    for function, first in ((operator.getitem, GetItemBuffer), (operator.setitem, SetItemBuffer)):
        templates = context.resolve_value_type(function).templates
        asked = order_by_target_specificity(get_local_target(context), templates)[0]
        assert issubclass(asked, first)
        assert asked is not first


def test_a_constant_that_is_handed_on_makes_no_version_of_its_own():
    """Every draw names its decision by a constant; a compiled version for each would double the time to compile."""
    run_month(world_of(city()), START)
    assert len(draws.uniform.overloads) <= 1
    assert len(flows.pay_by_department.overloads) <= 1


ANOTHER_PROCESS = """
import sys
sys.path.insert(0, sys.argv[1])
from numba.core import event
compiled = []
class Listener(event.Listener):
    def on_start(self, event):
        compiled.append(event.data["dispatcher"].py_func.__name__)
    def on_end(self, event):
        pass
event.register("numba:compile", Listener())
from qsim.runs.execution import simulate
from worlds import city
simulate(city(), replicates=[0], workers=1)
print(*compiled)
"""


def test_another_process_compiles_nothing():
    run_month(world_of(city()), START)
    tests = str(Path(__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", ANOTHER_PROCESS, tests], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
