"""Readers: bytes → Report. The format is told by the content, never by the file's name."""

import hashlib
from pathlib import Path

from ..errors import NotAReport, ReadError
from ..model import Report
from . import pdf, text
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
        case "text":
            return text.read(data, name, sha256)
        case other:
            raise NotAReport(f"{name}: {other} is not read yet")
