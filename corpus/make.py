"""Make the reports of corpus/reports and their gold from the annotated sources.

usage: python corpus/make.py [NAME...]

A source is TOML: what the report is, and in `[report] text` its words with the facts marked in place: ⟦quote⟧{kind …}.
README.md describes the marks. The same source gives the same bytes: files are written without time or chance.
"""

import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
MEDIA = {
    "txt": "text/plain",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
}


@dataclass
class Marked:
    """Plain text and the facts marked in it, each with its start and end in that text."""

    text: str = ""
    facts: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Block:
    """A piece of the report: a heading, para, note, table, box, page end, or more (what goes on after a page end)."""

    kind: str
    marked: Marked = field(default_factory=Marked)
    level: int = 0
    number: str | None = None
    rows: list[list[Marked]] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)


def unmark(source: str) -> Marked:
    """Strip the marks ⟦…⟧{…} of a text, nested ones too, and keep what they say."""
    text, facts, opened = "", [], []
    at = 0
    while at < len(source):
        if source[at] == "⟦":
            opened.append(len(text))
        elif source[at] == "⟧":
            end = source.index("}", at)
            start = opened.pop()
            facts.append(fact(source[at + 2 : end], text[start:], start, len(text)))
            at = end
        else:
            text += source[at]
        at += 1
    if opened:
        raise ValueError(f"⟦ without ⟧ in {source[:80]!r}")
    return Marked(text, sorted(facts, key=lambda f: (f["start"], -f["end"])))


KINDS = {
    "d": "date",
    "f": "figure",
    "a": "article",
    "p": "penalty",
    "i": "indicator",
    "t": "treaty_action",
    "r": "recommendation",
    "n": "none",
}


def fact(mark: str, quote: str, start: int, end: int) -> dict[str, Any]:
    """One mark as a gold fact."""
    head, *fields = [part.strip() for part in mark.split(";")]
    kind, _, rest = head.partition(" ")
    options = dict(field.partition("=")[::2] for field in fields)
    made: dict[str, Any] = {"kind": KINDS[kind], "quote": quote}
    if kind == "d":
        made["edtf"] = rest or quote
    elif kind == "f":
        made |= figure(rest, options)
    elif kind == "a":
        made |= article(rest, options)
    elif kind == "p":
        made |= penalty(rest, options)
    elif kind == "i":
        code, status, title = rest.split(" ", 2)
        made |= {"code": code, "title": title, "status": status}
    elif kind == "t":
        party, action, *edtf = rest.split()
        made |= {"party": party, "treaty": options["treaty"], "action": action} | ({"edtf": edtf[0]} if edtf else {})
    elif kind == "r":
        made |= {"paragraph": rest, "by": options["by"], "to": options["to"]}
    else:
        made["reason"] = rest
    if "optional" in options:
        made["optional"] = True
    return made | {"start": start, "end": end}


