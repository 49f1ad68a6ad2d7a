"""The reports that are measured: the real ones where they lie beside the repository, else those of corpus/."""

from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "reports"
COPIES, SMALL = 240, 150_000
"""A run is measured over so many reports: copies of those below so many bytes, each with a mark of its own."""


def everything() -> list[Path]:
    where = SHARED if SHARED.is_dir() else ROOT / "corpus" / "reports"
    return sorted(path for path in where.iterdir() if path.suffix in (".pdf", ".txt"))


def pages(path: Path) -> int:
    """Pages with a text layer throughout; 0 for a PDF that has to be read by OCR."""
    pdf = pypdfium2.PdfDocument(path)
    return len(pdf) if all(len(page.get_textpage().get_text_bounded()) > 20 for page in pdf) else 0


def copies(folder: Path) -> None:
    """COPIES reports, no two with the same bytes."""
    folder.mkdir()
    small = [
        path for path in everything() if 2000 < path.stat().st_size < SMALL and (path.suffix != ".pdf" or pages(path))
    ]
    for n in range(COPIES):
        path = small[n % len(small)]
        mark = f"\n%{n}\n" if path.suffix == ".pdf" else "\n" * (n + 1)
        (folder / f"{n:03}-{path.name}").write_bytes(path.read_bytes() + mark.encode())


def warm(folder: Path) -> None:
    """Few reports that make two workers load and compile all that they need: that is start-up too."""
    folder.mkdir()
    for path in (ROOT / "corpus" / "reports").glob("*-[av]*.txt"):
        for n in range(2):
            (folder / f"{n}-{path.name}").write_bytes(path.read_bytes() + b"\n" * n)


def halves(folder: Path) -> tuple[Path, Path]:
    """The reports of a folder in two others, as equal as can be."""
    two = folder.with_name("half-0"), folder.with_name("half-1")
    for half in two:
        half.mkdir()
    for n, path in enumerate(sorted(folder.iterdir(), key=lambda path: (path.stat().st_size, path.name))):
        (two[n % 2] / path.name).hardlink_to(path)
    return two
