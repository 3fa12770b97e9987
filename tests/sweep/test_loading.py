"""Experiment files: right ones mean what they say; wrong ones give one clear line for each error, at its place."""

from functools import partial

import pytest

from qsim.files.messages import InputError
from qsim.sweep.factors import build_scenario, changes_of
from qsim.sweep.loading import load_experiment
from sweep.conftest import HEAD
from worlds import load_as

SIZE = "  - {id: size, key: administration.departments, levels: [8, 12]}\n"


def refused(write, body, **files):
    for name, text in files.items():
        with open(name.replace("__", "."), "w", encoding="utf-8") as file:
            file.write(text)
    with pytest.raises(InputError) as caught:
        load_experiment(write(body))
    return str(caught.value).splitlines()


def scenario_at(experiment, point, base=0):
    codes = experiment.design.codes(point, point + 1)[0]
    return build_scenario(experiment.bases[base], changes_of(experiment.factors, codes))


def test_a_point_is_the_scenario_with_its_changes(load):
    experiment = load()
    assert (experiment.design.points, experiment.runs) == (6, 18)
    assert [reading.column for reading in experiment.readings] == [
        "practice", "practice_peak", "joint_practice_2020_12"
    ]  # fmt: skip
    changes = ["months=18", "administration.departments=8", "commissioners[integration].funding[0].posts=2",
               "parameters.practice.up=0.08"]  # fmt: skip
    assert scenario_at(experiment, 5) == load_as("small", *changes)


def test_packages_set_several_keys_at_once(load):
    experiment = load(
        "factors:\n  - id: house\n    set:\n      as_it_is: {}\n"
        "      small: {administration.departments: 6, months: 24}\nreplications: 1\n"
    )
    assert scenario_at(experiment, 0).months == 18
    assert scenario_at(experiment, 1).months == 24
    assert experiment.factors[0].column(experiment.design.codes(0, 2)[:, 0]).to_pylist() == ["as_it_is", "small"]


def test_ranges_of_months(load):
    experiment = load(
        'factors:\n  - {id: begin, key: "commissioners[integration].funding[0].start", range: [2020-01, 2020-12]}\n'
        "design: {kind: sobol, number: 16}\nreplications: 1\n"
    )
    starts = {scenario_at(experiment, point).commissioners[0].funding[0].start for point in range(16)}
    assert len(starts) > 8
    assert min(starts) >= 12 * 2020
    column = experiment.factors[0].column(experiment.design.codes(0, 16)[:, 0]).to_pylist()
    assert all(text.startswith("2020-") for text in column)


def test_replications_and_seed_replace_those_of_the_file(load):
    content = load(replications=7, seed=9).content
    assert (content.replications, content.seed) == (7, 9)


def test_points_of_a_file(load, write, tmp_path):
    (tmp_path / "points.csv").write_text("position,size\nline_unit,8\nstaff_unit,12\nline_unit,12\n", encoding="utf-8")
    body = (
        'factors:\n  - {id: size, key: administration.departments}\n  - {id: position, key: "commissioners[integration]'
        '.position"}\ndesign: {kind: points, file: points.csv}\nreplications: 1\n'
    )
    experiment = load(body)
    codes = experiment.design.codes(0, 3)
    columns = [factor.column(codes[:, k]).to_pylist() for k, factor in enumerate(experiment.factors)]
    assert columns == [[8.0, 12.0, 12.0], ["line_unit", "staff_unit", "line_unit"]]
    assert scenario_at(experiment, 1).commissioners[0].position == "staff_unit"


