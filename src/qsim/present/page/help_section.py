"""The part of the page of one scenario on what would help most: single measures, with what each costs and widens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qsim.present.page.blocks import Block, Details, Section, Text, page_table
from qsim.present.text.advice_text import help_text, left_out_table, singles_table
from qsim.present.words.speaker import Speaker

if TYPE_CHECKING:
    from qsim.advice.helping import Help


def help_section(found: Help, speak: Speaker) -> Section:
    """Return the part of the page."""
    blocks: list[Block] = [Text(help_text(found, speak), "lead"), page_table(singles_table(found, speak))]
    rest = left_out_table(found, speak)
    if rest is not None:
        blocks.append(Details(speak("advise.left_out"), (page_table(rest),)))
    return Section("help", speak("advise.help.title"), tuple(blocks))
