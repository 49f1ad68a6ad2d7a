"""The parts of README.md that are made from other files: `python -m tests.readme` writes them, test_readme.py compares.

A part stands between `<!-- name: … -->` and `<!-- end -->`.
"""

import json
import re
from pathlib import Path

from tests.load.database import render as database

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "README.md"
PART = re.compile(r"(<!-- (\w+): [^>]*-->\n).*?(<!-- end -->)", re.DOTALL)
KINDS = (
    "article",
    "penalty",
    "date",
    "figure",
    "figure in table",
    "treaty_action",
    "recommendation",
    "indicator",
    "instrument",
    "heading",
    "paragraph",
)


def render(text: str) -> str:
    """README.md with its made parts as they should be; a part whose source is missing stays as it is."""
    return PART.sub(lambda m: f"{m[1]}{_part(m[2]) or m[0][len(m[1]) : -len(m[3])]}{m[3]}", text)


def _part(name: str) -> str | None:
    match name:
        case "fact":
            return _fact()
        case "scores":
            return _scores()
        case "bench":
            return _file("tests/bench/RESULTS.md")
        case "stress":
            return _file("tests/stress/RESULTS.md")
        case "database":
            return database()
        case _:
            raise ValueError(f"README.md: no such part: {name}")


def _file(name: str) -> str | None:
    path = ROOT / name
    return path.read_text(encoding="utf-8").strip() + "\n" if path.is_file() else None


def _fact() -> str | None:
    """The first penalty of the corpus that hangs on an article, with the article."""
    path = ROOT / "outputs" / "reports" / "opsc-report-veloria.txt.json"
    if not path.is_file():
        return None
    facts = json.loads(path.read_text(encoding="utf-8"))["facts"]
    penalty = next(f for f in facts if f["kind"] == "penalty" and f["articles"])
    return f"```json\n{json.dumps(penalty, ensure_ascii=False, indent=1)}\n```\n"


def _scores() -> str:
    scores = json.loads((ROOT / "tests" / "scores.json").read_text(encoding="utf-8"))
    titles = {"shared": "ten real reports", "corpus": "corpus/"}
    lines = ["| kind, language | " + " | ".join(f"{titles[n]}: gold | F1 | whole F1" for n in titles) + " |"]
    lines.append("| --- |" + " --: | --: | --: |" * len(titles))
    tables = {name: scores.get(name, {}).get("scores", {}) for name in titles}
    for kind in sorted({kind for table in tables.values() for kind in table}, key=_rank):
        if kind.split(", ")[0] not in KINDS:
            continue
        cells = []
        for name in titles:
            row = tables[name].get(kind)
            cells += [str(row["gold"]), f"{row['f1']:.3f}", f"{row['whole_f1']:.3f}"] if row else ["", "", ""]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _rank(kind: str) -> tuple[int, str]:
    name = kind.split(", ")[0]
    return KINDS.index(name) if name in KINDS else len(KINDS), kind


if __name__ == "__main__":
    FILE.write_text(render(FILE.read_text(encoding="utf-8")), encoding="utf-8")
