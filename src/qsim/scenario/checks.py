"""Checks what the schema cannot see: that the parts of a scenario do not contradict each other."""

from __future__ import annotations

from qsim.files.findings import Finding
from qsim.files.messages import Message, message_at
from qsim.files.nodes import Node, deepest
from qsim.scenario.date_checks import check_dates
from qsim.scenario.house_checks import check_administration, check_leaders, find_names
from qsim.scenario.keys import key_text
from qsim.scenario.reference_checks import check_references
from qsim.scenario.schema import Scenario


def check(scenario: Scenario, root: Node) -> list[Message]:
    """Return a message for each contradiction; ``root`` is the content the scenario was made of."""
    findings = list(check_administration(scenario))
    try:
        names = find_names(scenario, sound=not findings)
    except (ValueError, KeyError) as error:
        findings.append(Finding(("administration",), f"no administration can be built of this: {error}"))
        names = find_names(scenario, sound=False)
    findings += check_leaders(scenario, names)
    findings += check_references(scenario, names)
    findings += check_dates(scenario)
    return [message_at(deepest(root, item.path)[0].place, key_text(root, item.path), item.text) for item in findings]
