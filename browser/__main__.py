"""``python -m browser`` builds the module of the rules and writes it into the package, with what it was built from.

With ``--check`` nothing is written: it fails if the bytes are other ones.
"""

from __future__ import annotations

import gc
import hashlib
import json
import sys
from importlib.metadata import version

from browser.intermediate import intermediate_code
from browser.module import HERE, wasm_module
from qsim.browser.module import MODULE, RECORD, module_bytes, module_record, source_record

TOOLS = ("numba", "llvmlite", "numpy", "ziglang")


def build_hash() -> str:
    """Return 16 hex digits that change with any source of the build, those of the mathematics included."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(path for kind in ("py", "c", "h") for path in HERE.rglob(f"*.{kind}")):
        digest.update(path.relative_to(HERE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def tools() -> dict[str, str]:
    """Return the versions that the bytes hang on."""
    python = ".".join(map(str, sys.version_info[:2]))
    return {"python": python, **{name: version(name) for name in TOOLS}}


def main() -> int:
    """Build; return 1 if the module was to be checked and differs."""
    gc.disable()  # the compiler makes millions of objects that live on
    built = wasm_module(*intermediate_code())
    if "--check" in sys.argv[1:]:
        same = built == module_bytes()
        print(f"{MODULE.name}: {'the same bytes' if same else 'other bytes'}")
        for name, known in module_record()["tools"].items():
            if tools()[name] != known:
                print(f"it was built with {name} {known}; this is {tools()[name]}")
        return int(not same)
    record = {**source_record(), "build": build_hash(), "module": hashlib.sha256(built).hexdigest(), "bytes": len(built),
              "tools": tools()}  # fmt: skip
    MODULE.write_bytes(built)
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"{MODULE.name}: {len(built)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
