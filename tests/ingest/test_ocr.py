"""Scanned pages: when they are read by OCR, with which languages, and what is said where it cannot be done."""

import io
import shutil
import subprocess

import numpy as np
import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader

from pipeline.errors import MissingProgram
from pipeline.ingest import ocr, pdf
from pipeline.ingest.pdf.scan import implausible, needs_ocr, unreadable
from pipeline.ingest.pdf.sheet import Rect, Sheet

from .pdf_build import made

INSTALLED = shutil.which("tesseract")
needed = pytest.mark.skipif(not INSTALLED, reason="tesseract (tesseract-ocr, tesseract-ocr-eng) is not installed")
WORDS = ["The Council decided on 4 March 2019", "to send a mission of six experts", "to the northern provinces."]


def scanned() -> bytes:
    """A page that holds nothing but a picture of text."""
    page = pypdfium2.PdfDocument(made(lambda paper: paper.lines(70, 100, WORDS, 12)))[0]
    file = io.BytesIO()
    page.render(scale=200 / 72, grayscale=True).to_pil().save(file, "PNG")
    picture = ImageReader(io.BytesIO(file.getvalue()))
    return made(lambda paper: paper.canvas.drawImage(picture, 0, 0, paper.width, paper.height))


@needed
def test_a_scanned_page_is_read_with_boxes_and_confidence() -> None:
    report = pdf.read(scanned(), "scan.pdf", "0" * 64)
    assert report.text.splitlines() == WORDS
    assert report.pages[0].read_by == "ocr"
    assert report.confidence[1] > 0.8
    assert report.boxes is not None
    assert report.boxes.x0[0] == pytest.approx(70, abs=3)
    assert report.boxes.bottom[0] == pytest.approx(100, abs=4)


def test_without_tesseract_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError

    ocr.installed.cache_clear()
    monkeypatch.setattr(subprocess, "run", missing)
    with pytest.raises(MissingProgram, match="Debian package tesseract-ocr"):
        pdf.read(scanned(), "scan.pdf", "0" * 64)
    ocr.installed.cache_clear()


def test_a_missing_language_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: frozenset({"eng"}))
    with pytest.raises(MissingProgram, match="tesseract-ocr-chi-sim"):
        ocr.recognise(np.zeros((4, 4), np.uint8), ["chi_sim"], "scan.pdf, page 1")


def test_languages_follow_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: frozenset({"eng", "fra", "rus"}))
    assert ocr.languages_of("Cyrillic") == ("rus",)
    assert ocr.languages_of(None) == ("eng", "fra")
    french = (
        "La Commission a examiné les rapports des États et leur a demandé des renseignements sur les mesures prises."
    )
    assert ocr.narrowed(("eng", "fra"), french) == ("fra",)
    assert ocr.narrowed(("eng", "fra"), "short") == ("eng", "fra")


def sheet(text: str, covered: bool) -> Sheet:
    count = len(text)
    none = np.zeros(count, np.float32)
    spaced = np.zeros(count, np.bool_)
    spaced[::8] = True
    images = (Rect(0, 0, 595, 842),) if covered else ()
    bits = np.zeros(count, np.uint8)
    return Sheet(1, 595, 842, text, np.zeros((count, 4), np.float32), none, none, bits, spaced, bits, images=images)


@pytest.mark.parametrize(
    ("text", "covered", "expected"),
    [
        ("", True, True),
        ("", False, False),
        ("RESTRICTED", True, True),
        ("plainwor" * 100, True, False),
        ("plainwor" * 100, False, False),
        ("\ufffd\ufffdlainwor" * 100, False, True),
        ("\ue001\ue002ainwor" * 100, False, True),
        ("pl#1nw^r" * 100, True, True),
        ("pl#1nw^r" * 100, False, False),
    ],
)
def test_which_pages_need_ocr(text: str, covered: bool, expected: bool) -> None:
    assert needs_ocr(sheet(text, covered)) is expected


def test_measures_of_a_bad_text_layer() -> None:
    assert unreadable("ab\ufffd\ue000") == 0.5
    assert implausible(["c0rnm1ttee", "wh!ch"] * 10) == 1.0
    assert implausible(["Committee", "l’État", "A/HRC/15/5", "co-operation", "статья"] * 4) == 0.0
