"""A plan as a file: what a page writes is a scenario that says the plan, and only such a file is read again."""

import pytest

from qsim.explore.catalogue import entry_of
from qsim.explore.offer import NEVER, Offer
from qsim.explore.page import speaker
from qsim.runs.manifest import settling
from qsim.scenario.loading import load_scenario
from qsim.scenario.values import month_text
from trial_explore import FOREVER, in_node, planned
from trial_rules import node

pytestmark = pytest.mark.skipif(node() is None, reason="there is no Node")

FOUNDED = "commissioners[added_commissioner].funding[added_first_post]"
PLANS = {
    "medium": {
        "commissioners[integration].funding[0].posts": 0.5,
        "commissioners[integration].funding[0].duration_months": 36,
        "commissioners[integration].position": "line_unit",
        "formats[added_checklist].start": 24270,
        "formats[added_checklist].hours": 1.5,
        "formats[network].start": NEVER,
        "events[added_council_decision].date": 24271,
        "concepts[concept].council": False,
        "leaders[mayor].support": -0.25,
        "administration.reflection": 0.001,
        "tasks[integration].mandate": True,
    },
    "halle": {
        "administration.workload": 1.1,
        "commissioners[service_centre].position": "deputy_mayor",
        "leaders[mayor].support": 0.5,
    },
    "remscheid": {},
    "no_unit": {f"{FOUNDED}.start": 24250, f"{FOUNDED}.posts": 0.5, "formats[added_training].start": 24270},
    "funding_24": {"commissioners[integration].funding[0].duration_months": FOREVER},
}  # fmt: skip
WRITE = "return it.yamlOf(it.contentOf(given.scenario, given.changes, 'Plan <b>'), ['first line']);"
READ = """try {
  const { changes, name, apart } = it.planIn(given.text, [given.scenario]);
  return { changes, name, apart };
} catch (error) { return error.message; }"""


def content(scenario):
    return settling(scenario.model_dump(mode="json", exclude={"id"}, exclude_none=True))


@pytest.mark.parametrize("name", PLANS)
def test_the_file_says_the_plan_and_is_read_again(name, tmp_path):
    scenario, changes = load_scenario(name), PLANS[name]
    entry = entry_of(Offer(scenario), speaker("de"))
    text = in_node(tmp_path, "scenario_file.js", WRITE, {"scenario": entry, "changes": changes})
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    assert content(load_scenario(tmp_path / "plan.yaml")) == content(planned(scenario, changes))
    again = in_node(tmp_path, "scenario_file.js", READ, {"scenario": entry, "text": text})
    assert again == {"changes": changes, "name": "Plan <b>", "apart": []}


@pytest.fixture
def entry():
    return entry_of(Offer(load_scenario("medium")), speaker("de"))


@pytest.fixture
def reading(entry, tmp_path):
    """Writes the file of a scenario as it is, spoils it, and reads it again."""

    def read(spoil):
        text = in_node(tmp_path, "scenario_file.js", WRITE, {"scenario": entry, "changes": {}})
        return in_node(tmp_path, "scenario_file.js", READ, {"scenario": entry, "text": spoil(text)})

    return read


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: "x" * 2_000_000, "large"),
        (lambda text: "", "no_scenario"),
        (lambda text: "<html><script>alert(1)</script></html>", "unreadable"),
        (lambda text: "- " * 5000, "unreadable"),
        (lambda text: "a:\n" + "".join(f"{' ' * i}b:\n" for i in range(1, 500)), "unreadable"),
        (lambda text: text.replace('kind: "scenario"', 'kind: "experiment"', 1), "no_scenario"),
        (lambda text: text.replace("schema_version: 1", "schema_version: 2"), "version"),
        (lambda text: text.replace("months: 120", "months: 60"), "other_scenario"),
        (lambda text: text.replace("tasks:", "tasks: 5\nothers:", 1), "other_scenario"),
        (lambda text: text.replace("posts: 2", "posts: 1e9"), "range:commissioners[integration].funding[0].posts"),
        (lambda text: text.replace("posts: 2", "posts: -1"), "range:commissioners[integration].funding[0].posts"),
        (lambda text: text.replace("posts: 2", 'posts: "2"'), "range:commissioners[integration].funding[0].posts"),
        (lambda text: text.replace("posts: 2", "posts: NaN"), "unreadable"),
        (lambda text: f"__proto__: {{}}\n{text}", "unreadable"),
    ],
)
def test_what_is_no_such_file_is_told(reading, spoil, told):
    assert reading(spoil) == told


def test_what_the_page_cannot_change_is_told(reading):
    found = reading(lambda text: text.replace("departments: 25", "departments: 30"))
    assert found == {"changes": {}, "name": "Plan <b>", "apart": ["administration.departments"]}


def test_dates_are_months(entry, tmp_path):
    changes = {"formats[network].start": 24270}
    assert f'start: "{month_text(24270)}"' in in_node(
        tmp_path, "scenario_file.js", WRITE, {"scenario": entry, "changes": changes}
    )


def test_what_is_added_and_never_begins_is_in_no_file(entry, tmp_path):
    changes = {"events[added_council_decision].strength": 0.9, "formats[added_training].hours": 3}
    one, other = (
        in_node(tmp_path, "scenario_file.js", WRITE, {"scenario": entry, "changes": each}) for each in (changes, {})
    )
    assert one == other
