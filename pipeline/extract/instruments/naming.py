"""Names of instruments in a passage: from a head noun ("Law", "Convention") a name grows to both sides.

To the left grow capitalised words ("Torture Compensation Act"), to the right a title that a preposition opens
("Law on Tourism", "law on preventing and combating cybercrime"), then year, number and acronym
("(2012)", "of 2014", "No. 182", "(ATIP)"). What has neither stays bare ("the Law") and needs its context.
"""

import re
from dataclasses import dataclass, replace

from ...model import InstrumentKind
from .lexicon import Lexicon, stem, stems

TOKEN = re.compile(r"[^\W\d_][\w'’.]*(?:[-‑][\w'’]+)*|\d[\d.,/–-]*|[^\w\s]")
ROMAN = re.compile(r"[IVXLC]+")
REACH_LEFT, REACH_RIGHT = 110, 330
LONGEST_LOWER = 14
PLURAL_NUMBERED = re.compile(r"Conventions\s+Nos?\.")
ON_SUBJECT = re.compile(r"\s+on\s+(?:the\s+)?[a-z]")
DATED = re.compile(r"\s+(?:of|от)\s")
# A number before the title: "No. 215/2003 on …", "(EU) 2016/679 on …", "No. 1/2004 of 28 December on …".
EARLY = re.compile(
    r"\s+(?:No\.?\s*|№\s*|N\s*)?(?:\([A-Z]+\)\s*)?(?:No\.?\s*)?(\d[\w./-]*)(?=\s)"
    r"(?:\s+of\s+\d{1,2}\s+[A-Z][a-z]+(?:\s+\d{4})?,?(?=\s+(?:on|concerning|regarding|for|against)\s))?"
)
BARE_NUMBER = re.compile(r"\s+(?:\([A-Z]+\)\s+)?(\d[\d/.IVXLC-]*\d(?:/[A-Z]{2,4})?|\d{1,3})(?![\w/-]|\.\d)(?=[\s,.;)]|$)")
# A noun inside the name of an act ("Penal Code (Amendment) Act", "Nepal Treaty Act").
NUMBERED = re.compile(r"(?:\bNos?\.?|№|\bN)\s*\d[\w/.-]*|\b\d+[/-][\w/-]+")
QUOTED = re.compile(r"\s+(?:on|entitled|titled|called|о|об)?\s*[“\"«][^”\"»]{3,160}[”\"»]")
NEXT_WORD = re.compile(r"\)?(?:\s\([A-Z][^()]{1,40}\))?((?:\s[A-Z]\w+){1,2})")
OF_STATE = re.compile(r"\s+(?:of|de|del)\s+(?:the\s+|la\s+)?[A-Z]")


@dataclass(frozen=True, slots=True)
class Found:
    """A head noun read in its context; `name` is empty where it stands bare.

    `start` and `end` hold the whole mention with year, number and acronym, `name_end` ends the name itself.
    `weak` is a year that the sentence gives ("adopted the Law on … in 2015"), `year` one that the name has.
    """

    start: int
    end: int
    kind: InstrumentKind
    head: str
    name: str
    name_end: int
    year: str | None = None
    number: str | None = None
    acronym: str | None = None
    weak: str | None = None
    plural: bool = False
    capital: bool = True
    determiner: str | None = None


def read(text: str, lexicon: Lexicon, start: int = 0) -> list[Found]:
    """All head nouns of a text that name or may mean an instrument, in order."""
    found: list[Found] = []
    for match in lexicon.trigger.finditer(text, start):
        item = _one(text, match, lexicon)
        if item is not None:
            if found and item.start < found[-1].end and item.end <= found[-1].end and item.start <= found[-1].start:
                continue
            if found and item.start < found[-1].end <= item.end and item.name:
                item = _nested(item, lexicon)
            if item.plural and item.number and item.kind == "treaty":
                more = _numbers(text, item)
                found.append(replace(item, name=PLURAL_NUMBERED.sub("Convention No.", item.name)))
                found.extend(more)
                continue
            found.append(item)
            if item.plural and item.kind == "treaty" and item.name and (second := _second(text, item, lexicon)):
                found.append(second)
    return found


