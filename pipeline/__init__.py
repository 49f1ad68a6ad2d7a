"""reportfacts: reports of the United Nations and the ITU as structured facts that can be checked.

>>> from pipeline import extract
>>> record = extract("report.pdf")
"""

from os import PathLike
from typing import TYPE_CHECKING

from .version import VERSION as __version__

if TYPE_CHECKING:
    from .records import Record

__all__ = ["__version__", "extract"]


def extract(path: str | PathLike[str], *, ner: bool = True, rules: str | PathLike[str] | None = None) -> "Record":
    """The record of one report; raises a subclass of `pipeline.errors.ReportfactsError` where it cannot be read."""
    from pathlib import Path

    from .stages import Options, process

    return process(Path(path), options=Options(ner=ner, rules=Path(rules) if rules else None))[1]
