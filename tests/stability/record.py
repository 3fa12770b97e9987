"""The record of what was promised, and what a listing breaks of it or adds to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tests.stability.listing import NOT_LESS, NOT_MORE, REQUIRED, Listing, Name

RECORD = Path(__file__).with_name("promised.json")


def read() -> tuple[str, Listing]:
    """Return the version that wrote the record last, and the record."""
    content = json.loads(RECORD.read_text(encoding="utf-8"))
    return content["version"], content["promised"]


def text_of(version: str, listing: Listing) -> str:
    """Return the text of a record, a line a name, so that a change shows as lines."""
    subjects = []
    for subject, names in sorted(listing.items()):
        lines = [
            f"   {json.dumps(name)}: {json.dumps(said, ensure_ascii=False)}" for name, said in sorted(names.items())
        ]
        subjects.append(f"  {json.dumps(subject)}: {{\n" + ",\n".join(lines) + "\n  }")
    return f'{{\n "version": {json.dumps(version)},\n "promised": {{\n' + ",\n".join(subjects) + "\n }\n}\n"


def breaks(before: Listing, now: Listing) -> Iterator[str]:
    """Yield what somebody could rely on before and cannot now."""
    for subject, names in before.items():
        for name, said in names.items():
            here = now.get(subject, {}).get(name)
            if here is None:
                yield f"{subject}: {name} is gone"
            else:
                yield from (f"{subject}: {name}: {what}" for what in _narrowed(said, here))
        for name, here in now.get(subject, {}).items():
            if name not in names and REQUIRED in here:
                yield f"{subject}: {name} is new and must be given"


def _narrowed(before: Name, now: Name) -> Iterator[str]:
    yield from (f"no longer {one}" for one in before["is"] if one not in now["is"])
    if REQUIRED in now and REQUIRED not in before:
        yield "must be given now"
    for bounds, sign in ((NOT_LESS, 1), (NOT_MORE, -1)):
        for bound in bounds:
            if bound in now and (bound not in before or sign * now[bound] > sign * before[bound]):
                yield f"{bound} {now[bound]}, was {before.get(bound, 'not limited')}"
