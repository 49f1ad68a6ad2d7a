"""How far a title reaches to the right of its noun: "Law on Tourism", "law on preventing and combating cybercrime"."""

import re

from ...model import InstrumentKind
from .left import TOKEN
from .lexicon import Lexicon

REACH_RIGHT = 330
LONGEST_LOWER = 14
OF_STATE = re.compile(r"\s+(?:of|de|del)\s+(?:the\s+|la\s+)?[A-Z]")
ON_SUBJECT = re.compile(r"\s+on\s+(?:the\s+)?[a-z]")
# A number before the title: "No. 215/2003 on …", "(EU) 2016/679 on …", "No. 1/2004 of 28 December on …".
EARLY = re.compile(
    r"\s+(?:No\.?\s*|№\s*|N\s*)?(?:\([A-Z]+\)\s*)?(?:No\.?\s*)?((?:[A-Z]{1,4}-)?\d[\w./-]*)(?=\s)"
    r"(?:\s+of\s+(?:\d{1,2}\s+[A-Z][a-z]+(?:\s+\d{4})?|((?:1[89]|20)\d\d)),?"
    r"(?=\s+(?:on|concerning|regarding|for|against)\s))?"
)
AGREES = re.compile(r"(?:[ое]й|[ыи]х|[ое]го|[ое]му|[ую]ю|[ыи]ми?|[ое]е|[ая]я|[ыи]й|[ыи]е)$")
# "Law of the Republic of … No. 5 “On …”", "Law of … “On …”": the State before number and title.
STATE_FIRST = re.compile(
    r"\s+of\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s+(?:of\s+)?[A-Z][\w’'-]+){0,3}(?=,?\s+(?:No\.?\s*\S+\s+)?[“\"«])"
)
SERIES = re.compile(r",\s+[a-z-]+(?:,\s+[a-z-]+)*,?\s+and\s+[a-z-]+\s+of\s")  # "prevention, punishment and remedy of"
QUOTED = re.compile(r"\s+(?:on|entitled|titled|called|о|об)?\s*[“\"«][^”\"»]{3,160}[”\"»]")


def title_of(
    text: str, at: int, kind: InstrumentKind, capital: bool, plainly: bool, lexicon: Lexicon
) -> tuple[int, int]:
    """Where the title ends, and where it would begin; both are equal where there is none."""
    if kind == "treaty" and lexicon.of_body and (body := lexicon.of_body.match(text, at)):
        end, _ = title_of(text, body.end(), kind, capital, plainly, lexicon)  # «Конвенция ООН против пыток»
        return (end, at) if end > body.end() else (at, at)
    if kind == "treaty" and lexicon.tails and (tail := lexicon.tails.match(text, at)):
        return tail.end(), at
    plain = at
    if state := STATE_FIRST.match(text, at):
        at = state.end()
    early = EARLY.match(text, at)
    if early and (further := lexicon.prepositions.match(text, early.end())):
        if further.group().strip() == "of":
            return plain, plain
        at = early.end()
    elif early and QUOTED.match(text, early.end()):
        at = early.end()
    elif (bracket := re.compile(r"\s+\([A-Z][\w-]*\)(?=\s)").match(text, at)) and lexicon.prepositions.match(
        text, bracket.end()
    ):
        at = bracket.end()
    quoted = QUOTED.match(text, at)
    if quoted:
        return quoted.end(), plain
    if kind == "policy" and lexicon.genitive and (chain := lexicon.genitive.match(text, at)):
        return _policy_title(text, chain.start(1), lexicon), plain
    if (state := lexicon.state.match(text, at)) and lexicon.prepositions.match(text, state.end()):
        at = state.end()  # «Кодекс РК об административных правонарушениях»
    prep = lexicon.prepositions.match(text, at)
    if not prep:
        return plain, plain
    if kind == "constitution" and not OF_STATE.match(text, at):
        return plain, plain
    if kind == "treaty" and not capital and lexicon.parties.match(text, at):
        return lower_title(text, prep.end(), lexicon), plain
    first = re.compile(r"\s+(?:(?:the|an?|all|its|any)\s+)?([\w“\"«]+)").match(text, prep.end())
    if first is None:
        return plain, plain
    word = first.group(1)
    if word[0].isupper() or word[0] in '“"«':
        if prep.group().split()[0] in ("in", "with", "between", "by") and kind != "treaty":
            return plain, plain
        end = _capital_title(text, prep.end(), lexicon)
        if kind == "treaty" and ON_SUBJECT.match(text, end):
            end = max(end, lower_title(text, end, lexicon))
        if kind == "treaty" and lexicon.articleless and (further := lexicon.prepositions.match(text, end)):
            end = max(end, lower_title(text, further.end(), lexicon))
    elif (lexicon.lower_prepositions.match(text, at) or (kind == "treaty" and capital)) and (
        plainly or kind in ("treaty", "policy")
    ):
        end = _further(text, lower_title(text, prep.end(), lexicon), lexicon.goes_on, lexicon)
    else:
        return plain, plain
    return (end, plain) if end > prep.end() else (plain, plain)


