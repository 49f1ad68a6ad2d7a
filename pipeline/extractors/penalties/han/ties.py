"""What is punished, and the provisions that punish it."""

import re
from collections.abc import Mapping, Sequence

from ....model import Article, Passage, Place
from ..words import CITED
from .sanctions import Masked
from .words import Words

OFFENCE = 60
"""Characters that the words of an offence may have."""


def whole(passage: Passage, number: int) -> int:
    """Where a sentence begins of which semicolons divide the parts: 处…有期徒刑;情节严重的,处…."""
    while number and passage.text[passage.sentences[number - 1][1] - 1] == ";":
        number -= 1
    return passage.sentences[number][0]


def offence(
    text: str, masked: Masked, span: tuple[int, int], previous: tuple[int, int] | None, words: Words
) -> str | None:
    """What stands before the words that attach a sanction, without citations; else the sentence before."""
    said = _act(text, masked, *span, words)
    if said is None and previous is not None and not words.sanctions.search(masked.text, *previous):
        said = _act(text, masked, *previous, words)
    return said


def reason(text: str, start: int, sentence: tuple[int, int], words: Words) -> str | None:
    """因贩毒被判处: for what a court punished somebody."""
    found = list(words.patterns["reason"].finditer(text[sentence[0] : start]))
    return found[-1]["act"] if found else None


def _act(text: str, masked: Masked, start: int, end: int, words: Words) -> str | None:
    tail = words.patterns["subject_tail"].search(masked.text, start, end)
    end = tail.start() if tail else end
    if cited := masked.text.rfind(CITED, start, end) + 1:
        start = cited if end - cited > 3 else start
    if end - start > OFFENCE:
        cut = re.search(r"[,;:、]", masked.text[end - OFFENCE : end])
        start = end - OFFENCE + (cut.end() if cut else 0)
    lead = words.patterns["subject_lead"].match(masked.text[start:end])
    start += lead.end() if lead else 0
    said = text[start:end].strip(" ,、:()")
    return None if words.patterns["generic_subject"].match(said) or len(said) < 2 else said


def cited(
    masked: Masked,
    articles: Mapping[int, Article],
    sentence: tuple[int, int, int],
    previous: tuple[int, int] | None,
    case: tuple[int, int, int],
    words: Words,
) -> tuple[int, ...]:
    """The provisions that set a penalty: cited before it in its sentence, in brackets behind it, or just before.

    `sentence` is where the whole sentence begins, and its part between semicolons.
    """
    last, start, end = case
    opened_at, begin, stop = sentence
    inside = [(i, a.at) for i, a in articles.items() if opened_at <= a.at.start < stop]
    before = _run(masked, [(i, at) for i, at in inside if last <= at.start and at.end <= start])
    if before:
        return before
    for _, at in inside:
        opened = masked.text.rfind("(", end, at.start)
        if opened >= 0 and at.start - opened < 24 and not re.search(r"[,;]", masked.text[end:opened]):
            return _run(masked, [one for one in inside if one[1].start >= at.start])
    earlier = _run(masked, [(i, at) for i, at in inside if at.end <= start])
    opening = tuple(i for i, a in articles.items() if a.at.start == 0)
    if earlier or opening or previous is None or not words.patterns["anaphora"].search(masked.text[begin:stop]):
        return earlier or opening
    return _run(masked, [(i, a.at) for i, a in articles.items() if previous[0] <= a.at.start < previous[1]])


def _run(masked: Masked, cited: Sequence[tuple[int, Place]]) -> tuple[int, ...]:
    """The last list of citations: those between which only a conjunction stands."""
    found: list[tuple[int, Place]] = []
    for i, at in sorted(cited, key=lambda pair: pair[1].start):
        gap = masked.text[found[-1][1].end : at.start] if found else ""
        if found and re.search(r"[^、,和及与至到以或\s\ue002()-]", gap):
            found = []
        found.append((i, at))
    return tuple(i for i, _ in found)
