"""Names of instruments in a passage: from a head noun ("Law", "Convention") a name grows to both sides.

To the left grow capitalised words ("Torture Compensation Act"), to the right a title that a preposition opens
("Law on Tourism", "law on preventing and combating cybercrime"), then year, number and acronym
("(2012)", "of 2014", "No. 182", "(ATIP)"). What has neither stays bare ("the Law") and needs its context.
"""

import re
from dataclasses import replace

from ...model import InstrumentKind
from . import headfirst, uncased
from .found import Found
from .left import left_end, official_start
from .lexicon import Lexicon, stem, stems
from .nominative import nominative
from .suffixes import suffix, weak_year, year_in
from .titles import QUOTED, lower_title, title_of

DATED = re.compile(r"\s+(?:of|от)\s")
PLURAL_NUMBERED = re.compile(r"Conventions\s+Nos?\.")
NEXT_WORD = re.compile(r"\)?(?:\s\([A-Z][^()]{1,40}\))?((?:\s[A-Z]\w+){1,2})")
# Between the nouns of an amending act and of what it amends: "Act Amending the Minimum Wage Act".
AMENDING = re.compile(r"\s+[Aa]mending(?:\s+and\s+[Ss]upplementing)?\s+(?:the\s+)?")
SPAN_BEFORE = re.compile(r"((?:19|20)\d\d)[-–]((?:19|20)\d\d)\s$")
YEAR_BEFORE = re.compile(r"((?:1[89]|20)\d\d)\s$")
# A noun inside the name of an act ("Penal Code (Amendment) Act", "Nepal Treaty Act").
NUMBERED = re.compile(r"(?:\bNos?\.?|№|\b[Nn][º°]?|\b[Nn][úu]ms?\.?)\s*\d[\w/.-]*|\b\d+[./-][\w/.-]+")


def read(text: str, lexicon: Lexicon, start: int = 0) -> list[Found]:
    """All head nouns of a text that name or may mean an instrument, in order."""
    if lexicon.uncased is not None:
        return uncased.read(text, lexicon)
    found: list[Found] = []
    for match in _heads(text, start, lexicon):
        item = _one(text, match, lexicon)
        if item is not None:
            if found and item.start < found[-1].end and item.end <= found[-1].end and item.start <= found[-1].start:
                continue
            if found and _repeats(item, found[-1]):
                continue
            if found and item.start < found[-1].end <= item.end and item.name:
                item = _nested(item, lexicon)
            if found and (enacted := _enacted(text, found[-1], item, lexicon)):
                found[-1] = enacted
                continue
            if found and item.name and (amending := _amending(text, found[-1], item, lexicon)):
                found[-1] = amending
            if lexicon.noun_first and item.plural and item.number:
                found.extend(headfirst.several(text, item, lexicon))
                continue
            if item.plural and item.number and item.kind == "treaty":
                more = _numbers(text, item)
                found.append(replace(item, name=PLURAL_NUMBERED.sub("Convention No.", item.name)))
                found.extend(more)
                continue
            found.append(item)
            if item.plural and item.kind == "treaty" and item.name and (second := _second(text, item, lexicon)):
                found.append(second)
    return found


CITATION = 90
"""Characters of "articles 1, paragraph 1, and 25 of the" before its treaty, at most."""


def cites(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether a cited article ends right before a place: « l’article 1 a) de la | convention »."""
    return lexicon.cited.search(text, max(0, at - CITATION), at) is not None


def _heads(text: str, start: int, lexicon: Lexicon) -> list[re.Match[str]]:
    """The head nouns; behind an article in any case of letters: « article 1 a) de la convention », "ARTICLE 40 OF THE
    COVENANT"."""
    small = [match for match in lexicon.small.finditer(text, start) if cites(text, match.start(), lexicon)]
    heads = [*lexicon.trigger.finditer(text, start), *small]
    return sorted(heads, key=lambda match: match.start()) if small else heads


