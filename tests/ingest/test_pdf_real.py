"""Real reports: both backends agree, and a PDF says what its Word twin says."""

from collections import Counter
from pathlib import Path

import pytest

from pipeline.ingest import pdf
from pipeline.ingest import read as read_file
from pipeline.model import Report

REPORTS = Path(__file__).parents[3] / "shared" / "reports"


def path(start: str, suffix: str) -> Path:
    found = sorted(REPORTS.glob(f"{start}*.{suffix}"))
    if not found:
        pytest.skip(f"no report {start}*.{suffix} in ../shared/reports")
    return found[0]


@pytest.mark.parametrize("start", ["A-81-6-Sect25", "A-INF-76-1"])
def test_backends_agree(start: str) -> None:
    data = path(start, "pdf").read_bytes()
    fast, slow = pdf.read(data, "a", "0" * 64), pdf.read(data, "a", "0" * 64, "pdfplumber")
    assert fast.text == slow.text
    assert (fast.tables, fast.note_marks, fast.furniture) == (slow.tables, slow.note_marks, slow.furniture)


def numbers(report: Report) -> Counter[str]:
    """The numbers in the bodies of all tables, without their notes' marks."""
    marked = {i for mark in report.note_marks for i in range(mark.start, mark.end)}
    texts = (
        "".join(report.text[i] for i in range(cell.start, cell.end) if i not in marked)
        for table in report.tables
        for cell in table.cells
        if not cell.header
    )
    return Counter("".join(text.split()) for text in texts if any(c.isdigit() for c in text))


def test_tables_of_a_budget_report_are_those_of_its_word_twin() -> None:
    ours = numbers(read_file(path("A-80-604-Add10", "pdf"), "a.pdf"))
    theirs = numbers(read_file(path("A-80-604-Add10", "docx"), "a.docx"))
    assert (theirs - ours, ours - theirs) == (Counter(), Counter())


@pytest.mark.parametrize(
    ("start", "last"), [("A-HRC-WG6-34-ITA-3", 169), ("A-HRC-WG6-20-SVN-2", 121), ("A-HRC-WG6-20-SVN-1", 75)]
)
def test_marks_and_notes_count_from_one(start: str, last: int) -> None:
    report = read_file(path(start, "pdf"), "a.pdf")
    marks = {
        int(n)
        for m in report.note_marks
        for n in report.text[m.start : m.end].replace("–", ",").split(",")
        if n.isdigit()
    }
    notes = {int(m.number) for m in report.markup if m.kind == "note" and m.number and m.number.isdigit()}
    assert marks == notes == set(range(1, last + 1))