@pytest.mark.parametrize(
    ("factor", "place", "said"),
    [
        ("{id: a, key: administration.departmens, levels: [8, 12]}", "7:18", 'did you mean "departments"'),
        ('{id: a, key: "commissioners[inclusion].knowledge", levels: [0.5]}', "7:18", "integration"),
        ("{id: a, key: parameters.practice.upp, levels: [0.1]}", "7:18", "upp"),
        ('{id: a, key: "commissioners[integration].position", levels: [line_unit, staff]}', "7:77", "staff"),
        ("{id: a, key: administration.departments, levels: [8, 0]}", "7:58", "no departments at all"),
        (
            "{id: a, key: administration.departments, range: [8, 2000000], steps: 3}",
            "7:53",
            "is not a number of departments",
        ),
        ("{id: a, key: parameters.practice.up, range: [0.1, 7], steps: 2}", "", "7 is not a share"),
        ("{id: a, key: administration.departments, range: [8, 8], steps: 2}", "7:53", "the range 8 to 8 is empty"),
        ("{id: a, key: administration.departments, range: [9, 8], steps: 2}", "7:53", "the higher end first"),
        ("{id: a, key: administration.departments, range: [few, many], steps: 2}", "7:53", "two numbers or two months"),
        ("{id: a, key: administration.departments, range: [8], steps: 2}", "7:", "a list of 1"),
        ("{id: a, key: months, range: [0, 8], scale: log, steps: 2}", "7:33", "numbers above zero"),
        ("{id: a, key: months, range: [12, 24]}", "7:33", '"steps" beside the range'),
        ("{id: a, key: months, range: [12, 24], levels: [1]}", "7:", "one of levels, range and set"),
        ("{id: a, key: months, levels: [12, 24], steps: 2}", "7:51", "steps belongs to a range"),
        ("{id: a, key: months, levels: []}", "7:", "an empty list"),
        ("{id: a, key: months, levels: [12, 12]}", "7:39", "12 is there twice"),
        ("{id: a, key: months}", "7:5", 'missing key "levels" or "range"'),
        ("{id: a, levels: [12]}", "7:5", 'missing key "key"'),
        ("{id: a, key: 'months[', levels: [12]}", "7:18", "is not a key"),
        ("{id: point, key: months, levels: [12, 24]}", "7:10", "the name of another column"),
        ("{id: a, set: {x: {months: 12}, y: {monts: 12}}}", "7:40", 'did you mean "months"'),
        ("{id: a, key: months, level: [12]}", "7:26", 'did you mean "levels"'),
    ],
)
def test_a_wrong_factor_is_one_line_at_its_place(write, factor, place, said):
    lines = refused(write, f"factors:\n  - {factor}\nreplications: 1\n")
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"trial.yaml:{place}"), lines
    assert said in lines[0]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("design: {kind: latin_hypercube}", 'missing key "number"'),
        ("design: {kind: factorial, number: 3}", "counts its points itself"),
        ("design: {kind: points}", 'missing key "file"'),
        ("design: {kind: sobol, number: 3, file: x.csv}", "a file belongs to"),
        ("design: {kind: sobol, number: 3, second_order: true}", "second_order belongs to"),
        ("design: {kind: hypercube}", "hypercube"),
        ("outcomes: [{measure: practise}]", 'did you mean "practice"'),
        ("outcomes: [{measure: practice, at: 2035-01}]", "lies outside the run of small"),
        ("outcomes: [{measure: practice, at: last_yaer}]", 'did you mean "last_year"'),
        ("outcomes: [{measure: shock_depth, at: peak}]", "one number a run"),
        ("outcomes: [{measure: practice}, {measure: practice}]", "practice is there twice"),
        ("replications: 0", "0 is not a number of runs"),
        ("output: everything", "everything"),
        ("design: {kind: points, file: /etc/passwd}", 'design.file: "/etc/passwd" does not end in .csv'),
        ("design: {kind: points, file: gone.csv}", "gone.csv:  there is no such file"),
    ],
)
def test_what_else_can_be_wrong_is_one_line(write, rest, said):
    lines = refused(write, f"factors:\n{SIZE}{rest}\n")
    assert len(lines) == 1, lines
    assert said in lines[0]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("size\n", "there are no points"),
        ("size,colour\n8,red\n", 'points.csv:1  there is no factor "colour"'),
        ("siz\n8\n", 'points.csv:1  there is no factor "siz"; did you mean "size"'),
        ("size\n8\n99\n", 'points.csv:3  size: "99" is not a level'),
        ("size\n8\n\n\n99\n", 'points.csv:5  size: "99" is not a level'),
        ("size\n\n8,9\n", "points.csv:3  2 values; expected 1"),
        (f'size\n"{"8" * 200_000}"\n', "points.csv:2  is no CSV: field larger than field limit"),
        (f"size\n{10**400}\n", "points.csv:2  size: "),
        ("size\n8,9\n", "points.csv:2  2 values; expected 1"),
    ],
)
def test_a_wrong_file_of_points(write, points, said):
    lines = refused(write, f"factors:\n{SIZE}design: {{kind: points, file: points.csv}}\n", points__csv=points)
    assert any(said in line for line in lines), lines


def test_a_month_that_a_factor_cuts_off(write):
    body = "factors:\n  - {id: a, key: months, levels: [120, 12]}\noutcomes: [{measure: practice, at: 2022-01}]\n"
    lines = refused(write, body)
    assert len(lines) == 1
    assert lines[0].startswith("trial.yaml:7:18  with a 12 the scenario small is wrong: 2022-01 lies outside the run")


def test_all_errors_at_once(write):
    body = (
        "factors:\n  - {id: a, key: monhts, levels: [12]}\n  - {id: b, key: months, range: [3, 3], steps: 2}\n"
        "outcomes: [{measure: practise}]\n"
    )
    lines = refused(write, body)
    assert [line.split("  ")[0] for line in lines] == ["trial.yaml:7:18", "trial.yaml:8:33", "trial.yaml:9:22"]


def test_a_scenario_that_does_not_exist(write):
    head = "kind: experiment\nschema_version: 1\nlabel: {de: a, en: b}\nquestion: {de: a, en: b}\nscenarios: [smal]\n"
    with pytest.raises(InputError, match=r'trial\.yaml:5:13  scenarios\[0\]: smal: .*did you mean "small"'):
        load_experiment(write("", head))


