"""``qsim answer`` as a user meets it: sentences in both languages, of a finished study alone."""

import json
import shutil

import pytest

import qsim

FACTORS = {"posts": {"key": "commissioners[integration].funding[0].posts", "levels": [1, 3],
                     "label": {"de": "Stellen", "en": "Posts"}, "names": {"1": {"de": "eine", "en": "one"}}}}  # fmt: skip
EXPECTED = {"id": "e1", "statements": [], "text": {"de": "Stellen helfen.", "en": "Posts help."}, "outcome": "practice",
            "more": {"posts": 3}, "less": {"posts": 1}, "relevant": 0.0001}  # fmt: skip
WORDS = {"expected": "More", "unresolved": "Undecided", "negligible": "No relevant difference", "opposite": "Less"}
QUESTION = {"de": "Was helfen Stellen?", "en": "What do posts help?"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of a study of two points."""
    out = tmp_path_factory.mktemp("whole") / "out"
    town = qsim.load_scenario("small", {"months": 30, "administration.departments": 8})
    study = qsim.Study.of({"town": town}, FACTORS, outcomes=["practice"], replications=100,
                          more={"expected": [EXPECTED], "question": QUESTION})  # fmt: skip
    study.run(out)
    return out


def test_the_answer_has_all_numbers(command, whole):
    done = command("answer", whole, "--lang", "en")
    assert done.exit_code == 0, done.stderr
    text = " ".join(done.stdout.split())
    found = json.loads(command("answer", whole, "--json").stdout)
    (effect,) = found["effects"]
    more, less = (f"{100 * level:.1f}%" for level in effect["levels"][0])
    assert text.startswith("Question: What do posts help? - Posts help. Yes, as expected (Done: ")
    assert f"Posts: 3 instead of one. {WORDS[effect['verdict']]} (Done: " in text
    assert f"(Done: {more} against {less}, difference {100 * effect['effect']:+.1f} points" in text
    assert "relevant from 1.25)" in text
    assert "200 runs (1 scenario × 2 points × 100 replications)." in text
    assert found["expected"][0]["relevant"] == 0.0001
    assert found["expected"][0]["effect"] == effect["effect"]


def test_it_is_said_in_german(command, whole):
    text = " ".join(command("answer", whole, "--lang", "de").stdout.split())
    assert text.startswith("Frage: Was helfen Stellen? - Stellen helfen. Ja, wie erwartet (Umgesetzt: ")
    assert "Stellen: 3 statt eine. " in text
    assert "relevant ab 1,25)" in text
    assert "200 Läufe (1 Szenario × 2 Punkte × 100 Wiederholungen)" in text


def test_an_unfinished_study_is_refused(command, whole, folder):
    shutil.copytree(whole, folder / "part")
    next((folder / "part" / "runs.parquet").iterdir()).unlink()
    done = command("answer", "part")
    assert done.exit_code == 2
    assert "of 200 runs; `qsim status` says how to go on" in done.stderr
    assert command("answer", folder).exit_code == 2


def test_a_folder_that_is_not_there_is_no_folder_without_a_study(command, folder):
    done = command("answer", "nowhere")
    assert (done.exit_code, done.stderr.strip()) == (2, "nowhere:  there is no such folder")
    done = command("answer", folder)
    assert done.stderr.strip().endswith("holds no study; `qsim sweep` makes one")
    assert command("run", "small", "-r", 2, "--set", "months=12", "--out", "ran").exit_code == 0
    for language, words in (("en", "holds results of `qsim run`; expected those of `qsim sweep`"),
                            ("de", "enthält Ergebnisse von `qsim run`; erwartet: die von `qsim sweep`")):  # fmt: skip
        assert command("answer", "ran", "--lang", language).stderr.strip().endswith(words)


def test_numbers_of_a_message_read_in_both_languages(command, folder):
    qsim.Study.of("small", FACTORS, outcomes=["practice"], replications=600).run(folder / "many")
    for part in sorted((folder / "many" / "runs.parquet").iterdir())[:-1]:
        part.unlink()
    for language, words in (("en", " of 1200 runs;"), ("de", " von 1200 Läufen;")):
        assert words in command("answer", "many", "--lang", language).stderr


def test_replications_too_few_for_an_interval_have_none(command, folder):
    few = qsim.Study.of("small", FACTORS, outcomes=["practice"], replications=1, more={"expected": [EXPECTED]})
    few.run(folder / "few")
    text = " ".join(command("answer", "few", "--lang", "en").stdout.split())
    assert text.count("; too few replications for an interval).") == 2
    assert "–" not in text
    assert "The intervals are" not in text
    assert "; für ein Intervall sind es zu wenige Wiederholungen)." in " ".join(
        command("answer", "few", "--lang", "de").stdout.split()
    )


@pytest.mark.parametrize(
    ("outcome", "english", "german"),
    [("practice", "(Done)", "(Umgesetzt)"), ("practice_peak", "(Done, peak)", "(Umgesetzt, höchster Stand)"),
     ("practice_whole_run", "(Done, whole run)", "(Umgesetzt, ganze Laufzeit)")],
)  # fmt: skip
def test_one_measure_at_several_times_is_told_apart(command, folder, outcome, english, german):
    times = [{"measure": "practice", "at": at} for at in ("last_year", "peak", "whole_run")]
    qsim.Study.of("small", FACTORS, outcomes=times, replications=5).run(folder / "times")
    said = [
        " ".join(command("answer", "times", "--outcome", outcome, "--lang", language).stdout.split())
        for language in ("en", "de")
    ]
    assert f"as they were run {english}:" in said[0]
    assert f"wie gerechnet {german}:" in said[1]
