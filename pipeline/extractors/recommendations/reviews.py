"""The lists of the universal periodic review: "96.3. Ratify the Convention (Spain, Chile);"."""

import re
from collections.abc import Iterator, Sequence

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
INSIDE = re.compile(r"(\d{2,3}\.\d{1,3})\.?\s+(?=\w)")
"""A number that a cell of a table keeps in its text."""
KINDS = frozenset({"item", "paragraph", "cell", "heading", "other"})


def find(passages: Sequence[Passage], country: str, rules: Rules) -> tuple[Recommendation, ...]:
    """The numbered items that end with the names of States, if there are several."""
    found = tuple(_items(passages, country, rules))
    return found if len(found) >= FEWEST else ()


def _items(passages: Sequence[Passage], country: str, rules: Rules) -> Iterator[Recommendation]:
    lead: str | None = None
    listed = False
    pieces: list[Passage] = []
    for passage in passages:
        if passage.block.kind not in KINDS:
            continue
        number = _number(passage)
        if number:
            pieces = [passage]
        elif pieces and len(pieces) < PIECES and not passage.block.number and passage.block.kind != "heading":
            pieces.append(passage)
        else:
            pieces = []
        if not pieces:
            continue
        if by := _states(passage.text, rules, listed):
            first = _number(pieces[0]) or ""
            if lead or "." in first:
                listed = True
                yield _recommendation(pieces, first if "." in first else f"{lead}.{first}", ", ".join(by), country)
            pieces = []
        elif number and "." not in number and passage.text.endswith((":", ".")):
            lead, listed = number, False


def _number(passage: Passage) -> str | None:
    number = passage.block.number
    if number is None and (match := INSIDE.match(passage.text)):
        return match.group(1)
    return number if number and NUMBER.fullmatch(number) else None


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


def _recommendation(pieces: Sequence[Passage], number: str, by: str, country: str) -> Recommendation:
    match = INSIDE.match(pieces[0].text) if pieces[0].block.number is None else None
    skip = match.end() if match else 0
    text = " ".join([pieces[0].text[skip:], *(piece.text for piece in pieces[1:])])
    start, end = pieces[0].offsets[skip], pieces[-1].offsets[-1] + 1
    return Recommendation(start, end, pieces[0].index, "recommendation.review", number, by, country, text)
