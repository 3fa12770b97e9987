from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from drawn import faults, texts_of
from qsim.measures.catalogue import CONSTRAINTS
from qsim.present.figures.constraint import constraint_figure, monthly_shares
from qsim.present.figures.departments import department_blocks, departments_figure
from qsim.present.figures.frame import png_bytes, save, svg_bytes
from qsim.present.figures.gap import gap_figure
from qsim.present.figures.paper import paper_figure
from qsim.present.words.speaker import Speaker

SVG = "{http://www.w3.org/2000/svg}"


def _departments(results: list[Any], speak: Speaker) -> Figure:
    return departments_figure(results[0], speak)


FIGURES = [paper_figure, gap_figure, constraint_figure, _departments]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("draw", FIGURES)
def test_no_text_lies_over_another_or_outside_the_page(result: Any, draw: Callable[..., Any], language: str) -> None:
    assert faults(draw([result], Speaker(language))) == []


@pytest.mark.parametrize("draw", FIGURES[:3])
def test_several_scenarios_fit_side_by_side(make: Callable[..., Any], draw: Callable[..., Any]) -> None:
    labels = ["Ohne", "Stabsstelle mit eigener Leitung beim Oberbürgermeister", "Fachdienst", "Sachgebiet im Sozialamt"]
    results = [make(runs=5, level=0.2 + 0.05 * i, label=label) for i, label in enumerate(labels)]
    figure = draw(results, Speaker("de"))
    assert faults(figure) == []
    together = " ".join(" ".join(texts_of(figure)).split())
    assert all(label in together for label in labels)


def test_paper_has_a_bar_a_range_and_a_number_for_every_stage(result: Any) -> None:
    figure = paper_figure([result], Speaker("de"))
    axes = figure.axes[0]
    assert [bar.get_width() for bar in axes.patches] == pytest.approx(
        [result.runs[stage].mean() for stage in ("commitment", "considered", "practice", "joint_practice")]
    )
    assert len(axes.lines) == len(axes.collections) == 4
    shown = texts_of(figure)
    assert {"Zugesagt", "Berücksichtigt", "Umgesetzt", "Gemeinsam umgesetzt"} <= set(shown)
    practice = f"{100 * result.runs['practice'].mean():.1f}".replace(".", ",")
    assert f"{practice}\N{NO-BREAK SPACE}%" in shown


def test_the_gap_is_drawn_as_mean_and_band(result: Any) -> None:
    figure = gap_figure([result], Speaker("en"))
    axes = figure.axes[0]
    grouped = result.series.groupby("month")["implementation_gap"]
    mean = next(line for line in axes.lines if len(line.get_xdata()) == 120)
    np.testing.assert_allclose(mean.get_ydata(), grouped.mean())
    (band,) = [each for each in axes.collections if isinstance(each, PolyCollection)]
    vertices = band.get_paths()[0].vertices
    assert vertices[:, 1].max() == pytest.approx(grouped.quantile(0.9).max())
    assert vertices[:, 1].min() == pytest.approx(grouped.quantile(0.1).min())


def test_the_constraints_fill_the_whole(result: Any) -> None:
    figure = constraint_figure([result], Speaker("de"))
    assert len(figure.axes[0].collections) == len(CONSTRAINTS)
    _, shares = monthly_shares(result)
    np.testing.assert_allclose(shares.sum(axis=0), 1.0)
    for word in ("Bereitschaft", "Wissen", "Zeit", "Noch im Aufbau"):
        assert any(text.startswith(word) for text in texts_of(figure))


def test_departments_are_grouped_and_in_order_of_weight(result: Any) -> None:
    _, blocks = department_blocks(result, "integration", Speaker("de"))
    weights = [sum(row.weight for row in block.rows) for block in blocks]
    assert weights == sorted(weights, reverse=True)
    for block in blocks:
        inner = [row.weight for row in block.rows]
        assert inner == sorted(inner, reverse=True)
    figure = departments_figure(result, Speaker("de"))
    assert len(figure.axes) == len(blocks) + 1
    assert {block.name for block in blocks} <= set(texts_of(figure))
    assert sum(len(axes.images) for axes in figure.axes) == len(blocks) + 1


