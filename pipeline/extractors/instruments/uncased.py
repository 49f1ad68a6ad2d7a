"""Names of instruments in a script without capitals: «قانون العقوبات», «القانون رقم 26 لسنة 2012 بشأن …».

How far a name reaches is told by articles and small words: a noun without article takes nouns up to the first one
that has it, and what agrees with that; a noun with article takes the words with article after it. Small words go on
with a title where the word before them calls for one («الاتجار ب…», «القضاء على …»).
"""

import re
from dataclasses import dataclass
from functools import cache

from ...errors import RulesError
from ...model import InstrumentKind
from .found import Found
from .lexicon import Lexicon
from .suffixes import year_in

WORD = re.compile(r" ([^\W\d_]+)")
LONGEST = 24
QUOTED = re.compile(r' ?[«“"][^»”"]{3,160}[»”"]')


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """What tells the ends of names; the words are `[instruments.uncased]` of the language's rules."""

    article: str
    after_number: re.Pattern[str]
    number: re.Pattern[str]
    year: re.Pattern[str]
    span: re.Pattern[str]
    titled: re.Pattern[str]
    goes_on: re.Pattern[str]
    joiner: str
    small: frozenset[str]
    codes: re.Pattern[str]
    plans: re.Pattern[str]
    agrees: re.Pattern[str]
    issued: re.Pattern[str]
    near: frozenset[str]


FEMININE = "ه"
END = {"goes_on": "$"}
PATTERNS = ("after_number", "number", "year", "span", "titled", "goes_on", "codes", "plans", "agrees", "issued")


@cache
def grammar(lexicon: Lexicon) -> Grammar:
    """The compiled grammar of a language; RulesError names an entry that is missing or no pattern."""
    tables = lexicon.uncased or {}
    try:
        patterns = {name: re.compile(f"(?:{tables[name]}){END.get(name, '')}") for name in PATTERNS}
        small, near = frozenset(tables["small"]), frozenset(tables["near"])
        return Grammar(article=tables["article"], joiner=tables["joiner"], small=small, near=near, **patterns)
    except (KeyError, TypeError, re.error) as error:
        where = f"languages/{lexicon.language}.toml [instruments.uncased]"
        raise RulesError(f"{where}: missing entry or no pattern: {error!r}") from error


def read(text: str, lexicon: Lexicon) -> list[Found]:
    """All head nouns of a text that name or may mean an instrument, in order."""
    words = grammar(lexicon)
    found: list[Found] = []
    for match in lexicon.trigger.finditer(text):
        if lexicon.not_before.match(text, match.end()):
            continue
        item = _one(text, match, lexicon, words)
        if lexicon.not_after.search(text, max(0, item.start - 24), item.start):
            continue
        if found and item.start < found[-1].end and not _inner(item, found[-1]):
            continue
        found.append(item)
    return found


def _inner(item: Found, outer: Found) -> bool:
    """Whether a name inside another one is an instrument of its own: the convention that a protocol belongs to."""
    return item.kind == "treaty" and outer.kind == "treaty" and bool(item.name)


def _one(text: str, match: re.Match[str], lexicon: Lexicon, words: Grammar) -> Found:
    article = f"{words.article} "
    definite = text.endswith(article, 0, match.start())
    start = match.start() - (len(article) if definite else 0)
    kind = lexicon.kinds[match.group()]
    end = _adjectives(text, match.end(), lexicon, words) if definite else match.end()
    number, year, end = _numbered(text, end, words)
    title = _title(text, match.end(), end, kind, lexicon, words, numbered=bool(number or year), definite=definite)
    end = max(end, title)
    name_end = end
    if not number:
        issued = words.issued.match(text, end)
        number, later, end = _numbered(text, issued.end() if issued else end, words)
        year = year or later
        name_end = name_end if issued else end
    if kind == "policy" and (span := words.span.match(text, end)):
        first, last = span.group(1), span.group(2)
        year, end = f"{first}/{last}", span.end()
    draft = lexicon.draft.search(text, max(0, start - 24), start)
    if draft and kind != "treaty":
        kind = "bill"
    name = text[start:name_end].strip()
    named = _named(
        kind,
        name,
        definite,
        title > match.end() or f" {words.article} " in match.group(),
        bool(number),
        match.group(),
        lexicon,
        words,
    )
    if named and kind == "law" and words.codes.search(name):
        kind = "code"
    return Found(
        start=start,
        end=end if named else match.end(),
        kind=kind,
        head=lexicon.nominatives.get(match.group(), match.group()),
        name=name if named else "",
        name_end=name_end,
        year=(year or year_in(number)) if named else None,
        number=number if named else None,
        plural=match.group() in lexicon.plural,
        capital=kind in ("treaty", "constitution") or match.group() in words.near,
        determiner=words.article if definite else None,
    )