def _nested(item: Found, lexicon: Lexicon) -> Found:
    """Year, number and acronym after a name inside another name belong to the outer one, a treaty's own acronym apart."""
    own = item.acronym in lexicon.acronyms or item.acronym in lexicon.shared
    return replace(item, end=item.name_end, year=None, number=None, acronym=item.acronym if own else None)


def _numbers(text: str, item: Found) -> list[Found]:
    """ "ILO Conventions Nos. 87, 98 and 169": one for each further number."""
    more = []
    at = item.end
    while match := re.compile(r"(?:,\s*|,?\s+and\s+)(?:Nos?\.\s*)?(\d{1,3})(?!\d|\s?%)").match(text, at):
        name = PLURAL_NUMBERED.sub("Convention No.", item.name).replace(item.number or "", match.group(1))
        more.append(replace(item, start=match.start(1), end=match.end(), name_end=match.end(), name=name, number=match.group(1)))
        at = match.end()
    return more


def _second(text: str, item: Found, lexicon: Lexicon) -> Found | None:
    """ "the Optional Protocols on the sale of children and on children in armed conflict" names two."""
    joint = re.compile(r"\s+and\s+(?=on\s)").match(text, item.name_end)
    if joint is None:
        return None
    end = _lower_title(text, joint.end() + 2, lexicon)
    stem_end = item.name.lower().rfind(item.head) + len(item.head)
    name = f"{item.name[:stem_end]} {text[joint.end() : end]}"
    return replace(item, start=joint.end(), end=end, name=name, name_end=end, determiner="the") if end > joint.end() + 3 else None


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
    left = _left(text, match.start(), head, capital, lexicon)
    if left < match.start() and (lexicon.not_after.search(text, max(0, left - 24), left) or lexicon.bodies.search(text[max(0, left - 24) : left])):
        return None
    before, determiner = _determiner(text, left)
    plainly = all(stem(w) in lexicon.general or stem(w) in lexicon.idle for w in re.findall(r"\w+", text[left : match.start()]))
    issued = lexicon.issued.match(text, match.end()) if lexicon.issued else None
    if issued and (issued.group("year") or issued.group("number") or QUOTED.match(text, issued.end())):
        return _issued(text, left, match, issued, kind, head, lexicon)
    title_end, plain_end = _right(text, match.end(), kind, capital, plainly, lexicon)
    if kind == "treaty" and title_end > plain_end and left < match.start() and not lexicon.articleless:
        left = _official(text, left, match, lexicon)
        before, determiner = _determiner(text, left)
    end, name_end, facts = _suffix(text, title_end, match.end(), kind, lexicon)
    year = facts.get("year") or _year_in(facts.get("number"))
    start = left
    if year is None and (ahead := re.search(r"((?:1[89]|20)\d\d)\s$", text[max(0, left - 5) : left])):
        year, start = ahead.group(1), left - 5
        before, determiner = _determiner(text, start)
    name = text[left:name_end].strip(" ,")
    named = left < match.start() or title_end > plain_end or bool(facts.get("number")) or kind == "constitution"
    if not named and year is not None and kind in ("law", "decree", "code"):
        named = capital and DATED.match(text, match.end()) is not None
        name = text[left:end].strip(" ,")
    if kind == "constitution" and not capital:
        named = False
    if " of " in head and kind == "regulation":
        named, name = True, text[match.start() : match.end()]
    if named and not capital and " of " not in head and not _stands(before, text, start, kind, bool(year or facts.get("number")), lexicon):
        named = False
    if draft(before):
        kind = "bill"
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
        weak=_weak_year(text, start, end, lexicon) if named and kind != "treaty" else None,
        plural=head in lexicon.plural,
        capital=capital,
        determiner=determiner,
    )


def _issued(
    text: str, left: int, match: re.Match[str], issued: re.Match[str], kind: InstrumentKind, head: str, lexicon: Lexicon
) -> Found:
    """A law with issuer, date and number before its title: «Закон РФ от 19 июня 2004 г. № 54-ФЗ «О собраниях»»."""
    title = QUOTED.match(text, issued.end())
    end = title.end() if title else issued.end()
    name = text[left : match.end()] + (text[issued.end() : end] if title else text[match.end() : end])
    year, number = issued.group("year"), issued.group("number")
    named = bool(year or number or title)
    before, determiner = _determiner(text, left)
    return Found(
        left, end if named else match.end(), "bill" if draft(before) else kind, head, name.strip() if named else "", end,
        year, number, None, None, False, text[left].isupper(), determiner,
    )