@pytest.mark.parametrize(("departments", "rows"), [(40, 40), (60, 60), (160, 40)])
def test_many_departments_are_united(make: Callable[..., Any], departments: int, rows: int) -> None:
    result = make(runs=1, months=6, departments=departments)
    result.departments["weight"] = 1 / departments
    _, blocks = department_blocks(result, "integration", Speaker("en"))
    assert sum(len(block.rows) for block in blocks) == rows
    names = [row.name for block in blocks for row in block.rows]
    assert any("(4×)" in name for name in names) == (departments == 160)
    assert sum(row.weight for block in blocks for row in block.rows) == pytest.approx(1.0)


def test_a_department_that_stands_in_no_run_is_left_out(result: Any) -> None:
    own = result.departments["department"] == "social_services"
    result.departments.loc[own, [f"constraint_{name}" for name in CONSTRAINTS]] = 0.0
    _, blocks = department_blocks(result, "integration", Speaker("de"))
    assert "Sozialamt" not in [row.name for block in blocks for row in block.rows]


def test_a_task_without_departments_is_refused(result: Any) -> None:
    with pytest.raises(ValueError, match="no department has a part in the task other"):
        departments_figure(result, Speaker("de"), task="other")


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.usefixtures("coarse")
def test_saving_writes_both_formats_and_nothing_else(result: Any, draw: Callable[..., Any], tmp_path: Any) -> None:
    written = save(draw([result], Speaker("de")), tmp_path / "figures", "name")
    assert sorted(tmp_path.glob("figures/*")) == sorted(written)
    svg = written[0].read_text(encoding="utf-8")
    root = ElementTree.fromstring(svg)
    assert root.get("lang") == "de"
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text
    assert description is not None
    assert description.text
    assert f"{title.get('id')} {description.get('id')}" == root.get("aria-labelledby")
    letters = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert "Modell, keine Prognose" in letters
    assert written[1].read_bytes().startswith(b"\x89PNG")


@pytest.mark.usefixtures("coarse")
@pytest.mark.parametrize("draw", FIGURES)
def test_the_same_figure_gives_the_same_bytes(make: Callable[..., Any], draw: Callable[..., Any]) -> None:
    first, second = (draw([make(runs=3, months=24, departments=10)], Speaker("en")) for _ in range(2))
    assert svg_bytes(first) == svg_bytes(second)
    assert png_bytes(first) == png_bytes(second)


def test_a_folder_that_cannot_be_written_leaves_nothing(result: Any, tmp_path: Any) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        save(paper_figure([result], Speaker("de")), tmp_path / "file", "name")
    (tmp_path / "name.svg").mkdir()
    with pytest.raises(OSError, match="name"):
        save(paper_figure([result], Speaker("de")), tmp_path, "name")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "name.svg"]


def test_a_dollar_in_a_label_is_a_dollar(make: Callable[..., Any], tmp_path: Any) -> None:
    written = save(paper_figure([make(runs=2, months=2, label="a $x$ b")], Speaker("en")), tmp_path, "name")
    assert "a $x$ b" in written[0].read_text(encoding="utf-8")


@pytest.mark.usefixtures("coarse")
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("draw", FIGURES)
def test_whatever_a_label_holds_files_are_whole_and_nothing_warns(
    make: Callable[..., Any], draw: Callable[..., Any], tmp_path: Any
) -> None:
    result = make(runs=2, months=2, label="a\0b\x1b[31m\x85 🌍")
    svg, _ = save(draw([result], Speaker("de")), tmp_path, "name")
    root = ElementTree.parse(svg).getroot()
    assert "ab[31m 🌍" in "".join(root.itertext())


def test_drawing_leaves_the_global_figures_alone(result: Any) -> None:
    svg_bytes(paper_figure([result], Speaker("de")))
    assert "matplotlib.pyplot" not in sys.modules


@pytest.mark.parametrize("missing", [[], ["implementation_gap"], ["need_gap"], ["practice", "commitment"]], ids=str)
@pytest.mark.parametrize(("runs", "months"), [(1, 1), (1, 2), (2, 13)])
def test_any_result_can_be_drawn(make: Callable[..., Any], runs: int, months: int, missing: list[str]) -> None:
    result = make(runs=runs, months=months, departments=4)
    result.series[missing] = np.nan
    result.runs[missing] = np.nan
    for draw in FIGURES:
        figure = draw([result], Speaker("de"))
        assert faults(figure) == []
        assert not any(re.search(r"\bnan\b", text) for text in texts_of(figure))
