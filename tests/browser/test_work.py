"""How much work a change on the live page makes: nothing twice, what is shown first runs first, what is overtaken stops."""

import pytest

from trial_explore import page_of
from worlds import load_as

LOOKS = (2, 4, 8)
WAIT = 120_000
COUNT = """() => {
    globalThis.sent = [];
    globalThis.drawn = [];
    for (const worker of qsim.runs.pool.workers) {
        const send = worker.postMessage.bind(worker);
        worker.postMessage = (message) => {
            sent.push([message.from, Object.values(message.changes)[0] ?? null]);
            send(message);
        };
    }
    const redraw = qsim.redraw.bind(qsim);
    qsim.redraw = () => {
        drawn.push([qsim.last.settings, sent.length]);
        redraw();
    };
    globalThis.change = (value) => {
        qsim.state.set(qsim.state.scenario.controls.find((one) => one.key.endsWith("posts")), value);
        qsim.changed();
    };
}"""


@pytest.fixture
def live(opened, tmp_path):
    """A live page of which all is computed, that counts from now on."""
    path = tmp_path / "live.html"
    scenario = load_as("small", "months=24", "administration.departments=8")
    path.write_text(page_of([scenario], "de", LOOKS), encoding="utf-8")
    found = opened(path)
    computed(found)
    found.run(COUNT)
    return found


def computed(found):
    found.page.wait_for_function(
        """(settings) => globalThis.qsim?.last?.settings === settings
            && JSON.stringify(qsim.last.changes ?? {}) === JSON.stringify(qsim.state.now.changes)""",
        arg=LOOKS[-1], timeout=WAIT,
    )  # fmt: skip


def test_a_change_runs_its_own_worlds_once_and_those_that_are_shown_first_begin(live):
    live.run("change(0.25)")
    computed(live)
    assert live.run("sent") == [[5 * setting, 0.25] for setting in range(LOOKS[-1])]
    drawn = live.run("drawn")
    assert [settings for settings, _ in drawn] == list(LOOKS)
    workers = live.run("qsim.runs.pool.workers.length")
    assert drawn[0][1] >= LOOKS[0] + workers  # they go on while the first answer is drawn


def test_what_was_run_is_not_run_again(live):
    live.run("change(0.25)")
    computed(live)
    live.run("qsim.state.undo(); qsim.changed(); qsim.state.redo(); qsim.changed()")
    computed(live)
    assert len(live.run("sent")) == LOOKS[-1]


def test_a_change_that_is_overtaken_stops_at_once(live):
    before = live.run("""async () => {
        change(0.25);
        await new Promise((resolve) => setTimeout(resolve));
        const before = sent.length;
        change(0.75);
        return before;
    }""")
    computed(live)
    sent = live.run("sent")
    assert all(value == 0.25 for _, value in sent[:before])
    assert sent[before:] == [[5 * setting, 0.75] for setting in range(LOOKS[-1])]
    assert [settings for settings, _ in live.run("drawn")][-len(LOOKS) :] == list(LOOKS)
    assert live.complaints == []
