"""Size: practice at 10 to 160 departments, with one post each and with posts in proportion, and the slope on log size."""

from __future__ import annotations

import numpy as np
from paired import cell, print_table, run

SIZES = (10, 20, 40, 80, 160)
PULLS = {
    "departments do not ask by themselves (pull 0)": ["parameters.outreach.pull=0"],
    "they ask as often as each setting says": [],
    "they ask often (pull 0.6)": ["parameters.outreach.pull=0.6"],
}
POSTS = "commissioners[integration].funding[0].posts"


def main() -> None:
    """Print the table of sizes and the slopes, each with paired 95 % intervals."""
    rows = []
    for label, posts in (("one post", lambda n: 1.0), ("one post for 20 departments", lambda n: n / 20.0)):
        for size in SIZES:
            runs = run("large", [f"administration.departments={size}", f"{POSTS}={posts(size)}"]).runs
            rows.append([label, str(size), cell(runs.practice.to_numpy()), cell(runs.joint_practice.to_numpy())])
    print_table(["posts", "departments", "practice", "joint practice"], rows)

    rows = []
    for label, pull in PULLS.items():
        changes = [f"{POSTS}=1", *pull]
        results = [run("large", [f"administration.departments={size}", *changes]).runs for size in SIZES]
        rows.append([label, *(slope([getattr(r, name).to_numpy() for r in results])
                              for name in ("practice", "joint_practice"))])  # fmt: skip
    print_table(["one post each", "slope of practice on ln(departments)", "slope of joint practice"], rows)


def slope(levels: list[np.ndarray]) -> str:
    """Return the least-squares slope on the logarithm of size, fitted in every twin world."""
    x = np.log(SIZES) - np.mean(np.log(SIZES))
    y = np.stack(levels)
    return cell((x[:, None] * y).sum(axis=0) / (x**2).sum(), signed=True)


if __name__ == "__main__":
    main()
