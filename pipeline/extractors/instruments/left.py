"""How far a name reaches to the left of its noun: "Torture Compensation Act", «Уголовно-процессуального кодекса»."""

import re

from .lexicon import Lexicon

TOKEN = re.compile(r"[^\W\d_][\w'’.]*(?:[-‑][\w'’]+)*|\d[\d.,/–-]*|[^\w\s]")
BY_NUMBER = re.compile(r"\s+(?:No\.?\s*\S{0,6})?\d")  # "… and Royal Decree 557/2011": the noun is named by its number
ROMAN = re.compile(r"[IVXLC]+")
REACH_LEFT = 110


def left_end(text: str, at: int, head: str, capital: bool, lexicon: Lexicon) -> int:
    """Where the name starts: capitalised words, and connectors between them where the noun has long names."""
    window = text[max(0, at - REACH_LEFT) : at]
    if lexicon.adjectives is not None:
        return _adjectives(window, at, lexicon)
    if not capital:
        codes = lexicon.lower_codes.search(window) if head in ("code", "codes") else None
        return at - len(codes.group(1)) if codes else at
    base = at - len(window)
    tokens = list(TOKEN.finditer(window))
    start, index, long = at, len(tokens) - 1, head in lexicon.left_long
    numbered = not long and BY_NUMBER.match(text, at + len(head)) is not None
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
        step = 0 if numbered else _left_bridge(tokens, index, long, lexicon)
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
            return (
                step + 1 if fits and capital and (_name_word(ahead, lexicon) or ahead.lower() in lexicon.kinds) else 0
            )
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
    while start < at and (match := re.match(r"(?:[(\[\"“«'‘]|[^\W\d_A-ZÀ-ÞА-ЯЁ][\w-]*)\s*", text[start:at])):
        if match.group()[0].isupper():
            break
        start += match.end()
    return start


def official_start(text: str, left: int, match: re.Match[str], lexicon: Lexicon) -> int:
    """Before an official title only such words as official titles have there ("International", "Council of Europe")."""
    words = list(re.finditer(r"\S+", text[left : match.start()]))
    if lexicon.tails is None or not lexicon.tails.match(text, match.end()):
        first = words[0].group() if words else ""
        return (
            left + words[1].start()
            if len(words) > 1 and is_known_acronym(first, lexicon)
            else (match.start() if is_known_acronym(first, lexicon) else left)
        )
    start = match.start()
    for word in reversed(words):
        if word.group().lower() not in lexicon.official:
            break
        start = left + word.start()
    return _trim_left(text, start, match.start())


def is_known_acronym(token: str, lexicon: Lexicon) -> bool:
    return token in lexicon.acronyms or token in lexicon.shared
