"""Word documents (DOCX): text, lists, tables and notes from their markup; no pages, no boxes.

The text has, in this order: running heads that are no masthead (as furniture: a report's symbol may stand only
there), the first page's head, the body, the endnotes. Automatic numbers are written out as Word shows them, tracked
changes are read as accepted, footnotes follow the paragraph or table that refers to them, text boxes the paragraph
that they hang on. Page feet, comments and pictures are left out.
"""

from dataclasses import replace

from ...errors import ReadError
from ...model import Report, Source
from ..assemble import assemble
from .body import blocks
from .package import Package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(data: bytes, name: str, sha256: str) -> Report:
    """A DOCX file; ReadError where it is damaged, encrypted, or has no words."""
    return report(data, Source(name, sha256, MEDIA_TYPE, len(data), None))


def report(data: bytes, source: Source) -> Report:
    """The report in the DOCX `data`, which may be a converter's output of what `source` names."""
    found, repaired = blocks(Package(data, source.name))
    made = assemble(found)
    if not made.text.strip():
        raise ReadError(f"{source.name}: has no text (only pictures?); give a report that has text")
    return Report(
        replace(source, repaired=repaired),
        made.text,
        lines=tuple(made.lines),
        furniture=tuple(made.furniture),
        note_marks=tuple(made.note_marks),
        markup=tuple(made.markup),
        tables=tuple(made.tables),
    )