def test_a_level_that_only_one_scenario_refuses(write):
    head = (
        "kind: experiment\nschema_version: 1\nlabel: {de: a, en: b}\nquestion: {de: a, en: b}\n"
        "scenarios: [small, two_units]\n"
    )
    with pytest.raises(InputError) as caught:
        load_experiment(write('factors:\n  - {id: a, key: "commissioners[climate].knowledge", levels: [0.5]}\n', head))
    assert len(caught.value.messages) == 1


def test_a_file_of_another_kind(write):
    with pytest.raises(InputError, match=r"trial\.yaml:1:7  kind: .*expected experiment"):
        load_experiment(write("months: 3\n", "kind: scenario\n"))


def test_a_level_too_large_for_any_column_is_one_line(write):
    (line,) = refused(write, f"factors:\n  - {{id: size, key: administration.departments, levels: [8, {10**400}]}}\n")
    assert "administration.departments" in line


@pytest.mark.parametrize(
    ("outcomes", "wrong"),
    [("[{measure: practice}]", True), ("[{measure: practice}, {measure: practice, at: 2020-12}]", False),
     ("[{measure: practice}, {measure: knowledge, at: 2020-12}]", True)],
)  # fmt: skip
def test_a_figure_over_time_takes_outcomes_at_months(write, outcomes, wrong):
    body = f"factors:\n{SIZE}outcomes: {outcomes}\nfigure: {{outcome: practice, x: time, lines: size}}\n"
    if wrong:
        (line,) = refused(write, body)
        assert "figure.x: practice is read at no month" in line
    else:
        load_experiment(write(body))


def test_a_range_that_lacks_integer_is_told_so(write):
    factor = "{id: a, key: administration.departments, range: [3, 10]}"
    (line,) = refused(write, f"factors:\n  - {factor}\ndesign: {{kind: latin_hypercube, number: 6}}\nreplications: 1\n")
    assert line.endswith('expected a whole number from 0 to 1000; write "integer: true" beside the range')


def test_a_design_of_more_runs_than_ever_end_is_told_where_it_stands(write):
    ids = "".join(f"  - {{id: f{i}, key: administration.departments, levels: {[*range(1, 11)]}}}\n" for i in range(12))
    (line,) = refused(write, f"factors:\n{ids}design: {{kind: factorial}}\nreplications: 2\n")
    place, text = line.split("  ", 1)
    assert place == "trial.yaml:19:9"
    assert (
        text
        == "design: 1,000,000,000,000 points x 2 replications are 2,000,000,000,000 runs, more than 1,000,000,000,000"
    )


WRONG_DESIGNS = (
    "{kind: hypercube}",
    "{kind: sobol, number: 0}",
    "{kind: sobol, number: 8, n: 2}",
    "[]",
    "{kind: sobol, number: 8, kind: sobol}",
    "{kind: points}",
    "{kind: points, file: gone.csv}",
)


@pytest.mark.parametrize("design", WRONG_DESIGNS)
def test_a_wrong_design_hides_nothing_and_makes_nothing_up(write, design):
    """Scenarios, factors, outcomes and expectations are looked at all the same, unless it takes the points to judge them."""
    body = (
        "factors:\n"
        "  - {id: up, key: parameters.practice.up, range: [0.02, 0.1]}\n"
        "  - {id: size, key: administration.departmens, levels: [8, 12]}\n"
        f"outcomes: [{{measure: practise}}, {{measure: practice, at: last_yaer}}]\ndesign: {design}\n"
    )
    lines = refused(partial(write, head=HEAD.replace("small", "small, nowhere")), body)
    words = [
        "gone.csv" if "gone" in design else "trial.yaml:10:",
        "nowhere",
        '"practice"',
        '"last_year"',
        *([] if "points" in design else ['"departments"']),
    ]
    assert [any(word in line for line in lines) for word in words] == [True] * len(words), lines
    assert len(lines) == len(words), lines


def test_expectations_are_looked_at_beside_a_wrong_design(write):
    lines = refused(write, f"factors:\n{SIZE}outcomes: [{{measure: practice}}]\nfigure: {{outcome: practise, x: sice}}\n"
                           "design: {kind: hypercube}\n")  # fmt: skip
    assert len(lines) == 3, lines


def test_a_wrong_outcome_or_factor_makes_no_error_of_what_names_it(write):
    lines = refused(write, f"factors:\n  - {{id: sizes, key: months, levls: [12]}}\n{SIZE}"
                           "outcomes: [{measure: 3}, {measure: practice, at: 2035-01}]\n"
                           "figure: {outcome: practice, x: sizes}\n")  # fmt: skip
    assert len(lines) == 3, lines
    assert any("outcomes[1]" in line for line in lines), lines
