"""A page from a file runs worlds in workers: with the bits of Node, for any number of workers, and nothing is loaded."""

import hashlib

import numpy as np
import pytest

from golden.baseline import scenario_files
from qsim.browser.bundle import bundle
from qsim.browser.worlds import Worlds
from qsim.engine.prepare import prepare
from qsim.scenario.loading import load_scenario
from trial_rules import PARTS, RELATIVE, farthest, native, node, page_of, run_in_node

FILES = scenario_files()
RUNS = (0, 23)
SETTINGS = 5

SCRIPT = (
    f"globalThis.parts = {list(PARTS)};"
    + """
const text = (id) => document.getElementById(id).textContent;
globalThis.Pool = Pool;
globalThis.bytes = unpacked(text("bundle"));
globalThis.open = async (count) => Pool.open(text("worker"), await bytes, count);
globalThis.digest = async (result) => {
  const found = {};
  for (const name of parts) {
    const hash = await crypto.subtle.digest("SHA-256", result[name]);
    found[name] = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  return found;
};
"""
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Makes the page of some scenarios, whole or cut short."""
    folder = tmp_path_factory.mktemp("pages")

    def path_of(*scenarios, settings=SETTINGS):
        path = folder / f"{'-'.join(each.id for each in scenarios)[:60]}.html"
        path.write_text(page_of([Worlds(each, settings) for each in scenarios], SCRIPT), encoding="utf-8")
        return path

    return path_of


def digests(result):
    return {name: hashlib.sha256(result[name].tobytes()).hexdigest() for name in PARTS}


@pytest.mark.skipif(node() is None, reason="no Node, neither on the path nor with Playwright")
def test_every_scenario_has_the_bits_that_it_has_in_node(opened, pages, tmp_path):
    scenarios = [load_scenario(path) for path in FILES.values()]
    bundled = bundle([Worlds(each, SETTINGS) for each in scenarios])
    jobs = [(each.id, run, run + 1, {}) for each in scenarios for run in RUNS]
    there = run_in_node(tmp_path, bundled, jobs)
    found = opened(pages(*scenarios))
    here = found.run(
        """async (jobs) => {
            const pool = await open(2);
            const run = async ([world, from, to, changes]) =>
                digest(await pool.run(world, {from, to, changes, departments: true}));
            return Promise.all(jobs.map(run));
        }""",
        jobs,
    )
    assert len(here) == len(jobs)
    differ = [job for job, one, other in zip(jobs, here, there, strict=True) if one != digests(other)]
    assert differ == []
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith(("blob:", "data:"))] == [found.path.as_uri()]


def test_as_many_workers_as_there_are_give_the_same_bits(opened, pages):
    found = opened(pages(load_scenario("municipality_small")))
    by_count = [
        found.run(
            """async (count) => {
                const pool = await open(count);
                const result = await pool.run("municipality_small", {from: 3, to: 24, departments: true});
                pool.close();
                return [result.runs, pool.tables.worlds.municipality_small.departments.length, await digest(result)];
            }""",
            count,
        )
        for count in (1, 2, 4)
    ]
    assert by_count[0][:2] == [21, 15]
    assert by_count[0] == by_count[1] == by_count[2]


def test_what_the_pool_adds_up_is_what_the_package_adds_up(opened, pages):
    scenario = load_scenario("small")
    found = opened(pages(scenario))
    here = found.run(
        """async () => {
            const result = await (await open(2)).run("small", {to: 25, departments: true});
            return Object.fromEntries(parts.map((name) => [name, [...result[name]].map(String)]));
        }"""
    )
    result = {name: np.array(values, dtype=float) for name, values in here.items()}
    rows = [(run, run // 5) for run in range(25)]
    assert farthest(result, native(prepare(scenario, True), rows)) < RELATIVE


def test_a_change_that_is_overtaken_is_not_run_to_the_end(opened, pages):
    found = opened(pages(load_scenario("large"), settings=80))
    said = found.run(
        """async () => {
            const pool = await open(2), first = new AbortController();
            const overtaken = pool.run("large", {to: 400, signal: first.signal}).catch((error) => error.name);
            await new Promise((resolve) => setTimeout(resolve, 50));
            const before = pool.waiting.length;
            first.abort();
            const after = pool.waiting.length;
            const next = await pool.run("large", {to: 5, changes: {"parameters.outreach.conflict_hours": 2}});
            return [await overtaken, before > 0, after, next.runs, "sums" in next];
        }"""
    )
    assert said == ["AbortError", True, 0, 5, False]


def test_what_fails_is_said_and_the_pool_goes_on(opened, pages):
    found = opened(pages(load_scenario("small")))
    said = found.run(
        """async () => {
            const pool = await open(2);
            const text = (asked) => asked.then(() => "ran", (error) => error.message);
            const wrong = [
                text(pool.run("large", {to: 5})), text(pool.run("small", {to: 26})), text(pool.run("small", {from: 5, to: 5})),
                text(pool.run("small", {to: 5, changes: {"<b>": 1}})),
                text(pool.run("small", {to: 5, changes: {"parameters.outreach.conflict_hours": Infinity}})),
                text(Pool.open(document.getElementById("worker").textContent, new Uint8Array(10000000), 2)),
                text(Pool.open("nonsense(", await bytes, 2)),
            ];
            const texts = await Promise.all(wrong);
            const right = await text(pool.run("small", {to: 25}));
            pool.close();
            return [...texts, right, await text(pool.run("small", {to: 5}))];
        }"""
    )
    assert said[:5] == ["no world is called large", "there are 5 settings, not run 25", "no runs", "nothing to change: <b>",
                        "parameters.outreach.conflict_hours is a number from 0 to 120"]  # fmt: skip
    assert all(text != "ran" for text in said[5:7])
    assert said[7:] == ["ran", "the pool is closed"]


def test_a_world_that_the_page_made_runs_like_those_it_came_with(opened, pages):
    worlds = Worlds(load_scenario("large"), SETTINGS)
    (structure,) = worlds.structures()
    found = opened(pages(load_scenario("small")))
    months, departments = 120, [each.id for each in worlds.prepared.house.departments]
    table = {"months": months, "tasks": ["integration"], "departments": departments, "parameters": {}, "open": [],
             "payers": [list(payer) for payer in worlds.prepared.payers], "unknowns": {},
             "structural": [], "stated": {}}  # fmt: skip
    one = {"choice": [], "key": structure.image.offsets["key"], "parameters": structure.image.offsets["parameters"],
           "words": {}, "departments": structure.departments, "payers": structure.payers}  # fmt: skip
    here = found.run(
        """async ([table, one, image]) => {
            const pool = await open(2);
            one.image = Uint8Array.from(image);
            pool.add("own", {...table, uniforms: new Float64Array(0), structures: [one]});
            const result = await pool.run("own", {to: 10, departments: true});
            return Object.fromEntries(parts.map((name) => [name, [...result[name]].map(String)]));
        }""",
        [table, one, list(structure.image.content)],
    )
    result = {name: np.array(values, dtype=float) for name, values in here.items()}
    rows = [(run, run // 5) for run in range(10)]
    assert farthest(result, native(prepare(worlds.scenario, True), rows)) < RELATIVE


def test_memory_does_not_grow_with_changes(opened, pages):
    found = opened(pages(load_scenario("small")))
    found.run("async () => { globalThis.pool = await open(2); await pool.run('small', {to: 25}); }")
    used = found.run(
        """async () => {
            for (let i = 0; i < 1000; i++)
                await pool.run("small", {to: 1, changes: {"parameters.outreach.conflict_hours": 1 + i / 1000}});
            return [pool.asked.size, pool.waiting.length, pool.idle.length, pool.workers.length];
        }"""
    )
    assert used == [0, 0, 2, 2]


def test_the_policy_lets_nothing_else_run(opened, pages):
    found = opened(pages(load_scenario("small")))
    ran = found.run(
        """() => {
            const script = document.createElement("script");
            script.textContent = "globalThis.hurt = true";
            document.head.append(script);
            return "hurt" in globalThis;
        }"""
    )
    assert ran is False
    assert any("Content Security Policy" in text for text in found.complaints)
