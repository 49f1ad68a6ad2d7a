"""Arabic as a word processor prints it: ligatures, vowel signs, numbers in lines that are read from the right."""

import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.ingest import read

from .test_doc import needed

LINES = [
    "1- استمعت اللجنة إلى 12 دولة (انظر CAT/C/SR.7)، في الفترة من 3 إلى 15 أيار/مايو 2012.",
    "2- لا تقل العقوبة عن ثلاث سنوات ولا تزيد غرامتها على 5.000 دينار (المادة 163).",
    "3- تُرحِّب اللجنة بانخفاض النسبة إلى 12,5 في المائة (35%) من الأطفال بين 15-19 سنة، خلافاً للإحصاءات.",
    "٤- في الفترة ٢٠١١-٢٠١٢ بلغ العدد ١٢٥ طفلاً، أي أقل ممّا كان عليه عام ٢٠١٠.",
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF made by LibreOffice of paragraphs set from the right."""
    folder = tmp_path_factory.mktemp("arabic")
    document = Document()
    for line in LINES:
        paragraph = document.add_paragraph()
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run = paragraph.add_run(line)
        run.font.name = "DejaVu Sans"
        properties = run._element.get_or_add_rPr()
        properties.find(qn("w:rFonts")).set(qn("w:cs"), "DejaVu Sans")
        properties.append(OxmlElement("w:rtl"))
    document.save(str(folder / "a.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "a.pdf"


@needed
def test_arabic_is_read_as_it_was_written(printed: Path) -> None:
    found = read(printed, "a.pdf")
    assert normalize("NFC", " ".join(found.text.split())) == normalize("NFC", " ".join(LINES))
    assert found.boxes is not None
    start = found.text.index("المادة")
    assert found.boxes.x0[start] > found.boxes.x0[start + 5]
