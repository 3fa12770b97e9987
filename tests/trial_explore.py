"""Plans of a live page for tests: what one is as a scenario of its own, its scripts in Node, and small pages."""

import json
import math
import subprocess
from contextlib import contextmanager
from unittest import mock

from qsim.explore import page
from qsim.explore.entries import parts_of, placed
from qsim.explore.offer import BEGINS, NEVER, Offer, with_entry
from qsim.explore.scripting import joined_scripts
from trial_rules import node

FOREVER = "forever"


def planned(scenario, changes):
    """Return the scenario that a plan makes of one, with what it adds."""
    idle, additions = (), Offer(scenario).additions
    months = {key: [f"{key}{owner and '.'}{owner}.{name}" for owner, own in parts_of(part) for name in BEGINS
                    if getattr(own, name, None)] for key, part in additions.items()}  # fmt: skip
    for key, part in additions.items():
        begin = [month for other, own in months.items() if other.startswith(key) for month in own]
        if months[key] and not any(changes.get(month, NEVER) < NEVER for month in begin):
            idle += (f"{key}.",)
        elif any(one.startswith(f"{key}.") for one in changes):
            scenario = with_entry(scenario, key, part)
    values = {key: value for key, value in changes.items() if not key.startswith(idle)}
    for key, value in changes.items():
        if key.endswith("duration_months"):
            forever = value in (FOREVER, math.inf)
            values[f"{key.rpartition('.')[0]}.kind"] = "permanent" if forever else "fixed"
            values[key] = None if forever else value
    return placed(scenario, values)


def with_groups(scenario, offer):
    """Return a scenario with the groups that a page may add: those that never begin have hours of their own, none of them."""
    for key, part in offer.additions.items():
        if key.startswith("civil_society") and part.id not in [group.id for group in scenario.civil_society]:
            scenario = with_entry(scenario, key, part)
    return scenario


def places_of(offer, changes):
    """Return the places that the added phases of funding of a plan have, as the page counts them."""
    units, found = {unit.id: unit for unit in offer.scenario.commissioners}, {}
    units |= {
        part.id: part
        for key, part in offer.additions.items()
        if key.startswith("commissioners") and key.count("[") == 1
    }
    begun = [key for key in offer.additions if ".funding[" in key and changes.get(f"{key}.start", NEVER) < NEVER]
    for key in begun:
        unit = key.partition("[")[2].partition("]")[0]
        found[f"{key}.place"] = len(units[unit].funding) + sum(
            one.startswith(f"commissioners[{unit}]") for one in begun[: begun.index(key)]
        )
    return found


def in_node(folder, module, body, given=None):
    """Return what a body returns that has the exports of a script as ``it`` and what is given, both as JSON; NaN is null."""
    script = folder / "trial.mjs"
    text = f"{joined_scripts(module)}\nconst it = module_{module.partition('.')[0]};\n"
    text += 'import { readFileSync } from "node:fs";\n'
    text += f"const given = JSON.parse(readFileSync({json.dumps(str(folder / 'given.json'))}));\n"
    text += f"const run = async () => {{ {body} }};\nconsole.log(JSON.stringify(await run()));\n"
    script.write_text(text, encoding="utf-8")
    (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
    done = subprocess.run([node(), str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def plain_option(option):
    """Return an option of packages as a page has it."""
    return {"id": option.id, "cost": dict(option.cost), "needs": [*option.needs], "not_beside": [*option.not_beside]}


@contextmanager
def silent(runs, name):
    yield lambda done: None


def page_of(scenarios, language, looks):
    """Return the live page of scenarios, which looks after so many settings."""
    with mock.patch.object(page, "LOOKS", looks):
        return page.live_page(
            [*map(Offer, scenarios)], 1, language, "qsim explore trial --out trial.html", None, silent
        )[0]
