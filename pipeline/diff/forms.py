"""The forms in which a diff is written, one member each."""

from . import page, terminal
from .model import FolderDiff, RecordDiff


def rendered(diff: RecordDiff | FolderDiff, form: str) -> str:
    """The diff as "text", "json" or "html"."""
    match form:
        case "json":
            return diff.model_dump_json(indent=2) + "\n"
        case "html":
            return page.to_html(diff)
        case _:
            return terminal.to_text(diff)
