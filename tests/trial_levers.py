"""A library of one's own, with one measure."""

OWN = """\
kind: levers
schema_version: 1
label: {de: Eigene, en: Own}
levers:
  - id: breakfast
    label: {de: Frühstück, en: breakfast}
    help: {de: Man frühstückt., en: People have breakfast.}
    adds:
      formats: [{id: added_breakfast, tasks: "{tasks}", members: all, start: "{from}", channels: {meet: 0.5}}]
    decided_by: unit
    evidence: {statements: [G21], grade: assumption}
    cost: {a_year: 500, year: 2026, source: "assumption: rolls"}
"""
