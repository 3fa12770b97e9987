"""Who looks after a format: its owner, or whoever it falls to where no owner is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.agents import Commissioner, Format

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def owner_present(model: ReferenceModel, format: Format) -> bool:
    if format.owner_kind == 1:
        return bool(model.units[format.owner].filled > 0.0)
    if format.owner_kind == 3:
        group = model.groups[format.owner]
        return bool(group.start <= model.month < group.end)
    return format.owner_kind == 2


def ownerless(model: ReferenceModel, format: Format) -> bool:
    """Tell whether the format falls to others: it never had an owner, or has outlived the owner as part of routine."""
    return format.owner_kind == 0 or bool(format.embedded and not owner_present(model, format))


def caretaker(model: ReferenceModel, format: Format) -> Commissioner | None:
    """Return the unit that coordinates the format, if one does."""
    staffed = [unit for unit in model.units if unit.filled > 0.0]
    if ownerless(model, format):
        in_charge = [unit for unit in staffed if any(unit.handles(k) for k in format.tasks)]
        return in_charge[0] if in_charge else None
    return next((unit for unit in staffed if format.owner_kind == 1 and unit.index == format.owner), None)
