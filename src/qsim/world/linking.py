"""How Numba compiles the rules in less time: parts are only linked into what calls them, and arrays are asked first.

By itself Numba optimises every function to the end, makes machine code of it and keeps both, though all of that is done
again in whatever calls it. And it asks lists, texts and dictionaries about every index before it asks arrays.
"""

from __future__ import annotations

import operator
from types import SimpleNamespace
from typing import Any, ClassVar

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.typing.arraydecl import GetItemBuffer, SetItemBuffer
from numba.core.typing.templates import infer_global


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


class PartCompiler(Compiler):  # type: ignore[misc]  # as above
    """Compiles a function into a part."""

    def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
        super().__init__(typing, target, _Part(target.codegen(), "part"), *rest)


@infer_global(operator.getitem)
class _ReadFirst(GetItemBuffer):  # type: ignore[misc]  # as above
    metadata: ClassVar = {"target": "cpu"}  # the more special the target, the sooner it is asked


@infer_global(operator.setitem)
class _WriteFirst(SetItemBuffer):  # type: ignore[misc]  # as above
    metadata: ClassVar = {"target": "cpu"}
