"""Names that begin with their noun: "Ley General de Víctimas", "Ley núm. 27.337, de 4 de mayo de 2010, sobre …".

Behind the noun stand adjectives, a title, a number and a date, in any order; a title in capitals goes on through
small words, one in lower case to the first verb or other word that no title holds.
"""

import re
from dataclasses import dataclass, field, replace

from ...model import InstrumentKind
from .found import Found
from .left import TOKEN
from .lexicon import Lexicon
from .suffixes import said_by, year_in

REACH = 330
LONGEST = 18
# "Decreto Supremo 008-2010", "Ley 1098": a number without a word before it; a year is none.
BARE = re.compile(
    r"\s+(?P<no>(?!(?:1[89]|20)\d\d(?![\w/.-]))\d[\d./-]*\d(?:-[A-Z]{1,4})?|\d{1,3}|[A-Z]{1,3}-?\d{2,}(?:-\d+)?)"
    r"(?![\w/-]|[.,]\d)"
)
OF_YEAR = re.compile(r"\s+(?P<no>\d{1,5})(?=\s+(?:de|du)\s+(?:19|20)\d\d(?!\d))")
DAY = re.compile(r"\d\D+\d{4}")
ITEM = r"[^\W\d_][\w-]+(?:\s+[\w-]+){0,3}?"
SERIES = re.compile(rf",\s+(?:{ITEM},\s+)*{ITEM},?\s+(?:y|e|et|o|ou)\s")
FURTHER = re.compile(
    r"(?:,\s+|\s+(?:y|e|et|o)\s+)(?P<no>\d[\d./-]*\d|\d{1,3})(?!\d|\s?%|,\d)(?:\s+de\s+(?P<yr>(?:19|20)\d\d))?"
)
AND = frozenset({"y", "e", "et", "o", "u", "ou"})


@dataclass(slots=True)
class _Reading:
    """What has been read so far: `end` of the mention, `name_end` of the name, and what the suffixes say.

    `titled` is a name with at least an adjective ("Ley Orgánica"), `full` one with a title.
    """

    end: int
    name_end: int
    titled: bool = False
    full: bool = False
    facts: dict[str, str] = field(default_factory=dict)


def found(
    text: str,
    left: int,
    match: re.Match[str],
    kind: InstrumentKind,
    head: str,
    determiner: str | None,
    lexicon: Lexicon,
) -> Found:
    """The item of a head noun; without a name where nothing behind it names an instrument."""
    capital = text[match.start()].isupper()
    reading = _read(text, match.end(), kind, capital, lexicon)
    facts = reading.facts
    number, year = facts.get("number"), facts.get("year") or year_in(facts.get("number"))
    named = _named(text, match, reading, kind, head, determiner, lexicon)
    if not named and year is not None and capital and kind in ("law", "decree", "code"):
        named, reading.name_end = True, reading.end
    return Found(
        start=left,
        end=reading.end if named else match.end(),
        kind=kind,
        head=head,
        name=text[left : reading.name_end].strip(" ,") if named else "",
        name_end=reading.name_end,
        year=year if named else None,
        number=number if named else None,
        acronym=facts.get("acronym") if named else None,
        plural=head in lexicon.plural,
        capital=capital,
        determiner=determiner,
    )


def _named(
    text: str,
    match: re.Match[str],
    reading: _Reading,
    kind: InstrumentKind,
    head: str,
    determiner: str | None,
    lexicon: Lexicon,
) -> bool:
    """Whether what was read names one instrument and not any of its kind."""
    capital = text[match.start()].isupper()
    if "number" in reading.facts:
        return True
    if kind == "constitution":
        return capital
    if not reading.titled:
        return False
    if capital:
        return True
    if kind == "code":
        return lexicon.codes_after.fullmatch(text, match.end(), reading.name_end) is not None
    tail = lexicon.tails is not None and kind == "treaty" and lexicon.tails.match(text, match.end()) is not None
    definite = determiner in lexicon.determiners and head not in lexicon.plural
    spoken = lexicon.lower_prepositions.match(text, _adjectives(text, match.end(), lexicon)) is not None
    return tail or (definite and spoken and kind in ("law", "bill"))


def _read(text: str, at: int, kind: InstrumentKind, capital: bool, lexicon: Lexicon) -> _Reading:
    reading = _Reading(at, at)
    if kind == "treaty" and lexicon.tails and (tail := lexicon.tails.match(text, at)):
        reading = _Reading(tail.end(), tail.end(), True, True)
    elif not _suffix(text, at, kind, reading, lexicon):
        end = _title(text, at, kind, capital, lexicon)
        if end > at:
            reading = _Reading(end, end, True, end > _adjectives(text.lower(), at, lexicon))
    for _ in range(5):
        if not (_suffix(text, at, kind, reading, lexicon) or _later_title(text, kind, reading, lexicon)):
            break
    return reading


