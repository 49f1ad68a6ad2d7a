"""Numbers with neither unit nor noun beside them: what the words around make of them."""

import re
from collections.abc import Sequence

from .claims import Claims
from .drafts import WORD, Draft, noun_after, plural
from .words import Words

LABELLED = re.compile(r"\s*(?:$|[(;.,)]|[A-ZА-ЯЁ][^\W\d_]+[^:;.()\d]{0,60}: ?\d)")
NAMED = re.compile(r"\b[A-ZА-ЯЁ][\w-]+ \((?:[a-zа-яё]+ ){0,2}\d[\d.,]*(?: [a-zа-я]+)?\)")
ABBREVIATION = re.compile(r"(?<!^)(?<![.!?] )\b[A-ZÀ-ÞА-ЯЁ][A-Za-z]{0,3}\.? $")
SUBJECT = re.compile(r"(?:,|\b(?:and|while|but|и|а)) $")
YEAR = re.compile(r"(?:19|20)\d\d")
Found = Sequence[tuple[Draft, str]]


def bare(text: str, sentence: tuple[int, int], draft: Draft, found: Found, claimed: Claims, words: Words) -> str | None:
    """The rule by which such a number is a figure, its unit and noun being set; None if it is none."""
    start, end = draft.core
    after = text[end : sentence[1]]
    following = WORD.match(text, end + 1) if text[end : end + 1] in (" ", "\u00a0") else None
    if inverted := words.inverted.match(text, end):
        draft.noun, _ = noun_after(text, inverted.end(), sentence[1], words)
        return "figure.inverted" if draft.noun else None
    part = words.partitive.match(text, end)
    if part and draft.lead not in words.recall:
        draft.unit = "rank" if draft.lead in words.ranks else None
        noun, sure = noun_after(text, part.end(), sentence[1], words)
        verb = noun and words.finite.search(text, *noun)
        draft.noun = noun if sure and not verb else None
        return "figure.part"
    if YEAR.fullmatch(text[start:end]) and not draft.comparator:
        return None
    if draft.number.in_words and draft.lead in words.recall:
        return None
    if words.partitive_before.search(text, max(sentence[0], start - 24), draft.left) and draft.value >= 2 and found:
        return "figure.part"
    these = words.these.match(text, sentence[0])
    if these and these.end() >= draft.left and following and following.group().islower():
        return "figure.part"
    if found and (again := _again(text, draft, found, claimed, words)):
        return again
    if draft.number.in_words and draft.value <= 10 and draft.changes is None:
        return "figure.list" if _continues(text, draft, found, following, words) else None
    if draft.changes is not None or quantity(text, sentence, draft, words):
        return of_quantity(text, sentence, draft, words)
    if after.startswith(" (") and _after_parenthesis(text, end, words, draft):
        return "figure.count"
    if (rule := _in_brackets(text, sentence, draft, found, words)) is not None:
        return rule or None
    if draft.number.scale > 1 and following and following.group().lower() == "of":
        draft.noun, _ = noun_after(text, following.end(), sentence[1], words)
        return "figure.count" if draft.noun else None
    if _continues(text, draft, found, following, words) or _object(text, draft, found, words):
        return "figure.list"
    return _alone(text, sentence, draft, claimed, words)


def _in_brackets(text: str, sentence: tuple[int, int], draft: Draft, found: Found, words: Words) -> str | None:
    """The rule of a number that fills its brackets, "" where it counts nothing, None outside brackets."""
    opening = draft.left - 1
    if text[opening : opening + 1] != "(" or text[draft.core[1] : draft.core[1] + 1] != ")" or draft.value < 2:
        return None
    before = re.search(r"([^\W\d_]+) $", text[max(sentence[0], opening - 29) : opening])
    listed = any(f"({draft.value + step})" in text for step in (-1, 1))
    if before is None or listed:
        return ""
    if before.group(1).islower():
        return "figure.bracket" if plural(before.group(1), words) or words.nouns == "case" else ""
    named = draft.value >= 10 and len(NAMED.findall(text, *sentence)) > 1  # "in Lima (210) and Cusco (120)"
    return "figure.bracket" if named and found and found[0][1] in LISTED else ""


def _alone(text: str, sentence: tuple[int, int], draft: Draft, claimed: Claims, words: Words) -> str | None:
    """A number that counts though neither it nor a figure before it says what."""
    start, end = draft.left, draft.core[1]
    if words.existential.search(text, max(sentence[0], start - 24), start):
        return "figure.existential"
    following = WORD.match(text, end + 1)
    subject = SUBJECT.search(text, max(sentence[0], start - 5), start) is not None or start == sentence[0]
    if subject and draft.value >= 10 and words.passive.match(text, end) and not draft.number.in_words:
        return "figure.subject"
    if draft.lead in words.more and following and following.group().lower() in words.auxiliaries:
        return "figure.existential"
    if draft.lead in words.by and words.change.search(text, max(sentence[0], start - 60), start):
        return "figure.change"
    if draft.number.scale >= 1000 and not draft.number.in_words and not ABBREVIATION.search(text, 0, start):
        return "figure.scaled"
    return "figure.dated" if _dated(text, start, end, claimed) else None


