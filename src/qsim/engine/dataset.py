"""The measures of a model as one of Mesa's data sets, which the recorders of Mesa 3.5 and 4 take."""

from __future__ import annotations

from typing import Any

from qsim.engine.model import Administration


class SeriesDataSet:
    """What was measured in the last month of a model, under the names of ``series``; NaN before the first month.

    It is entered into the model's registry of data sets. A recorder asks for ``data`` whenever time has passed, and keeps a
    row for each month: the last columns of ``simulate(...).series``, with Mesa's ``time``, the number of months run.

    Raise RuntimeError if the registry has a data set of this name.
    """

    def __init__(self, model: Administration, name: str = "series") -> None:
        self.name = name
        self._model: Administration | None = model
        model.data_registry.add_dataset(self)

    @property
    def data(self) -> dict[str, float]:
        """The measures by name; raise RuntimeError once it is closed."""
        if self._model is None:
            raise RuntimeError(f'the data set "{self.name}" is closed')
        return self._model.measures

    def record(self, recorder: Any, configuration: Any = None) -> SeriesDataSet:
        """Let a recorder of Mesa keep it; ``configuration`` is Mesa's ``DatasetConfig``, such as the first time."""
        recorder.add_dataset(self, configuration=configuration)
        return self

    def close(self) -> None:
        """Let go of the model."""
        self._model = None
