"""``make golden``: writes the baseline anew if results have changed, and says what the changelog needs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from golden.baseline import Table, computed, scenario_files, table_of, text_of, texts_in, write
from golden.comparison import differences, message


def main() -> None:
    """Compare, and write only tables that differ by more than rounding, so that another processor changes nothing."""
    texts = texts_in()
    before = readable(texts)
    now = {name: computed(path) for name, path in scenario_files().items()}
    changes = message(before, now)
    if not changes:
        print(f"The baseline agrees with the results of {len(now)} scenarios; nothing was written.")
        return
    changed = {each.scenario for each in differences(before, now)} | (now.keys() - before.keys())
    digest = write({name: text_of(table) if name in changed else texts[name] for name, table in now.items()})
    print(changes)
    print(f"\nWritten: {len(changed)} tables. CHANGELOG.md needs this as the first baseline under 'Changes results':")
    print(f"\n- Baseline `{digest}`: what changed, and why")


def readable(texts: Mapping[str, str]) -> dict[str, Table]:
    """Return the tables of texts, but for those of another form; they are written anew."""
    tables = {}
    for name, text in texts.items():
        with suppress(ValueError):
            tables[name] = table_of(text)
    return tables


if __name__ == "__main__":
    main()