def _official(text: str, left: int, match: re.Match[str], lexicon: Lexicon) -> int:
    """Before an official title only such words as official titles have there ("International", "Council of Europe")."""
    words = list(re.finditer(r"\S+", text[left : match.start()]))
    if lexicon.tails is None or not lexicon.tails.match(text, match.end()):
        first = words[0].group() if words else ""
        return left + words[1].start() if len(words) > 1 and _acronym(first, lexicon) else (match.start() if _acronym(first, lexicon) else left)
    start = match.start()
    for word in reversed(words):
        if word.group().lower() not in lexicon.official:
            break
        start = left + word.start()
    return _trim_left(text, start, match.start())


def _acronym(token: str, lexicon: Lexicon) -> bool:
    return token in lexicon.acronyms or token in lexicon.shared


def _abbreviated(text: str, match: re.Match[str], lexicon: Lexicon) -> Found:
    """The short name of a code («КоАП РФ»)."""
    state = lexicon.state.match(text, match.end())
    end = state.end() if state else match.end()
    return Found(match.start(), end, "code", "кодекс", text[match.start() : end], end, acronym=match.group())


def _year_in(number: str | None) -> str | None:
    """The year of a number like 286/1998 or 2011/36."""
    found = re.search(r"^\d+/((?:19|20)\d\d)$|^((?:19|20)\d\d)/\d", number or "")
    return found.group(1) or found.group(2) if found else None


def draft(before: str) -> bool:
    """Whether the words before a name make it a bill."""
    return re.search(r"\b(?:draft|проект\w*)\s*$", before, re.IGNORECASE) is not None


def _determiner(text: str, at: int) -> tuple[str, str | None]:
    """The text shortly before a place, and the word right before it, in lower case."""
    before = text[max(0, at - 40) : at]
    word = re.search(r"([\w’'-]+)\W*$", before)
    return before, word.group(1).lower() if word and before.endswith(" ") else None


def _left(text: str, at: int, head: str, capital: bool, lexicon: Lexicon) -> int:
    """Where the name starts: before it stand capitalised words, between them connectors where the head has long names."""
    window = text[max(0, at - REACH_LEFT) : at]
    if lexicon.adjectives is not None:
        return _adjectives(window, at, lexicon)
    if not capital:
        codes = lexicon.lower_codes.search(window) if head in ("code", "codes") else None
        return at - len(codes.group(1)) if codes else at
    base = at - len(window)
    tokens = list(TOKEN.finditer(window))
    start, index, long = at, len(tokens) - 1, head in lexicon.left_long
    while index >= 0:
        token = tokens[index].group()
        gap = window[tokens[index].end() : start - base]
        if gap.strip() or (not gap and token[-1].isalnum()):
            break
        if token == ")" and (step := _left_bracket(tokens, index, lexicon)):
            index -= step
            start = base + tokens[index + 1].start()
            continue
        if token in lexicon.acronyms or token in lexicon.shared:
            start = base + tokens[index].start() if start == at else start
            break
        inside = long or start == at
        if _name_word(token, lexicon) or (inside and token[0].isupper() and token.lower() in lexicon.kinds):
            start = base + tokens[index].start()
            index -= 1
            continue
        step = _left_bridge(tokens, index, long, lexicon)
        if not step:
            break
        index -= step
        start = base + tokens[index].start()
        index -= 1
    return _trim_left(text, start, at)


def _adjectives(window: str, at: int, lexicon: Lexicon) -> int:
    """Where the adjectives before a noun begin («Уголовно-процессуального кодекса»)."""
    found = lexicon.adjectives.search(window) if lexicon.adjectives else None
    if found is None:
        return at
    start = found.start()
    for word in re.finditer(r"\S+\s+", found.group()):
        if word.group().strip().lower() not in lexicon.leading:
            break
        start = found.start() + word.end()
    return at - len(window) + start


