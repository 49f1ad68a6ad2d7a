# ruff: noqa: E501
"""Records for the tests of the diff, written as text with the facts marked in place.

`<date edtf=2017>2017</date>`: the words are text, the attributes become the fact's fields.
A line `# Title` is a section, `12. …` a numbered paragraph.
"""

import hashlib
import re
from typing import Any

from pipeline.diff import Side
from pipeline.records import Record

TAG = re.compile(r"<(?P<kind>\w+)(?P<fields>(?: \w+=(?:'[^']*'|\S+?))*)>(?P<words>[^<]*)</(?P=kind)>")
FIELD = re.compile(r" (\w+)=(?:'([^']*)'|([^\s>]+))")
DEFAULTS: dict[str, dict[str, Any]] = {
    "date": {},
    "article": {"unit": "article", "number_to": None, "subdivision": None, "instrument": None},
    "figure": {
        "unit": "count", "value_to": None, "per": None, "measure": None, "comparator": None, "period": None,
        "place": None, "actor": None, "table": False,
    },
    "penalty": {
        "sanctions": [], "offence": None, "articles": [], "joined": None, "imposed": False, "place": None, "actor": None,
    },
}  # fmt: skip
NUMBERS = {"value", "value_to", "per"}


def side(
    marked: str, *, name: str = "report.txt", with_text: bool = True, instruments: dict[str, str] | None = None
) -> Side:
    """A side of a diff from marked text; `instruments` gives id → name of the register."""
    text, facts, sections, paragraphs = "", [], [], []
    for line in marked.strip().splitlines(keepends=True):
        start = len(text)
        found = []
        at = 0
        for match in TAG.finditer(line):
            text += line[at : match.start()]
            found.append((len(text), match))
            text += match["words"]
            at = match.end()
        text += line[at:]
        if line.startswith("# "):
            id_ = f"s{len(sections) + 1}"
            sections.append(
                {
                    "id": id_,
                    "parent": None,
                    "number": None,
                    "title": line[2:].strip(),
                    "level": 1,
                    "language": "en",
                    "start": start,
                    "end": len(text),
                }
            )
        elif number := re.match(r"(\d+)\. ", line):
            paragraphs.append(
                {
                    "number": number[1],
                    "section": sections[-1]["id"] if sections else None,
                    "start": start,
                    "end": len(text),
                }
            )
        elif line.strip():
            paragraphs[-1]["end"] = len(text)
        for begin, match in found:
            facts.append(_fact(len(facts), begin, match, sections, paragraphs))
    record = Record.model_validate(
        {
            "schema_version": "1.0",
            "source": {"name": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), "media_type": "text/plain", "bytes": len(text), "pages": None, "encoding": "utf-8", "repaired": None},
            "symbol": None, "title": None, "body": None, "country": None, "date": None,
            "languages": [{"language": "en", "start": 0, "end": len(text)}],
            "sections": sections, "paragraphs": paragraphs,
            "instruments": [{"id": i, "name": n, "kind": "law", "year": None, "number": None, "aliases": []} for i, n in (instruments or {}).items()],
            "facts": facts, "unread": [], "made_by": {"version": "0", "rules": "0", "rules_by_language": {}, "options": {}},
        }
    )  # fmt: skip
    return Side(record, text if with_text else None)


def _fact(index: int, start: int, match: re.Match[str], sections: list[Any], paragraphs: list[Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, quoted, plain in FIELD.findall(match["fields"]):
        fields[key] = float(quoted or plain) if key in NUMBERS else quoted or plain
    if "imprisonment" in fields:
        least, most = fields.pop("imprisonment").split("-")
        fields["sanctions"] = [{"sanction": "imprisonment", "min": least, "max": most, "unit": None}]
    if isinstance(fields.get("articles"), str):
        fields["articles"] = fields["articles"].split(",")
    evidence = {
        "quote": match["words"], "start": start, "end": start + len(match["words"]), "page": None, "boxes": [],
        "section": sections[-1]["id"] if sections else None,
        "paragraph": paragraphs[-1]["number"] if paragraphs else None, "confidence": None,
    }  # fmt: skip
    kind = match["kind"]
    return {"id": fields.pop("id", f"{kind}-{index}"), "kind": kind, "language": "en", "evidence": evidence, "found_by": "test", **DEFAULTS[kind], **fields}  # fmt: skip
