"""Contradictions that the schema cannot see come all at once, in the order of their places."""

UNIT = """\
commissioners:
  - id: office
    tasks: [integration]
    funding:
      - {posts: 1, start: 2015-09, kind: permanent}
"""


def test_contradictions_of_all_kinds_come_together(said):
    lines = said(
        UNIT
        + "    under: mayr\n"
        + "administration: {departments: 0}\n"
        + "events: [{kind: shock, date: 2030-01, tasks: [climate]}]\n"
    )
    assert [line.partition("  ")[0] for line in lines] == [
        "city.yaml:13:12",
        "city.yaml:14:31",
        "city.yaml:15:30",
        "city.yaml:15:47",
    ]
