"""What two ways carry together."""


def together(one: float, other: float) -> float:
    """Return the share that comes through by at least one of two ways."""
    return 1.0 - (1.0 - one) * (1.0 - other)
