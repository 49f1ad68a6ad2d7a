"""The lists of the universal periodic review: "96.3. Ratify the Convention (Spain, Chile);"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model import Passage, Recommendation
from ...rules import Rules
from ...sections import countries

FEWEST = 3
"""A review makes at least so many recommendations: less is a remark in brackets."""
PIECES = 4
"""An item that a page or a slip of the layout cuts has no more pieces than these."""
BRACKETS = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)(\s?[;.,:]*$)?")
BETWEEN = re.compile(r"[\s,;/&]*(?:(?:and|the|и|et|y|la|le|les|los|el)\s)*")
"""What stands between the names of States in brackets."""
FREE = re.compile(r"[^\d/]{4,80}")
"""In a list of a review a bracket at the end of an item is of States, also where one is misspelt."""
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
INSIDE = re.compile(r"\d{2,3}\.\d{1,3}(?=\.?(\s+(?=\w)|$))")
"""A number that stands in the text: in the cell of a table, or where several items are one block."""
BEFORE = frozenset({"; ", ". ", ": ", ") ", ", "})
KINDS = frozenset({"item", "paragraph", "cell", "heading", "other"})


def find(passages: Sequence[Passage], country: str, rules: Rules) -> tuple[Recommendation, ...]:
    """The numbered items that end with the names of States, if there are several."""
    found = tuple(_items(passages, country, rules))
    return found if len(found) >= FEWEST else ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage with at most one number, without that."""

    passage: Passage
    start: int
    end: int
    number: str | None

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end].rstrip()


def _items(passages: Sequence[Passage], country: str, rules: Rules) -> Iterator[Recommendation]:
    lead: str | None = None
    listed = False
    item: list[Piece] = []
    for piece in (piece for passage in passages if passage.block.kind in KINDS for piece in _pieces(passage)):
        number, heading = piece.number, piece.passage.block.kind == "heading"
        if number and NUMBER.fullmatch(number):
            item = [piece]
        elif item and len(item) < PIECES and not number and not heading:
            item.append(piece)
        else:
            item = []
        if not item:
            continue
        first = item[0].number or ""
        if by := _states(piece.text, rules, listed):
            if lead or "." in first:
                listed = True
                yield _recommendation(item, first if "." in first else f"{lead}.{first}", ", ".join(by), country)
            item = []
        elif number and "." not in number and piece.text.endswith((":", ".")):
            lead, listed = number, False


def _pieces(passage: Passage) -> Iterator[Piece]:
    """A passage cut at the numbers in its text."""
    start, number = 0, passage.block.number
    for match in INSIDE.finditer(passage.text):
        if match.start():
            if passage.text[match.start() - 2 : match.start()] not in BEFORE:
                continue
            yield Piece(passage, start, match.start(), number)
        start, number = match.end(1), match.group()
    yield Piece(passage, start, len(passage.text), number)


def _states(text: str, rules: Rules, listed: bool) -> tuple[str, ...]:
    """The States that an item names in brackets, none where it does not end with them.

    Among others of a list (`listed`) an item may end otherwise: "Ratify (Chile) the Convention;".
    """
    if "(" not in text or not text.endswith((")", ";", ".", ",", ":")):
        return ()
    matches = list(BRACKETS.finditer(text))
    if not matches or not (listed or matches[-1].group(2) is not None):
        return ()
    last, names = matches[-1], _named(matches[-1].group(1), rules)
    if not (names or listed):
        return ()
    groups = [*((match, _named(match.group(1), rules)) for match in matches[:-1]), (last, names)]
    if last.group(2) is None:
        return tuple(dict.fromkeys(name for _, found in groups for name in found))
    if not names and listed and FREE.fullmatch(last.group(1)) and (found := countries(last.group(1), rules)):
        names = tuple(last.group(1)[start:end] for start, end, _ in found)
    earlier = [name for _, found in groups[:-1] for name in found]
    return tuple(dict.fromkeys([*earlier, *names])) if names else ()


def _named(inner: str, rules: Rules) -> tuple[str, ...]:
    """The names in brackets that hold nothing but names of States."""
    if not inner[:1].isupper() or any(char.isdigit() for char in inner):
        return ()
    names, at = [], 0
    for start, end, _ in countries(inner, rules):
        if not BETWEEN.fullmatch(inner[at:start]):
            return ()
        names.append(inner[start:end])
        at = end
    return tuple(names) if names and BETWEEN.fullmatch(inner[at:]) else ()


def _recommendation(item: Sequence[Piece], number: str, by: str, country: str) -> Recommendation:
    item = [piece for piece in item if piece.text]
    first, last = item[0], item[-1]
    start = first.passage.offsets[first.start]
    end = last.passage.offsets[last.start + len(last.text) - 1] + 1
    text = " ".join(piece.text for piece in item)
    return Recommendation(start, end, first.passage.index, "recommendation.review", number, by, country, text)