def _repeats(item: Found, outer: Found) -> bool:
    """Whether a name only gives the number of the one before it: "Labour Code (Act No. 2003-1011)"."""
    inside = outer.name_end <= item.start and item.end <= outer.end
    apart = item.kind != outer.kind or (item.name[:1].isupper() and item.head == outer.head)
    return inside and item.number is not None and item.number == outer.number and apart


def _nested(item: Found, lexicon: Lexicon) -> Found:
    """A name inside another one: year, number and acronym after it are the outer one's, a treaty's acronym apart."""
    own = item.acronym in lexicon.acronyms or item.acronym in lexicon.shared
    return replace(item, end=item.name_end, year=None, number=None, acronym=item.acronym if own else None)


def _amending(text: str, bare: Found, item: Found, lexicon: Lexicon) -> Found | None:
    """The act that amends another one, `bare` being its noun: "the 2018 Act amending the Minimum Wage Act"."""
    if bare.name or not bare.capital or bare.plural or bare.kind not in ("law", "decree", "bill"):
        return None
    if not AMENDING.fullmatch(text, bare.end, item.start):
        return None
    ahead = YEAR_BEFORE.match(text[bare.start : bare.start + 5])
    return replace(
        bare,
        end=item.name_end,
        name=text[bare.start + (ahead.end() if ahead else 0) : item.name_end].strip(" ,"),
        name_end=item.name_end,
        year=ahead.group(1) if ahead else None,
        weak=weak_year(text, bare.start, item.end, lexicon),
    )


def _enacted(text: str, law: Found, code: Found, lexicon: Lexicon) -> Found | None:
    """The code that a law enacts, with the law's number and year: « la loi no 5 de 2010 portant Code du travail »."""
    if lexicon.enacting is None or code.kind not in ("code", "constitution") or law.kind not in ("law", "decree"):
        return None
    if not law.number or not code.name or not lexicon.enacting.fullmatch(text, law.end, code.start):
        return None
    return replace(code, start=law.start, year=code.year or law.year, number=law.number, determiner=law.determiner)


def _numbers(text: str, item: Found) -> list[Found]:
    """ "ILO Conventions Nos. 87, 98 and 169": one for each further number."""
    more = []
    at = item.end
    while match := re.compile(r"(?:,\s*|,?\s+and\s+)(?:Nos?\.\s*)?(\d{1,3})(?!\d|\s?%)").match(text, at):
        name = PLURAL_NUMBERED.sub("Convention No.", item.name).replace(item.number or "", match.group(1))
        more.append(
            replace(item, start=match.start(1), end=match.end(), name_end=match.end(), name=name, number=match.group(1))
        )
        at = match.end()
    return more


def _second(text: str, item: Found, lexicon: Lexicon) -> Found | None:
    """ "the Optional Protocols on the sale of children and on children in armed conflict" names two."""
    joint = re.compile(r"\s+and\s+(?=on\s)").match(text, item.name_end)
    if joint is None:
        return None
    end = lower_title(text, joint.end() + 2, lexicon)
    stem_end = item.name.lower().rfind(item.head) + len(item.head)
    name = f"{item.name[:stem_end]} {text[joint.end() : end]}"
    return (
        replace(item, start=joint.end(), end=end, name=name, name_end=end, determiner="the")
        if end > joint.end() + 3
        else None
    )