def _suffix(text: str, head_end: int, kind: InstrumentKind, reading: _Reading, lexicon: Lexicon) -> bool:
    """Take a year, a number, an acronym behind what was read."""
    facts = reading.facts
    if kind in ("law", "decree") and "number" not in facts and (yearly := OF_YEAR.match(text, reading.end)):
        facts["number"] = yearly.group("no")
        reading.end = reading.name_end = yearly.end()
        return True
    for name, pattern in lexicon.suffixes:
        match = pattern.match(text, reading.end)
        if match is None or name in facts or (name == "span" and kind != "policy"):
            continue
        if name == "year" and kind == "treaty" and DAY.search(match.group()):
            continue  # the date on which a State ratified it
        said = said_by(name, match)
        if said is None:
            continue
        facts |= said
        if name == "number" and "(" not in match.group():
            reading.name_end = match.end()
        reading.end = match.end()
        return True
    numbered = kind in ("law", "decree", "regulation") or (kind == "treaty" and reading.end == head_end)
    if numbered and "number" not in facts and (bare := BARE.match(text, reading.end)):
        facts["number"] = bare.group("no")
        reading.end = reading.name_end = bare.end()
        return True
    if "number" in facts and lexicon.day and (day := lexicon.day.match(text, reading.end)):
        reading.end = day.end()
        return True
    return False


def _later_title(text: str, kind: InstrumentKind, reading: _Reading, lexicon: Lexicon) -> bool:
    """A title behind number or date: "Ley núm. 5 de 2010 sobre …", "Ley N° 7, Ley contra la Trata", "… «…»"."""
    if reading.full or not ("number" in reading.facts or "year" in reading.facts):
        return False
    at = reading.end
    end = at
    if quoted := lexicon.quoted.match(text, at):
        end = quoted.end()
    elif (comma := lexicon.apposition.match(text, at)) and (head := lexicon.trigger.match(text, comma.end())):
        same = lexicon.kinds.get(" ".join(head.group().lower().split())) in (kind, "code")
        if same and head.group()[0].isupper():
            end = _title(text, head.end(), kind, True, lexicon)
            end = end if end > head.end() else at
    elif (comma and lexicon.apart.match(text, comma.end() - 1)) or (not comma and lexicon.prepositions.match(text, at)):
        end = _title(text, comma.end() - 1 if comma else at, kind, True, lexicon)
    elif not comma and (adjectives := _adjectives(text.lower(), at, lexicon)) > at:
        end = _title(text, adjectives, kind, True, lexicon)  # "Ley núm. 5 Integral contra la Trata"
    elif comma and lexicon.prepositions.match(text, comma.end() - 1):
        prep = lexicon.prepositions.match(text, comma.end() - 1)
        if prep and re.compile(r"\s+(?:l[ao]s?\s+|el\s+)?[A-ZÀ-Þ]").match(text, prep.end()):
            end = _title(text, comma.end() - 1, kind, True, lexicon)
    if end <= at:
        return False
    reading.end = reading.name_end = end
    reading.titled = reading.full = True
    return True


def _title(text: str, at: int, kind: InstrumentKind, capital: bool, lexicon: Lexicon) -> int:
    """Where adjectives and title end that stand right behind a place; the place itself where there are none."""
    if quoted := lexicon.quoted.match(text, at):
        return quoted.end()
    if kind == "code" and (code := lexicon.codes_after.match(text, at)):
        return code.end()
    end = _adjectives(text, at, lexicon)
    first = lexicon.prepositions.match(text, end)
    begins = re.compile(r"\s+([^\W\d_])").match(text, first.end() if first else end)
    if begins is None:
        return end
    if begins.group(1).isupper():
        return _behind(first, end, _words(text, end, lexicon, small=False))
    if first is None or not lexicon.lower_prepositions.match(text, end):
        return end
    if kind == "constitution" or (kind == "treaty" and not capital):
        return end
    return _behind(first, end, _words(text, end, lexicon, small=True))


def _behind(first: re.Match[str] | None, end: int, reached: int) -> int:
    """Where a title ends that `first` opens; nowhere where it is all of it (« le décret modifiant le Code pénal »)."""
    return end if first and reached <= first.end() else max(end, reached)


