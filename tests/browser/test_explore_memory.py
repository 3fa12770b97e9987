"""Memory of the live page and of its workers stays as it is, however much is changed."""

from trial_live import answered
from trial_memory import Insides

FILLS = 204
"""Changes after which the history of the page is full, and as many plans are remembered as ever are."""
MORE = 120
GROWTH = 1.08
CHANGE = """async (number) => {
    const { controls } = qsim.state.scenario;
    for (let i = 0; i < number; i++) {
        const control = controls[i % controls.length];
        const values = {
            number: () => control.low + ((control.high - control.low) * ((7 * i) % 11)) / 12,
            month: () => control.low + (i % 20),
            flag: () => control.value !== true,
            choice: () => control.options[i % control.options.length][0],
        };
        qsim.form.onSet(control, values[control.kind]());
        if (i % 12 === 11) qsim.take({ ...qsim.state.now, changes: {} });
        if (i % 8 === 0) await new Promise((done) => setTimeout(done, 30));
    }
}"""

KEEP = """() => { globalThis.kept = [
    new Uint8Array(3e6), new WebAssembly.Memory({ initial: 20 }), Array.from({ length: 2e5 }, (_, i) => ({ i })),
]; }"""


def test_memory_stays_flat(live):
    found = live()
    insides = Insides(found.page)
    held = []
    for number in (FILLS, MORE):
        found.run(CHANGE, number)
        answered(found)
        held.append(insides.bytes())
    before, after = held
    assert len(insides.workers) > 1
    assert before["modules"] > 100_000 * len(insides.workers)
    assert after["modules"] == before["modules"]
    assert [kind for kind in before if after[kind] > GROWTH * before[kind]] == [], held
    assert found.complaints == []
    found.run(KEEP)
    kept = insides.bytes()
    assert all(kept[kind] - after[kind] > 1_000_000 for kind in ("heap", "buffers", "modules")), (
        "what is kept is not noticed"
    )