def _left_bracket(tokens: list[re.Match[str]], index: int, lexicon: Lexicon) -> int:
    """How many tokens a bracket inside a name has: "Statistics (CRVS) Strategy", "(Social Security) Convention"."""
    for step in range(2, 8):
        if index - step - 1 < 0:
            return 0
        token = tokens[index - step].group()
        if token == "(":
            inner = tokens[index - step + 1 : index]
            ahead = tokens[index - step - 1].group()
            fits = len(inner) > 1 or len(inner[0].group()) > 1
            capital = all(t.group()[0].isupper() or t.group() in lexicon.left_connectors for t in inner)
            return step + 1 if fits and capital and (_name_word(ahead, lexicon) or ahead.lower() in lexicon.kinds) else 0
    return 0


def _left_bridge(tokens: list[re.Match[str]], index: int, long: bool, lexicon: Lexicon) -> int:
    """How many connectors to step over so that the name goes on to the left; none where it does not."""
    token = tokens[index].group()
    if token not in lexicon.left_connectors or (not long and token not in ("and", "&")):
        return 0
    for step in (1, 2):
        if index - step < 0:
            return 0
        further = tokens[index - step].group()
        if _name_word(further, lexicon):
            return 0 if token == "of" and further.lower() in lexicon.actions else step
        if further not in lexicon.left_connectors or not long:
            return 0
    return 0


def _name_word(token: str, lexicon: Lexicon) -> bool:
    if not token[0].isupper() or (token.endswith(".") and len(token) > 4) or ROMAN.fullmatch(token):
        return False
    low = token.lower()
    return low not in lexicon.leading and low not in lexicon.kinds


def _trim_left(text: str, start: int, at: int) -> int:
    """Connectors and marks at the left end belong to the sentence, not to the name."""
    while start < at and (match := re.match(r"(?:[(\[\"“«'‘]|[^\W\d_A-ZА-ЯЁ][\w-]*)\s*", text[start:at])):
        if match.group()[0].isupper():
            break
        start += match.end()
    return start


def _right(
    text: str, at: int, kind: InstrumentKind, capital: bool, plainly: bool, lexicon: Lexicon
) -> tuple[int, int]:
    """Where the title ends, and where it would begin; both are equal where there is none."""
    if kind == "treaty" and lexicon.tails and (tail := lexicon.tails.match(text, at)):
        return tail.end(), at
    plain = at
    early = EARLY.match(text, at)
    if early and (further := lexicon.prepositions.match(text, early.end())):
        if further.group().strip() == "of":
            return plain, plain
        at = early.end()
    elif (bracket := re.compile(r"\s+\([A-Z][\w-]*\)(?=\s)").match(text, at)) and lexicon.prepositions.match(text, bracket.end()):
        at = bracket.end()
    quoted = QUOTED.match(text, at)
    if quoted:
        return quoted.end(), plain
    prep = lexicon.prepositions.match(text, at)
    if not prep:
        return plain, plain
    if kind == "constitution" and not OF_STATE.match(text, at):
        return plain, plain
    if kind == "treaty" and not capital and lexicon.parties.match(text, at):
        return _lower_title(text, prep.end(), lexicon), plain
    first = re.compile(r"\s+(?:(?:the|an?|all|its|any)\s+)?([\w“\"«]+)").match(text, prep.end())
    if first is None:
        return plain, plain
    word = first.group(1)
    if word[0].isupper() or word[0] in "“\"«":
        if prep.group().split()[0] in ("in", "with", "between", "by") and kind != "treaty":
            return plain, plain
        end = _capital_title(text, prep.end(), lexicon)
        if kind == "treaty" and ON_SUBJECT.match(text, end):
            end = max(end, _lower_title(text, end, lexicon))
    elif (lexicon.lower_prepositions.match(text, at) or (kind == "treaty" and capital)) and (plainly or kind in ("treaty", "policy")):
        end = _lower_title(text, prep.end(), lexicon)
    else:
        return plain, plain
    return (end, plain) if end > prep.end() else (plain, plain)


