"""Damaged, protected and absurd PDFs: a reason, or what can be read and how it was mended."""

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from pipeline.errors import ReadError
from pipeline.ingest import pdf
from pipeline.model import Report

from .pdf_build import Paper, made

WORDS = "Words that can be read"


def draw(page: Paper) -> None:
    page.text(70, 100, WORDS)


def read(data: bytes) -> Report:
    return pdf.read(data, "a.pdf", "0" * 64)


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"\0" * 5000, made(draw)[:300]],
    ids=["empty", "head only", "head and end", "zeros", "truncated at the start"],
)
def test_what_cannot_be_mended_gives_file_cause_and_remedy(data: bytes) -> None:
    with pytest.raises(
        ReadError, match=r"^a\.pdf: .* damaged beyond repair or has no pages; download or export it again"
    ):
        read(data)


def test_a_damaged_table_of_objects_is_rebuilt_and_said() -> None:
    data = made(draw)
    at = data.rindex(b"startxref")
    report = read(data[:at] + b"startxref\n999999\n%%EOF\n")
    assert report.text == WORDS + "\n"
    assert report.source.repaired is not None and "rebuilt" in report.source.repaired


def test_a_file_without_its_end_is_read_as_far_as_it_goes() -> None:
    data = made(draw)
    report = read(data[: data.rindex(b"xref\n0")])
    assert report.text == WORDS + "\n"
    assert report.source.repaired is not None and "truncated" in report.source.repaired


def test_a_sound_file_is_not_repaired() -> None:
    assert read(made(draw)).source.repaired is None


def test_a_password_is_asked_for() -> None:
    with pytest.raises(ReadError, match=r"^a\.pdf: the PDF is encrypted; remove its password"):
        read(made(draw, encrypt=StandardEncryption("secret", "owner")))


def test_an_empty_password_opens() -> None:
    assert read(made(draw, encrypt=StandardEncryption("", "owner"))).text == WORDS + "\n"


def test_a_file_without_pages() -> None:
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    with pytest.raises(ReadError, match=r"^a\.pdf: .* has no pages"):
        read(data)


@pytest.mark.parametrize("size", [(3.0, 3.0), (200_000.0, 200_000.0), (14_400.0, 5.0)])
def test_absurd_page_sizes(size: tuple[float, float]) -> None:
    report = read(made(lambda page: page.text(1, 2, "x", 1), size=size))
    assert len(report.pages) == 1


def test_a_page_without_text_or_pictures_is_empty() -> None:
    report = read(made(draw, lambda page: None))
    assert report.pages[1].start == report.pages[1].end == len(report.text)


def test_what_stands_beside_the_page_or_has_no_size_is_not_read() -> None:
    def hidden(page: Paper) -> None:
        page.text(70, 100, WORDS)
        page.text(70, -40, "above the page")
        page.text(700, 100, "right of it")
        page.text(70, 140, "of no size", 0.01)

    assert read(made(hidden)).text == WORDS + "\n"
