"""Which format a file is in, by its content alone: a `.doc` may hold a DOCX, a `.txt` a PDF."""

import contextlib
import io
import json
import re
import tomllib
import zipfile
from typing import Literal

from ..errors import NotAReport, ReadError

Format = Literal["pdf", "docx", "doc", "rtf", "odt", "html", "text"]

# First bytes of what is no report, and what it is called in the reason.
OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"8BPS", "a Photoshop image"),
    (b"\0\0\x01\0", "an icon"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"(\xb5/\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"OggS", "an audio file"),
    (b"ID3", "an audio file"),
    (b"fLaC", "an audio file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"%!PS", "a PostScript file"),
)
# Folders by which an Office file is told.
PARTS: tuple[tuple[str, str], ...] = (
    ("word/", "docx"),
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("visio/", "a Visio drawing"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Stream names of OLE files are UTF-16.
STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "doc"),
    ("Workbook", "an Excel workbook"),
    ("Book", "an Excel workbook"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("EncryptedPackage", "encrypted"),
    ("__substg1.0_", "an Outlook message"),
)
TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|h[1-6]|p|div|table|article|section|meta)\b[^<]{0,2000}>", re.IGNORECASE
)

MAIL = re.compile(r"(?:MIME-Version|From|Received|Return-Path|Delivered-To|Date|Subject|X-[\w-]+): ", re.IGNORECASE)
SOURCE = re.compile(
    r"(?:import [\w., ]+|from [\w.]+ import .+|\s*def \w+\(.*|\s*class \w+.*[:{]|#include\b.*|\s*return\b.*[;)\]}]|"
    r"\s*(?:public|private|static|const|let|var|function|func|fn)\b.*[;{]|[@}].*)$"
)
SETTING = re.compile(r"\s*(?:\[[\w.\" -]+\]+|\[\[[\w.]+\]\]|[\w.\"-]+ ?= ?\S.*)$")


def tell(data: bytes, name: str) -> Format:
    """The format of a report; NotAReport says what it is instead, ReadError where it is empty or encrypted."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ReadError(f"{name}: empty; give a report that has text")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for start, what in OTHERS:
        if data.startswith(start):
            raise _other(name, what)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise _other(name, "an image, audio or video file")
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        raise _other(name, "a BMP image")
    if data[:2] == b"MZ" and b"PE\0\0" in data[:4096]:
        raise _other(name, "a program")
    if data[257:262] == b"ustar":
        raise _other(name, "a tar archive")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data, name)
    if data.startswith(OLE):
        return _ole(data, name)
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if is_html(data):
        return "html"
    if other := _no_prose(data):
        raise _other(name, other)
    return "text"


def is_html(data: bytes) -> bool:
    """A tag of HTML at the start (after comments and declarations), in any of the encodings in use."""
    head = data[:8192].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x0c")
    head = re.sub(rb"\A(?:\s*(?:<\?.*?\?>|<!--.*?-->))+\s*", b"", head, flags=re.DOTALL)
    return bool(TAG.match(head))


def _no_prose(data: bytes) -> str | None:
    """What a text file is that is no prose: data, a program's source, a mail; None for what may be a report."""
    head = data[:16384].decode("utf-8", "replace").lstrip("\ufeff")
    if head.startswith("#!"):
        return "a script"
    if head.startswith("<?xml") or head.lstrip().startswith("<svg"):
        return "an XML file"
    if MAIL.match(head) and "content-type:" in head.lower():
        return "an e-mail or a web archive (MHTML)"
    if head.lstrip()[:1] in ("{", "["):
        with contextlib.suppress(ValueError, RecursionError):
            json.loads(data)
            return "a JSON file"
    rows = [row for row in head.splitlines() if row.strip()][:200]
    if len(rows) > 4 and sum(1 for row in rows if SOURCE.match(row)) > max(2, len(rows) // 12):
        return "a program's source"
    if len(rows) > 2 and sum(1 for row in rows if SETTING.match(row)) > 0.4 * len(rows):
        return "a file of settings"
    if rows and SETTING.match(rows[0]):
        with contextlib.suppress(tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
            tomllib.loads(data.decode())
            return "a file of settings (TOML)"
    for sign in ",;\t":
        counts = {row.count(sign) for row in rows[:50]}
        if len(rows) > 4 and len(counts) == 1 and counts.pop() > 1:
            return "a table of data (CSV)"
    return None


def _zipped(data: bytes, name: str) -> Format:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        if b"word/document" in data:
            raise ReadError(f"{name}: a damaged DOCX ({error}); open it in Word and save it again") from error
        raise _other(name, "a damaged ZIP archive") from error
    for part, what in PARTS:
        if any(found.startswith(part) for found in names):
            if what == "docx":
                return "docx"
            raise _other(name, what)
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    raise _other(name, "a ZIP archive")


def _ole(data: bytes, name: str) -> Format:
    for stream, what in STREAMS:
        if stream.encode("utf-16-le") in data:
            if what == "doc":
                return "doc"
            if what == "encrypted":
                raise ReadError(f"{name}: encrypted with a password; save it without one")
            raise _other(name, what)
    raise _other(name, "an OLE file without a Word document")


def _other(name: str, what: str) -> NotAReport:
    return NotAReport(f"{name}: {what}, no report; give the report as PDF, DOCX, DOC, RTF, HTML or text")
