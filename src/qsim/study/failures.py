"""What a study raises when runs fail."""

from __future__ import annotations


class RunError(Exception):
    """Some runs failed; the text says which and why, in one line."""
