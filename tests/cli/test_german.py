"""German where German was asked for: --lang wherever it stands, or a German locale, in all that is said."""

import json
import logging

import pytest

from qsim.commands.group import COMMANDS
from qsim.engine.prepare import Prepared
from sentences import english_in

HEAD = "kind: scenario\nschema_version: 1\nlabel: {de: a, en: b}\nstart: 2020-01\nmonths: 24\n"
TASK = "tasks: [{id: t, kind: integration}]\n"
FILES = {
    "empty.yaml": "",
    "tab.yaml": "\tkind: scenario\n",
    "open.yaml": 'kind: "scenario\n',
    "bracket.yaml": "kind: [scenario\n",
    "list.yaml": "- 1\n",
    "kind.yaml": "kind: scenery\n",
    "version.yaml": "kind: scenario\nschema_version: 9\n",
    "twice.yaml": "kind: scenario\nkind: scenario\n",
    "tag.yaml": f"{HEAD}x: !!set {{a: 1}}\n",
    "bare.yaml": HEAD,
    "values.yaml": HEAD + TASK + """\
administration: {departments: 0.5, workload: much, turnover_per_year: 20 %, vacancy_share: {between: [1]}, staff: [3]}
commissioners:
  - {id: T, tasks: [u], position: top, under: nobody, funding: [{posts: 900, start: 1999, kind: fixed}]}
events: [{kind: party, date: 2020-06}, {kind: shock, date: 2031-01}, {id: 5, date: 2020-02}]
formats: [{id: f, members: nobody, duty: yes, interval_weeks: 0.0001}]
rules: {off: [learnin]}
colour: red
""",
    "checks.yaml": HEAD + TASK + """\
administration:
  divisions: [{id: soziales, departments: [youth, youth]}, {id: technik, departments: [youth]}]
leaders: [{id: head_nowhere, kind: head}, {id: mayor, kind: deputy}]
commissioners:
  - id: c
    tasks: [t]
    position: staff_unit
    funding: [{posts: 1, start: 2020-01, kind: fixed}, {posts: 1, start: 2019-01, kind: permanent, duration_months: 4}]
events: [{id: e, kind: shock, date: 1999-01}, {id: f, kind: shock, date: 2030-05}]
parameters: {practice: {up: 7, upp: 1}, practise: {up: 0.1}}
""",
    "ids.yaml": HEAD + "tasks: [{id: t, kind: integration}, {id: t, kind: integration}]\n",
    "circle.yaml": "extends: circle.yaml\n",
    "lost.yaml": "extends: nobody.yaml\n",
    "claims.yaml": "kind: claims\nschema_version: 1\nclaims: [{id: c, statements: [Z99], test: more}]\n",
    "experiment.yaml": """\
kind: experiment
schema_version: 1
label: {de: a, en: b}
question: {de: a, en: b}
scenarios: [hale]
factors: [{id: a, key: monthss, levels: [1, 1]}, {id: b, key: months, range: [9, 1]}, {id: c}]
design: {kind: sobol}
outcomes: [{measure: practise}, {measure: practice, at: 1999-01}]
""",
}  # fmt: skip
ARGUMENTS = (
    ("run",), ("rnu", "halle"), ("run", "hale"), ("run", "a.yaml", "b.yaml"), ("run", "halle", "--replications", "0"),
    ("run", "halle", "--replications", "many"), ("run", "halle", "--repetitions", "4"), ("run", "halle", "--seed"),
    ("run", "halle", "-j", "0"), ("run", "halle", "--csv"), ("run", "halle", "--quiet=yes"), ("run", "halle", "-S", "months"),
    ("run", "halle", "-S", "months=[1"), ("run", "halle", "-S", "months=-6"),
    ("run", "halle", "-S", "administration.departmens=8"),
    ("run", "halle", "-S", "parameters.practice.up=7"), ("run", "halle", "-S", "parameters.practice.upp=1"),
    ("run", "halle", "-S", "commissioners.x=1"), ("run", "halle", "-S", "a..b=1"), ("run", "halle", "-S", "commissioners[q].x=1"),
    ("run", "halle", "--report", "page.txt"), ("run", "halle", "--report", "nowhere/page.html"),
    ("run", "halle", "--out", "empty.yaml"),
    ("run", "halle", "--with", "checkliste"), ("run", "halle", "--from", "2026-01"), ("run", "halle", "--with", ","),
    ("run", "halle", "--with", "network", "--from", "2026"), ("compare", "halle", "--with", "checklist,checklist_with_veto"),
    ("levers", "--from", "2026-01"), ("levers", "halle", "--write", "x.yaml"), ("levers", "halle", "--from", "1999-01"),
    ("levers", "--levers", "empty.yaml"), ("run", "no_unit", "--with", "network,council_decision,coordination,funded_post"),
    ("run", "halle", "--with", "commissioner,permanence,evaluation", "--from", "2026-01"),
    ("run", "halle", "--with", "concept", "--from", "2029-06"),
    ("advise", "halle"), ("advise", "halle", "--euro", "-5"), ("advise", "halle", "--euro", "40.000"),
    ("advise", "halle", "--euro", "40k"), ("advise", "halle", "--euro", "9", "--goal", "practise"),
    ("advise", "halle", "--euro", "9", "--goal", "commitment"), ("advise", "halle", "--euro", "9", "--only", "post_e11"),
    ("advise", "halle", "--euro", "9", "--only", "checklist", "--not", "checklist"),
    ("advise", "no_unit", "--euro", "9", "--only", "network"), ("advise", "halle", "--euro", "9", "--not", ","),
    ("schema", "--kind", "roles"), ("validate",), ("validate", "gone"), ("validate", "gone.yaml"), ("validate", "."),
    ("compare", "halle"), ("compare", "halle", "hale"), ("compare", "halle", "schwerin", "--settings", "0"),
    ("compare", "halle", "schwerin", "--fixed", "--settings", "9"), ("compare", "halle", "schwerin", "--fixed", "--budget", "9"),
    ("compare", "halle", "schwerin", "--clearly", "3"), ("compare", "halle", "schwerin", "--relevant", "x"),
    ("compare", "halle", "schwerin", "--relevant", "practise=1"), ("compare", "halle", "schwerin", "--budget", "2"),
    ("explain", "halle", "--month", "3"), ("explain", "halle", "--chain", "no"), ("explain", "halle", "--month", "1999-01"),
    ("sweep",), ("sweep", "funding_duration"), ("sweep", "gone", "-n"), ("sweep", "experiment.yaml", "-n"),
    ("status", "."), ("status", "gone"),
    ("reproduce", "."), ("reproduce", "gone.html"), ("reproduce", "empty.yaml"), ("discover", "."), ("discover", "gone"),
    ("claims", "no_claim"), ("claims", "--group", "Z"), ("claims", "--list", "--full"), ("sensitivity", "gone", "-n"),
    ("sensitivity", "halle", "-n", "-N", "9"), ("sensitivity", "halle", "-n", "--measure", "practise"),
    ("sensitivity", "halle", "-n", "--at", "x"),
    ("sensitivity", "halle", "-n", "--scenario", "x"), ("init", ""), ("init", "empty.yaml"),
)  # fmt: skip


