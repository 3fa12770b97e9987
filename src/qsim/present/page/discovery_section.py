"""The part on scenario discovery of a page: under which conditions the verdict is another."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qsim.comparison.comparing import Compared
from qsim.comparison.verdict import Comparison
from qsim.comparison.when.conditions import Conditions, VerdictDiscovery
from qsim.measures.catalogue import OUTCOMES
from qsim.present.page.asking import OpenNames, asking_blocks, asking_text, is_fact
from qsim.present.page.blocks import Block, Bullets, Group, Section, Text
from qsim.present.text.discovery_text import clause
from qsim.present.text.names import scenario_names
from qsim.present.text.units import threshold_text
from qsim.present.words.speaker import Speaker

MUCH_VARIABILITY = 0.5
"""The share of stochastic variability in the spread of the difference from which on it is told."""

MOSTLY = 0.5


def discovery_section(result: Compared, all_conditions: Sequence[Conditions], speak: Speaker) -> Section:
    """Return the part of the page: for each pair its conditions and questions, under a heading of its own if several."""
    parts = [_Pair(result, one, speak) for one in all_conditions]
    if len(parts) == 1:
        return Section("flip", speak("when.title"), parts[0].blocks())
    groups = tuple(Group(part.title(), part.blocks()) for part in parts)
    return Section("flip", speak("when.title"), groups)


class _Pair:
    """What is said of one pair of scenarios."""

    def __init__(self, result: Compared, one: Conditions, speak: Speaker) -> None:
        self.speak: Speaker = speak
        self.one = one
        self.pair: Comparison = result.pairs[one.second - 1]
        every = scenario_names(result.scenarios, speak)
        self.names = [every[0], every[one.second]]
        self.open = OpenNames(one.drawn, self.pair.scenarios, speak)
        self.winner = self.names[one.verdict.winner]
        self.other = self.names[1 - one.verdict.winner]
        self.measure = next(measure for measure in OUTCOMES if measure.name == self.pair.outcome)

    def title(self) -> str:
        """Return the heading of the pair where there are several."""
        return self.speak("when.pair", first=self.names[0], second=self.names[1])

    def blocks(self) -> tuple[Block, ...]:
        """Return the conditions, then what to ask about."""
        if not self.one.drawn.factors:
            return (Text(self.speak("when.nothing_open"), "lead"),)
        best = self.names[self.one.evppi.best] if self.one.evppi is not None and self.pair.better >= 0 else ""
        asking = asking_blocks(
            self.one.evppi, self.open, self.measure, self.pair.primary.smallest_relevant, best, self.speak
        )
        return (*self.conditions(), Group(self.speak("when.asking"), asking))

    def conditions(self) -> list[Block]:
        """Return the sentences on the conditions, the check, and what of it is stochastic variability."""
        verdict = self.one.verdict
        blocks: list[Block] = [
            Text(self._found(verdict) if verdict.discovery is not None else self._none(verdict), "lead")
        ]
        if verdict.checked is not None:
            blocks.append(Text(self._checked(verdict)))
        if verdict.state in ("found", "no_condition", "nothing_open"):
            share, relevant = (self.speak.of_hundred(value) for value in (self.one.share, self.one.share_relevant))
            threshold = threshold_text(self.pair.primary.smallest_relevant, self.measure, self.speak)
            blocks.append(Text(self._said("often", share=share, relevant=relevant, threshold=threshold,
                                         settings=self.speak.decimal(verdict.settings, 0))))  # fmt: skip
            if verdict.variability >= MUCH_VARIABILITY:
                blocks.append(Text(self.speak("when.luck", luck=self.speak.percent(verdict.variability))))
        return blocks + self._who(verdict)

    def _found(self, verdict: VerdictDiscovery) -> str:
        """Return the conditions as a sentence; in a second box they stand behind an *or*."""
        assert verdict.discovery is not None
        assert verdict.checked is not None
        cases = self.open.named(verdict.discovery.cases)
        text = ""
        for one in verdict.discovery.boxes:
            clauses = self.speak.joined([clause(one.box, p, cases, self.speak) for p in sorted(one.box.limits)])
            text = self.speak("when.or_if", clauses=text, others=clauses) if text else clauses
        mostly = "flips" if self.pair.better >= 0 else "ahead"
        if verdict.checked.outside > MOSTLY and mostly == "ahead":
            mostly = "ahead_most"
        return self._said(mostly if verdict.checked.inside > MOSTLY else "likelier", clauses=text)

    def _checked(self, verdict: VerdictDiscovery) -> str:
        assert verdict.checked is not None
        coverage, inside, outside = (self.speak.of_hundred(value) for value in verdict.checked[:3])
        if math.isnan(verdict.checked.outside):
            result = self.speak("when.result.always", winner=self.winner, inside=inside)
        else:
            result = self.speak("when.result", winner=self.winner, inside=inside, outside=outside)
        return self.speak.counted("when.checked", verdict.checked.settings, winner=self.winner, coverage=coverage,
                            result=result)  # fmt: skip

    def _none(self, verdict: VerdictDiscovery) -> str:
        """Return why no condition is told."""
        settings = self.speak.decimal(verdict.settings, 0)
        if verdict.state == "never":
            return self._said("never.flips" if self.pair.better >= 0 else "never.ahead", settings=settings)
        if verdict.state in ("rarely", "nearly_always"):
            number = verdict.wins if verdict.state == "rarely" else verdict.settings - verdict.wins
            return self.speak.counted(f"when.{verdict.state}", number, settings=settings, winner=self.winner)
        return self._said(verdict.state, settings=settings)

    def _who(self, verdict: VerdictDiscovery) -> list[Block]:
        """Return who can settle each limit of the conditions."""
        if verdict.discovery is None:
            return []
        factors = verdict.discovery.cases.factors
        limited = sorted({place for one in verdict.discovery.boxes for place in one.box.limits})
        marked = tuple((self.open.name(key), self._settled(key)) for key in (factors[place].id for place in limited))
        return [Text(self.speak("when.who")), Bullets(marked=marked)]

    def _settled(self, key: str) -> str:
        """Return who can settle a limit, and in which range its value lies."""
        office = asking_text(key, self.speak) if is_fact(key) else self.speak("when.nobody")
        return self.speak("when.settled", office=office, range=self.open.range(key))

    def _said(self, form: str, **values: str) -> str:
        return self.speak(f"when.{form}", winner=self.winner, other=self.other, **values)
