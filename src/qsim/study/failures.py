"""What a study raises when runs fail."""

from __future__ import annotations


class RunsFailed(Exception):
    """Some runs failed; the text says which and why, in one line."""
