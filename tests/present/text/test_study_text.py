"""What is said of studies, in both languages."""

import pytest

from qsim.present.text.study_text import duration, estimate_lines, note_line, reproduction_lines, size, status_lines
from qsim.present.words.speaker import Speaker
from qsim.scenario.labels import Label
from qsim.sweep.part_work import Effort
from qsim.sweep.plan import Note
from qsim.sweep.reproduce import Reproduction
from qsim.sweep.status import Status


@pytest.mark.parametrize(
    ("seconds", "german", "english"),
    [(0.2, "1 Sekunde", "1 second"), (119, "119 Sekunden", "119 seconds"), (125, "2 Minuten", "2 minutes"),
     (3 * 3600, "3 Stunden", "3 hours"), (86400 * 4.4, "4 Tage", "4 days")],
)  # fmt: skip
def test_times_have_the_unit_in_which_they_are_small(seconds, german, english):
    assert (duration(seconds, Speaker("de")), duration(seconds, Speaker("en"))) == (german, english)


@pytest.mark.parametrize(
    ("count", "german"), [(400, "0,4 kB"), (324_000, "324 kB"), (5_250_000, "5,2 MB"), (7e10, "70 GB")]
)
def test_sizes_have_the_unit_in_which_they_are_small(count, german):
    assert size(int(count), Speaker("de")) == german


def test_what_a_study_will_take():
    found = Effort(runs=4000, points=20, scenarios=2, parts=1, size=2_000_000, seconds=600.0)
    lines = list(estimate_lines(Label(de="Förderung", en="Funding"), found, 2, Speaker("de")))
    assert lines == [
        "Förderung: 4.000 Läufe (2 Szenarien × 20 Punkte × 100 Wiederholungen) in 1 Teil",
        "Auf der Platte etwa 2,0 MB; mit 2 Threads etwa 10 Minuten (nach einigen Probeläufen)",
        "Es wurde nichts geschrieben.",
    ]
    assert found.wall(2) == 600.0


def test_an_unfinished_study_with_a_failed_part():
    failed = ({"part": 3, "first_row": 48, "last_row": 63, "error": "by zero"},)
    status = Status("sweep", "trial", "qsim sweep trial --out out", False, ("a.parquet",), (), ("b.parquet",),
                    96, 48, 6, 3, failed, 1)  # fmt: skip
    assert list(status_lines(status, Speaker("en"))) == [
        "trial: 48 of 96 runs (3 of 6 parts)",
        "part 3 failed (rows 48 to 63): by zero",
        "a.parquet is not as it was written, and does not count.",
        "b.parquet does not belong to the study, and does not count.",
        "1 file that could not be read is in corrupt/.",
        "to go on: qsim sweep trial --out out",
    ]
    assert list(status_lines(status, Speaker("de"), brief=True)) == ["trial: 48 von 96 Läufen (3 von 6 Teilen)"]


def test_whether_the_numbers_came_out_again():
    assert next(reproduction_lines(Reproduction(64, 1000, 2e-12, "x", ()), Speaker("de"))) == (
        "64 von 1.000 Läufen noch einmal gerechnet: Die Zahlen stimmen überein (größte relative Abweichung 2e-12)."
    )
    assert "differ, by up to 0.5 in x" in next(reproduction_lines(Reproduction(1, 1, 0.5, "x", ()), Speaker("en")))
    assert "um bis zu 0,5 in x" in next(reproduction_lines(Reproduction(1, 1, 0.5, "x", ()), Speaker("de")))
    assert "Abweichung 3,3e-15)" in next(reproduction_lines(Reproduction(1, 1, 3.3e-15, "x", ()), Speaker("de")))
    other = Reproduction(1, 1, float("inf"), "3 rows there and 2 here", ())
    assert next(reproduction_lines(other, Speaker("en"))).endswith("do not fit together: 3 rows there and 2 here")


@pytest.mark.parametrize(
    ("note", "german"),
    [
        (Note("version", (("qsim", "0.1", "0.2"),)), "qsim 0.1 dort und 0.2 hier: Jede Zahl kann abweichen; "),
        (Note("rules"), "qsim derselben Fassung, aber mit anderen Regeln: Jede Zahl kann abweichen; "),
        (Note("libraries", (("numpy", "1", "2"), ("numba", "3", "4"))),
         "numpy 1 dort und 2 hier, numba 3 dort und 4 hier: Zahlen können in den letzten Stellen abweichen"),
    ],
)  # fmt: skip
def test_what_was_otherwise_in_both_languages(note, german):
    assert note_line(note, Speaker("de")).startswith(german)
    assert note_line(note, Speaker("en")) == str(note)
