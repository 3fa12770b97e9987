"""The catalogue of controls as a page has it: what each is called, what it means, in which unit, within which limits."""

from __future__ import annotations

import math
from typing import Any

from qsim.explore.calendar import dated_of
from qsim.explore.controls import Control, controls_of
from qsim.explore.entries import parts_of
from qsim.explore.offer import NEVER, Offer
from qsim.measures.catalogue import OUTCOMES, SERIES, Measure
from qsim.present.page.limits_section import source_text
from qsim.present.text.names import entry_name, field_name, key_steps
from qsim.present.text.units import digits, in_percent, number_text, percent_text, unit_of_field, unit_text
from qsim.present.words.speaker import Speaker, capital
from qsim.runs.readings import time_of
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import FundingPhase
from qsim.scenario.values import Part, Unknown, month_text

FOREVER = "forever"
"""What stands for a duration without an end, which JSON cannot say."""

STEPS = {"posts": 0.25, "months": 1.0, "hours": 0.5, "weeks": 1.0}
"""From one value of a number to the next, by unit; shares go by hundredths, other numbers by tenths."""

PERMANENT = 600.0
"""Months from which on a duration that nobody knows stands for one without an end."""

FINE = {"reflection": 0.001, "staff": 1.0}
"""Other steps, by field."""


def entry_of(offer: Offer, speak: Speaker) -> dict[str, Any]:
    """Return what a page says of a scenario: its controls, who they belong to, its content, and what may be added to it."""
    scenario, whole, controls, added = offer.scenario, offer.whole, controls_of(offer), offer.additions
    owners = {one.owner: None for one in controls}
    parts = dict(parts_of(whole))
    return {
        "id": scenario.id,
        "label": speak.label(scenario.label),
        "description": "" if scenario.description is None else speak.label(scenario.description),
        "start": scenario.start,
        "months": scenario.months,
        "dated": dated_of(offer, speak),
        "controls": [_control(one, parts[one.owner], speak) for one in controls],
        "owners": {owner: _owner(owner, parts[owner], whole, speak) for owner in owners},
        "content": _content(scenario),
        "additions": {key: _content(entry) for key, entry in added.items()},
    }


def _content(part: Part) -> dict[str, Any]:
    kept = part.model_dump(mode="json", exclude={"id"} if isinstance(part, Scenario) else set(), exclude_unset=True,
                           exclude_none=True)  # fmt: skip
    return kept


def _owner(key: str, part: Part, scenario: Scenario, speak: Speaker) -> dict[str, str]:
    """Return what an object is called whose values may be changed, and where what is said of it comes from."""
    name = key.removesuffix(".channels")
    steps = [step for step in key_steps(name, scenario) if step.name] if "[" in name else []
    label = entry_name(steps[0], scenario, speak) if steps else capital(speak("explore.owner.administration"))
    if isinstance(part, FundingPhase) and part.label is not None:
        label = f"{label}: {speak.label(part.label)}"
    if key.endswith(".channels"):
        label = f"{label}: {speak('keys.format.channels')}"
    source = source_text(getattr(part, "source", None) or "", speak)
    return {"label": label, "source": speak("explore.source", source=source)}


def _control(control: Control, part: Part, speak: Speaker) -> dict[str, Any]:
    options = {one: _option(control, one, part, speak) for one in control.options}
    field = control.part.model_fields[control.field]
    unit = unit_of_field(field) if control.kind == "number" else ""
    percent = in_percent(unit)
    told: dict[str, Any] = {
        "key": control.key,
        "group": control.group,
        "owner": control.owner,
        "field": control.field,
        "kind": control.kind,
        "label": capital(_named(control, speak)),
        "main": control.main,
        "help": speak(_of_instrument("help", control, speak) or f"explore.help.{_kind(control.part)}.{control.field}"),
        "value": told_value(control.value),
        "open": _open_text(control, unit, options, speak),
        "unknown": isinstance(control.value, Unknown),
        "decided": _decided(control),
        "switch": None if control.switch is None else FOREVER if math.isinf(control.switch) else int(control.switch),
        "first": control.first,
    }
    if control.kind == "number":
        step = STEPS.get(unit.partition(" ")[0], 0.01 if percent else 0.1)
        told |= {"low": control.low, "high": control.high, "step": FINE.get(control.field, step), "percent": percent}
        told |= {"unit": _unit(unit, percent, speak), "usual": _usual(control, percent, speak)}
    if control.kind == "month":
        told |= {"low": control.low, "high": control.high}
    if control.kind == "choice":
        told["options"] = [list(option) for option in options.items()]
    return told


