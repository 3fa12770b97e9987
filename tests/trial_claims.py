"""A small city and six claims on it that come out in different ways, as texts of files; and claims without their worlds."""

from qsim.claims.schema import Claim

CITY = """\
kind: scenario
schema_version: 1
label: {de: Probestadt, en: Trial town}
start: 2015-01
months: 36
administration: {departments: 8}
tasks:
  - {id: integration, kind: integration, knowledge: 0.12, process_knowledge: 0.08}
commissioners:
  - id: unit
    tasks: [integration]
    funding: [{posts: 1, start: 2015-01, kind: permanent}]
"""

HEAD = """\
kind: claims
schema_version: 1
label: {de: Probe, en: Trial}
claims:
"""

CLAIM = """\
  - id: more_posts
    statements: [B04, B03]
    key_phrase: mehr als eine Stelle
    section: "3.1"
    text: {de: Vier Stellen bringen mehr als eine., en: Four posts achieve more than one.}
    test: direction
    base: city
    worlds:
      one:
      four: {"commissioners[unit].funding[0].posts": 4}
    expected: [{four: 1, one: -1}]
    measure: knowledge
    relevant: 0.003
    mechanism: {rule: outreach}
"""

LEDGER = (
    HEAD
    + CLAIM
    + """\
  - id: fewer_posts
    statements: [G02]
    key_phrase: weniger
    section: "3.1"
    text: {de: Eine Stelle bringt mehr als vier., en: One post achieves more than four.}
    test: direction
    base: city
    worlds:
      one:
      four: {"commissioners[unit].funding[0].posts": 4}
    expected: [{four: -1, one: 1}]
    measure: knowledge
    relevant: 0.003
    mechanism: {parameter: learning.contact_rate, neutral: 0}
  - id: another_name
    statements: [B05]
    key_phrase: Name
    section: "3.1"
    text: {de: Ein Name bringt etwas., en: A name achieves something.}
    test: direction
    worlds:
      city: {scenario: city}
      renamed: {scenario: city, set: {label.en: Great town}}
    expected: [{renamed: 1, city: -1}]
    mechanism: {parameter: outreach.pull, neutral: 0}
    cluster: names
  - id: no_other_name
    statements: [B06]
    key_phrase: Name
    section: "3.1"
    text: {de: Ein Name bringt nichts., en: A name achieves nothing.}
    test: equivalence
    base: city
    worlds:
      city:
      renamed: {label.en: Great town}
    expected: [{renamed: 1, city: -1}]
    mechanism: {parameter: outreach.pull, neutral: 0}
    cluster: names
  - id: a_little_vacancy
    statements: [E01]
    key_phrase: unbesetzt
    section: "2.1"
    text: {de: Etwas mehr Vakanz nützt., en: A little more vacancy is of use.}
    test: direction
    base: city
    worlds:
      some: {administration.vacancy_share: 0.13}
      little: {administration.vacancy_share: 0.12}
    expected: [{some: 1, little: -1}]
    measure: knowledge
    relevant: 0.000001
    mechanism: {rule: staffing}
  - id: some_towns
    statements: [J01]
    key_phrase: manche
    section: "2.2"
    text: {de: Manche Städte kommen weit., en: Some towns get far.}
    literal: false
    test: existence
    base: city
    worlds: {city: }
    exists: {world: city, above: 0.14, in_share: [0.05, 0.95]}
    measure: knowledge
    at: 2016-06
    mechanism: {parameter: learning.contact_rate, neutral: 0}
"""
)


def claim(*contrasts, test="direction", **parts):
    """Return a claim with these contrasts, of joint practice unless terms say otherwise."""
    worlds = {text.partition("@")[0].partition(".")[0]: {} for contrast in contrasts for text in contrast}
    return Claim.model_validate({
        "id": "one", "statements": ["B04"], "key_phrase": "x", "section": "1", "text": {"de": "x", "en": "y"}, "test": test,
        "worlds": worlds, "expected": contrasts, "mechanism": {"rule": "outreach"}, **parts,
    })  # fmt: skip
