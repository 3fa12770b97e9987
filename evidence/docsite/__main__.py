"""The documentation site: ``python -m evidence.docsite --out FOLDER`` builds it, ``make docs-site`` calls that.

It works from a folder and from any web server. Nothing in it is loaded from elsewhere, and no link leads nowhere: a site with
such a fault is not written.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from pathlib import Path
from typing import Any

from evidence.docsite.faults import faults
from evidence.docsite.stage import Site
from qsim.files.writing import whole_folder
from qsim.present.words.languages import FALLBACK, LANGUAGES, Language

TOP = Path(__file__).parents[2]
MOON, SUN = "material/weather-night", "material/weather-sunny"
TOGGLES: dict[Language, list[dict[str, str]]] = {
    "en": [{"name": "Dark page", "icon": MOON}, {"name": "Light page", "icon": SUN}],
    "de": [{"name": "Dunkle Seite", "icon": MOON}, {"name": "Helle Seite", "icon": SUN}],
}
"""What the buttons that change colours are called."""
SERVED = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What only a server of a known address has a use for."""
PYTHON = {
    "show_root_heading": True,
    "show_root_full_path": False,
    "show_source": False,
    "show_signature_annotations": True,
    "separate_signature": True,
    "merge_init_into_class": True,
}
"""How the Python interface is shown."""


def build(top: Path, out: Path) -> list[str]:
    """Write the site of a checkout into an empty folder, German below ``de``, and return what is wrong with it."""
    for language in sorted(
        LANGUAGES, key=lambda language: language != FALLBACK
    ):  # what is built clears its folder first
        with tempfile.TemporaryDirectory() as work:
            pages = Path(work) / "pages"
            menu = Site(top).lay(language, pages)
            _generate(language, menu, pages, out if language == "en" else out / language)
    return faults(out)


def _generate(language: Language, menu: list[dict[str, Any]], pages: Path, out: Path) -> None:
    from mkdocs.commands.build import build as generate
    from mkdocs.config import load_config
    from pymdownx.slugs import slugify

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    logging.basicConfig(format="%(message)s")
    handler = {"paths": [str(TOP / "src")], "options": PYTHON}
    config = load_config(
        str(Path(__file__).with_name("mkdocs.yml")),
        docs_dir=str(pages),
        site_dir=str(out),
        nav=menu,
        plugins=[{"search": {"lang": [language]}}, "offline", {"mkdocstrings": {"handlers": {"python": handler}}}],
    )
    config.theme["language"] = language
    config.theme["palette"] = [
        {
            "media": f"(prefers-color-scheme: {light})",
            "scheme": scheme,
            "primary": "custom",
            "accent": "custom",
            "toggle": toggle,
        }
        for light, scheme, toggle in zip(("light", "dark"), ("default", "slate"), TOGGLES[language], strict=True)
    ]
    config.mdx_configs["toc"] = {"slugify": slugify(case="lower"), "permalink": False}
    home = "" if language == "en" else "../"
    config.extra["alternate"] = [
        {"name": "English", "link": f"{home}index.html", "lang": "en"},
        {"name": "Deutsch", "link": "de/index.html" if language == "en" else "index.html", "lang": "de"},
    ]
    config.plugins.on_startup(command="build", dirty=False)
    generate(config)
    for name in SERVED:
        (out / name).unlink(missing_ok=True)


def main() -> None:
    """Build the site that the command line asks for; what is wrong with it is one line each."""
    parser = argparse.ArgumentParser(prog="python -m evidence.docsite", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("site-docs"), help="folder that the site takes the place of")
    out = parser.parse_args().out
    with whole_folder(out) as folder:
        if wrong := build(TOP, folder):
            sys.exit("\n".join(wrong))
    print(f"open: {out / 'index.html'}")


if __name__ == "__main__":
    main()
