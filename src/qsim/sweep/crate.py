"""Describes a finished folder of results as an RO-Crate 1.2, so that archives read what is in it and how it was made."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qsim.files.messages import InputError
from qsim.files.writing import write_whole
from qsim.runs.folder import is_locked, reason_of
from qsim.runs.manifest import COMPARE, CRATE, MANIFEST, Manifest, read_manifest
from qsim.sweep.folder import CORRUPT, FAILED
from qsim.sweep.plan import STUDY
from qsim.sweep.status import status_of

PROFILE = "https://w3id.org/ro/crate/1.2"
SOFTWARE = "#qsim"
RUN = "#run"
LICENCE = "https://spdx.org/licenses/MIT"
"""The licence of qsim."""

REPRODUCED = (STUDY, "run", COMPARE)
"""Studies whose folders `qsim reproduce` runs again."""

FORMATS = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv", ".json": "application/json"}

Entity = dict[str, Any]


def write_crate(folder: Path, published: date, licence: str) -> Path:
    """Write the metadata of a folder into it and return their file; the same arguments give the same file.

    ``licence`` is the address of the licence of the results. Raise InputError, in one line, if the folder holds no finished
    results, is in use, or cannot be written.
    """
    if not licence.startswith(("https://", "http://")) or any(letter.isspace() for letter in licence):
        text = "expected the address of a licence, such as https://creativecommons.org/licenses/by/4.0/"
        raise InputError.about(licence or '""', text)
    status = status_of(folder)
    if is_locked(folder):
        raise InputError.about(folder, "another run is writing there; wait for it")
    if not status.finished:
        raise InputError.about(folder, "is not finished; `qsim status` says what is missing")
    manifest = read_manifest(folder / MANIFEST)
    assert manifest is not None, "its status was read"
    aside = {CRATE, CORRUPT, FAILED, *status.foreign}
    paths = sorted(path for path in folder.iterdir() if path.name not in aside and not path.name.startswith("."))
    content = crate(manifest, paths, published, licence)
    path = folder / CRATE
    try:
        write_whole(path, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
    except OSError as error:
        raise InputError.about(folder, f"cannot write there: {reason_of(error)}") from None
    return path


def crate(manifest: Manifest, paths: list[Path], published: date, licence: str) -> dict[str, Any]:
    """Return the metadata document of a folder that holds these files and folders (RO-Crate 1.2, flattened JSON-LD)."""
    experiment = manifest["experiment"]["id"] if "experiment" in manifest else None
    made_by = manifest["command"] or "qsim.Study.of"
    named = experiment or ", ".join(entry["id"] for entry in manifest["scenarios"])
    again = "`qsim reproduce` runs them again and compares every number"
    if manifest["study"] not in REPRODUCED:
        again = "the command makes them again"
    parts = [_part(path) for path in paths]
    results = [_to(part["@id"]) for part in parts]
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"qsim {manifest['study']}: {named}",
        "description": (
            f"Results of `{made_by}`, seed {manifest['seed']}. {MANIFEST} holds the scenarios in full, and the "
            f"experiment where there is one; {again}."
        ),
        "datePublished": published.isoformat(),
        "license": _to(licence),
        "hasPart": results,
        "mentions": _to(RUN),
    }
    run: Entity = {
        "@id": RUN,
        "@type": "CreateAction",
        "name": manifest["study"],
        "description": made_by,
        "instrument": _to(SOFTWARE),
        "result": results,
    }
    software: Entity = {
        "@id": SOFTWARE,
        "@type": "SoftwareApplication",
        "name": "qsim",
        "version": manifest["version"],
        "license": _to(LICENCE),
        "softwareRequirements": [
            f"python {manifest['python']}",
            *(f"{name} {version}" for name, version in manifest["libraries"].items()),
        ],
    }
    about: Entity = {"@id": CRATE, "@type": "CreativeWork", "about": _to("./"), "conformsTo": _to(PROFILE)}
    terms = {
        LICENCE: "Licence of qsim",
        licence: "Licence of the results" + (" and of qsim" if licence == LICENCE else ""),
    }
    licences = [{"@id": one, "@type": "CreativeWork", "name": one, "description": text} for one, text in terms.items()]
    return {"@context": f"{PROFILE}/context", "@graph": [about, root, *parts, run, software, *licences]}


def _part(path: Path) -> Entity:
    """Return what is said of a file, or of a folder of parts or figures as a whole."""
    name = quote(path.name)
    if path.is_dir():
        return {"@id": f"{name}/", "@type": "Dataset", "name": path.name, "description": _said(path)}
    entity = {"@id": name, "@type": "File", "name": path.name, "description": _said(path)}
    return {**entity, "encodingFormat": FORMATS[path.suffix], "contentSize": str(path.stat().st_size)}


def _said(path: Path) -> str:
    if path.name == MANIFEST:
        return "What was run: scenarios and experiment in full, seed, versions, processor"
    table = path.suffix in FORMATS
    return (
        f"Table {path.stem}, one file a part"
        if table and path.is_dir()
        else f"Table {path.stem}"
        if table
        else path.name
    )


def _to(name: str) -> dict[str, str]:
    return {"@id": name}
