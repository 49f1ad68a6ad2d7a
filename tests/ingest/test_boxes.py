"""The boxes of a fact are where its words are printed: pdfplumber reads the page under them."""

from pathlib import Path

import pdfplumber
import pytest

from pipeline.options import Options
from pipeline.stages import process
from tests.conftest import ROOT

REPORTS = [
    ROOT / "corpus" / "reports" / name for name in ("upr-arden.pdf", "budget-mission.pdf", "doklad-sobraniya.pdf")
]
REAL = ROOT.parent / "shared" / "reports" / "A-HRC-WG6-20-SVN-1_national-report_2014_en.pdf"


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


@pytest.mark.parametrize("path", [*REPORTS, REAL], ids=lambda path: path.name)
def test_the_page_under_the_boxes_has_the_quote(path: Path) -> None:
    if not path.exists():
        pytest.skip("the real reports are not beside the repository")
    _, record = process(path, options=Options(ner=False))
    facts = [fact for fact in record.facts if fact.kind != "indicator"]
    assert facts and all(fact.evidence.boxes for fact in facts)
    with pdfplumber.open(path) as pdf:
        for fact in facts[:120]:
            under = ""
            for page, x0, top, x1, bottom in fact.evidence.boxes:
                middle = (top + bottom) / 2
                chars = pdf.pages[page - 1].chars
                inside = [
                    c
                    for c in chars
                    if x0 - 1 <= (c["x0"] + c["x1"]) / 2 <= x1 + 1 and c["top"] <= middle <= c["bottom"]
                ]
                under += "".join(c["text"] for c in sorted(inside, key=lambda c: float(c["x0"])))
            assert letters(fact.evidence.quote) == letters(under), fact.evidence
