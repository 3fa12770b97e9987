"""What catalogues and archives read of this project, from its own declarations: how to cite it, CodeMeta, publiccode.yml.

Name, licence, keywords and libraries are those of ``pyproject.toml``, the version that of the package, and none stands elsewhere.
"""

from __future__ import annotations

import json
import tomllib
from io import StringIO
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

import qsim
from evidence.words import speaker
from qsim.present.words.languages import Language

ROOT = Path(__file__).parents[2]
LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")
MAKERS = "The qsim developers"
"""Nobody is named: whoever wants something turns to the project."""
MESSAGE = "If you use this software, please cite it as below."
WIDTH = 130
"""Letters of a line, where it can be broken."""


def cards() -> dict[str, str]:
    """Return the text of each file, by its path in the repository."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "CITATION.cff": _yaml(citation(project)),
        "codemeta.json": json.dumps(codemeta(project), ensure_ascii=False, indent=2) + "\n",
        "publiccode.yml": _yaml(publiccode(project)),
    }


def citation(project: dict[str, Any]) -> dict[str, Any]:
    """Return what is in ``CITATION.cff`` (Citation File Format 1.2.0)."""
    return {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "software",
        "title": f"{project['name']}: {project['description']}",
        "abstract": speaker("en")("card.long"),
        "authors": [{"name": MAKERS}],
        "version": qsim.__version__,
        "license": project["license"],
        "keywords": project["keywords"],
    }


def codemeta(project: dict[str, Any]) -> dict[str, Any]:
    """Return what is in ``codemeta.json`` (CodeMeta 3.0)."""
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": project["name"],
        "description": project["description"],
        "abstract": speaker("en")("card.long"),
        "version": qsim.__version__,
        "softwareVersion": qsim.__version__,
        "license": f"https://spdx.org/licenses/{project['license']}",
        "keywords": project["keywords"],
        "author": [{"@type": "Organization", "name": MAKERS}],
        "maintainer": {"@type": "Organization", "name": MAKERS},
        "programmingLanguage": "Python",
        "runtimePlatform": f"Python {project['requires-python']}",
        "operatingSystem": ["Linux", "macOS", "Windows"],
        "applicationCategory": "Simulation",
        "developmentStatus": "active",
        "inLanguage": LANGUAGES,
        "softwareRequirements": project["dependencies"],
        **({"codeRepository": url} if (url := _address(project)) else {}),
    }


def publiccode(project: dict[str, Any]) -> dict[str, Any]:
    """Return what is in ``publiccode.yml``; its ``url`` is there once ``pyproject.toml`` says where the repository is."""
    return {
        "publiccodeYmlVersion": "0",
        "name": project["name"],
        **({"url": url} if (url := _address(project)) else {}),
        "softwareVersion": qsim.__version__,
        "platforms": ["linux", "mac", "windows", "web"],
        "developmentStatus": "stable",
        "softwareType": "standalone/other",
        "intendedAudience": {"countries": ["DE"], "scope": ["government", "local-authorities", "research"]},
        "description": {language: _described(language) for language in LANGUAGES},
        "legal": {"license": project["license"]},
        "maintenance": {"type": "community", "contacts": [{"name": MAKERS}]},
        "localisation": {"localisationReady": True, "availableLanguages": list(LANGUAGES)},
    }


def _described(language: Language) -> dict[str, Any]:
    said = speaker(language)
    return {
        "shortDescription": said("card.short"),
        "longDescription": said("card.long"),
        "features": [line for line in said("card.features").splitlines() if line],
    }


def _address(project: dict[str, Any]) -> str | None:
    urls: dict[str, str] = project.get("urls", {})
    return urls.get("Repository")


def _yaml(content: dict[str, Any]) -> str:
    yaml, text = YAML(), StringIO()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(content, text)
    lines = [
        "# Written by `make docs` from pyproject.toml and the package; changes belong there.",
        *text.getvalue().splitlines(),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"
