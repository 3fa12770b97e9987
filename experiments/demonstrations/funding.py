"""Funding: what 24 to 120 months of it leave, with and without instruments that outlive the post."""

from __future__ import annotations

from paired import cell, print_table, run

DURATIONS = ("24", "36", "60", "120", "permanent")
LATER = (0, 12, 24, 60)


def main() -> None:
    """Print practice and knowledge at the end of funding and later, and at the end of the run."""
    for title, prefix in (("The post alone", "funding"), ("With a checklist and a working group", "instruments")):
        print(f"### {title}\n")
        for name in ("practice", "knowledge"):
            rows = []
            for duration in DURATIONS:
                result = run(f"{prefix}_{duration}")
                runs = result.runs
                rows.append([duration, *(cell(runs[f"{name}_after_funding_{m}"].to_numpy()) for m in LATER),
                             cell(runs[name].to_numpy())])  # fmt: skip
            head = [f"funded months: {name}", "at its end", "12 months on", "24 months on", "60 months on", "last year"]
            print_table(head, rows)


if __name__ == "__main__":
    main()
