"""Arabic as word processors and browsers print it: ligatures, vowel signs, numbers within lines."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.ingest import read

LINES = [
    "1- استمعت اللجنة إلى 12 دولة (انظر CAT/C/SR.7)، في الفترة من 3 إلى 15 أيار/مايو 2012.",
    "2- لا تقل العقوبة عن ثلاث سنوات ولا تزيد غرامتها على 5.000 دينار (المادة 163).",
    "3- تُرحِّب اللجنة بانخفاض النسبة إلى 12,5 في المائة (35%) من الأطفال بين 15-19 سنة، خلافاً للإحصاءات.",
    "٤- في الفترة ٢٠١١-٢٠١٢ بلغ العدد ١٢٥ طفلاً، أي أقل ممّا كان عليه عام ٢٠١٠.",
]


def of_word_processor(folder: Path, lines: list[str]) -> list[str]:
    document = Document()
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run = paragraph.add_run(line)
        run.font.name = "DejaVu Sans"
        properties = run._element.get_or_add_rPr()
        properties.find(qn("w:rFonts")).set(qn("w:cs"), "DejaVu Sans")
        properties.append(OxmlElement("w:rtl"))
    document.save(str(folder / "a.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    return ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "a.docx")]


def of_browser(folder: Path, lines: list[str]) -> list[str]:
    """It calls letters by their joined forms and draws no spaces."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    style = "<meta charset=utf-8><style>body { font: 14pt DejaVu Sans }</style>"
    (folder / "a.html").write_text(f"<html dir=rtl lang=ar>{style}{body}</html>", encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--disable-background-networking"]
    return [
        "chromium",
        *flags,
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={folder / 'a.pdf'}",
        str(folder / "a.html"),
    ]


def unsigned(line: str) -> str:
    return re.sub("[\u064b-\u0652]", "", line)


@pytest.mark.parametrize(
    ("program", "command", "lines"),
    [("soffice", of_word_processor, LINES), ("chromium", of_browser, [unsigned(line) for line in LINES])],
)
def test_arabic_is_read_as_it_was_written(
    program: str, command: Callable[[Path, list[str]], list[str]], lines: list[str], tmp_path: Path
) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    subprocess.run(command(tmp_path, lines), check=True, capture_output=True, timeout=180)
    found = read(tmp_path / "a.pdf", "a.pdf")
    assert normalize("NFC", " ".join(found.text.split())) == normalize("NFC", " ".join(lines))
    assert found.boxes is not None
    start = found.text.index("المادة")
    assert found.boxes.x0[start] > found.boxes.x0[start + 5]
