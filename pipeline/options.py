"""The options that change facts."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """`ner` reads names with a model, `rules` is a folder of rule data laid over the shipped one."""

    ner: bool = True
    rules: Path | None = None
