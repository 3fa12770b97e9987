"""What ``python -m qsim.viz`` opens: the page of a scenario that can be named, ``?scenario=halle&lang=de``."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import solara

from qsim.files.kinds import known_files
from qsim.files.messages import suggestion
from qsim.present.words.languages import LANGUAGES
from qsim.scenario.schema import SCENARIO
from qsim.viz.page import page_of


@solara.component  # type: ignore[untyped-decorator]  # solara has no types where it is not installed
def Page() -> Any:  # noqa: N802  # a component, which Solara looks for by this name
    """Show the page that the address asks for, without one that of ``medium``; an address names no paths."""
    asked = parse_qs(solara.use_router().search or "")
    name, language = asked.get("scenario", ["medium"])[0], asked.get("lang", [None])[0]
    return solara.use_memo(lambda: _page(name, language), [name, language])


def _page(name: str, language: str | None) -> Any:
    known = known_files(SCENARIO)
    if name not in known:
        return solara.Error(f'there is no scenario "{name}"{suggestion(name, known)}')
    if language not in (None, *LANGUAGES):
        return solara.Error(f'there is no language "{language}"{suggestion(language, LANGUAGES)}')
    return page_of(name, language)
