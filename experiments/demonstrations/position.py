"""Position: the five places of a commissioner, in normal times and with a shock in month 60, against the staff unit."""

from __future__ import annotations

from paired import cell, print_table, run

POSITIONS = ("section", "line_unit", "staff_unit", "staff_unit_with_head", "deputy_mayor")
OUTCOMES = ("practice", "joint_practice", "host_practice")


def main() -> None:
    """Print levels and differences from the staff unit, with paired 95 % intervals."""
    for title, prefix in (("Normal times", ""), ("With a shock in month 60", "shock_")):
        print(f"### {title}\n")
        results = {name: run(f"{prefix}position_{name}").runs for name in POSITIONS}
        reference = results["staff_unit"]
        rows = []
        for name, runs in results.items():
            differences = [cell((runs[o] - reference[o]).to_numpy(), signed=True) for o in OUTCOMES]
            rows.append([name, cell(runs.practice.to_numpy()), *(differences if name != "staff_unit" else ["0"] * 3)])
        print_table(["position", "practice", "whole house", "joint practice", "host division"], rows)


if __name__ == "__main__":
    main()