def _capital_title(text: str, at: int, lexicon: Lexicon) -> int:
    """The end of a title in capitals: connectors count where a capitalised word follows."""
    end = at
    pending: list[str] = []
    tokens = list(TOKEN.finditer(text, at, at + REACH_RIGHT))
    previous, last, skip = "", at, -1
    for index, match in enumerate(tokens):
        token = match.group()
        low = token.lower().rstrip(".")
        if text[last : match.start()].strip():
            break
        last = match.end()
        if token == ",":
            if pending or not _series(tokens, index, lexicon):
                break
            previous = ","
            continue
        if token == "(" and _inner_acronym(tokens, index):
            skip = index + 2
            continue
        if index <= skip:
            last = match.end()
            continue
        if low in lexicon.connectors and token[0].islower():
            if previous in ("and", "or") and low in ("the", "its", "their"):
                break
            pending.append(low)
            if len(pending) > 3:
                break
            previous = low
            continue
        if not token[0].isupper():
            if previous in ("in", "of", "against", "and") and low in lexicon.title_nouns:
                end, pending, previous = match.end(), [], low
                continue
            break
        joined = "and" in pending or "or" in pending
        if (low in lexicon.kinds and (previous == "," or "with" in pending)) or (joined and _names_next(tokens, index, lexicon)):
            break
        if (token in lexicon.acronyms or token in lexicon.shared) and end > at and pending[:1] not in (["to"], ["of"]):
            break
        end, pending, previous = match.end(), [], low
        if token.endswith(".") and len(token) > 3:
            end -= 1
            break
    return end


