"""The small ledger that the documents are written from."""

from claims.conftest import evaluated, folder, ledger, write  # noqa: F401  # fixtures
