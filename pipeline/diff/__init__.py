"""What changed between two versions of a report: a diff of facts, not of lines."""

from .compare import compare
from .model import Change, FolderDiff, RecordDiff
from .pairs import Side
from .sides import between, diff

__all__ = ["Change", "FolderDiff", "RecordDiff", "Side", "between", "compare", "diff"]