def _dated(text: str, start: int, end: int, claimed: Claims) -> bool:
    """ "2010, 451; 2011, 502; 2012, 489": a number after each of several dates."""
    pairs = [date for date in claimed.dates if re.match(r"(?:, |: | – | — )\d", text[date.end : date.end + 4])]
    mine = any(date.end < start <= date.end + 3 for date in pairs)
    return mine and len(pairs) > 1 and re.match(r"[;,.)]|$", text[end : end + 1]) is not None


def _again(text: str, draft: Draft, found: Found, claimed: Claims, words: Words) -> str | None:
    """The rule of the figure that a bare number is put beside, taking its unit: compared, in parallel, in brackets."""
    last, rule = found[-1]
    if _elliptical(text, draft, last, words):
        return rule
    if draft.number.in_words and draft.value < 10:
        return None
    if words.compared.search(text, max(0, draft.left - 24), draft.core[0]) or _compares_on(text, draft, last):
        return _compared(text, draft, found)
    if _parallel(text, draft, last, claimed, words) or _other_time(text, draft, last, claimed):
        _take(draft, last)
        return rule
    return None


def _compares_on(text: str, draft: Draft, last: Draft) -> bool:
    gap = text[last.core[1] : draft.left]
    return last.compared and last.noun is None and re.fullmatch(r", |,? (?:and|и) ", gap) is not None


def _compared(text: str, draft: Draft, found: Found) -> str | None:
    """What is compared takes the unit and the noun of what it is compared with, in order where both are lists."""
    first = next((i for i, (figure, _) in enumerate(found) if figure.compared), len(found))
    depth = _depth(text, draft)
    before = [entry for entry in found[:first] if entry[0].unit != "age" and _depth(text, entry[0]) == depth]
    if not before or before[-1][0].times:
        return None
    nth = len(found) - first
    more = _listed_on(text, draft) or nth > 0
    model, rule = (
        before[max(0, len(before) - _list_length(text, before)) + nth] if more and nth < len(before) else before[-1]
    )
    draft.compared, draft.like = True, model
    _take(draft, model)
    return rule


def _depth(text: str, draft: Draft) -> int:
    return text.count("(", 0, draft.left) - text.count(")", 0, draft.left)


def _listed_on(text: str, draft: Draft) -> bool:
    return re.match(r", [\d.,\u00a0 ]*\d|,? (?:and|и) \d", text[draft.core[1] : draft.core[1] + 12]) is not None


def _list_length(text: str, before: Found) -> int:
    """How many of the last figures stand in one list."""
    length = 1
    for (left, _), (right, _) in zip(reversed(before[:-1]), reversed(before), strict=False):
        between = text[left.core[1] : right.left]
        if len(between) > 60 or re.search(r"[;:.]", between) or not re.search(r"(?:,|\band|\bи)\s$", between):
            break
        length += 1
    return length


def _parallel(text: str, draft: Draft, last: Draft, claimed: Claims, words: Words) -> bool:
    """ "17 for girls and 20 for boys", "112 (2012), 156 (2013)": in a list, with the same after both numbers."""
    lead = LIST_LEAD.search(text, max(0, draft.left - 12), draft.left)
    end = last.noun[1] if last.noun and not last.unit else last.core[1]
    if not lead or draft.core[0] - end > 60 or last.borrowed or (draft.value_to is None and draft.value == 1):
        return False
    if text[end : end + 2] == text[draft.core[1] : draft.core[1] + 2] == " (":
        dated = {date.start for date in claimed.dates}
        return end + 2 in dated and draft.core[1] + 2 in dated
    theirs, mine = (WORD.match(text, at + 1) for at in (end, draft.core[1]))
    if not theirs or not mine or text[draft.core[1]] != " ":
        return False
    return theirs.group() == mine.group() and mine.group() in words.prepositions


LIST_LEAD = re.compile(r"(?:,|\b(?:and|и|а)) (?:(?:to|at|by|of|до|на) )?$")


def _other_time(text: str, draft: Draft, last: Draft, claimed: Claims) -> bool:
    """ "2,318 complaints (2017: 1,954)": in brackets, the same thing at another time."""
    date = next((d for d in claimed.dates if last.core[1] < d.start and 0 < draft.left - d.end <= 3), None)
    if date is None or text[draft.core[1] : draft.core[1] + 1] not in (")", ";", ","):
        return False
    opening = text.rfind("(", last.core[1], date.start)
    return (
        opening >= 0
        and ")" not in text[opening : date.start]
        and text[date.end : draft.left].strip() in (":", "–", "—", "-")
    )


