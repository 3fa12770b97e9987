"""The small experiments that are answered."""

from sweep.conftest import load, once, write  # noqa: F401  # fixtures
