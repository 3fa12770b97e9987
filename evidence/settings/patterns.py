"""The twelve patterns: what the report and public figures say exists, each as bounds on a few numbers of small worlds.

A setting is possible only if it shows all of them. They are input: nothing here counts as confirmed by the model. They were
fixed before the first setting was drawn; where the words of a pattern leave a choice it is made by the words, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from evidence.settings.worlds import Ran, Trial
from qsim.measures.catalogue import COLUMN, OUTCOMES
from qsim.measures.outcomes import YEAR

Bounds = Mapping[str, tuple[float, float]]
"""The least and the most of each number, by its name."""

FREE = float("inf")
VISIBLE = next(float(m.smallest_relevant) for m in OUTCOMES if m.name == "practice" and m.smallest_relevant is not None)
"""The smallest relevant difference of practice: what somebody would notice."""

FUNDED = 24
"""Months of funding in the world ``funded_24``."""
QUARTER = 3
"""Months over which a level at a date is averaged."""
SHOCKED = 6
"""Months before the shock in the world ``shock``."""
WAY = 0.1
"""A department that goes less of its way from what it does to what is needed hardly moves."""


@dataclass(frozen=True)
class Pattern:
    """One pattern: its words, its source, the choices made, and the numbers that lie within bounds where it shows.

    ``numbers`` takes a trial and runs what it looks at. Numbers are shares or ratios: one beyond a bound by 1 is wholly wrong.
    """

    words: str
    source: str
    choices: str
    bounds: Bounds
    numbers: Callable[[Trial], dict[str, float]]

    def missing(self, numbers: Mapping[str, float]) -> float:
        """Return how far the numbers are beyond their bounds, in all; 0 if the setting shows the pattern."""
        return sum(_beyond(numbers[name], *ends) for name, ends in self.bounds.items())


def _beyond(value: float, low: float, high: float) -> float:
    if not np.isfinite(value):
        return 1.0
    return float(min(max(low - value, value - high, 0.0), 1.0))


def start(trial: Trial) -> dict[str, float]:
    """Return what binds the unmet need in the first month."""
    ran = trial["start"]
    return {name: float(ran.monthly(f"constraint_{name}")[0]) for name in ("motivation", "knowledge", "time")}


def nobody(trial: Trial) -> dict[str, float]:
    """Return the least and the most done in a year, and how far the last year is from the first."""
    years = trial["nobody"].yearly("practice")
    return {"least": years.min(), "most": years.max(), "drift": abs(years[-1] / years[0] - 1.0)}


def sizes(trial: Trial) -> dict[str, float]:
    """Return the gain by one post in the fifth year, and that in a large house as a share of it."""
    fifth = 4
    gain = trial["one_post"].yearly("practice")[fifth] - trial["nobody"].yearly("practice")[fifth]
    large = trial["one_post_80"].yearly("practice")[fifth] - trial["nobody_80"].yearly("practice")[fifth]
    return {"gain": gain / VISIBLE, "in_80": large / VISIBLE, "share_in_80": large / max(gain, VISIBLE)}


def gap(trial: Trial) -> dict[str, float]:
    """Return the share of runs in which a fifth of the need is not met in the tenth year."""
    unmet = trial["equipped"].months[:, -YEAR:, COLUMN["need_gap"]].mean(axis=1)
    return {"runs": float((unmet > 0.2).mean())}


def after_funding(trial: Trial) -> dict[str, float]:
    """Return the gain at the end of funding, what is left of it five years on, and how far it grew in between."""
    gained = trial["funded_24"].monthly("practice") - trial["nobody"].monthly("practice")
    quarters = gained[FUNDED - QUARTER :].reshape(-1, QUARTER).mean(axis=1)
    at_end, later = quarters[0], quarters[1:]
    return {
        "gain": at_end / VISIBLE,
        "kept": later[-1] / max(at_end, VISIBLE),
        "grown": (later.max() - at_end) / VISIBLE,
    }


def overload(trial: Trial) -> dict[str, float]:
    """Return what is done in overload as a share of what is done with time to spare, in the fifth year."""
    return {"share": trial["overloaded"].yearly("practice")[-1] / trial["spare"].yearly("practice")[-1]}


def top(trial: Trial) -> dict[str, float]:
    """Return how far a supportive and an opposing top are apart in the fifth year, as a share of their middle."""
    high, low = (trial[name].yearly("practice")[-1] for name in ("supportive", "opposing"))
    return {"difference": 2.0 * (high - low) / (high + low)}


def unmoved(trial: Trial) -> dict[str, float]:
    """Return the share of departments that hardly move in ten years."""
    ran = trial["equipped"]
    practice, need = ran.departments("practice"), ran.departments("need")
    way = np.maximum(need[:, 0] - practice[:, 0], 0.0)
    moved = practice[:, -YEAR:].mean(axis=1) - practice[:, 0]
    return {"share": float((moved <= WAY * way)[:, ran.concerned].mean())}


def considered(trial: Trial) -> dict[str, float]:
    """Return the share of departments in which more is considered than done, in the tenth year."""
    ran = trial["equipped"]
    more = (ran.departments("considered") - ran.departments("practice"))[:, -YEAR:].mean(axis=1)
    return {"share": float((more >= VISIBLE)[:, ran.concerned].mean())}


def posts(trial: Trial) -> dict[str, float]:
    """Return the vacancy of permanent posts in the second and third year, and that of fixed-term posts over it."""
    permanent, fixed = (_vacancy(trial[name]) for name in ("permanent_posts", "fixed_posts"))
    return {"permanent": permanent, "fixed": fixed, "ratio": fixed / max(permanent, 0.01)}


def _vacancy(ran: Ran) -> float:
    filled, funded = (ran.yearly(name)[1:].mean() for name in ("posts_filled", "posts_funded"))
    return float(1.0 - filled / funded)


def shock(trial: Trial) -> dict[str, float]:
    """Return what a shock adds to need and attention, and after how many years half of the attention is gone."""
    struck, calm = trial["shock"], trial["nobody"]
    need = [ran.departments("need")[:, SHOCKED, ran.concerned].mean() for ran in (struck, calm)]
    more = (struck.monthly("salience") - calm.monthly("salience")[: struck.months.shape[1]])[SHOCKED:]
    half = np.flatnonzero(more <= 0.5 * more.max())
    months = half[half > more.argmax()] if half.size else half
    return {
        "need": float(need[0] - need[1]),
        "attention": float(more.max()),
        "years": float(months[0]) / YEAR if months.size else FREE,
    }


def hours(trial: Trial) -> dict[str, float]:
    """Return the hours of the busiest head of a division, of departments and of the unit, as shares of what they have."""
    ran = trial["equipped"]
    payers = ran.prepared.payers
    heads = ran.hours[[name.startswith("head_") for _, name in payers]]
    departments = ran.hours[[kind == "department" for kind, _ in payers]]
    post = ran.hours_per_post()
    administration = ran.prepared.reference.template.administration[0]
    posts = administration["staff"] * (1.0 - administration["vacancy"])
    unit = ran.yearly("hours_units").mean() / (post * ran.yearly("posts_filled").mean())
    return {
        "head": float(heads.max() / post),
        "departments": float(departments.sum() / (posts * post)),
        "unit": float(unit),
    }


PATTERNS: Mapping[str, Pattern] = {
    "start": Pattern(
        "At the start no single bottleneck binds more than 60 %, none less than 10 % of the unmet need.",
        "report 1.1, 1.2: knowledge, time and willingness are one bundle of problems",
        "The first month of a house of 40 with nobody in charge; binding is what the model measures as such.",
        {"motivation": (0.1, 0.6), "knowledge": (0.1, 0.6), "time": (0.1, 0.6)},
        start,
    ),
    "posts": Pattern(
        "Posts on fixed term are empty or leave more often.",
        "report 1.1, catalogue E10; public B-V1 to B-V3: vacancy 4 to 20 %; B-T8: on fixed term 20 to 30 % leave a year",
        "Twenty posts for three years; vacancy in the second and third, as the first fills them. That of permanent posts "
        "lies in the public range, that of fixed-term posts above it.",
        {"permanent": (0.04, 0.2), "ratio": (1.0, FREE)},
        posts,
    ),
    "nobody": Pattern(
        "With nobody in charge practice stays between 3 and 20 % and drifts little.",
        "report 1.1, 1.2: tasks stay on paper, single departments do something by themselves",
        "The mean of every year of seven. Little: the last year is no more than a quarter above or below the first.",
        {"least": (0.03, FREE), "most": (0.0, 0.2), "drift": (0.0, 0.25)},
        nobody,
    ),
    "after_funding": Pattern(
        "24 funded months: a third or more of the gain is lost five years on; nothing grows on by itself.",
        "report 1.1, catalogue F12: what a short project built is lost with it",
        "Two posts in 20 departments and nothing else, against twins with nobody: two, as the gain of one can hardly be told "
        "from luck. Quarters of a year. A gain is what is visible (.0125 of practice); growing is a visible rise above the "
        "last funded quarter.",
        {"gain": (1.0, FREE), "kept": (-FREE, 2 / 3), "grown": (-FREE, 1.0)},
        after_funding,
    ),
    "top": Pattern(
        "A supportive and an opposing top differ in practice by a third or more of the middle.",
        "report 2.2, 3.1: support by the top is decisive",
        "One post; all leaders at +.6 or -.6 at first; the fifth year; the middle is that of the two.",
        {"difference": (1 / 3, FREE)},
        top,
    ),
    "overload": Pattern(
        "Overload halves what an administration with time to spare achieves, or worse.",
        "report 1.1, 1.3: overload; public B-W1: required over actual staff about 1.4",
        "Workload 1.3 against .8, post, concept, circles and check in both; practice in the fifth year.",
        {"share": (0.0, 0.5)},
        overload,
    ),
    "gap": Pattern(
        "With posts in proportion, concept, circles and check a gap of more than a fifth of the need remains in most runs after "
        "ten years.",
        "report 1.2, catalogue A06: a gap remains with unit, commissioner and concept in place",
        "Most: more than half of the runs; the mean of the tenth year.",
        {"runs": (0.51, 1.0)},
        gap,
    ),
    "unmoved": Pattern(
        "Some departments (5 to 30 %) hardly move in ten years.",
        "report 1.2, catalogue D07: rejection that nothing reaches",
        "In the same house, so that it is not for want of means; hardly: less than a tenth of the way from what a department "
        "does to what it would have to do.",
        {"share": (0.05, 0.3)},
        unmoved,
    ),
    "considered": Pattern(
        "Considered lies above done in nearly all departments with a check.",
        "report 1.3, 3.1: a check ensures consideration and does not guarantee the outcome",
        "In the same house, tenth year; above: visibly (.0125); nearly all: nine of ten.",
        {"share": (0.9, 1.0)},
        considered,
    ),
    "hours": Pattern(
        "Hours spent by a unit, by heads and by departments stay within what such offices can give: a head at most 5 % of his "
        "time, departments at most 3 % of their staff in the mean.",
        "report 1.1, 3.1: one task among many; public B-E1: some 4 of 220 days for all training",
        "In the same house, mean of ten years; the busiest head of a division; all that departments spend on the task.",
        {"head": (0.0, 0.05), "departments": (0.0, 0.03), "unit": (0.0, 1.0)},
        hours,
    ),
    "shock": Pattern(
        "A shock raises need and attention; attention halves within one to two years.",
        "report 2.2, catalogue J; Downs 1972: issues fade within one to two years",
        "A strong inflow; what it adds to a twin without it. A month of play below the year: the shock itself is a month.",
        {"need": (0.01, FREE), "attention": (0.01, FREE), "years": (11 / 12, 2.0)},
        shock,
    ),
    "sizes": Pattern(
        "One post, 20 departments: after five years practice is visibly above nobody in charge; in 80 departments the gain is "
        "smaller but above zero.",
        "report 3.2, catalogue B: size makes it harder, not impossible",
        "The fifth year. Visibly: .0125 of practice. Above zero: by more than a tenth of that, as twins agree to that much.",
        {"gain": (1.0, FREE), "in_80": (0.1, FREE), "share_in_80": (-FREE, 0.999)},
        sizes,
    ),
}
"""All patterns by name, those first that are cheap or that most settings lack."""
