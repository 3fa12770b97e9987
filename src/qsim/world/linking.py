"""How Numba compiles the rules in less time: all code is optimised once and made executable once; arrays are asked first.

By itself Numba optimises every function to the end, makes machine code of it and keeps both, though all of that is done
again in whatever calls it. And it asks lists, texts and dictionaries about every index before it asks arrays.
"""

from __future__ import annotations

import operator
from types import SimpleNamespace
from typing import Any, ClassVar

from llvmlite.binding import parse_assembly
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.typing.arraydecl import GetItemBuffer, SetItemBuffer
from numba.core.typing.templates import infer_global

ENVIRONMENT = "_ZN08NumbaEnv"
"""How the names begin of the places where Numba's functions keep Python's objects."""


class _Part(JITCodeLibrary):  # type: ignore[misc]  # numba is not typed here
    """The code of a function that only compiled functions call: tidied up here, optimised and made executable there."""

    def _optimize_final_module(self) -> None:
        manager, builder = self._codegen._module_pass_manager(loop_vectorize=False, slp_vectorize=False, opt=1)
        manager.run(self._final_module, builder)

    def _finalize_final_module(self) -> None:
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Return that there is no machine code."""
        return 0

    @property
    def codegen(self) -> Any:
        """What would be told where the function keeps Python's objects: it has no place yet, and keeps none."""
        return SimpleNamespace(set_env=lambda name, env: None)


class _Piece(JITCodeLibrary):  # type: ignore[misc]  # as above
    """The code of a function that is optimised to the end and kept, but made executable only in what calls it."""

    _final_module: Any

    def _finalize_final_module(self) -> None:
        """Keep the code for linking; what is made executable are the places for Python's objects, which Numba asks for."""
        self._finalized = True
        self._shared_module = self._get_module_for_linking()
        places = [str(place) for place in self._final_module.global_variables if place.name.startswith(ENVIRONMENT)]
        self._final_module = parse_assembly("\n".join(places))
        super()._finalize_final_module()


class _Assembly(JITCodeLibrary):  # type: ignore[misc]  # as above
    """The code of a function that only calls pieces: they are made executable with it, as they are."""

    def _optimize_final_module(self) -> None:
        """Do nothing: pieces are optimised, and calling them costs nothing beside what they do."""


LIBRARIES = {"part": _Part, "piece": _Piece, "assembly": _Assembly, "entry": JITCodeLibrary}
"""Where the code of a function goes, by how it is used."""


def compiler(use: str) -> type[Compiler]:
    """Return the compiler of functions that are used in this way."""

    class UseCompiler(Compiler):  # type: ignore[misc]  # as above
        def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
            library = LIBRARIES[use](target.codegen(), use)
            library.enable_object_caching()
            super().__init__(typing, target, library, *rest)

    return UseCompiler


@infer_global(operator.getitem)
class _ReadFirst(GetItemBuffer):  # type: ignore[misc]  # as above
    metadata: ClassVar = {"target": "cpu"}  # the more special the target, the sooner it is asked


@infer_global(operator.setitem)
class _WriteFirst(SetItemBuffer):  # type: ignore[misc]  # as above
    metadata: ClassVar = {"target": "cpu"}
