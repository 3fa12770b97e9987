"""What a page calls the unknowns of a comparison: their names, their levels, and the ranges in which they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qsim.comparison.when.boxes import Cases
from qsim.comparison.when.drawn import Drawn
from qsim.mechanisms.month import RULES
from qsim.present.text.keys.key_names import key_name
from qsim.present.text.keys.key_steps import key_steps
from qsim.present.text.keys.setting_amounts import unit_of_field
from qsim.present.text.keys.setting_text import setting_text
from qsim.present.words.speaker import Speaker
from qsim.runs.variable import Variable
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Label
from qsim.world.parameters import PARAMETERS


class OpenNames:
    """The names of what a pair of scenarios leaves open, in one language."""

    def __init__(self, table: Drawn, scenarios: Sequence[Scenario], speak: Speaker) -> None:
        self.table = table
        self.speak: Speaker = speak
        self._scenarios = {
            factor.id: scenarios[origin] for factor, origin in zip(table.factors, table.origins, strict=True)
        }

    def name(self, key: str) -> str:
        """Return the name of an unknown; that of a parameter stands behind its rule."""
        name = key_name(key, self._scenarios[key], self.speak)
        if not key.startswith(PARAMETERS):
            return name
        rule = next(rule for rule in RULES if rule.name == key.split(".")[1])
        owner = self.speak.called(rule)
        return self.speak("setting.of", owner=owner, field=name)

    def quoted(self, key: str) -> str:
        """Return the name of an unknown in quotation marks, so that it stands in any sentence."""
        return self.speak("when.quoted", unknown=self.name(key))

    def range(self, key: str) -> str:
        """Return in words where the value of an unknown lies."""
        place = next(place for place, factor in enumerate(self.table.factors) if factor.id == key)
        text = setting_text(key, self.table.unknowns[place], self._scenarios[key], self.speak)
        return text.removesuffix(self.speak("setting.unknown", value=""))

    def named(self, cases: Cases) -> Cases:
        """Return cases whose factors have these names, as clauses tell them."""
        return replace(cases, factors=tuple(map(self._named, cases.factors)))

    def _named(self, factor: Variable) -> Variable:
        label = self.quoted(factor.id)
        scenario = self._scenarios[factor.id]
        levels = [setting_text(factor.id, level, scenario, self.speak) for level in factor.levels]
        names = tuple(Label(de=level, en=level) for level in levels)
        return replace(factor, label=Label(de=label, en=label), names=names, unit=self._unit(factor))

    def _unit(self, factor: Variable) -> str:
        """Return the unit in which limits on a factor are told: that of the schema, if its key says none."""
        if factor.unit or factor.id.startswith(PARAMETERS):
            return factor.unit
        last = key_steps(factor.id, self._scenarios[factor.id])[-1]
        return unit_of_field(last.part.model_fields[last.field])
