"""Which provisions set a penalty: cited in its sentence, closing its passage, or opening the sentence before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...model import Article
from .cases import Case
from .sanctions import Masked
from .words import CITED, Words

# Between articles of a list that say what each is about: "article 9 (forgery) and article 10 (fraud)".
LISTED = re.compile(r"\s*(?:\([^()]{1,160}\))?\s*,?\s*(?:[^\W\d_]{1,3}\s+)?")
OPENING = 5  # characters before the articles that a passage is about, at most
FAR = 1200  # characters from them to a penalty, at most
CLOSING = re.compile(rf"\([^()]{{0,15}}{CITED}[^()]*\)")


@dataclass(frozen=True, slots=True)
class Cited:
    """Articles of national law cited together at `start` to `end`; `closing` in brackets, as after a statement."""

    start: int
    end: int
    articles: tuple[int, ...]
    closing: bool


def citations(masked: Masked, articles: Mapping[int, Article]) -> list[Cited]:
    """The groups of articles of one passage, in order; `articles` are its articles by index."""
    brackets = [match.span() for match in CLOSING.finditer(masked.text)]
    found: list[Cited] = []
    for index, article in sorted(articles.items(), key=lambda pair: (pair[1].at.start, pair[0])):
        at = article.at
        inside = any(start < at.start and at.end < end for start, end in brackets)
        last = found[-1] if found else None
        gap = masked.text[last.end : at.start] if last else ""
        if last and last.closing == inside and re.fullmatch(rf"[\s,;{CITED}]*(?:[^\W\d_]{{1,3}})?[\s{CITED}]*", gap):
            found[-1] = Cited(last.start, at.end, (*last.articles, index), inside)
        else:
            found.append(Cited(at.start, at.end, (index,), inside))
    return found


def tied(
    case: Case,
    following: int,
    sentence: tuple[int, int],
    cited: Sequence[Cited],
    masked: Masked,
    words: Words,
) -> tuple[int, ...]:
    """Articles cited in a case's sentence; `following` is where the next case of the passage begins."""
    start, end = sentence
    p = words.patterns
    inside = [c for c in cited if start <= c.start < end]
    for c in inside:
        if case.start <= c.start and c.end <= case.end:
            return c.articles
        if case.end <= c.start < following and (c.closing or p["cites"].fullmatch(masked.text, case.end, c.start)):
            return c.articles
    before = [c for c in inside if c.end <= case.start]
    if plain := [c for c in before if not c.closing and not p["aside"].search(masked.text, start, c.start)]:
        setting = [c for c in plain if not p["referred"].search(masked.text, start, c.start)]
        return (setting or plain)[-1].articles
    if before := [c for c in before if c.closing]:
        return tuple(index for c in before for index in c.articles) if len(before) > 1 else before[-1].articles
    earlier = [c for c in cited if c.end <= start]
    if earlier and p["same_article"].search(masked.text, start, case.start):
        return earlier[-1].articles
    return ()


def closed(case: Case, end: int, cited: Sequence[Cited], laws: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Articles of the citation in brackets that closes the passage of a case, `end` being that of its sentence.

    `laws` are the places that name an instrument: it does not reach back over a sentence on another law.
    """
    later = [c for c in cited if c.start >= case.end]
    if later and later[0].closing and not any(end <= law[0] < later[0].start for law in laws):
        return later[0].articles
    return ()


def taken_up(
    sentence: tuple[int, int], previous: tuple[int, int], cited: Sequence[Cited], masked: Masked, words: Words
) -> tuple[int, ...]:
    """The only article or list of the sentence before, where this one goes on with it: "It is punishable by …"."""
    inside = [c for c in cited if previous[0] <= c.start < previous[1]]
    listed = all(LISTED.fullmatch(masked.text, one.end, other.start) for one, other in pairwise(inside))
    if (
        not inside
        or not listed
        or inside[0].closing
        or CITED in masked.text[sentence[0] : sentence[1]].partition("(")[0]
    ):
        return ()
    if not words.patterns["takes_up"].match(masked.text, sentence[0]):
        return ()
    return tuple(index for c in inside for index in c.articles)


def recalled(
    case: Case,
    sentence: tuple[int, int],
    previous: tuple[int, int],
    cited: Sequence[Cited],
    masked: Masked,
    words: Words,
) -> tuple[int, ...]:
    """All articles that the sentence before lists, behind its colon if any: "these provisions provide for …"."""
    text = masked.text
    if CITED in text[sentence[0] : case.start] or not words.patterns["these"].search(text, sentence[0], case.start):
        return ()
    inside = [c for c in cited if previous[0] <= c.start < previous[1]]
    colon = text.find(":", *previous)
    listed = [c for c in inside if c.start > colon > -1] or inside
    return tuple(index for c in listed for index in c.articles)


def opened(
    sentence: tuple[int, int], previous: tuple[int, int], cited: Sequence[Cited], masked: Masked, words: Words
) -> tuple[int, ...]:
    """Articles that open the sentence before, where this one goes on with them ("Violations are punished by …")."""
    goes_on = words.patterns["anaphora"].match(masked.text, sentence[0])
    opening = [c for c in cited if previous[0] <= c.start <= previous[0] + 25 and not c.closing]
    if goes_on and opening and CITED not in masked.text[sentence[0] : sentence[1]]:
        return opening[0].articles
    return ()


def headed(case: Case, cited: Sequence[Cited], laws: Sequence[tuple[int, int]], masked: Masked) -> tuple[int, ...]:
    """Articles that open the passage, where it cites no others before a case: "Articles 143 to 145 regulate …"."""
    before = [c for c in cited if c.end <= case.start]
    alone = len(before) == 1 and before[0].start < OPENING and not before[0].closing
    if not alone or case.start - before[0].end > FAR:
        return ()
    between = (masked.text[before[0].end : law[0]] for law in laws if before[0].end < law[0] < case.start)
    return () if any(". " in text for text in between) else before[0].articles


def goes_on(sentence: tuple[int, int], masked: Masked, words: Words) -> bool:
    """Whether a sentence without citations goes on with the penalty before it: "The penalty is increased to …"."""
    uncited = CITED not in masked.text[sentence[0] : sentence[1]]
    return uncited and words.patterns["takes_up"].match(masked.text, sentence[0]) is not None
