"""One problem that procedure KN of the library sim-tools can state as well: the same decisions, observation by observation.

Its answers stand here, since it brings plotly and scikit-learn along; where it is installed, it is asked again.
"""

import numpy as np
import pytest

from qsim.advice.selection import select

FIRST, DELTA = 10, 0.3
ANSWERS = {
    (2, 0): (0, (41, 41)),
    (2, 1): (0, (62, 62)),
    (5, 0): (1, (36, 82, 47, 29, 82)),
    (5, 1): (4, (76, 40, 27, 55, 76)),
    (5, 2): (2, (77, 51, 77, 24, 30)),
    (5, 3): (2, (47, 95, 95, 25, 35)),
    (5, 4): (3, (38, 41, 93, 93, 29)),
    (5, 5): (1, (30, 95, 31, 95, 45)),
}
"""Of sim-tools 1.3.0, by number and seed of alternatives: who is left, and how many observations were taken of each."""


def table(count, seed):
    """Return observations (count, 2000) whose first differences have the same variance 2 for all pairs, and later ones less.

    The same, since the library takes the variance of another pair where the first of two stands behind the second; less, since
    selection takes that of all observations where it is larger.
    """
    draw = np.random.default_rng(seed)
    start = draw.standard_normal((FIRST, count))
    start = np.linalg.qr(start - start.mean(axis=0))[0].T * np.sqrt(FIRST - 1)
    own = np.concatenate([start, 0.5 * draw.standard_normal((count, 2000 - FIRST))], axis=1)
    return own - DELTA * draw.permutation(count)[:, None] + 3.0 * draw.standard_normal(2000)


def ours(count, seed):
    rows = table(count, seed)
    result = select(
        count,
        lambda alive, first, number: rows[alive, first : first + number],
        DELTA,
        first=FIRST,
        batch=1,
        forgone=DELTA,
    )
    assert result.stopped == "best"
    return result.group[0], tuple(result.observations.tolist())


def theirs(count, seed):
    library = pytest.importorskip("sim_tools.ovs.indifference_zone")

    class Model:
        """Hands out a table, one observation of one alternative at a time."""

        def register_observer(self, observer):
            self.observer, self.rows, self.taken = observer, table(count, seed), [0] * count

        def simulate(self, design):
            self.taken[design] += 1
            self.observer.feedback(self, design, self.rows[design, self.taken[design] - 1])

    model = Model()
    left = library.KN(model, count, DELTA, alpha=0.05, n_0=FIRST).solve()
    model.taken[left[0]] -= 1  # after its last look it takes one more
    return int(left[0]), tuple(model.taken)


@pytest.mark.parametrize("case", ANSWERS)
def test_decisions_are_those_of_the_library(case):
    assert ours(*case) == ANSWERS[case]


def test_the_library_still_answers_so():
    assert {case: theirs(*case) for case in ANSWERS} == ANSWERS
