"""Readers: bytes → Report. The format is told by the content, never by the file's name."""

import hashlib
from pathlib import Path

from ..errors import ReadError
from ..model import Report
from . import doc, docx, html, pdf, text
from .formats import tell


def read(path: Path, name: str) -> Report:
    """Read one file as a report that its record will call `name`; ReadError says why it cannot be."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}; check that it exists and may be read") from error
    sha256 = hashlib.sha256(data).hexdigest()
    match tell(data, name):
        case "pdf":
            return pdf.read(data, name, sha256)
        case "docx":
            return docx.read(data, name, sha256)
        case "doc" | "rtf" | "odt" as form:
            return doc.read(data, name, sha256, form)
        case "html":
            return html.read(data, name, sha256)
        case "text":
            return text.read(data, name, sha256)