def _one(text: str, match: re.Match[str], lexicon: Lexicon) -> Found | None:
    word = match.group()
    if word in lexicon.abbreviations:
        return _abbreviated(text, match, lexicon)
    head = " ".join(word.lower().split())
    kind = lexicon.kinds.get(head)
    if kind is None or lexicon.not_before.match(text, match.end()):
        return None
    if lexicon.not_after.search(text, max(0, match.start() - 24), match.start()):
        return None
    capital = word[0].isupper()
    further = NEXT_WORD.match(text, match.end()) if capital else None
    if further and any(next_word in lexicon.left_long for next_word in further.group(1).lower().split()):
        return None
    left = left_end(text, match.start(), head, capital, lexicon)
    if left < match.start() and (
        lexicon.not_after.search(text, max(0, left - 24), left) or lexicon.bodies.search(text[max(0, left - 24) : left])
    ):
        return None
    if not capital and head in lexicon.adjectived and not text[left].isupper():
        return None
    before, determiner = _determiner(text, left)
    plainly = all(
        stem(w) in lexicon.general or stem(w) in lexicon.idle for w in re.findall(r"\w+", text[left : match.start()])
    )
    if lexicon.noun_first:
        item = headfirst.found(text, left, match, "bill" if draft(before, lexicon) else kind, head, determiner, lexicon)
        weak = weak_year(text, item.start, item.end, lexicon) if item.name and kind != "treaty" else None
        return replace(item, weak=weak)
    issued = lexicon.issued.match(text, match.end()) if lexicon.issued else None
    if issued and (any(issued.groups()) or QUOTED.match(text, issued.end())):
        return _issued(text, left, match, issued, kind, head, lexicon)
    title_end, plain_end = title_of(text, match.end(), kind, capital, plainly, lexicon)
    if kind == "treaty" and title_end > plain_end and left < match.start() and not lexicon.articleless:
        left = official_start(text, left, match, lexicon)
        before, determiner = _determiner(text, left)
    end, name_end, facts = suffix(text, title_end, match.end(), kind, lexicon)
    if left < match.start() and title_end == match.end() and not plainly and capital and kind != "treaty":
        name_end = min(name_end, match.end()) if facts.get("number") else name_end  # "Organised Crime Act 121 of 1998"
    year = facts.get("year") or year_in(facts.get("number"))
    start = left
    if year is None and kind == "policy" and (ahead := SPAN_BEFORE.search(text[max(0, left - 10) : left])):
        year, start = f"{ahead.group(1)}/{ahead.group(2)}", left - 10
        before, determiner = _determiner(text, start)
    elif year is None and (ahead := YEAR_BEFORE.search(text[max(0, left - 5) : left])):
        year, start = ahead.group(1), left - 5
        before, determiner = _determiner(text, start)
    name = text[left:name_end].strip(" ,")
    named = left < match.start() or title_end > plain_end or bool(facts.get("number")) or kind == "constitution"
    if not named and year is not None and kind in ("law", "decree", "code"):
        named = capital and DATED.match(text, match.end()) is not None
        name = text[left:end].strip(" ,")
    if kind == "constitution" and not capital:
        named = False
    if kind == "regulation" and left == match.start() and not (year or facts.get("number")):
        opens = left == 0 or text[left - 2 : left] in (". ", "; ")
        named = named and not (opens and head not in lexicon.plural and text[match.end() : title_end].islower())
    if " of " in head and kind == "regulation":
        named, name = True, text[match.start() : match.end()]
    if (
        named
        and not capital
        and " of " not in head
        and not (year and facts.get("number"))
        and not _stands(before, text, start, kind, bool(year or facts.get("number")), lexicon)
    ):
        named = False
    if draft(before, lexicon):
        kind = "bill"
    plural = head in lexicon.plural
    if named:
        name, head = nominative(name, head, lexicon)
    return Found(
        start=start,
        end=end if named else match.end(),
        kind=kind,
        head=head,
        name=name if named else "",
        name_end=name_end,
        year=year if named else None,
        number=facts.get("number") if named else None,
        acronym=facts.get("acronym") if named else None,
        weak=weak_year(text, start, end, lexicon) if named and kind != "treaty" else None,
        plural=plural,
        capital=capital or (lexicon.articleless and text[left].isupper()),
        determiner=determiner,
    )


