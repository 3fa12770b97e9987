"""Every page as one file: the head they all have, with styles, scripts and data in it, and the policy that keeps the rest out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from qsim.browser.page import policy
from qsim.present.words.languages import Language
from qsim.present.words.speaker import legible

HERE = Path(__file__).parent
FONTS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
"""Of pages and their charts; all are narrower than the letters with which figures are laid out."""

ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""What ends or opens a tag, as JSON may write it within its texts; elsewhere JSON has none of them."""


@cache
def environment(package: str = "qsim.present.page") -> Environment:
    """Return what reads the templates of a package, which may extend those of this one; all texts are escaped."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package, ""), PackageLoader("qsim.present.page", "")]),
        autoescape=True,
        finalize=lambda value: legible(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def written(
    name: str,
    language: Language,
    tab: str,
    skip: tuple[str, str],
    manifest_json: str,
    package: str = "qsim.present.page",
    style: str = "",
    script: str = "",
    **values: Any,
) -> str:
    """Return a page as HTML, from the template of a ``name`` in a ``package`` with its ``values``.

    ``tab`` is its title; ``skip`` the way past its head, as anchor and words; ``style`` follows that of all pages. Only
    ``script`` runs in it, if there is one.
    """
    style = (HERE / "page.css").read_text(encoding="utf-8").replace("var(--fonts)", FONTS) + style
    page = environment(package).get_template(name).render(
        language=language, tab=tab, target=skip[0], skip=skip[1], manifest=embedded(manifest_json), style=Markup(style),
        script=Markup(script), policy=policy(style, *([script] if script else [])), **values,
    )  # fmt: skip
    return page + "\n"


def embedded(json: str) -> Markup:
    """Return JSON so that it may stand in an element of a page."""
    return Markup("".join(ESCAPES.get(letter, letter) for letter in json))