def _take(draft: Draft, last: Draft) -> None:
    draft.unit, draft.per, draft.age = last.unit, last.per, last.age
    draft.borrowed = last.noun or last.borrowed
    if last.number.scale > 1 and draft.number.scale == 1 and draft.value < last.value / last.number.scale * 100:
        draft.value = draft.value * last.number.scale if draft.value != int(draft.value) else draft.value


def _object(text: str, draft: Draft, found: Found, words: Words) -> bool:
    """ "built for 600 inmates, housed 1,977": the object of a verb, of the noun counted before, at the clause's end."""
    if not found or found[-1][1] not in LISTED or draft.value < 2:
        return False
    ends = re.match(r"[.,;)]|$", text[draft.core[1] : draft.core[1] + 1])
    designed = words.designed.search(text, max(0, draft.left - 40), draft.left)
    return bool(ends and (designed or words.verbs.search(draft.lead)))


LISTED = frozenset({"figure.count", "figure.part", "figure.list", "figure.bracket"})


def _continues(
    text: str, draft: Draft, found: Sequence[tuple[Draft, str]], following: re.Match[str] | None, words: Words
) -> bool:
    """Whether a bare number goes on counting what the figure before it counts: "37 were trained, 26 working in …"."""
    last = next((rule for figure, rule in reversed(found) if figure.unit != "age"), None)
    if last not in LISTED:
        return False
    follows = following.group().lower() if following else ""
    if follows in words.bare_follow or words.participles.search(follows):
        return True
    if draft.lead in words.more and text[draft.core[1] : draft.core[1] + 1] in (".", ",", ";", ")"):
        return True  # "declaró admisibles 8 comunicaciones e inadmisibles otras 24"
    return bool(draft.comparator and draft.value >= 10) or re.match(r" [—–] ", text[draft.core[1] :][:3]) is not None


def _elliptical(text: str, draft: Draft, last: Draft, words: Words) -> bool:
    """ "in the capital it was 10,620 kip, in the north — 9,790": the unit stands with the number before."""
    after = text[draft.core[1] : draft.core[1] + 1]
    dashed = re.search(r"[—–]\s$", text[max(0, draft.left - 2) : draft.left]) is not None
    if not dashed and not (draft.lead in words.more and re.match(r" [—–]", text[draft.core[1] : draft.core[1] + 2])):
        return False
    if after not in ("", " ", ",", ".", ")", ";") or (draft.value_to is None and draft.value == 1):
        return False
    draft.unit = last.unit
    if last.number.scale > 1 and draft.number.scale == 1 and draft.value < last.number.scale:
        draft.value = draft.value * last.number.scale
    return True


def labelled(text: str, sentence: tuple[int, int], draft: Draft, found: Found) -> bool:
    """ "Total Population: 14 478 000", alone or with others behind it: "Population: 90 800 Internet users: 63%"."""
    last = found[-1][0] if found and found[-1][1] == "figure.label" else None
    start = last.core[1] if last else sentence[0]
    start += len(text[start : draft.left]) - len(text[start : draft.left].lstrip())
    after = text[draft.core[1] : sentence[1]]
    words = WORD.findall(text, start, draft.left)
    dated = re.search(r"\d{2}$", text[start : draft.left - 2])
    if (
        not words
        or dated
        or len(words) > 12
        or any(c in ";(" for c in text[start : draft.left])
        or not LABELLED.match(after)
    ):
        return False
    draft.label, draft.noun = start, None
    return True


def _after_parenthesis(text: str, end: int, words: Words, draft: Draft) -> bool:
    close = text.find(")", end)
    if close < 0 or close - end > 80:
        return False
    if words.partitive.match(text, close + 1):
        return True
    draft.noun, sure = noun_after(text, close + 1, len(text), words)
    if not sure:
        draft.noun = None
    return sure


def quantity(text: str, sentence: tuple[int, int], draft: Draft, words: Words) -> bool:
    if draft.lead not in words.quantity_lead and draft.changes is None and not draft.start:
        return False
    return any(word in words.quantity for word in _said_before(text, sentence, draft, words))


def _said_before(text: str, sentence: tuple[int, int], draft: Draft, words: Words) -> list[str]:
    """The sixteen words before a number; articles that stand apart are not counted."""
    before = WORD.findall(text[max(sentence[0], draft.left - 140) : draft.left].lower())
    return [word for word in before if words.nouns != "next" or word not in words.light][-16:]


def of_quantity(text: str, sentence: tuple[int, int], draft: Draft, words: Words) -> str | None:
    before = _said_before(text, sentence, draft, words)
    kinds = {**dict.fromkeys(words.ranks, "rank"), **dict.fromkeys(words.scores, "score")}
    kinds |= {**dict.fromkeys(words.rates, "ratio"), **dict.fromkeys(words.percentages, "percent")}
    draft.unit = draft.unit or next((kinds[word] for word in reversed(before) if word in kinds), None)
    if draft.unit is None and draft.value != int(draft.value):
        return None
    return "figure.quantity"