def german(done, code=2):
    assert done.exit_code == code
    assert done.stderr.strip()
    for line in done.stderr.splitlines():
        assert english_in(line) == [], line


@pytest.fixture
def files(write):
    for name, text in FILES.items():
        write(name, text)


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_wrong_arguments_are_told_in_german(command, files, arguments):
    german(command(*arguments, "--lang", "de"))


@pytest.mark.parametrize("name", FILES)
def test_wrong_files_are_told_in_german(command, files, name):
    german(command("--lang", "de", "validate", name))


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_german(command, name):
    for done in (command(name, "--help", "--lang=de"), command("--lang", "de", name, "--help")):
        assert done.output.startswith("Aufruf: qsim")
        assert english_in(done.output.split("Beispiel")[0]) == []
        assert "--lang" in done.output


def test_the_list_of_commands_is_german(command):
    done = command("--lang", "de")
    assert english_in(done.output) == []
    assert all(f"\n  {name} " in done.output for name in COMMANDS)
    assert "Aufruf" not in command().output


def test_a_german_locale_speaks_german_and_the_option_english(command, city, monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert command("validate", city).output == f"{city}: in Ordnung\n"
    assert command("validate", city, "--lang", "en").output == f"{city}: right\n"
    assert "eine Option --x gibt es nicht" in command("run", "--x").stderr
    assert "No such option" in command("--lang", "en", "run", "--x").stderr


def test_the_last_language_counts_and_one_that_there_is_not_is_refused(command, city):
    assert command("--lang", "de", "validate", city, "--lang", "en").output == f"{city}: right\n"
    assert "'fr' ist keines von" in command("--lang", "de", "validate", city, "--lang", "fr").stderr


def test_a_schema_describes_keys_in_the_language(command):
    for language, said in (("de", "Der erste Monat des Laufs."), ("en", "The first month of the run.")):
        schema = json.loads(command("schema", "--lang", language).stdout)
        assert schema["else"]["properties"]["start"]["description"] == said


def test_csv_follows_the_language(command, city, folder):
    for language, separator in (("de", ";"), ("en", ",")):
        assert command("run", city, "-r", "2", "--out", language, "--csv", "--lang", language).exit_code == 0
        head = (folder / language / "runs.csv").read_text("utf-8-sig").splitlines()[0]
        assert head.split(separator)[0] == '"scenario"'
        assert len(head.split(separator)) > 5


def test_what_a_layer_notes_is_said_in_german_from_any_thread(command, city, monkeypatch):
    def noting(self, *arguments):
        logging.getLogger("qsim").warning("qsim: compiled code in /cache is damaged; it is compiled anew ...")
        return run(self, *arguments)

    run = Prepared.run
    monkeypatch.setattr(Prepared, "run", noting)
    note = "qsim: Übersetzter Code in /cache ist beschädigt und wird neu übersetzt ...\n"
    assert command("--lang", "de", "run", city, "-r", "2", "-q").stderr == note
    assert not logging.getLogger("qsim").handlers


def test_notes_are_german(command, city, folder):
    done = command("run", city, "-r", "2", "--out", "out", "--report", "page.html", "--lang", "de")
    assert done.stderr.splitlines()[-2:] == ["gespeichert: out", "Seite: page.html"]
    done = command("init", "mytown", "--lang", "de")
    assert done.stderr == "jetzt bearbeiten, dann: qsim validate mytown, und qsim run mytown\n"