def _adjectives(text: str, at: int, lexicon: Lexicon) -> int:
    """The adjectives right behind a noun, in lower case or with a capital; a conjunction is none by itself."""
    end = at
    while lexicon.adjectives_after and (match := lexicon.adjectives_after.match(text, end)):
        if match.group().strip().lower() in AND and not lexicon.adjectives_after.match(text, match.end()):
            break
        end = match.end()
    return end


def _words(text: str, at: int, lexicon: Lexicon, *, small: bool) -> int:
    """The end of a title; `small` once it goes on in lower case."""
    end, last, pending = at, at, list[str]()
    previous = ""
    tokens = list(TOKEN.finditer(text, at, at + REACH))
    series = at
    for index, match in enumerate(tokens):
        token = match.group()
        low = token.lower().rstrip(".")
        if text[last : match.start()].strip() or index >= 3 * LONGEST:
            break
        if token == ",":
            listed = SERIES.match(text, match.start())
            if match.start() >= series and (listed is None or not _listed(text, match, listed, lexicon, small)):
                break
            series = max(series, listed.end() if listed else 0)
            last = match.end()
            continue
        if not token[0].isalpha():
            break
        if low in lexicon.connectors and token[0].islower():
            if low in lexicon.ends and previous:
                break
            pending.append(low)
        elif token[0].isupper():
            if (token in lexicon.acronyms or token in lexicon.shared) and not pending:
                break
            if pending and low in lexicon.kinds and (pending[0] in AND or index < 4 or small):
                break
            if (
                pending
                and pending[0] in AND
                and (low in lexicon.body_nouns or _heads_another(text, tokens[index : index + 2], lexicon))
            ):
                break
            end, pending = match.end(), []
        else:
            small = small or (previous != "" and _goes_small(previous, pending, lexicon))
            stops = low in lexicon.ends or lexicon.end_pattern.search(low) is not None
            if not small or stops or (low in lexicon.kinds and pending) or not _bridged(pending, low, lexicon):
                break
            if index >= LONGEST:
                break
            end, pending = match.end(), []
        if token.endswith(".") and len(token) > 3:
            end -= end == match.end()
            break
        previous = low if low not in lexicon.connectors else previous
        last = match.end()
    return end


def _heads_another(text: str, ahead: list[re.Match[str]], lexicon: Lexicon) -> bool:
    """Whether another name begins, with its noun or an ordinal before it: "… y el | Segundo Protocolo"."""
    heads = [lexicon.trigger.match(text, token.start()) is not None for token in ahead]
    return heads[0] or (heads[-1] and ahead[-1].group()[0].isupper())


def _listed(text: str, comma: re.Match[str], listed: re.Match[str], lexicon: Lexicon, small: bool) -> bool:
    """Whether a comma goes on with a title: "de las Niñas, Niños y Adolescentes", "la prevención, sanción y …"."""
    inside = text[comma.end() : listed.end()].split()
    words = [word.strip(",").lower() for word in inside]
    if any(w in lexicon.kinds or w in lexicon.ends or lexicon.end_pattern.search(w) for w in words[:-1]):
        return False
    content = next((word for word in inside if word.lower() not in lexicon.connectors), inside[0])
    return small or content[0].isupper()


def _goes_small(previous: str, pending: list[str], lexicon: Lexicon) -> bool:
    """Whether a title in capitals goes on in lower case: "Ley de Protección | de la niñez", "… contra | la trata"."""
    if not pending:
        return False
    return (lexicon.doing is not None and lexicon.doing.search(previous) is not None) or pending[
        0
    ] in lexicon.leads_small


def _bridged(pending: list[str], low: str, lexicon: Lexicon) -> bool:
    """Whether the small words before a word of a title in lower case may stand inside one."""
    if not pending:
        return True
    return pending[0] not in lexicon.breaking or low in lexicon.title_nouns


def several(text: str, item: Found, lexicon: Lexicon) -> list[Found]:
    """ "Leyes núms. 26.061 y 27.337", "Convenios 87 y 98": one item for each number."""
    singular = lexicon.singular.get(item.head)
    if singular is None or item.number is None:
        return [item]
    name = f"{singular} {item.number}"
    items = [replace(item, name=name, plural=False)]
    at = item.end
    while match := FURTHER.match(text, at):
        number = match.group("no")
        items.append(
            replace(
                items[0],
                start=match.start("no"),
                end=match.end(),
                name_end=match.end("no"),
                name=f"{singular} {number}",
                number=number,
                year=match.group("yr") or year_in(number),
            )
        )
        at = match.end()
    return items