def number(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


def figure(rest: str, options: dict[str, str]) -> dict[str, Any]:
    value, unit = rest.split(" ", 1)
    low, _, high = value.partition("..")
    made: dict[str, Any] = {"value": number(low)}
    if high:
        made["value_to"] = number(high)
    made |= {"unit": unit}
    for key, name in (("of", "measure"), ("cmp", "comparator"), ("in", "period")):
        if key in options:
            made[name] = options[key]
    if "per" in options:
        made["per"] = int(options["per"])
    return made


def article(rest: str, options: dict[str, str]) -> dict[str, Any]:
    first, _, last = rest.partition("..")
    made: dict[str, Any] = {"unit": options.get("unit", "article"), "number": first}
    if last:
        made["number_to"] = last
    if "sub" in options:
        made["subdivision"] = options["sub"]
    return made | {"instrument": options["law"]}


def penalty(rest: str, options: dict[str, str]) -> dict[str, Any]:
    sanctions = []
    for part in rest.split("+"):
        kind, _, size = part.strip().partition(" ")
        bounds, _, unit = size.partition(" ")
        low, slash, high = bounds.partition("/")
        read = number if kind == "fine" else str
        sanction: dict[str, Any] = {"sanction": kind}
        if low:
            sanction["min"] = read(low)
        if high or (low and not slash):
            sanction["max"] = read(high or low)
        sanctions.append(sanction | ({"unit": unit} if unit else {}))
    cited = [pair.partition(":") for pair in options.get("by", "").split(",") if pair]
    made = {
        "offence": options.get("of"),
        "sanctions": sanctions,
        "articles": [{"instrument": law, "number": no} for law, _, no in cited],
    }
    return made | ({"imposed": True} if "imposed" in options else {})


HEADING = re.compile(
    r"=(\d)\s+(?:([\dIVX]+(?:\.\d+)*|[A-Z]|[一二三四五六七八九十]+|[\u0621-\u0652]+(?=-))[.-]?\s+(?=\S))?(.*)",
    re.DOTALL,
)
NUMBERED = re.compile(r"(\d{1,3})(?:\.(?:\s|(?=[\u4e00-\u9fff《]))|-\s(?=[\u0600-\u06ff]))")


def blocks_of(body: str) -> Iterator[Block]:
    """The blocks of a source; an empty line ends a block."""
    for chunk in re.split(r"\n\s*\n", body.strip("\n")):
        first = chunk.split("\n", 1)[0]
        if first.startswith("---"):
            yield Block("page")
        elif match := HEADING.fullmatch(chunk):
            yield Block("heading", unmark(match[3]), int(match[1]), match[2])
        elif first.startswith(":table"):
            options = dict(re.findall(r"(\w+)=\"([^\"]*)\"", first))
            rows = [[unmark(cell.strip()) for cell in line.strip("|").split("|")] for line in chunk.split("\n")[1:]]
            yield Block("table", rows=rows, options=options)
        elif first.startswith(":box"):
            yield Block("box", unmark(chunk.split("\n", 1)[1]))
        elif match := re.match(r"\^(\d+)\s", chunk):
            yield Block("note", unmark(chunk[match.end() :]), number=match[1])
        elif first.startswith("> "):
            yield Block("more", unmark(chunk[2:]))
        else:
            found = NUMBERED.match(chunk)
            yield Block("para", unmark(chunk), number=found[1] if found else None)


def table_facts(block: Block) -> None:
    """Each number of a table is a figure: its row's head and its column's head (which may take lines), unit, period."""
    options = block.options
    heads = int(options.get("heads", "1"))
    for row in block.rows[heads:]:
        for at, cell in enumerate(row[1:], 1):
            digits = cell.text.strip("()").replace(",", "").replace(" ", "")
            if not re.fullmatch(r"\d+(\.\d+)?", digits):
                continue
            titles = [
                block.rows[i][at].text for i in range(heads) if at < len(block.rows[i]) and block.rows[i][at].text
            ]
            unit = options["unit"].split(",")[at - 1] if "," in options["unit"] else options["unit"]
            value = number(digits) * (int(options.get("scale", "1")) if len(unit) == 3 and unit.isupper() else 1)
            value = round(value, 6)
            made: dict[str, Any] = {
                "kind": "figure",
                "quote": cell.text,
                "value": -value if cell.text.startswith("(") else value,
                "unit": unit,
                "measure": f"{row[0].text} | {' '.join(titles)}",
                "table": True,
            }
            periods = options.get("in", "").split(",")
            period = periods[0] if len(periods) == 1 else "".join(periods[at - 1 : at])
            cell.facts.append(made | ({"period": period} if period else {}) | {"start": 0, "end": len(cell.text)})


def parts(block: Block) -> list[Marked]:
    """The texts of a block in reading order."""
    return [cell for row in block.rows for cell in row] if block.kind == "table" else [block.marked]


def as_text(blocks: list[Block]) -> Marked:
    """The report as a text file; tables are flattened, one cell a line, notes stand where they are."""
    from render import dotted

    out = Marked()

    def put(marked: Marked, before: str = "", after: str = "\n\n") -> None:
        start = len(out.text) + len(before)
        out.text += before + marked.text + after
        out.facts += [f | {"start": f["start"] + start, "end": f["end"] + start} for f in marked.facts]

    for block in blocks:
        if block.kind == "heading":
            put(block.marked, f"{dotted(block.number)} " if block.number else "")
        elif block.kind == "note":
            put(block.marked, f"{block.number} ")
        elif block.kind == "table":
            for row in block.rows:
                for cell in row:
                    put(cell, after="\n")
                out.text += "\n"
        elif block.kind != "page":
            put(block.marked)
    return spelled_notes(out)


def spelled_notes(marked: Marked) -> Marked:
    """Note marks `^[3]` as bare digits after the word, and all places moved accordingly."""
    text, moved, last = "", [], 0
    shift: list[tuple[int, int]] = []
    for match in re.finditer(r"\^\[(\d+)\]", marked.text):
        text += marked.text[last : match.start()] + match[1]
        shift.append((match.start(), 3))
        last = match.end()
    text += marked.text[last:]
    for given in marked.facts:
        start, end = (at - sum(by for where, by in shift if where < at) for at in (given["start"], given["end"]))
        moved.append(given | {"start": start, "end": end, "quote": text[start:end]})
    return Marked(text, moved)


def gold(name: str, kind: str, data: bytes, head: dict[str, Any], blocks: list[Block]) -> dict[str, Any]:
    """The gold of one file. In a text file and in HTML a fact has its place, in a PDF its page."""
    if kind == "txt":
        text, facts = data.decode(), as_text(blocks).facts
    else:
        facts = [dict(f) for block in blocks for marked in parts(block) for f in marked.facts]
        text = located(facts, kind, data, name)
    headings = [
        {
            "level": b.level or 1,
            "number": b.number,
            "title": " ".join(b.marked.text.split("\n")[0].split())
            if b.kind == "box"
            else " ".join(b.marked.text.split()),
        }
        for b in blocks
        if b.kind in ("heading", "box")
    ]
    numbered = [b.number for b in blocks if b.kind == "para" and b.number]
    source = {
        "name": name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "characters": len(text),
        "media_type": MEDIA[kind],
    }
    return {
        "source": source,
        "scope": [0, len(text)],
        "about": {"kind": "about", **head["about"], "headings": headings, "paragraphs": numbered},
        "instruments": [{"id": key, **entry} for key, entry in head.get("instruments", {}).items()],
        "facts": sorted((f for f in facts if f["kind"] != "none"), key=lambda f: (f.get("page") or 0, f["start"] or 0)),
        "none": [f for f in facts if f["kind"] == "none"],
    }


def located(facts: list[dict[str, Any]], kind: str, data: bytes, name: str) -> str:
    """Give each fact its page (PDF) or its place in the text as reportfacts reads it (HTML); the text itself."""
    if kind == "pdf":
        import pypdfium2

        pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(data)]
        page, at = 0, 0
        for f in facts:
            quote = "".join(re.sub(r"\^\[\d+\]", "", f["quote"]).split())
            hit = next((i for i in [*range(page, len(pages)), *range(page)] if quote in pages[i]), None)
            if hit is None:
                raise ValueError(f"{name}: {f['quote']!r} is not in the PDF")
            page, at = hit, at + 1
            f |= {"page": hit + 1, "start": None, "end": None}
        return "".join(pages)
    if kind == "docx":
        for f in facts:
            f |= {"page": None, "start": None, "end": None}
        return " ".join(f["quote"] for f in facts)
    from pipeline.ingest import read

    path = HERE / "reports" / name
    text = read(path, name).text
    at = 0
    for f in facts:
        pattern = re.compile(r"\s+".join(re.escape(word) for word in f["quote"].split()))
        match = pattern.search(text, at)
        if not match:
            raise ValueError(f"{name}: {f['quote']!r} is not in the text after {text[at : at + 40]!r}")
        f |= {"start": match.start(), "end": match.end(), "quote": match[0], "page": None}
        at = match.start()
    return text


def make(path: Path) -> list[str]:
    """Write all files of one source and their gold; their names."""
    from render import as_docx, as_html, as_pdf

    head = tomllib.loads(path.read_text(encoding="utf-8"))
    blocks = list(blocks_of(head["report"]["text"]))
    for block in blocks:
        if block.kind == "table":
            table_facts(block)
    writers = {
        "txt": lambda: as_text(blocks).text.encode(),
        "pdf": lambda: as_pdf(blocks, head),
        "docx": lambda: as_docx(blocks, head),
        "html": lambda: as_html(blocks, head),
    }
    names = []
    for kind in head["formats"]:
        name = f"{path.stem}.{kind}"
        data = writers[kind]()
        (HERE / "reports" / name).write_bytes(data)
        made = gold(name, kind, data, head, blocks)
        target = HERE / "gold" / f"{name}.gold.json"
        target.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        names.append(name)
    return names


if __name__ == "__main__":
    for source in sorted((HERE / "sources").glob("*.toml")):
        if not sys.argv[1:] or source.stem in sys.argv[1:]:
            print(*make(source))
