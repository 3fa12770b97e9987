"""``qsim claims`` and ``qsim validate`` of claims files, as a user meets them."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from qsim.claims import evaluation, held_out, rival_runs
from qsim.claims.evaluation import Budget
from trial_claims import CITY, CLAIM, HEAD, LEDGER

QSIM = Path(sys.executable).parent / "qsim"
IDS = ["more_posts", "fewer_posts", "another_name", "no_other_name", "a_little_vacancy", "some_towns"]


@pytest.fixture
def ledger(write, monkeypatch):
    """Six claims on a city in the current folder, and a small budget."""
    write("scenarios/city.yaml", CITY)
    monkeypatch.setattr(evaluation, "QUICK", Budget(looks=(6, 12), cause=2))
    monkeypatch.setattr(evaluation, "FULL", Budget(looks=(6, 12, 18), cause=2))
    monkeypatch.setattr(rival_runs, "RIVALS_QUICK", Budget(looks=(6, 12), variants=7))
    monkeypatch.setattr(rival_runs, "RIVALS_FULL", Budget(looks=(6, 12, 18), variants=7))
    return write("claims/trial.yaml", LEDGER)


def printed(done):
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    return found["claims"] if isinstance(found, dict) and "models" not in found else found


def test_json(command, ledger):
    records = printed(command("claims", "--json"))
    assert [one["id"] for one in records] == IDS
    for name in ("id", "kind", "test", "outcome", "effect", "low", "high", "agree", "beyond_scorecard", "held_out"):
        assert all(name in one for one in records)
    assert [one["outcome"] for one in records] == [
        "expected", "opposite", "negligible", "expected", "unresolved", "expected"
    ]  # fmt: skip


def test_some_claims_by_id_and_by_group(command, ledger):
    whole = {one["id"]: one for one in printed(command("claims", "--json"))}
    for arguments, ids in ((("more_posts",), ["more_posts"]), (("--group", "g"), ["fewer_posts"]),
                           (("-g", "B", "-g", "J"), ["more_posts", "another_name", "no_other_name", "some_towns"])):  # fmt: skip
        found = printed(command("claims", *arguments, "--json"))
        assert [one["id"] for one in found] == ids
        assert found == [whole[name] for name in ids]


def test_another_seed_and_more_runs(command, ledger):
    one = printed(command("claims", "more_posts", "--json"))[0]
    other = printed(command("claims", "more_posts", "--json", "--seed", "2"))[0]
    full = printed(command("claims", "a_little_vacancy", "--json", "--full", "-j", "1"))[0]
    assert one["effect"] != other["effect"]
    assert full["settings"] == 18


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ("Prüfung der Aussagen: B", "wie erwartet", "gegenteilig", "Eine Stelle bringt mehr als vier.",
                "fewer_posts: gegenteilig; ohne die Regel", "Punkteliste nicht schon ergibt: 4", "falscher Entdeckungen")),
        ("en", ("Claims ledger: B", "expected", "opposite", "One post achieves more than four.",
                "fewer_posts: opposite; without the rule", "the additive scorecard does not give: 4", "false discovery rate")),
    ],
)  # fmt: skip
def test_tables_in_words(command, ledger, language, said):
    done = command("claims", "--lang", language)
    assert done.exit_code == 0
    text = " ".join(done.stdout.split())
    for words in said:
        assert words in text, words


def test_a_folder_of_results(command, ledger, folder):
    done = command("claims", "-o", "out", "--csv", "--json")
    records = printed(done)
    assert "saved: out" in done.stderr
    table = pd.read_parquet(folder / "out" / "claims.parquet")
    assert list(table["id"]) == IDS
    assert table["effect"].to_list() == [one["effect"] for one in records]
    assert (folder / "out" / "claims_trials.csv").is_file()
    manifest = json.loads((folder / "out" / "manifest.json").read_text())
    assert manifest["study"] == "claims"
    assert manifest["command"] == "qsim claims --seed 1"
    refused = command("claims", "more_posts", "-o", "out")
    assert refused.exit_code == 2
    assert "holds the results of another plan" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("more_post",), 'there is no claim "more_post"; did you mean "more_posts"?'),
        (("zzz_zzz",), 'there is no claim "zzz_zzz"; the nearest are '),
        (("zzz_zzz",), "`qsim claims --list` shows all 6"),
        (("claims/trial.yaml", "zzz_zzz"), "`qsim claims claims/trial.yaml --list` shows all 6"),
        (("--list", "--full"), "--list runs nothing"),
        (("--list", "-o", "out"), "--list runs nothing"),
        (("--list", "more_post"), 'did you mean "more_posts"?'),
        (("--group", "X"), 'there is no claim of group "X"; there are B, E, G, J'),
        (("more_posts", "--group", "G"), "no claim has these ids and is of these groups"),
        (("--csv",), "--csv needs --out"),
        (("-j", "0"), "'-j'"),
        (("--seed", "-1"), "'--seed'"),
    ],
)
def test_wrong_arguments_are_one_line(command, ledger, folder, arguments, said):
    done = command("claims", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert sorted(path.name for path in folder.iterdir()) == ["claims", "scenarios"]


def test_an_unknown_id_is_answered_with_three(command, ledger):
    said = command("claims", "zzz_zzz").stderr
    named = said.split("the nearest are ")[1].split(";")[0].split(", ")
    assert len(set(named)) == 3
    assert set(named) <= set(IDS)


def test_a_file_of_ones_own(command, ledger, write):
    own = write("mine/own.yaml", (HEAD + CLAIM).replace("more_posts", "mine"))
    (found,) = printed(command("claims", own, "--json"))
    (same,) = printed(command("claims", "more_posts", "--json"))
    assert (found["id"], found["effect"]) == ("mine", same["effect"])
    assert command("claims", own, "mine", "--list", "--lang", "de").stdout.startswith("mine  Vier Stellen")
    assert printed(command("claims", own, "--rivals", "--json"))["claims"][0]["id"] == "mine"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("knowledge", "knowlege"),
            ['mine.yaml:16:14  claims[more_posts].measure: there is no measure "knowlege"; did you mean'],
        ),
        (("B04, B03", "B44"), ["mine.yaml:6:18  claims[more_posts].statements[0]: there is no statement"]),
        (("kind: claims", "kind: scenario"), ["mine.yaml:1:7  kind: "]),
    ],
)
def test_a_wrong_file_of_ones_own(command, ledger, write, change, said):
    done = command("claims", write("mine.yaml", (HEAD + CLAIM).replace(*change)), "--list")
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(text) for line, text in zip(lines, said, strict=True)), lines


def test_a_file_that_is_not_there(command, ledger):
    done = command("claims", "trail.yaml")
    assert (done.exit_code, done.stderr) == (2, 'trail.yaml:  there is no such file; did you mean "trial.yaml"?\n')


@pytest.mark.parametrize(
    ("language", "text"), [("de", "Eine Stelle bringt mehr als vier."), ("en", "One post achieves more")]
)
def test_claims_are_listed_and_not_run(command, ledger, language, text):
    done = command("claims", "--list", "--lang", language)
    assert done.exit_code == 0
    assert [line.split("  ")[0] for line in done.stdout.splitlines()] == IDS
    assert f"fewer_posts  {text}" in done.stdout


def test_what_is_held_out_is_left_out_until_it_is_asked_for(command, ledger, monkeypatch):
    monkeypatch.setattr(held_out, "held_out_statements", lambda: ["G02", "B04"])
    assert [one["id"] for one in printed(command("claims", "-g", "B", "--json"))] == ["another_name", "no_other_name"]
    (found,) = printed(command("claims", "-g", "G", "--held-out", "--json"))
    assert (found["id"], found["held_out"]) == ("fewer_posts", True)
    refused = command("claims", "another_name", "more_posts", "--lang", "en")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "more_posts: held out, and only run with --held-out" in refused.stderr
    assert "fewer_posts: held out, and" in command("claims", "-g", "G", "--lang", "en").stderr
    assert "none of these claims is held out" in command("claims", "-g", "E", "--held-out", "--lang", "en").stderr
    listed = command("claims", "--list", "--lang", "en").stdout.splitlines()
    assert [line.split("  ")[0] for line in listed] == IDS
    assert [line.split("  ")[0] for line in listed if line.endswith(" (held out)")] == ["more_posts", "fewer_posts"]
    some = printed(command("claims", "--list", "--held-out", "--json"))
    assert [one["id"] for one in some] == ["more_posts", "fewer_posts"]


def test_the_list_of_a_group_as_json(command, ledger):
    (found,) = printed(command("claims", "--list", "--group", "G", "--json", "--lang", "en"))
    assert (found["id"], found["group"]) == ("fewer_posts", "G")
    assert set(found) == {"id", "group", "statements", "held_out", "text"}


def test_wrong_claims_are_refused_before_anything_runs(command, ledger, write, folder):
    write("claims/wrong.yaml", (HEAD + CLAIM).replace("more_posts", "wrong").replace("knowledge", "knowlege"))
    done = command("claims", "more_posts", "-o", "out")
    assert done.exit_code == 2
    assert done.stderr == (
        'claims/wrong.yaml:16:14  claims[wrong].measure: there is no measure "knowlege"; did you mean "knowledge"?\n'
    )
    assert not (folder / "out").exists()


def test_validate(command, ledger, write):
    write("claims/roles_a.yaml", "A01: {role: input, why: {de: x, en: y}}\n")
    done = command("validate", ledger, "claims/roles_a.yaml", "scenarios/city.yaml")
    assert done.exit_code == 0
    assert done.stdout == "claims/trial.yaml: right\nclaims/roles_a.yaml: right\nscenarios/city.yaml: right\n"
    write("claims/wrong.yaml", (HEAD + CLAIM).replace("B04", "B44").replace("base: city", "base: cty"))
    write("claims/roles_b.yaml", "A01: {role: inptu, why: {de: x, en: y}}\n")
    wrong = command("validate", ledger, "claims/wrong.yaml", "claims/roles_b.yaml")
    assert wrong.exit_code == 2
    assert wrong.stdout == "claims/trial.yaml: right\n"
    assert [line.split("  ")[0] for line in wrong.stderr.splitlines()] == [
        "claims/wrong.yaml:6:18", "claims/wrong.yaml:11:11", "claims/roles_b.yaml:1:13"
    ]  # fmt: skip


def test_rivals_as_json(command, ledger, write):
    usual = {one["id"]: one for one in printed(command("claims", "--json"))}
    record = printed(command("claims", "--rivals", "--json"))
    assert [model["name"] for model in record["models"]][:3] == ["full_model", "random_contacts", "no_ties"]
    assert len(record["models"]) == 7
    assert [one["id"] for one in record["claims"]] == IDS
    for one in record["claims"]:
        assert one["trials"]["full_model"]["outcome"] == usual[one["id"]]["outcome"]
        assert one["trials"]["full_model"]["effect"] == usual[one["id"]]["effect"]
        assert one["beyond_scorecard"] == usual[one["id"]]["beyond_scorecard"]
    some = printed(command("claims", "--rivals", "--json", "more_posts", "another_name"))
    assert some["claims"][0]["trials"] == record["claims"][0]["trials"]


def test_rivals_with_more_runs_and_another_seed(command, ledger):
    full = printed(command("claims", "--rivals", "a_little_vacancy", "--json", "--full", "-j", "1"))
    assert full["claims"][0]["trials"]["full_model"]["settings"] == 18
    one, other = (
        printed(command("claims", "--rivals", "more_posts", "--json", "--seed", str(seed)))["claims"][0]["trials"]
        for seed in (1, 2)
    )
    assert one["full_model"]["effect"] != other["full_model"]["effect"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ("Rivalisierende Modelle", "nur Überlast", "Dieselben Tests in denselben Annahmen", "allein das volle Modell",
                "Papiere werden beschlossen", "(Meyer and Rowan 1977)", "Mindestens so gut wie das volle Modell in")),
        ("en", ("Rival models", "overload only", "The same tests in the same settings", "by the full model alone",
                "Paper is adopted", "(Meyer and Rowan 1977)", "At least as good as the full model in")),
    ],
)  # fmt: skip
def test_rivals_in_words(command, ledger, language, said):
    done = command("claims", "--rivals", "more_posts", "no_other_name", "--lang", language)
    assert done.exit_code == 0, done.stderr
    text = " ".join(done.stdout.split())
    for words in said:
        assert words in text, words


def test_a_folder_of_rivals(command, ledger, folder):
    record = printed(command("claims", "--rivals", "more_posts", "--json", "-o", "out", "--csv"))
    table = pd.read_parquet(folder / "out" / "claims_rivals.parquet")
    assert table["effect"].to_list() == [one["effect"] for one in record["claims"][0]["trials"].values()]
    assert (folder / "out" / "claims_rivals.csv").is_file()
    manifest = json.loads((folder / "out" / "manifest.json").read_text())
    assert manifest["command"] == "qsim claims more_posts --rivals --seed 1"
    assert command("status", "out").exit_code == 0
    refused = command("claims", "more_posts", "-o", "out")
    assert refused.exit_code == 2
    assert "holds the results of another plan" in refused.stderr


def test_rivals_that_are_interrupted_keep_what_is_done(command, ledger, folder, monkeypatch):
    results = rival_runs.rival_results

    def until_then(claims, *more):
        yield from results(claims[:2], *more)
        raise KeyboardInterrupt

    monkeypatch.setattr(rival_runs, "rival_results", until_then)
    done = command("claims", "--rivals", "--json", "-o", "out", "--lang", "en")
    assert done.exit_code == 130
    assert [one["id"] for one in json.loads(done.stdout)["claims"]] == IDS[:2]
    assert len(pd.read_parquet(folder / "out" / "claims_rivals.parquet")) == 2 * 7
    assert done.stderr.splitlines() == [
        "saved: out", "Interrupted: 2 of 6 claims are tested in all models.", "interrupted"
    ]  # fmt: skip


def interrupted_after(monkeypatch, many):
    """Let Ctrl-C come after so many claims."""
    evaluate = evaluation.evaluate

    def until_then(claims, runs, budget):
        yield from evaluate(claims[:many], runs, budget)
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluation, "evaluate", until_then)


def test_what_is_done_when_it_is_interrupted_is_kept(command, ledger, folder, monkeypatch):
    interrupted_after(monkeypatch, 2)
    done = command("claims", "--json", "-o", "out", "--lang", "en")
    assert done.exit_code == 130
    assert [one["id"] for one in json.loads(done.stdout)["claims"]] == IDS[:2]
    assert list(pd.read_parquet(folder / "out" / "claims.parquet")["id"]) == IDS[:2]
    assert done.stderr.splitlines() == ["saved: out", "Interrupted: 2 of 6 claims are tested.", "interrupted"]


def test_nothing_is_left_when_it_is_interrupted_before_anything_is_done(command, ledger, folder, monkeypatch):
    interrupted_after(monkeypatch, 0)
    done = command("claims", "--json", "-o", "out")
    assert done.exit_code == 130
    assert (done.stdout, done.stderr) == ("", "interrupted\n")
    assert not (folder / "out").exists()


def test_ctrl_c_in_the_middle_of_runs(command, write, folder):
    write("scenarios/city.yaml", CITY)
    slow = CLAIM.replace("one:\n", "one: {months: 1200}\n")
    write("claims/trial.yaml", HEAD + CLAIM.replace("more_posts", "quick") + slow)
    assert command("claims", "quick").exit_code == 0  # the rules are compiled now
    child = subprocess.Popen(
        [QSIM, "claims", "more_posts", "--full", "-o", "out"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not (folder / "out").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    output, errors = child.communicate(timeout=60)
    assert (child.returncode, output, errors) == (130, "", "interrupted\n")
    assert not (folder / "out").exists()
