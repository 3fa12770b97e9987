"""The golden baseline: a small table of values of every scenario, which a change of the package must not move unnoticed."""
