"""Text files are read exactly as they are: encodings, line ends, pages, note marks, Markdown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import NotAReport, ReadError
from pipeline.ingest import read as read_file
from pipeline.ingest import text as plain
from pipeline.ingest.encoding import decode
from pipeline.ingest.formats import tell
from pipeline.model import Report

from .build import cells, docx, marked, p, words

ENGLISH = "The child’s rights – set out in “article 12” – are known. " * 3
FRENCH = "L’État a été prié d’adopter le décret créant l’Office français de la forêt : “où ça ?” À l’été, même. " * 3
SPANISH = "El Comité pidió más información: ¿cuántos niños? La administración contestó después de la sesión. " * 3
RUSSIAN = "Комитет рассмотрел доклад государства-участника и рекомендовал принять закон о защите детей. " * 3
ARABIC = "نظرت اللجنة في تقرير الدولة الطرف وأوصت باعتماد قانون لحماية الطفل، كما طلبت معلومات. " * 3
CHINESE = "委员会审议了缔约国的报告，并建议通过一项保护儿童的法律。委员会还要求提供资料。" * 3


def read(text: str | bytes) -> Report:
    data = text.encode() if isinstance(text, str) else text
    return plain.read(data, "a.txt", "0" * 64)


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        *[(text, encoding, encoding) for text in (ENGLISH, FRENCH) for encoding in ("cp1252", "mac_roman")],
        (SPANISH, "iso8859-1", "iso8859-1"),
        (SPANISH, "cp850", "cp850"),
        (FRENCH.replace("’", "'").replace("“", '"').replace("”", '"') + "cœur, 5 €", "iso8859-15", "iso8859-15"),
        *[(RUSSIAN, code, code) for code in ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac_cyrillic")],
        *[(ARABIC, code, code) for code in ("cp1256", "iso8859-6")],
        (CHINESE, "gb18030", "gb18030"),
        *[(RUSSIAN + ENGLISH, code, code) for code in ("utf-8", "utf-16-le", "utf-16-be")],
    ],
)
def test_encodings_are_detected_and_named(text: str, encoding: str, named: str) -> None:
    found = decode(text.encode(encoding), "a.txt")
    assert (found.text, found.encoding, found.repaired) == (text, named, None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_no_text(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding), "a.txt").text == RUSSIAN


def test_a_few_broken_bytes_are_told() -> None:
    found = decode(RUSSIAN.encode()[:-1] + b"\xff", "a.txt")
    assert found.encoding == "utf-8" and found.repaired and found.text.startswith(RUSSIAN[:40])


@given(st.text())
def test_text_is_unchanged_and_lines_cover_it(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    text = data.decode()
    try:
        report = read(data)
    except (NotAReport, ReadError):
        return
    if report.source.encoding == "utf-8":
        assert report.text == text.removeprefix("\ufeff")
    between = [(a.end, b.start) for a, b in zip(report.lines, report.lines[1:], strict=False)]
    assert all(report.text[start:end] in ("\r\n", *"\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029") for start, end in between)
    assert report.lines[0].start == 0


def test_line_ends_of_all_kinds_are_kept() -> None:
    report = read("one\rtwo\r\n\nthree\u2028four\n")
    assert [words(report, line) for line in report.lines] == ["one", "two", "", "three", "four"]


def test_form_feeds_part_pages() -> None:
    report = read("first\n\fsecond\n\f")
    assert [(page.number, report.text[page.start : page.end]) for page in report.pages] == [
        (1, "first\n\f"),
        (2, "second\n\f"),
    ]
    assert report.source.pages == 2
    assert read("no page ends").pages == () and read("no page ends").source.pages is None


def test_note_marks_that_are_spelt_out() -> None:
    report = read("lives there[[fn:4]] in a village.[[fn: 12]] See article 2[3].")
    assert [words(report, mark) for mark in report.note_marks] == ["[[fn:4]]", "[[fn: 12]]"]


MARKDOWN = """---
title: "Observations"
---

# Observations[^7]

## Second report ##

The text, 1982.[^8]

- first point
  goes on
- second
    * below

| Year | Cases |
| ---- | ----: |
| 2019 | 7 |
| 2020 | 9 |