def _issued(
    text: str, left: int, match: re.Match[str], issued: re.Match[str], kind: InstrumentKind, head: str, lexicon: Lexicon
) -> Found:
    """A law with issuer, date and number before its title: «Закон РФ от 19 июня 2004 г. № 54-ФЗ «О собраниях»»."""
    title = QUOTED.match(text, issued.end())
    end = title.end() if title else issued.end()
    name = text[left : match.end()] + (text[issued.end() : end] if title else text[match.end() : end])
    year, number = issued.group("year"), issued.group("number") or issued.group("first")
    name_end = end
    if title:
        end, name_end, facts = suffix(text, title.end(), match.end(), kind, lexicon)
        year, number = year or facts.get("year"), number or facts.get("number")
    elif (prep := lexicon.lower_prepositions.match(text, end)) and (year or number):
        reached, _ = title_of(text, end, kind, False, True, lexicon)
        if reached > prep.end():  # «Закон № 241/2005 о предупреждении …»
            name, end, name_end = text[left : match.end()] + text[issued.end() : reached], reached, reached
    year = year or year_in(number)
    named = bool(year or number or title)
    before, determiner = _determiner(text, left)
    name, head = nominative(name.strip(), head, lexicon)
    return Found(
        left,
        end if named else match.end(),
        "bill" if draft(before, lexicon) else kind,
        head,
        name if named else "",
        name_end,
        year,
        number,
        None,
        None if year else weak_year(text, left, end, lexicon),
        False,
        text[left].isupper(),
        determiner,
    )


def _abbreviated(text: str, match: re.Match[str], lexicon: Lexicon) -> Found:
    """The short name of a code («КоАП РФ»)."""
    state = lexicon.state.match(text, match.end())
    end = state.end() if state else match.end()
    return Found(match.start(), end, "code", "кодекс", text[match.start() : end], end, acronym=match.group())


def draft(before: str, lexicon: Lexicon) -> bool:
    """Whether the words before a name make it a bill."""
    return lexicon.draft.search(before) is not None


def _determiner(text: str, at: int) -> tuple[str, str | None]:
    """The text shortly before a place, and the word right before it, in lower case."""
    before = text[max(0, at - 40) : at]
    word = re.search(r"([\w’'-]+)\W*$", before)
    return before, word.group(1).lower() if word and before.endswith(" ") else None


def _stands(before: str, text: str, start: int, kind: InstrumentKind, dated: bool, lexicon: Lexicon) -> bool:
    """Whether a name in lower case means one instrument and not any: "the law on …", "adopted a decree on …"."""
    if lexicon.articleless:
        return True
    if re.search(r"\b(?:any|no|such|similar|other|separate|comprehensive|specific|special|laws?|of|or)\s*$", before):
        return False
    article = re.search(r"\b(the|its|their|new|amended|revised|a|an|said|draft)\s$", before, re.IGNORECASE)
    if article is None:
        return dated
    if article.group(1).lower() in ("a", "an"):
        return dated or lexicon.adopted.search(text[max(0, start - 48) : start]) is not None
    return True


def content(name: str, head: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words that tell a name from others: no nouns like "law", connectors, "amended"; cut to six letters."""
    known = lexicon.synonyms.get(tuple(sorted(set(stems(name)) - lexicon.idle)))
    parts = name.split()
    short = next((w for w in (" ".join(parts[:2]), *parts[:1]) if w in lexicon.abbreviations), None)
    if known or short:
        name = known or lexicon.abbreviations[short or ""]
    name = NUMBERED.sub(" ", name)
    kept = []
    for word in re.findall(r"[^\W_]+(?:['’]s)?", re.sub(r"\([^)]*\)", " ", name)):
        low = word.lower()
        if lexicon.uncased is not None and low.isdigit():
            continue
        cut = stem(low.removesuffix("'s").removesuffix("’s"))
        if (
            low in lexicon.connectors
            or cut in lexicon.idle
            or (low in lexicon.kinds and lexicon.kinds[low] == lexicon.kinds.get(head))
            or (lexicon.noun_first and low.isdigit())
        ):
            continue
        kept.append(lexicon.same_words.get(cut, cut))
    return tuple(kept)
