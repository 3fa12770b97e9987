"""The library of levers: those that come with qsim, and the user's own, by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qsim.advice.lever import LEVERS, PRICES, Lever, Levers, Prices
from qsim.claims.statements import unknown_statement
from qsim.files.findings import Finding
from qsim.files.inheritance import read
from qsim.files.kept import kept_yaml
from qsim.files.kinds import file_name, files_in
from qsim.files.loading import Loaded, validated
from qsim.files.messages import InputError, Message, suggestion
from qsim.files.reading import read_file
from qsim.scenario.labels import Label
from qsim.scenario.values import Part

HOME = Path(__file__).parent / "levers"
GROUPS = ("posts", "place", "formats", "instruments", "concept", "people", "house")
"""The files of the library, in the order in which levers are listed and laid over a scenario."""

OWN = "levers"
"""The folder beside a scenario in which a user's own measures lie."""


@dataclass(frozen=True)
class Library:
    """Levers by id, in order, each with the label of its group, and the prices of posts."""

    levers: Mapping[str, Lever]
    groups: Mapping[str, Label]
    prices: Prices

    def named(self, names: Iterable[str]) -> tuple[Lever, ...]:
        """Return the levers of these names in the order of the library; raise InputError, with the nearest names.

        A lever that has the change of another comes with it.
        """
        wanted = [name.strip() for name in names]
        wrong = [_message(name, f"there is no such measure{suggestion(name, self.levers, 'there are')}")
                 for name in wanted if name not in self.levers]  # fmt: skip
        wrong += [_message(name, "is named twice") for name in dict.fromkeys(wanted) if wanted.count(name) > 1]
        if wrong:
            raise InputError(wrong)
        return tuple(self.levers[name] for name in self.levers if name in wanted)


def _message(name: str, text: str) -> Message:
    return Message("", None, None, name, text)


def load_library(*own: Path) -> Library:
    """Return the library with levers and prices of these files or folders beside; one's own of the same id come first.

    Raise InputError, with all errors at once, for files that are wrong.
    """
    library = _packaged()
    if not own:
        return library
    levers, groups, prices, wrong = dict(library.levers), dict(library.groups), library.prices, list[Message]()
    for path in (each for place in own for each in (files_in(place) if place.is_dir() else [place])):
        try:
            found = _read(path)
        except InputError as error:
            wrong += error.messages
            continue
        if isinstance(found, Prices):
            prices = found
        else:
            levers |= {lever.id: lever for lever in found.levers}
            groups |= {lever.id: found.label for lever in found.levers}
    if wrong:
        raise InputError(wrong)
    return _checked(Library(levers, groups, prices))


def library_content(library: Library) -> dict[str, Any] | None:
    """Return a library as JSON holds it, None for the one that comes with qsim."""
    if library == _packaged():
        return None
    levers, groups = (
        {name: _plain(part) for name, part in parts.items()} for parts in (library.levers, library.groups)
    )
    return {"levers": levers, "groups": groups, "prices": _plain(library.prices)}


def _plain(part: Part) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude_unset=True)


def library_from(content: Mapping[str, Any] | None) -> Library:
    """Return the library whose content :func:`library_content` told."""
    if content is None:
        return _packaged()
    levers = {name: Lever.model_validate(lever) for name, lever in content["levers"].items()}
    groups = {name: Label.model_validate(label) for name, label in content["groups"].items()}
    return _checked(Library(levers, groups, Prices.model_validate(content["prices"])))


def library_beside(scenario: Path | None, *files: Path) -> Library:
    """Return the library for a scenario of a file: with the folder ``levers`` beside it, and these files."""
    folder = None if scenario is None else scenario.parent / OWN
    return load_library(*([folder] if folder is not None and folder.is_dir() else []), *files)


@cache
def _packaged() -> Library:
    files = {name: Levers.model_validate(kept_yaml(HOME / f"{name}.yaml")) for name in GROUPS}
    levers = {lever.id: lever for group in files.values() for lever in group.levers}
    groups = {lever.id: group.label for group in files.values() for lever in group.levers}
    return _checked(Library(levers, groups, Prices.model_validate(kept_yaml(HOME / "prices.yaml"))))


def _read(path: Path) -> Levers | Prices:
    """Return a file of levers or of prices; raise InputError if anything in it is wrong."""
    if _kind(path) == PRICES.name:
        return validated(PRICES, read(PRICES, path)).checked()
    wrong: list[Message] = []
    loaded: Loaded[Levers] = validated(LEVERS, read(LEVERS, path, wrong), "", wrong)
    part = loaded.right_part()
    return loaded.checked([] if part is None else part.told(_findings(part.content)))


def _kind(path: Path) -> str:
    node = read_file(path, file_name(path, LEVERS), []).child("kind")
    return "" if node is None else str(node.value)


def _findings(levers: Levers) -> Iterable[Finding]:
    """Yield a finding for each statement that does not exist."""
    for index, lever in enumerate(levers.levers):
        for place, name in enumerate(lever.evidence.statements):
            if (text := unknown_statement(name)) is not None:
                yield Finding(("levers", index, "evidence", "statements", place), text, name)


def _checked(library: Library) -> Library:
    """Return a library whose levers name levers and pay grades that exist; raise InputError if they do not."""
    wrong: list[Message] = []
    grades = [grade.id for grade in library.prices.grades]
    for lever in library.levers.values():
        others = [*lever.not_beside, *([lever.like] if lever.like else [])]
        wrong += [_message(lever.id, f'there is no such measure "{name}"{suggestion(name, library.levers, "there are")}')
                  for name in others if name not in library.levers]  # fmt: skip
        if lever.cost.grade is not None and lever.cost.grade not in grades:
            text = f'there is no pay grade "{lever.cost.grade}"{suggestion(lever.cost.grade, grades, "there are")}'
            wrong.append(_message(lever.id, text))
    if wrong:
        raise InputError(wrong)
    return library
