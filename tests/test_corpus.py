"""The corpus: every report has its gold and its entry, gold quotes stand where they say, making it changes nothing."""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CORPUS = Path(__file__).parent.parent / "corpus"
REPORTS = sorted((CORPUS / "reports").iterdir())
FONTS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_gold_belongs_to_its_report(path: Path) -> None:
    gold = json.loads((CORPUS / "gold" / f"{path.name}.gold.json").read_text(encoding="utf-8"))
    assert gold["source"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    laws = {entry["id"] for entry in gold["instruments"]}
    for fact in gold["facts"]:
        assert fact.get("instrument", next(iter(laws), None)) in {*laws, None}
        assert fact.get("treaty", next(iter(laws), None)) in {*laws, None}
        assert {cited["instrument"] for cited in fact.get("articles", ())} <= laws
    if path.suffix == ".txt":
        text = path.read_bytes().decode()
        assert all(text[fact["start"] : fact["end"]] == fact["quote"] for fact in gold["facts"])


def test_manifest_names_what_is_there() -> None:
    manifest = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))
    listed = {f"{name}.{kind}" for name, entry in manifest["reports"].items() for kind in entry["formats"]}
    assert listed == {path.name for path in REPORTS}


@pytest.mark.skipif(not FONTS.exists(), reason="the PDFs need the DejaVu fonts (Debian: fonts-dejavu-core)")
def test_making_the_corpus_changes_nothing(tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="the PDFs are made with ReportLab")
    copy = tmp_path / "corpus"
    for name in ("make.py", "render.py"):
        (copy / "sources").mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((CORPUS / name).read_bytes())
    for folder in ("reports", "gold"):
        (copy / folder).mkdir()
    for source in (CORPUS / "sources").iterdir():
        (copy / "sources" / source.name).write_bytes(source.read_bytes())
    (tmp_path / "pipeline").symlink_to(CORPUS.parent / "pipeline")
    subprocess.run([sys.executable, copy / "make.py"], check=True, capture_output=True)
    for path in REPORTS:
        if path.suffix in (".txt", ".html"):
            assert (copy / "reports" / path.name).read_bytes() == path.read_bytes(), path.name
            name = f"{path.name}.gold.json"
            assert (copy / "gold" / name).read_bytes() == (CORPUS / "gold" / name).read_bytes(), name
