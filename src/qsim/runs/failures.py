"""What a study raises when runs fail, or when it has to stop before its end."""

from __future__ import annotations


class RunError(Exception):
    """Some runs failed; the text says which and why, in one line."""


class UnfinishedError(Exception):
    """A study had to stop and can go on; the text says why, in one line, and what is done stays."""
