"""Fixtures for files: those of scenarios, which are read in the same way."""

from scenario.conftest import base, complaints, folder, said, write  # noqa: F401  # fixtures