def _policy_title(text: str, at: int, lexicon: Lexicon) -> int:
    """«Стратегия развития …», «План действий по … в области …»: genitives, then phrases that prepositions open."""
    return _further(text, lower_title(text, at, lexicon), lexicon.subject, lexicon)


def _further(text: str, end: int, phrase: re.Pattern[str] | None, lexicon: Lexicon) -> int:
    """The end of a title in lower case with the phrases that go on with it: «о борьбе | с торговлей людьми»."""
    while phrase and (further := phrase.match(text, end)):
        reached = lower_title(text, further.end(), lexicon)
        if reached <= further.end():
            break
        end = reached
    return end


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
        if (low in lexicon.kinds and (previous == "," or "with" in pending)) or (
            joined and _names_next(tokens, index, lexicon)
        ):
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
        if (
            low in lexicon.kinds
            or token in lexicon.acronyms
            or token in lexicon.shared
            or (place == 0 and (not token[0].isupper() or low in lexicon.leading))
        ):
            return False
        if low in ("and", "or") and place:
            joined = True
        elif joined:
            return token[0].isupper()
        elif (not token[0].isalpha() and token != ",") or (token[0].islower() and low not in lexicon.connectors):
            return False
    return False


def _new_phrase(previous: str, lexicon: Lexicon) -> bool:
    """Whether no adjective stands behind a word as its own: after a noun, not after «о» or «правовое»."""
    return previous not in lexicon.connectors and AGREES.search(previous) is None


def lower_title(text: str, at: int, lexicon: Lexicon) -> int:
    """The end of a title in lower case: the first mark, verb or other word that no title holds."""
    end, previous, last = at, "", at
    tokens = list(TOKEN.finditer(text, at, at + REACH_RIGHT))
    for index, match in enumerate(tokens):
        token = match.group()
        low = token.lower().rstrip(".")
        if token == "," and index and SERIES.match(text, match.start()):
            last = match.end()
            continue
        if (
            not token[0].isalpha()
            or low in lexicon.ends
            or lexicon.end_pattern.search(low)
            or text[last : match.start()].strip()
        ):
            break
        if lexicon.phrase and previous and lexicon.phrase.search(low) and _new_phrase(previous, lexicon):
            break
        if previous == "in" and low not in lexicon.title_nouns:
            break
        last = match.end()
        if previous in ("and", "or") and (
            low in lexicon.determiners or low in ("to", "a", "an", "on") or low in lexicon.kinds
        ):
            break
        if (low in ("a", "an") and index) or (index and token[0].isupper() and _names_next(tokens, index, lexicon)):
            break
        if index >= LONGEST_LOWER:
            break
        previous = low
        if low not in lexicon.connectors:
            end = match.end() - (1 if token.endswith(".") else 0)
        if token.endswith(".") and len(token) > 3:
            break
    return end
