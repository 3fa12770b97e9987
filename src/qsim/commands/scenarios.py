"""``qsim scenarios``: lists the scenarios that can be named."""

from __future__ import annotations

from qsim.commands.options import Json, speaker
from qsim.commands.output import show_listed


def scenarios(json: Json = False) -> None:
    """List the scenarios that can be named. They lie in the folder scenarios/ or come with qsim.

    Example: qsim scenarios --lang de
    """
    from qsim.scenario.schema import SCENARIO

    show_listed(SCENARIO, speaker(), json)
