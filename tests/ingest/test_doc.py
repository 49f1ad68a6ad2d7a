"""Legacy Word and RTF files, through LibreOffice where it is installed."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import MissingProgram, ReadError
from pipeline.ingest import doc
from pipeline.ingest import read as read_file

from .build import cells, marked

INSTALLED = shutil.which("soffice") or shutil.which("libreoffice")
needed = pytest.mark.skipif(not INSTALLED, reason="LibreOffice (libreoffice-writer-nogui) is not installed")
RTF = rb"""{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times;}}
{\pard\f0 \'c4\'ee\'ea\'eb\'e0\'e4 of the Committee\par}
\trowd\cellx3000\cellx6000 Year\intbl\cell Cases\intbl\cell\row
\trowd\cellx3000\cellx6000 2019\intbl\cell 7\intbl\cell\row\pard End.\par}"""


def test_without_the_program_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(MissingProgram, match=r"^a\.doc: .*apt-get install libreoffice-writer-nogui"):
        doc.read(b"", "a.doc", "0" * 64, "doc")


@needed
def test_rtf_keeps_words_and_tables() -> None:
    report = doc.read(RTF, "a.rtf", "0" * 64, "rtf")
    assert report.text.startswith("Доклад of the Committee\n\n")
    assert [text for _, _, text, _ in cells(report)] == ["Year", "Cases", "2019", "7"]
    assert (report.source.media_type, report.source.bytes, report.source.pages) == ("application/rtf", len(RTF), None)


@needed
def test_a_damaged_file_is_told_in_one_line() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 504 + "WordDocument".encode("utf-16-le")
    with pytest.raises(ReadError, match=r"^a\.doc: .*save it as DOCX") as caught:
        doc.read(data, "a.doc", "0" * 64, "doc")
    assert "\n" not in str(caught.value)


@needed
def test_a_real_doc(shared: Path) -> None:
    path = shared / "reports" / "UPR34_Slovenia_advance-questions_2019_en.doc"
    report = read_file(path, path.name)
    assert report.source.media_type == "application/msword"
    assert [text[:2] for text, _, _ in marked(report, "item")] == ["•\t"] * 7
    assert "‘national mechanism" in report.text and "PAGE" not in report.text
