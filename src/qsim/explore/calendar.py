"""What a plan may date, for a page: the values that say when, and what each is called."""

from __future__ import annotations

from typing import Any

from qsim.engine.marks import Dated, dated
from qsim.explore.entries import parts_of
from qsim.explore.offer import Offer
from qsim.present.words.speaker import Speaker
from qsim.scenario.labels import Label
from qsim.scenario.values import Part, Unknown


def dated_of(offer: Offer, speak: Speaker) -> list[dict[str, Any]]:
    """Return all that a scenario dates, and what may be added to it, in the order in which equal months are told.

    Each has its ``labels``, by the value of ``by`` where there are several, and its ``date``, with what passes ``later``. Each of
    these has the key of what may change it, a value (a month, months, None for no end), and whether that is certain.
    """
    whole = offer.whole
    keys = {id(part): key for key, part in parts_of(whole)}
    return [_told(one, keys[id(one.part)], speak) for one in dated(whole)]


def _told(one: Dated, key: str, speak: Speaker) -> dict[str, Any]:
    labels = {"": one.label} if isinstance(one.label, Label) else one.label
    return {
        "labels": {value: speak.label(label) for value, label in labels.items()},
        "by": {"key": f"{key}.{one.by}", "value": getattr(one.part, one.by)} if one.by else None,
        "date": _value(one.part, key, one.date),
        "later": _value(one.part, key, one.later) if one.later else None,
    }


def _value(part: Part, key: str, field: str) -> dict[str, Any]:
    value = getattr(part, field)
    unknown = isinstance(value, Unknown)
    return {"key": f"{key}.{field}", "value": value.middle if unknown else value, "certain": not unknown}