def _option(control: Control, option: str, part: Part, speak: Speaker) -> str:
    """Return what an option is called; a place says that the mayor is above, unless the scenario names somebody else."""
    name = f"setting.{control.field}.{option}"
    mayor = f"{name}.mayor"
    return speak(mayor if mayor in speak and getattr(part, "under", None) in (None, "mayor") else name)


def _named(control: Control, speak: Speaker) -> str:
    own = _of_instrument("label", control, speak)
    return speak(own) if own else field_name(control.part, control.field, speak)


def _of_instrument(topic: str, control: Control, speak: Speaker) -> str | None:
    """Return the name of the text that a kind of instrument has of a field, None if it has none of its own."""
    name = f"explore.{topic}.{control.instrument}.{control.field}"
    return name if name in speak else None


def _kind(part: type[Part]) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in part.__name__).lstrip("_")


def told_value(value: Any) -> Any:
    """Return a value as a page has it: what has no end is a word, what is not known nothing."""
    if isinstance(value, float) and math.isinf(value):
        return FOREVER
    return None if isinstance(value, Unknown) else value


def _decided(control: Control) -> bool:
    """Return whether something is there for certain, whatever the month that nobody knows."""
    value = control.value
    never = control.switch if control.kind == "month" else None
    return isinstance(value, Unknown) and never is not None and never not in (value.one_of or ())


def _unit(unit: str, percent: bool, speak: Speaker) -> str:
    name = unit.replace(" ", "_")
    return speak("explore.unit.percent") if percent and " a " not in unit else speak(f"explore.unit.{name}")


def _usual(control: Control, percent: bool, speak: Speaker) -> str:
    return "" if control.usual is None else speak("explore.usual", range=_range(control.usual, percent, speak))


def _range(ends: tuple[float, float], percent: bool, speak: Speaker) -> str:
    if percent:
        return speak.span(number_text(100 * ends[0], speak), percent_text(ends[1], speak))
    return speak.span(*(number_text(end, speak) for end in ends))


def _open_text(control: Control, unit: str, options: dict[str, str], speak: Speaker) -> str:
    """Return what is known of a value that the scenario does not settle, and what it has where it says nothing."""
    value = control.value
    if value is None:
        return speak("explore.by_rule")
    if not isinstance(value, Unknown):
        return ""

    def text(one: Any) -> str:
        if control.kind == "month":
            return speak("explore.never") if one == NEVER else speak.month(f"{month_text(one)}-01", full=True)
        if control.kind == "choice":
            return options[one]
        if control.field == "duration_months" and one >= PERMANENT:
            return speak("explore.forever")
        return percent_text(one, speak) if in_percent(unit) else number_text(one, speak)

    if value.one_of is not None:
        return speak("explore.unknown", value=speak.either(dict.fromkeys(map(text, value.one_of))))
    assert value.between is not None
    if control.kind == "month":
        low, high = value.between
        if _decided(control) and low % 12 == 0 and high == low + 11:
            return speak(f"explore.year.{'since' if high < control.low else 'from'}", year=str(int(low // 12)))
        return speak("explore.unknown", value=speak.span(*map(text, value.between)))
    return speak("explore.unknown", value=_range(value.between, in_percent(unit), speak))


def measures_of(speak: Speaker) -> dict[str, dict[str, Any]]:
    """Return what a page needs to say of measures: label, unit, digits, and which difference counts."""
    return {one.name: _measure(one, speak) for one in (*SERIES, *OUTCOMES)}


def _measure(measure: Measure, speak: Speaker) -> dict[str, Any]:
    return {
        "name": measure.name,
        "label": speak.label(measure.label),
        "unit": unit_text("unit", measure, speak),
        "difference": unit_text("difference", measure, speak),
        "one": unit_text("one", measure, speak),
        "digits": digits(measure),
        "percent": in_percent(measure.unit),
        "better": measure.higher_is_better,
        "relevant": measure.smallest_relevant,
        "time": time_of(measure.name),
    }
