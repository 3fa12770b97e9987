"""Claims files: loaded with their worlds; what is wrong is told at once, each line with its place."""

import pytest

from qsim.claims.loading import kind_of, load_ledger, read_claims
from qsim.files.messages import InputError
from trial_claims import CLAIM, HEAD, LEDGER


def complaints(name):
    with pytest.raises(InputError) as error:
        load_ledger([name])
    return str(error.value).splitlines()


def test_a_ledger_in_order_with_its_worlds(ledger):
    ids = ["more_posts", "fewer_posts", "another_name", "no_other_name", "a_little_vacancy", "some_towns"]
    assert [loaded.claim.id for loaded in ledger.claims] == ids
    worlds = ledger.claims[0].worlds
    assert [worlds[name].commissioners[0].funding[0].posts for name in ("one", "four")] == [1, 4]
    assert ledger.claims[2].worlds["renamed"].label.en == "Great town"
    assert ledger.claims[1].group == "G"
    assert ledger.claims[0].place == ("claims/trial.yaml", 5, 5)
    assert list(ledger.texts) == ["claims/trial.yaml"]


def test_claims_without_their_worlds(write):
    write(LEDGER)
    assert [claim.id for claim in read_claims()] == [loaded.claim.id for loaded in load_ledger().claims]


def test_some_claims_by_id_and_group(ledger):
    assert [loaded.claim.id for loaded in ledger.chosen(["some_towns", "more_posts"])] == ["more_posts", "some_towns"]
    assert [loaded.claim.id for loaded in ledger.chosen(groups=["G", "J"])] == ["fewer_posts", "some_towns"]
    assert ledger.chosen(["more_posts"], ["G"]) == ()
    with pytest.raises(InputError) as error:
        ledger.chosen(["more_post", "fewer_posts"], ["Q"])
    assert str(error.value).splitlines() == [
        'there is no claim "more_post"; did you mean "more_posts"?',
        'there is no claim of group "Q"; there are B, E, G, J',
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("[B04, B03]", "[B04, B99]", '6:23  claims[more_posts].statements[1]: there is no statement "B99"; group B has '
         "B01 to B39"),
        ("[B04, B03]", "[]", "6:17  claims[more_posts].statements: an empty list; expected at least 1"),
        ("measure: knowledge", "measure: knowlege", '16:14  claims[more_posts].measure: there is no measure "knowlege"; '
         'did you mean "knowledge"?'),
        ("base: city", "base: citty", '11:11  claims[more_posts].worlds.one: citty: there is no such scenario; did you mean '
         '"city"?'),
        ("[{four: 1, one: -1}]", "[{for: 1, one: -1}]", 'expected[0].for: there is no world "for"; did you mean "four"?'),
        ("[{four: 1, one: -1}]", "[{four: 1, one: 1}]", "15:16  claims[more_posts].expected[0]: all weights have the same"),
        ("[{four: 1, one: -1}]", "[{four: 0, one: 0}]", "15:16  claims[more_posts].expected[0]: a contrast without a weight"),
        ("[{four: 1, one: -1}]", "[]", 'claims[more_posts]: missing key "expected"'),
        ("[{four: 1, one: -1}]", "[{four: 1}]", "claims[more_posts].worlds.one: no contrast uses this world"),
        ('"commissioners[unit].funding[0].posts": 4', '"commissioners[unit].funding[0].post": 4',
         '14:14  commissioners[unit].funding[0]: unknown key "post"; did you mean "posts"?'),
        ('"commissioners[unit].funding[0].posts": 4', '"commissioners[unti].knowledge": 0.5',
         '14:14  commissioners[unti].knowledge: commissioners has no entry "unti"; did you mean "unit"?'),
        ('"commissioners[unit].funding[0].posts": 4', '"commissioners[unit].funding[0].posts": -4',
         "14:54  commissioners[unit].funding[0].posts: -4 is not a number of posts; expected 0 to 200"),
        ('"commissioners[unit].funding[0].posts": 4', "parameters.outreach.pul: 0.1",
         '14:14  parameters.outreach.pul: outreach has no parameter "pul"; did you mean "pull"?'),
        ('"commissioners[unit].funding[0].posts": 4', "rules.off: [learnin]",
         '14:26  rules.off[0]: no rule is called "learnin"; did you mean "learning"?'),
        ('"commissioners[unit].funding[0].posts": 4', "scenario: city, sett: {months: 3}",
         '14:30  claims[more_posts].worlds.four: unknown key "sett"; did you mean "set"?; changes belong below set'),
        ('"commissioners[unit].funding[0].posts": 4', "scenario: cty",
         '14:24  claims[more_posts].worlds.four: cty: there is no such scenario; did you mean "city"?'),
        ('"commissioners[unit].funding[0].posts": 4', "start: 2016-01, tasks: []",
         "14:37  tasks: an empty list; expected at least 1"),
        ("relevant: 0.005", "at: 2019-06", "17:9  claims[more_posts].at: 2019-06 lies outside the run of the world four; "
         "expected 2015-01 to 2017-12"),
        ("relevant: 0.005", "at: 2015-13", "17:9  claims[more_posts].at: 2015-13 is not a month; expected year and month"),
        ("relevant: 0.005", "at: lastyear", '17:9  claims[more_posts].at: "lastyear" is not a time; did you mean "last_year"'),
        ("relevant: 0.005", "relevant: 0", "17:15  claims[more_posts].relevant: 0 is not a difference; expected"),
        ("relevant: 0.005", "relvant: 1", '17:5  claims[more_posts]: unknown key "relvant"; did you mean "relevant"?'),
        ("relevant: 0.005", "exists: {world: one, above: 0, in_share: [0, 1]}",
         "claims[more_posts].exists: exists belongs to the test existence, not to direction"),
        ("measure: knowledge", "measure: salience", "salience has no smallest relevant difference of its own"),
        ("{rule: outreach}", "{rule: outreech}", 'there is no rule that can be switched off "outreech"; did you mean'),
        ("{rule: outreach}", "{rule: ties}", 'mechanism.rule: there is no rule that can be switched off "ties"'),
        ("{rule: outreach}", "{parameter: outreach.pul, neutral: 0}", 'outreach has no parameter "pul"; did you mean "pull"?'),
        ("{rule: outreach}", "{parameter: outreech.pull, neutral: 0}", 'there is no rule "outreech"; did you mean "outreach"'),
        ("{rule: outreach}", "{parameter: pull, neutral: 0}", '"pull" is not a parameter; expected rule.name'),
        ("{rule: outreach}", "{parameter: outreach.pull}", 'missing key "neutral"'),
        ("{rule: outreach}", "{rule: outreach, parameter: outreach.pull}", "expected one of parameter, with neutral, and rule"),
        ("{rule: outreach}", "{rule: outreach, neutral: 0}", "neutral belongs to a parameter"),
        ("test: direction", "test: directions", '"directions" is not a choice here; did you mean "direction"?'),
        ("test: direction", "test: order", "order takes two contrasts or more; found one"),
        ("test: direction", "test: shape", "shape takes two contrasts or more; found one"),
        ("four: 1,", "four.knowlege: 1,", 'claims[more_posts].expected[0].four.knowlege: there is no measure "knowlege"; '
         'did you mean "knowledge"?'),
        ("four: 1,", "four@2019-06: 1,", "15:31  claims[more_posts].expected[0].four@2019-06: 2019-06 lies outside the run of "
         "the world four; expected 2015-01 to 2017-12"),
        ("four: 1,", "four@lastyear: 1,", 'expected[0].four@lastyear: "lastyear" is not a time; did you mean "last_year"'),
        ("four: 1,", "four.shock_depth@peak: 1,", "shock_depth is one number a run; leave at out"),
        ("four: 1,", "fuor.practice@peak: 1,", 'expected[0].fuor.practice@peak: there is no world "fuor"; did you mean "four"?'),
        ("four: 1,", "Four.practice: 1,", 'claims[more_posts].expected[0]: "Four.practice" is not a term; expected world, '),
        ("four: 1,", "four.posts_filled: 1,", "15:15  claims[more_posts].expected: posts_filled and "
         "knowledge have different units; a test takes one"),
        ("section: \"3.1\"", "section: 3.1", 'found 3.1; expected text, in quotes: "3.1"'),
        ("id: more_posts", "id: More", '"More" is not an id'),
        ("    text: {de: Vier Stellen bringen mehr als eine., en: Four posts achieve more than one.}\n", "",
         'claims[more_posts]: missing key "text"'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_with_its_place(write, old, new, line):
    text = (HEAD + CLAIM).replace("relevant: 0.003", "relevant: 0.005")
    assert text.count(old) == 1
    if new == "measure: salience":
        text = text.replace("    relevant: 0.005\n", "")
    told = complaints(write(text.replace(old, new)))
    assert len(told) == 1
    assert told[0].startswith("claims/trial.yaml:")
    assert line in told[0]


def test_what_is_compared_as_a_ratio_says_which_share_counts(write):
    text = (
        (HEAD + CLAIM)
        .replace("test: direction", "test: difference_of_differences")
        .replace("    relevant: 0.003\n", "")
    )
    text = text.replace("measure: knowledge", "measure: hours_departments_total")
    assert complaints(write(text)) == [
        "claims/trial.yaml:16:14  claims[more_posts].measure: hours_departments_total is compared as a ratio; write relevant, "
        "a share such as 0.05"
    ]
    assert load_ledger([write(text + "    relevant: 0.05\n")]).claims


def test_a_world_that_only_a_term_with_a_measure_uses_is_used(write):
    text = (HEAD + CLAIM).replace("[{four: 1, one: -1}]", "[{four.practice@2015-03: 1, one.practice@peak: -1}]")
    (loaded,) = load_ledger([write(text)]).claims
    assert list(loaded.claim.expected[0]) == ["four.practice@2015-03", "one.practice@peak"]


def test_an_equivalence_takes_one_contrast(write):
    text = (HEAD + CLAIM).replace("test: direction", "test: equivalence")
    text = text.replace("[{four: 1, one: -1}]", "[{four: 1, one: -1}, {one: 1, four: -1}]")
    assert complaints(write(text)) == [
        "claims/trial.yaml:15:15  claims[more_posts].expected: equivalence takes one contrast; found 2"
    ]


def test_an_outcome_of_whole_runs_has_no_time(write):
    text = (HEAD + CLAIM).replace("measure: knowledge", "measure: shock_depth\n    at: peak")
    assert complaints(write(text)) == [
        "claims/trial.yaml:17:9  claims[more_posts].at: shock_depth is one number a run; leave at out"
    ]


def test_a_world_that_makes_the_scenario_wrong_elsewhere_is_told_at_the_world(write):
    text = (HEAD + CLAIM).replace(
        '"commissioners[unit].funding[0].posts": 4', "tasks: [{id: climate, kind: climate_mitigation}]"
    )
    told = complaints(write(text))
    assert told == [
        "claims/trial.yaml:14:7  claims[more_posts].worlds.four: with these changes the scenario is wrong: "
        'scenarios/city.yaml:11:13  commissioners[unit].tasks[0]: there is no task "integration"; there are climate'
    ]


def test_all_errors_of_all_files_at_once(write):
    write((HEAD + CLAIM).replace("B04", "X04").replace("measure: knowledge", "measure: nothing"), "claims/a.yaml")
    write(HEAD + CLAIM.replace("test: direction", "test: none").replace('posts": 4', 'posts": -1'), "claims/b.yaml")
    with pytest.raises(InputError) as error:
        load_ledger()
    told = str(error.value).splitlines()
    assert [line.split(":")[0] for line in told] == ["claims/a.yaml", "claims/a.yaml", "claims/b.yaml"]


def test_wrong_values_do_not_hide_what_is_wrong_in_other_claims(write):
    second = CLAIM.replace("more_posts", "second").replace("B04", "B99")
    told = complaints(write(HEAD + CLAIM.replace("test: direction", "test: none") + second))
    assert len(told) == 2
    assert "B99" in told[1]


def test_an_id_that_two_files_have(write):
    write(HEAD + CLAIM, "claims/a.yaml")
    write(HEAD + CLAIM, "claims/b.yaml")
    with pytest.raises(InputError) as error:
        load_ledger()
    assert str(error.value) == (
        'claims/b.yaml:5:5  claims[more_posts]: the id "more_posts" is there twice; first in claims/a.yaml, line 5'
    )


def test_an_id_that_is_twice_in_a_file(write):
    told = complaints(write(HEAD + CLAIM + CLAIM))
    assert len(told) == 1
    assert 'the id "more_posts" is there twice; first in line 5' in told[0]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("kind: scenario\n", "1:7  kind: this file is of the kind scenario; expected claims"),
        (HEAD.replace("version: 1", "version: 2") + CLAIM, "2:17  schema_version: 2 is not a version this qsim reads"),
        (HEAD + "  []\n", "5:3  claims: an empty list; expected at least 1"),
        ("kind: claims\n\tlabel: x\n", "a tab indents this line"),
    ],
)
def test_files_that_are_no_claims(write, text, line):
    told = complaints(write(text))
    assert len(told) == 1
    assert line in told[0]


def test_a_file_or_folder_without_claims(folder):
    with pytest.raises(InputError, match="there is no such claims file"):
        load_ledger(["trail"])
    with pytest.raises(InputError, match="there are no claims files"):
        load_ledger(folder=folder / "claims")


def test_a_claims_file_by_name(write):
    write(HEAD + CLAIM)
    assert len(load_ledger(["trial"]).claims) == 1
    with pytest.raises(InputError, match='did you mean "trial"'):
        load_ledger(["trail"])


def test_what_kind_of_file_it_is(write, folder):
    assert kind_of(folder / write(HEAD + CLAIM)) == "claims"
    assert kind_of(folder / write("A01: {}\n", "claims/roles_a.yaml")) == "roles"
    assert kind_of(folder / write("label: x\n", "claims/b.yaml")) == ""
    assert kind_of(folder / "scenarios" / "city.yaml") == "scenario"
    assert kind_of(folder / write("\t", "claims/c.yaml")) == ""
