"""Over real reports: nothing lost, nothing twice, paragraphs complete."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.ingest import read
from pipeline.model import Outline, Report

from .build import outline

# Numbers of blocks, bullets and marks stand outside of the pieces.
APART = re.compile(r"\(?[\w.]{1,8}[.)]?|\W+|-[^\W\d_]+|\[\[fn:\d+\]\]")
COUNTED = [
    ("srsg-sale-of-children-lao.txt", 71),
    ("opsc-state-report-lao.txt", 110),
    ("A-HRC-15-5_UPR-WG-report_Lao-PDR_2010_en.txt", 100),
    ("A-HRC-10-70_UPR-WG-report_Bahamas_2009_en.pdf", 55),
    ("A-80-604-Add10-reissued_ACABQ_2026_en.docx", 59),
]


@cache
def outlined(path: Path) -> tuple[Report, Outline]:
    report = read(path, path.name)
    return report, outline(report)


def lost(report: Report, found: Outline) -> Iterator[str]:
    held = bytearray(len(report.text))
    for block in found.blocks:
        for piece in block.pieces:
            assert not any(held[piece.start : piece.end]), (block.kind, report.text[piece.start : piece.end][:60])
            held[piece.start : piece.end] = b"1" * (piece.end - piece.start)
    for span in (*found.note_marks, *found.tables):
        held[span.start : span.end] = b"1" * (span.end - span.start)
    for match in re.finditer(r"\S+", report.text):
        if not all(held[match.start() : match.end()]):
            yield match.group()


@pytest.mark.parametrize(("name", "count"), COUNTED)
def test_paragraphs_are_complete(shared: Path, name: str, count: int) -> None:
    _, found = outlined(shared / "reports" / name)
    assert [p.number for p in found.paragraphs] == [str(n) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    "name", [name for name, _ in COUNTED] + ["CCPR-C-122-D-2756-2016_Nepal_en.txt", "itu-cyberwellness-lao.txt"]
)
def test_nothing_is_lost(shared: Path, name: str) -> None:
    assert [word for word in lost(*outlined(shared / "reports" / name)) if not APART.fullmatch(word)] == []