***

[^7]: A/99/1,
    page 3
[^8]: Ibid.
"""


def test_markdown_is_kept_and_its_marks_are_known() -> None:
    report = read(MARKDOWN)
    assert report.text == MARKDOWN and report.source.media_type == "text/markdown"
    assert [(text, level) for text, level, _ in marked(report, "heading")] == [
        ("Observations[^7]", 1),
        ("Second report", 2),
    ]
    assert [words(report, mark) for mark in report.note_marks] == ["[^7]", "[^8]"]
    assert [(text, number) for text, _, number in marked(report, "note")] == [
        ("A/99/1,\n    page 3", "7"),
        ("Ibid.", "8"),
    ]
    assert [(text, level) for text, level, _ in marked(report, "item")] == [
        ("first point\n  goes on", 1),
        ("second", 1),
        ("below", 3),
    ]
    assert cells(report) == [
        (0, 0, "Year", True),
        (0, 1, "Cases", True),
        (1, 0, "2019", True),
        (1, 1, "7", False),
        (2, 0, "2020", True),
        (2, 1, "9", False),
    ]
    assert words(report, report.furniture[0]) == '---\ntitle: "Observations"\n---'


def test_plain_text_with_a_hash_is_no_markdown() -> None:
    assert read("# 5 is the number of the case\n\nThe text.").source.media_type == "text/plain"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"junk before\n%PDF-1.4\n", "pdf"),
        (docx(p("Text")), "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le"), "doc"),
        (b"{\\rtf1 text}", "rtf"),
        (b"<?xml version='1.0'?>\n<!-- c -->\n<!DOCTYPE html>\n<html><p>t", "html"),
        ("\ufeff<HTML><BODY>t".encode("utf-16-le"), "html"),
        (b"Plain <b>text</b>", "text"),
        (b"[English only]\nThe report, in brief.\n", "text"),
        (b"1. One, two, three\n2. Four, five, six\nThe text, however, goes on.\n3. Seven\nEnd.\n", "text"),
    ],
)
def test_the_content_tells_the_format(data: bytes, form: str) -> None:
    assert tell(data, "a.bin") == form


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"", ReadError, "empty"),
        (b" \n\t\n", ReadError, "empty"),
        (b"\x89PNG\r\n\x1a\n....", NotAReport, "a PNG image"),
        (b"PK\x03\x04" + bytes(60), NotAReport, "a damaged ZIP archive"),
        (bytes(range(256)) * 20, NotAReport, "binary data"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), NotAReport, "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ReadError, "password"),
        (bytes(range(128, 256)) * 30, ReadError, "no other encoding"),
        (b'{"facts": [1, 2]}', NotAReport, "a JSON file"),
        (b"<?xml version='1.0'?><rss><item>text</item></rss>", NotAReport, "an XML file"),
        (b"#!/bin/sh\nmake run\n", NotAReport, "a script"),
        (b"year;court;cases\n" + b"2019;High;7\n" * 6, NotAReport, "a table of data"),
        (b'[[report]]\nname = "a.txt"\nlicence = "CC0"\n', NotAReport, "settings"),
        (b'form = "views"\n[report]\ntext = """\n' + b"The Committee met.\n\n" * 20 + b'"""\n', NotAReport, "TOML"),
        (
            b'"""Doc."""\n\nimport os\nfrom re import sub\n\ndef f():\n    return (1)\n',
            NotAReport,
            "a program's source",
        ),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\ntext", NotAReport, "an e-mail"),
    ],
)
def test_what_is_no_report_is_told_in_one_line(
    tmp_path: Path, data: bytes, error: type[ReadError], reason: str
) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(data)
    with pytest.raises(error, match=reason) as caught:
        read_file(file, "a.bin")
    assert type(caught.value) is error
    assert str(caught.value).startswith("a.bin: ") and "\n" not in str(caught.value)


def test_a_real_report_in_mac_roman(shared: Path) -> None:
    path = shared / "reports" / "A-HRC-15-5_UPR-WG-report_Lao-PDR_2010_en.txt"
    report = read_file(path, path.name)
    assert report.source.encoding == "mac_roman" and "People’s" in report.text and len(report.lines) == 517
