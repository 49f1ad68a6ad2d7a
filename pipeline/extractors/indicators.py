"""Indicators: the numbered items of an ITU profile, present or absent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..errors import RulesError
from ..model import Block, Indicator, Outline, Report, Section
from ..rules import Rules

Status = Literal["present", "absent"]
CODE = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
FEWEST = 4
"""A profile has at least so many numbered items."""
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÞА-ЯЁ])")


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    profile: re.Pattern[str]
    absent: re.Pattern[str]
    present: re.Pattern[str]


def find(report: Report, outline: Outline, rules: Rules) -> tuple[Indicator, ...]:
    """The indicators of an ITU profile, in reading order; none in other reports.

    An item is a numbered heading without numbered headings under it, and the text up to the next heading;
    side boxes, addresses and page furniture around the text are not part of it.
    """
    said = _words(rules)
    items = [section for section in _leaves(outline.sections) if CODE.fullmatch(section.number or "")]
    if len(items) < FEWEST or not said.profile.search(report.text):
        return ()
    blocks: dict[str, list[Block]] = {}
    for block in outline.blocks:
        if block.section is not None and block.kind in ("paragraph", "item"):
            blocks.setdefault(block.section, []).append(block)
    found = []
    for section in items:
        texts = blocks.get(section.id)
        if texts:
            start, end = texts[0].pieces[0].start, texts[-1].pieces[-1].end
            words = " ".join(" ".join(report.text[p.start : p.end] for block in texts for p in block.pieces).split())
            status: Status = "absent" if _absent(words, said) else "present"
            found.append(Indicator(start, end, "indicator.itu-profile", section.number or "", section.title, status))
    return tuple(found)


def _leaves(sections: Sequence[Section]) -> list[Section]:
    parents = {section.parent for section in sections if section.number}
    return [section for section in sections if section.id not in parents]


def _absent(words: str, said: _Words) -> bool:
    """The first sentence that says whether the country has it decides; in a sentence "has not" goes before "has"."""
    for sentence in SENTENCE.split(words):
        if said.absent.search(sentence):
            return True
        if said.present.search(sentence):
            return False
    return False


@cache
def _words(rules: Rules) -> _Words:
    tables = {code: table.get("indicators", {}) for code, table in sorted(rules.languages.items())}
    return _Words(*(_pattern(tables, key) for key in ("profile", "absent", "present")))


def _pattern(tables: Mapping[str, Mapping[str, object]], key: str) -> re.Pattern[str]:
    parts: list[str] = []
    for code, table in tables.items():
        listed = table.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(part, str) for part in listed):
            raise RulesError(f"languages/{code}.toml, table [indicators]: entry '{key}' must list patterns")
        parts += listed
    try:
        return re.compile("|".join(f"(?:{part})" for part in parts) or r"(?!)", re.IGNORECASE)
    except re.error as error:
        raise RulesError(f"languages/*.toml, table [indicators]: entry '{key}' is not a pattern: {error}") from error
