"""Opens what people name: a file of limited size, never something that has no end."""

from __future__ import annotations

import stat
from pathlib import Path

from qsim.files.messages import InputError, Message

LARGEST = 256 * 2**20
"""Bytes of the largest file that is read at all; a page or a manifest of the largest study has some 30 million."""


def read_bytes(path: Path, shown_as: str, largest: int = LARGEST) -> bytes:
    """Return the content of a file.

    Raise InputError, one line on the file as it is ``shown_as``, for what is missing, no file (a folder, a pipe, a
    device), larger than ``largest`` bytes, or cannot be read.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError.about(shown_as, "is a folder; expected a file")
        if not stat.S_ISREG(status.st_mode):
            raise InputError.about(shown_as, "is a pipe or a device; expected a file")
        with path.open("rb") as file:
            content = file.read(largest + 1)  # what the system states as size may be 0, or grow
    except FileNotFoundError:
        raise InputError.about(shown_as, "there is no such file") from None
    except ValueError:
        raise InputError.about(shown_as, "no file can have such a name") from None
    except OSError as error:
        raise InputError.about(shown_as, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if len(content) > largest:
        raise InputError.about(
            shown_as, f"is larger than {largest / 2**20:.3g} MB, the most that is read of such a file"
        )
    return content


def read_utf8(path: Path, shown_as: str, largest: int = LARGEST) -> str:
    """Return the text of a file; raise InputError as :func:`read_bytes` does, and with the place of what is no UTF-8."""
    raw = read_bytes(path, shown_as, largest)
    if b"\0" in raw:
        raise InputError.about(shown_as, "is a binary file; expected text in UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise InputError(
            [Message(shown_as, *place, "", "is not text in UTF-8; save the file with this encoding")]
        ) from None
