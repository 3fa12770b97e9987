"""Compiled code as it is kept: whole, shared, and compiled anew where it is damaged."""

import importlib.util
import shutil

import numba
import pytest

from qsim.world.kept_code import cache_in

SOURCE = """
def double(x):
    return 2 * x
"""


@pytest.fixture
def doubled(tmp_path):
    """Doubles a number as a process of an installation does; returns the result and whether it took the kept code."""

    def call(number, installation="one"):
        module = tmp_path / installation / "world" / "trial.py"
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text(SOURCE)
        spec = importlib.util.spec_from_file_location("trial", module)
        trial = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(trial)
        compiled = numba.njit(trial.double)
        compiled._cache = cache_in(tmp_path / "cache")(trial.double)
        return compiled(number), bool(compiled.stats.cache_hits)

    return call


def damage(path, how):
    content = path.read_bytes()
    if how == "flipped":
        middle = len(content) // 2
        content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    path.write_bytes({"empty": b"", "half": content[: len(content) // 2], "cut": content[:-1]}.get(how, content))


def test_it_is_compiled_once_for_all_installations(doubled):
    assert doubled(21) == (42, False)
    assert doubled(4) == (8, True)
    assert doubled(4, "two") == (8, True)


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("how", ["empty", "half", "cut", "flipped"])
def test_what_is_damaged_is_told_once_and_compiled_anew(doubled, tmp_path, caplog, ending, how):
    doubled(1)
    [path] = (tmp_path / "cache" / "world").glob(f"*.{ending}")
    damage(path, how)
    assert doubled(4) == (8, False)
    folder = tmp_path / "cache" / "world"
    assert caplog.messages == [f"qsim: compiled code in {folder} is damaged; it is compiled anew ..."]
    assert doubled(4) == (8, True)
    assert len(caplog.messages) == 1


def test_data_that_is_gone_is_compiled_anew(doubled, tmp_path):
    doubled(1)
    [path] = (tmp_path / "cache" / "world").glob("*.nbc")
    path.unlink()
    assert [doubled(4), doubled(4)] == [(8, False), (8, True)]


def test_where_nothing_can_be_written_nothing_is_kept(doubled, tmp_path):
    (tmp_path / "cache").write_text("in the way")
    assert [doubled(4), doubled(4)] == [(8, False), (8, False)]
    (tmp_path / "cache").unlink()
    doubled(1)
    shutil.rmtree(tmp_path / "cache")
    assert doubled(4) == (8, False)
