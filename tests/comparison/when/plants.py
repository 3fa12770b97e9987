"""Cases with a box planted in them."""

import numpy as np

from qsim.comparison.when.boxes import Cases
from qsim.runs.designs import Variable
from qsim.scenario.labels import Label


def label(text):
    return Label(de=text, en=text)


def planted(seed, number=900, inside=0.95, outside=0.05):
    """Cases of four numbers, a choice and a count; wanted where x0 < 0.4, the choice is b or c and the count is 2 or more.

    Returns the cases and which of them lie in the planted box.
    """
    draw = np.random.default_rng(seed)
    numbers = draw.random((number, 4))
    choice, count = draw.integers(0, 4, number), draw.integers(1, 6, number)
    box = (numbers[:, 0] < 0.4) & np.isin(choice, [1, 2]) & (count >= 2)
    wanted = draw.random(number) < np.where(box, inside, outside)
    factors = (
        *(Variable(f"x{place}", label(f"x{place}")) for place in range(4)),
        Variable("choice", label("choice"), levels=("a", "b", "c", "d")),
        Variable("count", label("count"), whole=True),
    )
    return Cases(factors, np.column_stack([numbers, choice, count]).astype(float), wanted), box
