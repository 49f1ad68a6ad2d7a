"""Passages: the words of each block as a reader reads them, with the way back to the text.

Line ends become single spaces, words cut at a line end are rejoined, note marks and page furniture are
left out, so that extractors see sentences; `offsets` leads every character back to the report's text.
"""

import re
from array import array
from collections.abc import Iterable
from functools import cache

from .model import Block, Outline, Passage, Report, Span
from .rules import Rules

READ = frozenset({"heading", "paragraph", "item", "note", "caption", "cell", "other"})


def passages(report: Report, outline: Outline, rules: Rules) -> tuple[Passage, ...]:
    """One passage for each block that has words and is in a language that has rules, in reading order."""
    marks = sorted(outline.note_marks or report.note_marks, key=lambda span: span.start)
    found: list[Passage] = []
    for block in outline.blocks:
        if block.kind in READ and block.language in rules.languages:
            text, offsets = clean(report.text, block, marks)
            if text:
                found.append(
                    Passage(len(found), block, block.language, text, offsets, sentences(text, block.language, rules))
                )
    return tuple(found)


SPACE = re.compile(r"\s+")
CUT = re.compile(r"(?<=[^\W\d_])(?:\u00ad|-)[ \t]*(?:\r\n|\r|\n)\s*(?=[^\W\d_])")


def clean(text: str, block: Block, marks: Iterable[Span]) -> tuple[str, "array[int]"]:
    """The block's words with single spaces, and the place in `text` of each of their characters."""
    chars: list[str] = []
    offsets = array("l")
    skip = {i for mark in marks for piece in block.pieces if piece.start <= mark.start < piece.end
            for i in range(mark.start, mark.end)}
    for piece in block.pieces:
        if chars and chars[-1] != " ":
            chars.append(" ")
            offsets.append(offsets[-1])
        for i in range(piece.start, piece.end):
            if i in skip or text[i] == "\u00ad":
                continue
            if text[i].isspace():
                if not chars or chars[-1] == " ":
                    continue
                chars.append(" ")
            else:
                chars.append(text[i])
            offsets.append(i)
    while chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    return "".join(chars), offsets


@cache
def _abbreviations(language: str, rules: Rules) -> frozenset[str]:
    return frozenset(rules.languages[language].get("passages", {}).get("abbreviations", ()))


END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\Wa-zа-яё])")


def sentences(text: str, language: str, rules: Rules) -> tuple[tuple[int, int], ...]:
    """Pairs (start, end) of the sentences of a passage; an abbreviation's full stop ends none."""
    short = _abbreviations(language, rules)
    found, start = [], 0
    for match in END.finditer(text):
        word = re.search(r"\S+$", text[start : match.start() + 1])
        if word and word.group().lstrip("(“\"'«[").lower() in short:
            continue
        found.append((start, match.start() + len(match.group().rstrip())))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return tuple(found)
