"""Inputs of a seed: what lies in the folder, and what is asked of it; each is made of its seed and its number alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.fuzz.mutations import ODD, spoilt, spoilt_json
from tests.fuzz.originals import FILES, SCENARIOS, results, scenario_text

MOST = 2**31
MANIFEST_START = b'<script type="application/json" id="qsim-manifest">'


@dataclass(frozen=True)
class Input:
    """Files by name, commands in order (each only if the one before it succeeded), and how the process differs from others.

    ``spoilt`` is the file that was changed, ``links`` are symbolic links by name, ``pipes`` names of FIFOs, ``results`` a folder
    that is copied, ``environment`` what is set for a process of its own, ``closed`` the streams that it lacks, and ``signal``
    what it gets, with the seconds after which.
    """

    kind: str
    files: dict[str, bytes]
    commands: list[list[str]]
    spoilt: str = ""
    links: dict[str, str] = field(default_factory=dict)
    pipes: tuple[str, ...] = ()
    results: str = ""
    environment: dict[str, str] | None = None
    closed: tuple[int, ...] = ()
    signal: tuple[int, float] | None = None


RUN = ["-r", "1", "-q", "--json", "-S", "months=2"]


def _scenario(chance: Random) -> Input:
    name = chance.choice((*SCENARIOS, *["city.yaml"] * 4))
    files = {"x.yaml": spoilt(scenario_text(name), chance), "large.yaml": scenario_text("large.yaml")}
    shown = (["run", "x.yaml", *RUN], ["run", "x.yaml", *RUN], ["run", "x.yaml", "-r", "1", "-q", "-S", "months=2"],
             ["explain", "x.yaml", "-q", "-S", "months=2"])  # fmt: skip
    return Input("scenario", files, [["validate", "x.yaml"], chance.choice(shown)], "x.yaml")


def _child(chance: Random) -> Input:
    spoil = chance.choice(("child.yaml", "city.yaml"))
    files = FILES | {spoil: spoilt(FILES[spoil], chance)}
    return Input("extends", files, [["validate", "child.yaml"], ["run", "child.yaml", *RUN]], spoil)


def _study(chance: Random) -> Input:
    files = FILES | {"study.yaml": spoilt(FILES["study.yaml"], chance)}
    return Input(
        "experiment", files, [["validate", "study.yaml"], ["sweep", "study.yaml", "-o", "out", "-q"]], "study.yaml"
    )


def _points(chance: Random) -> Input:
    spoil = chance.choice(("points.csv", "points.csv", "designed.yaml"))
    files = FILES | {spoil: spoilt(FILES[spoil], chance)}
    return Input("points", files, [["validate", "designed.yaml"], ["sweep", "designed.yaml", "-o", "out", "-q"]], spoil)


def _claims(chance: Random) -> Input:
    files = FILES | {"claims.yaml": spoilt(FILES["claims.yaml"], chance)}
    return Input("claims", files, [["validate", "claims.yaml"], ["claims", "claims.yaml", "--list"]], "claims.yaml")


def _manifest(chance: Random) -> Input:
    folder = chance.choice(("run", "sweep"))
    name = f"{folder}/manifest.json"
    content = spoilt_json((results() / name).read_bytes(), chance)
    commands = [["reproduce", folder, "-q"], ["status", folder], ["discover", folder, "--above", "0.5", "-q"]]
    return Input("manifest", {name: content}, [chance.choice(commands if folder == "sweep" else commands[:2])], name,
                 results=folder)  # fmt: skip


def _page(chance: Random) -> Input:
    page = (results() / "run.html").read_bytes()
    before, start, rest = page.partition(MANIFEST_START)
    manifest, end, after = rest.partition(b"</script")
    assert start
    if chance.random() < 0.8:
        page = before + start + spoilt_json(manifest, chance).replace(b"</", b"<\\/") + end + after
    else:
        page = spoilt(page, chance)
    return Input("page", {"x.html": page}, [["reproduce", "x.html", "-q"]], "x.html")


NUMBERS = ("0", "-1", "1", "2", "3", "9" * 30, "nan", "", "0x10", "1.5", "²", "٣", "1e3", "\x1b[2J", "--", "-")
NAMES = (
    "", " ", ".", "..", "/", "gone", "gone.yaml", "gone/x.yaml", "a\0b", "\x1b[31mx", "\x1b]0;x\x07", "x\ny", "\x9b2J", "\udce4",
    "ä", "ü/ö.yaml", "😀.yaml", "\u202ex", "x" * 300, "x/" * 3000, "/dev/null", "/dev/zero", "/dev/full", "/dev/stdin",
    "/proc/self/mem",
    "/proc/x", "-", "--", "-x", "~", "~/x", "$HOME", "*", "city", "city.yaml", "CITY.YAML", "city.yaml/", "./city.yaml",
    "circle.yaml", "circle", "pipe.yaml", "pipe", "pipe.html", "dir", "dir.yaml", "dir.html", "child", "study.yaml", "study",
    "claims.yaml", "points.csv", "small", "small.yaml", "halle.yml", "manifest.json", "run", "sweep", "tls://127.0.0.1:9", "x://y",
    "ucx://x", "tcp://127.0.0.1:1", "inproc://x", "local ", "127.0.0.1", "x.html", "x.svg", "con", "a:b", "a=b", "a;b", "%s",
    "{x}", "=1+1", "\ud800",
)  # fmt: skip
KEYS = (
    "months", "administration.departments", "tasks[integration].need", "tasks[0]", "commissioners[unit].funding[0].posts",
    "parameters.practice.up", "rules.off", "events[0].date", "leaders[mayor].support", "start", "label", "extends", "id", "x",
    "", "..", "[", "a[", "administration[0]", "kind", "months.x", "tasks", "\x1b[2J", "tasks[integration].label.de",
)  # fmt: skip
FLAGS: dict[str, tuple[str, ...]] = {
    "-r": NUMBERS, "--seed": NUMBERS, "-j": NUMBERS, "--lang": ("de", "en", "fr", "", "\x1b[2J", "DE"), "--json": (), "-q": (),
    "--csv": (), "--set": ("",), "-o": NAMES, "--report": NAMES, "--nope": (), "--resolved": (), "--list": (), "-n": (),
    "--run": NUMBERS, "--above": NUMBERS, "--below": NUMBERS, "--outcome": ("joint_practice", "x", "", "\x1b[2J"), "--all": (),
    "--group": ("B", "x", "", "ß"), "--kind": ("scenario", "experiment", "x", ""), "--help": (), "--budget": NUMBERS,
    "--settings": NUMBERS, "--yes": (), "--until": ("2015-01", "2015-13", ""),
}  # fmt: skip
COMMANDS = (
    "run",
    "explain",
    "sweep",
    "status",
    "reproduce",
    "claims",
    "discover",
    "validate",
    "scenarios",
    "schema",
    "init",
)


def _flags(chance: Random) -> Input:
    command = chance.choice(COMMANDS)
    arguments = (
        [chance.choice(("city.yaml", "study.yaml", "child", "claims.yaml", *NAMES[:8]))]
        if chance.random() < 0.8
        else []
    )
    arguments = {"sweep": ["study.yaml"], "claims": ["claims.yaml"]}.get(command, arguments)
    for _ in range(chance.choice((0, 1, 2, 3))):
        flag = chance.choice(list(FLAGS))
        value = [chance.choice(FLAGS[flag])] if FLAGS[flag] else []
        arguments += [flag, *([f"{chance.choice(KEYS)}={chance.choice(ODD)}"] if flag == "--set" else value)]
    few = ["-r", "2"] if command == "run" and "-r" not in arguments else []
    return Input("flags", FILES, [[command, *arguments, *few]])


def _set(chance: Random) -> Input:
    change = f"{chance.choice(KEYS)}={chance.choice(ODD)}"
    if chance.random() < 0.3:
        change = spoilt(change.encode(), chance).decode("utf-8", "replace")
    return Input("set", FILES, [["validate", "city.yaml", "-S", change], ["run", "city.yaml", "-S", change, *RUN]])


LINKS = {"circle.yaml": "circle.yml", "circle.yml": "circle.yaml", "circle": "circle", "circle.html": "circle.html"}


def _names(chance: Random) -> Input:
    name = chance.choice(NAMES)
    commands = (["run", name, *RUN], ["validate", name], ["explain", name, "-q"], ["sweep", name, "-q", "-o", "out"],
                ["status", name], ["reproduce", name], ["claims", "claims.yaml", name, "-q", "--list"], ["init", name],
                ["discover", name], ["run", "city.yaml", *RUN, "-o", name], ["run", "city.yaml", *RUN, "--report", name],
                ["sweep", "study.yaml", "-q", "-o", name], ["sweep", "study.yaml", "-q", "-o", "out", "--scheduler", name],
                ["reproduce", f"{name}.html"], ["validate", "-"])  # fmt: skip
    files = FILES | {"dir/x": b"", "dir.yaml/x": b"", "dir.html/x": b""}
    command = chance.choice(commands)
    if chance.random() < 0.3:
        key, file = chance.choice((("extends: ", "x.yaml"), ("scenarios: ", "study.yaml"), ("base: ", "claims.yaml"),
                                   ("file: ", "designed.yaml")))  # fmt: skip
        quoted = "'" + name.replace("'", "''").encode("utf-8", "replace").decode() + "'"
        texts = {
            "extends: ": b"extends: child.yaml\n",
            "scenarios: ": FILES["study.yaml"].replace(b"[city.yaml]", b"city.yaml"),
        }
        lines = texts.get(key, FILES.get(file, b"")).decode().splitlines(keepends=True)
        end = "}\n" if key == "file: " else "\n"
        content = "".join(
            f"{line.partition(key)[0]}{key}{f'[{quoted}]' if key == 'scenarios: ' else quoted}{end}"
            if key in line
            else line
            for line in lines
        )
        files, command = files | {file: content.encode()}, ["validate", file]
    return Input("names", files, [command], links=LINKS, pipes=("pipe.yaml", "pipe", "pipe.html"))


ENVIRONMENTS = (
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "de_DE.UTF-8"}, {"LC_ALL": "xx"}, {"COLUMNS": "0"},
    {"COLUMNS": "-1"}, {"COLUMNS": "x"}, {"COLUMNS": "1"}, {"COLUMNS": "99999"}, {"HOME": "/proc/x", "QSIM_CACHE_DIR": ""},
    {"TERM": "dumb"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {"TMPDIR": "/proc/x"}, {"LANG": "\udce4"},
    {"NO_COLOR": "1"},
)  # fmt: skip


def _environment(chance: Random) -> Input:
    plain = (["scenarios"], ["validate", "city.yaml"], ["validate", "gone"], ["run", "city.yaml", "-r", "2"], ["--help"],
             ["run", "city.yaml", "-r", "2", "-q", "-o", "ä"], ["init", "ä"], ["run", "\udce4.yaml"], ["schema"])  # fmt: skip
    closed = chance.choice(((), (), (0,), (1,), (2,), (0, 1, 2)))
    return Input("environment", FILES, [chance.choice(plain)], environment=chance.choice(ENVIRONMENTS), closed=closed)


def _signal(chance: Random) -> Input:
    commands = (["run", "city.yaml", "-r", "1000000", "-o", "out"], ["sweep", "study.yaml", "-o", "out"])
    study = FILES["study.yaml"].replace(b"replications: 2", b"replications: 100000")
    return Input("signal", FILES | {"study.yaml": study}, [chance.choice(commands)], environment={},
                 signal=(chance.choice((2, 1, 15)), chance.uniform(1.5, 4.0)))  # fmt: skip


MAKERS: dict[str, tuple[Callable[[Random], Input], int]] = {
    "scenario": (_scenario, 300), "extends": (_child, 80), "experiment": (_study, 150), "points": (_points, 80),
    "claims": (_claims, 60), "manifest": (_manifest, 80), "page": (_page, 60), "flags": (_flags, 80), "set": (_set, 60),
    "names": (_names, 80), "environment": (_environment, 12), "signal": (_signal, 6),
}  # fmt: skip
"""How inputs of each kind are made, and how often."""


def make(seed: int, number: int, kinds: tuple[str, ...] = ()) -> Input:
    """Return an input of these kinds, by default of any."""
    chance = Random(f"{seed} {number}")
    wanted = kinds or tuple(MAKERS)
    kind = chance.choices(wanted, [MAKERS[name][1] for name in wanted])[0]
    return MAKERS[kind][0](chance)
