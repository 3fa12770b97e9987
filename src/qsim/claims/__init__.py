"""The ledger: statements of the report as experiments that can fail, and what came out of them."""