def _named(
    kind: InstrumentKind,
    name: str,
    definite: bool,
    titled: bool,
    numbered: bool,
    head: str,
    lexicon: Lexicon,
    words: Grammar,
) -> bool:
    """Whether the words make a name, and are not just any law."""
    if kind == "constitution":
        return definite
    if kind == "policy":
        return titled and words.plans.search(name) is not None
    if head in lexicon.numbered and not numbered:
        return False
    return numbered or titled


def _adjectives(text: str, at: int, lexicon: Lexicon, words: Grammar) -> int:
    """The end of the words with article right after a noun with article: «القانون الجنائي»."""
    step = re.compile(rf" {words.article} ([^\W\d_]+)(?![^\W_])")
    feminine = text[at - 1] == FEMININE
    plural = text[text.rfind(" ", 0, at) + 1 : at] in lexicon.plural
    while (match := step.match(text, at)) and match.group(1) not in lexicon.ends:
        word = match.group(1)
        if not words.agrees.fullmatch(word) or not (plural or (word[-1] == FEMININE) == feminine):
            break
        at = match.end()
    return at


def _numbered(text: str, at: int, words: Grammar) -> tuple[str | None, str | None, int]:
    """Number and year that follow a name, and where they end: «رقم 26 لسنة 2012»."""
    number = year = None
    if match := words.number.match(text, at):
        number, at = match.group("no"), match.end()
    if match := words.year.match(text, at):
        year, at = next(group for group in match.groups() if group), match.end()
    return number, year, at


def _title(
    text: str,
    head: int,
    at: int,
    kind: InstrumentKind,
    lexicon: Lexicon,
    words: Grammar,
    *,
    numbered: bool,
    definite: bool,
) -> int:
    """Where the title of an instrument ends; `head` where it has none."""
    if kind == "treaty" and lexicon.tails and (tail := lexicon.tails.match(text, head)):
        return tail.end()
    if kind == "constitution":
        return head
    if quoted := QUOTED.match(text, at):
        return quoted.end()
    opening = words.after_number if numbered else words.titled
    if opened := opening.match(text, at):
        if quoted := QUOTED.match(text, opened.end()):
            return quoted.end()
        reached = _words(text, opened.end(), lexicon, words, treaty=kind == "treaty")
        if numbered or kind in ("treaty", "policy", "bill") or at > head:
            return reached if reached > opened.end() else head
        return head
    if numbered:
        return head
    if definite:
        return _words(text, at, lexicon, words, treaty=kind == "treaty", closed=True) if at > head else head
    reached = _words(text, at, lexicon, words, treaty=kind == "treaty")
    return reached if f" {words.article} " in text[head:reached] else head


def _words(text: str, at: int, lexicon: Lexicon, words: Grammar, *, treaty: bool = False, closed: bool = False) -> int:
    """The end of the words of a title; `closed` where a word with article stands before them."""
    end, definite = at, closed
    joined, linked = False, not treaty
    for _ in range(LONGEST):
        match = WORD.match(text, at)
        if match is None:
            break
        word = match.group(1)
        if word == words.joiner:
            joined, linked, at = True, True, match.end()
            continue
        if word in words.small:
            if not joined and not words.goes_on.search(text, max(0, at - 40), match.end()):
                break
            linked, definite, at = not treaty, False, match.end()
            continue
        with_article = word == words.article
        if with_article:
            match = WORD.match(text, match.end())
            if match is None:
                break
            word = match.group(1)
        if word in lexicon.ends or lexicon.end_pattern.search(word) or (linked and word in lexicon.kinds):
            break
        if definite and not with_article and not joined:
            break
        definite, joined, linked = with_article, False, False
        end = at = match.end()
    return end
