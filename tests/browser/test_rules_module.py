"""The module: of the rules as they are, in need of nothing, and with an answer to whatever it is given."""

import hashlib
import json
import subprocess
import zlib
from pathlib import Path

import pytest

from browser.__main__ import build_hash
from browser.module import HERE
from qsim.browser import module
from qsim.browser.bundle import bundle
from qsim.browser.layout import AXES, signature
from qsim.browser.module import module_bytes, module_record, stale
from qsim.browser.worlds import Worlds
from qsim.scenario.loading import load_scenario
from qsim.world.records import World
from trial_rules import node

MUSL = HERE / "libm" / "musl"
SPOILT = Path(__file__).parent / "spoilt.mjs"
LARGEST, LARGEST_PACKED = 120_000, 50_000
"""Bytes."""

in_node = pytest.mark.skipif(node() is None, reason="no Node, neither on the path nor with Playwright")


def said(*arguments):
    done = subprocess.run([node(), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_module_is_of_these_rules():
    assert stale() == [], "run `make browser`"
    assert module_record()["build"] == build_hash(), "run `make browser`"


def test_the_mathematics_is_as_it_was_published():
    lines = (MUSL / "SHA256SUMS").read_text("utf-8").splitlines()
    known = dict(reversed(line.split("  ")) for line in lines)
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MUSL.iterdir()}
    del found["SHA256SUMS"]
    assert found == known


def test_changed_rules_a_changed_layout_and_another_module_are_noticed(monkeypatch):
    monkeypatch.setattr(module, "rules_hash", lambda: "others")
    assert stale() == ["rules"]
    monkeypatch.setattr(module, "signature", lambda: 5)
    monkeypatch.setattr(module, "module_bytes", lambda: b"")
    assert stale() == ["rules", "layout", "module"]


def test_the_module_is_small_and_says_what_made_it():
    assert len(module_bytes()) == module_record()["bytes"] < LARGEST
    assert len(zlib.compress(module_bytes(), 9)) < LARGEST_PACKED
    assert {"python", "numba", "llvmlite", "ziglang"} <= set(module_record()["tools"])


def test_the_layout_has_every_array_of_a_world():
    assert tuple(AXES) == World._fields
    assert 0 < signature() < 2**53


@in_node
def test_the_module_needs_nothing_and_offers_three_things():
    script = (
        "const { Module } = WebAssembly, made = new Module(require('fs').readFileSync(process.argv[1]));"
        "console.log(JSON.stringify([Module.imports(made), Module.exports(made).map(({ name }) => name)]))"
    )
    assert said("-e", script, str(module.MODULE)) == [[], ["memory", "keep", "run"]]


@in_node
def test_whatever_lies_elsewhere_or_has_other_lengths_is_refused_and_a_stop_leaves_nothing_behind(tmp_path):
    (tmp_path / "bundle").write_bytes(bundle([Worlds(load_scenario("medium"), 1)]))
    found = said(str(SPOILT), str(tmp_path), str(len(World._fields)))
    assert set(found["words"]) == {1, 2, 3, 4}
    assert set(found["sizes"]) == {1, 2, 4}
    assert found["kept"] == [0, 0, 0, 0]
    assert found["right"] == 0
    assert (found["stopped"], found["again"]) == ("the rules have stopped: unreachable", True)
    assert found["grown"][0] == found["grown"][1]