def _inner_acronym(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether an acronym in brackets stands inside the title: "… Statistics (CRVS) Strategy"."""
    inner = [match.group() for match in tokens[index + 1 : index + 4]]
    return len(inner) == 3 and inner[0].isupper() and inner[1] == ")" and inner[2][0].isupper() and len(inner[0]) > 1


def _names_next(tokens: list[re.Match[str]], index: int, lexicon: Lexicon) -> bool:
    """Whether the words after "and" are the name of another instrument ("… and Criminal Code")."""
    for match in tokens[index : index + 4]:
        token = match.group()
        if not token[0].isupper():
            return False
        if token.lower() in lexicon.kinds:
            return True
    return False


def _series(tokens: list[re.Match[str]], index: int, lexicon: Lexicon) -> bool:
    """Whether a comma stands inside a title: "Drugs, Narcotics and Weapons"."""
    joined = False
    for place, match in enumerate(tokens[index + 1 : index + 9]):
        token = match.group()
        low = token.lower()
        if low in lexicon.kinds or token in lexicon.acronyms or token in lexicon.shared or (place == 0 and (not token[0].isupper() or low in lexicon.leading)):
            return False
        if low in ("and", "or") and place:
            joined = True
        elif joined:
            return token[0].isupper()
        elif not token[0].isalpha() and token != ",":
            return False
        elif token[0].islower() and low not in lexicon.connectors:
            return False
    return False


def _lower_title(text: str, at: int, lexicon: Lexicon) -> int:
    """The end of a title in lower case: the first mark, verb or other word that no title holds."""
    end, count, previous, last = at, 0, "", at
    tokens = list(TOKEN.finditer(text, at, at + REACH_RIGHT))
    for index, match in enumerate(tokens):
        token = match.group()
        low = token.lower().rstrip(".")
        if not token[0].isalpha() or low in lexicon.ends or text[last : match.start()].strip():
            break
        if previous == "in" and low not in lexicon.title_nouns:
            break
        last = match.end()
        if previous in ("and", "or") and (low in lexicon.determiners or low in ("to", "a", "an", "on") or low in lexicon.kinds):
            break
        if low in ("a", "an") and count or count and token[0].isupper() and _names_next(tokens, index, lexicon):
            break
        count += 1
        if count > LONGEST_LOWER:
            break
        previous = low
        if low not in lexicon.connectors:
            end = match.end() - (1 if token.endswith(".") else 0)
        if token.endswith(".") and len(token) > 3:
            break
    return end


def _suffix(
    text: str, title_end: int, head_end: int, kind: InstrumentKind, lexicon: Lexicon
) -> tuple[int, int, dict[str, str]]:
    """The end of the mention, the end of its name, and year, number and acronym that follow the name."""
    facts: dict[str, str] = {}
    end, name_end = title_end, title_end
    early = EARLY.match(text, head_end)
    if title_end > head_end and early and early.end() < title_end and not re.fullmatch(r"(?:1[89]|20)\d\d", early.group(1)):
        facts["number"] = early.group(1)
    for _ in range(4):
        for name, pattern in lexicon.suffixes:
            match = pattern.match(text, end)
            if match is None or (name != "amended" and name in facts) or (name == "span" and kind != "policy"):
                continue
            if name == "span":
                first, second = match.group(1), match.group(2)
                facts["year"] = f"{first}/{second if len(second) == 4 else first[:2] + second}"
                facts["span"] = ""
            elif name == "year":
                facts["year"] = match.group(1)
            elif name == "number":
                facts["number"] = match.group("no")
                if end == title_end == head_end and "(" not in match.group() and "," not in match.group():
                    name_end = match.end()
            elif name == "acronym":
                acronym = match.group("acr").strip()
                if not _is_acronym(acronym):
                    continue
                facts["acronym"] = acronym
            else:
                name_end = match.end()
            end = match.end()
            break
        else:
            break
    name_end = _trim_period(text, name_end)
    if state := lexicon.state.match(text, end):
        end = state.end()
        name_end = end if name_end == state.start() else name_end
    if title_end == head_end and "number" not in facts:
        bare = BARE_NUMBER.match(text, head_end)
        if bare and end == head_end and kind in ("decree", "law", "regulation"):
            facts["number"], end, name_end = bare.group(1), bare.end(), bare.end()
    return end, name_end, facts


def _trim_period(text: str, end: int) -> int:
    """The end of a name without "for the period"."""
    period = re.search(r"\s+for the [Pp]eriod$", text[max(0, end - 20) : end])
    return end - len(period.group()) if period else end


def _is_acronym(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return "/" not in text and sum(c.isupper() for c in letters) >= max(2, 0.6 * len(letters))


def _stands(
    before: str, text: str, start: int, kind: InstrumentKind, dated: bool, lexicon: Lexicon
) -> bool:
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


def _weak_year(text: str, start: int, end: int, lexicon: Lexicon) -> str | None:
    """A year of adoption that the sentence gives: "in 2015" after the name, or "In May 2017, …" before its verb."""
    before = text[max(0, start - 170) : start]
    cut = max(before.rfind(". "), before.rfind("; "))
    before = before[cut + 1 :]
    verb = None
    for verb in lexicon.adoption.finditer(before):
        pass
    if verb is None:
        return None
    after = re.compile(r",?\s+(?:in|on|в)\s+(?:\d{1,2}\s+)?(?:[A-ZА-Яа-я]\w+\s+)?((?:1[89]|20)\d\d)\b(?!\s*[-–]\s*\d)").match(text, end)
    if after:
        return after.group(1)
    if len(before) - verb.end() <= 14:
        ahead = re.findall(r"\b(?:[Ii]n|[Oo]n|[Вв])\s+(?:\d{1,2}\s+)?(?:[A-ZА-Яа-я]\w+\s+)?((?:1[89]|20)\d\d)\b", before[: verb.start()])
        if ahead:
            return str(ahead[-1])
    return None


def content(name: str, head: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a name that tell it from others: without heads, connectors and words like "amended"; cut to six letters."""
    known = lexicon.synonyms.get(tuple(sorted(set(stems(name)) - lexicon.idle)))
    short = next((w for w in name.split()[:1] if w in lexicon.abbreviations), None)
    if known or short:
        name = known or lexicon.abbreviations[short or ""]
    name = NUMBERED.sub(" ", name)
    kept = []
    for word in re.findall(r"[^\W_]+(?:['’]s)?", re.sub(r"\([^)]*\)", " ", name)):
        low = word.lower()
        cut = stem(low.removesuffix("'s").removesuffix("’s"))
        if low in lexicon.connectors or cut in lexicon.idle or low in lexicon.kinds and lexicon.kinds[low] == lexicon.kinds.get(head):
            continue
        kept.append(lexicon.same_words.get(cut, cut))
    return tuple(kept)
