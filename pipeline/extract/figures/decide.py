"""Which drafts are figures, and of what unit: the rest name, order, point back or punish."""

import re
from collections.abc import Sequence

from .claims import Claims
from .drafts import WORD, Draft, noun_after, plural
from .words import Words

TERMS = frozenset({"year", "month", "week", "day", "hour", "minute"})
YEAR = re.compile(r"(?:19|20)\d\d")
LAST_WORD = re.compile(r"([^\W\d_]+|[№#°§])\.?[ \u00a0(“\"]*$")


def decide(
    text: str, sentence: tuple[int, int], drafts: Sequence[Draft], claimed: Claims, words: Words
) -> list[tuple[Draft, str]]:
    """The drafts of one sentence that are figures, with the name of the rule."""
    found: list[tuple[Draft, str]] = []
    labelled: Draft | None = None
    base: int | None = None
    for draft in drafts:
        if draft.base and draft.unit is None and draft.value >= 10:
            base = int(draft.value)
            continue
        if _labelled(text, draft, labelled, words):
            labelled = draft
            continue
        if _excluded(text, sentence, draft, claimed, words):
            continue
        rule = _rule(text, sentence, draft, found, words)
        if rule == "figure.quantity" and base and draft.unit is None:
            draft.unit, draft.per = "ratio", base
        if rule:
            found.append((draft, rule))
    return found


def _labelled(text: str, draft: Draft, last: Draft | None, words: Words) -> bool:
    """Whether the number names something ("table 3"), itself or as a further number of such a list."""
    if draft.number.in_words and draft.value != 1:
        return False
    if (
        last
        and text[last.core[1] : draft.core[0]].strip().lower() in words.label_joiners
        and not (draft.unit or draft.sure)
    ):
        return True
    match = LAST_WORD.search(text, max(0, draft.left - 24), draft.left)
    word = match.group(1).lower() if match else ""
    if word in words.labels:
        return draft.unit is None or draft.unit == "m"
    return word in words.soft_labels and draft.left == draft.core[0] and draft.unit is None and not draft.sure


def _excluded(text: str, sentence: tuple[int, int], draft: Draft, claimed: Claims, words: Words) -> bool:
    start, end = draft.number.start, draft.number.end
    around = text[max(0, start - 1) : start], text[end : end + 1]
    if "/" in around or around[0] in words.not_before or (around[0] == ":" and text[start - 2 : start - 1].isdigit()):
        return True
    if around[1] == ":" and text[end + 1 : end + 2].isdigit():
        return True
    if draft.unit != "age" and not draft.age and _punishes(text, draft, claimed):
        return True
    if any(s < end and start < e for s, e in claimed.laws) and not draft.sure:
        return True
    if draft.unit in TERMS or (draft.unit and len(draft.unit) == 3 and draft.unit.isupper()):
        if draft.unit in TERMS and not draft.age and words.sanction_after.match(text, draft.core[1]):
            return True
        if words.sanction_before.search(text, max(0, draft.left - 40), draft.left):
            return True
    if words.time_of_day.match(text, end) or _time_of_day(text, draft, words):
        return True
    if draft.unit in TERMS and not draft.age and text[end : draft.core[1]].strip(" -‑").istitle():
        return True
    if (draft.number.in_words and draft.value == 1) or words.fraction.search(text, max(0, draft.left - 24), draft.left):
        return True
    return words.compounds.match(text, end) is not None or _enumerates(text, sentence, draft)


def _time_of_day(text: str, draft: Draft, words: Words) -> bool:
    """«в 14 часов», «13 час. 45 мин.», "14-00" """
    if text[draft.number.start : draft.number.end] == "00":
        return True
    if draft.unit == "hour" and not draft.number.in_words and draft.value <= 24 and draft.comparator is None:
        return draft.lead in words.clock_lead or words.clock_after.match(text, draft.core[1]) is not None
    return draft.unit == "minute" and words.clock_before.search(text, max(0, draft.left - 12), draft.left) is not None


def _punishes(text: str, draft: Draft, claimed: Claims) -> bool:
    """Whether a sanction holds the number, or the number restates it: "a fine of 5,000 rupees (about 48 USD)"."""
    start, end = draft.number.start, draft.number.end
    return any(
        (s < end and start < e)
        or (0 <= draft.left - e < 12 and re.fullmatch(r"[^.;()\d]*[(–-]\s?", text[e : draft.left]) is not None)
        for s, e in claimed.sanctions
    )


CAPITAL = re.compile(r"\.?\s[“\"]?[A-ZА-Я]")
OPENS = re.compile(r"(?:^|[;.:)\]•]\s*(?:and\s)?)$")


def _enumerates(text: str, sentence: tuple[int, int], draft: Draft) -> bool:
    """ "1) …", "(2) …", "3. …" and a heading's number at the start of a passage."""
    start, end = draft.number.start, draft.number.end
    if draft.number.in_words or draft.unit:
        return False
    if "." in text[start:end] and CAPITAL.match(text, end) and OPENS.search(text[max(0, start - 6) : start]):
        return True
    if text[end : end + 1] == ")" and draft.value < 100 and (start == 0 or text[start - 1] in " ("):
        outer = "(" in text[max(0, start - 40) : start - 1]
        return not outer and (text[start - 1 : start] != "(" or not text[max(0, start - 3) : start - 2].isalpha())
    return start == 0 and CAPITAL.match(text, end) is not None and not draft.sure


def _rule(
    text: str, sentence: tuple[int, int], draft: Draft, found: Sequence[tuple[Draft, str]], words: Words
) -> str | None:
    """The rule by which a draft is a figure, its unit being set; None if it is none."""
    unit = draft.unit
    if unit == "ratio":
        return "figure.per"
    if unit == "multiple":
        draft.unit = "ratio"
        return "figure.multiple"
    if _age(text, sentence, draft, words):
        draft.unit = "age"
        return "figure.age"
    if text[max(0, draft.left - 2) : draft.left] == ": " and _label(
        text, sentence, draft, text[draft.core[1] : sentence[1]]
    ):
        return "figure.label"
    if unit == "percent":
        return "figure.percent"
    if unit in TERMS:
        return "figure.duration"
    if unit and len(unit) == 3 and unit.isupper() and unit.isalpha() and unit not in ("kWh", "MWh"):
        return "figure.money"
    if unit and unit != "age":
        return "figure.physical"
    if draft.value != int(draft.value) and not _quantity(text, sentence, draft, words):
        return None
    if draft.noun:
        return _counted(text, draft, found, words)
    return _bare(text, sentence, draft, found, words)


def _age(text: str, sentence: tuple[int, int], draft: Draft, words: Words) -> bool:
    unit, value = draft.unit, max(draft.value, draft.value_to or 0)
    if unit == "age":
        return True
    if unit not in (None, "year") or value > 120:
        return False
    if draft.age and not (unit is None and draft.sure):
        return True
    before = [match.group().lower() for match in WORD.finditer(text, max(sentence[0], draft.left - 120), draft.left)]
    led = " ".join(text[draft.left : draft.core[0]].lower().split()) in words.age_lead
    bounded = draft.comparator in (">", ">=", "<", "<=") or draft.between or draft.value_to is not None
    lead = text[draft.left : draft.core[0]].lower()
    if any(phrase in lead for phrase in words.age_always):
        return True
    if bounded and unit == "year":
        return bool(before and before[-1] in words.people) or _age_noun(before[-9:], words)
    if unit == "year":
        return _age_noun(before[-9:], words) and (draft.lead in words.age_lead or draft.changes is not None)
    if draft.hyphen and lead.strip(" -") in words.age_compounds:
        return value < 100
    if draft.sure or draft.number.end - draft.number.start > 12:
        return False
    if (
        bounded
        and led
        and (draft.noun is None or draft.hyphen)
        and value > 0
        and not words.partitive.match(text, draft.core[1])
    ):
        return any(word in words.people for word in before[-14:]) or _age_noun(before[-4:], words)
    return draft.noun is None and _age_noun(before[-8:], words) and draft.lead in words.age_lead


def _age_noun(before: Sequence[str], words: Words) -> bool:
    return any(word in words.age_nouns for word in before)


def _counted(text: str, draft: Draft, found: Sequence[tuple[Draft, str]], words: Words) -> str | None:
    assert draft.noun is not None
    start, end = draft.noun
    noun = text[start:end]
    year = YEAR.fullmatch(text[draft.number.start : draft.number.end]) and not draft.comparator
    if year and (not draft.sure or draft.lead in words.function or noun[:1].isupper()):
        return None
    few = draft.value <= (12 if draft.number.in_words else 4)
    if noun[:1].islower() and few and _ends_vague(noun, words):
        return None
    if words.currencies.fullmatch(noun.split()[-1]):
        return None
    if draft.number.in_words and draft.value <= 5 and draft.lead in words.recall:
        return None
    if (
        noun[:1].isupper()
        and not draft.number.in_words
        and words.title.match(text, end)
        and draft.lead in words.title_leads
    ):
        return None
    if draft.sure or draft.number.in_words:
        return "figure.count"
    if noun[:1].isupper() or not noun[:1].isalpha():
        return "figure.count" if draft.comparator or draft.number.scale > 1 else None
    return "figure.count"


def _ends_vague(noun: str, words: Words) -> bool:
    return any(words.vague.match(noun, match.start()) for match in WORD.finditer(noun))


def _bare(
    text: str, sentence: tuple[int, int], draft: Draft, found: Sequence[tuple[Draft, str]], words: Words
) -> str | None:
    """A number without unit or noun beside it: what the words around it make of it."""
    start, end = draft.core
    after = text[end : sentence[1]]
    following = WORD.match(text, end + 1) if text[end : end + 1] in (" ", "\u00a0") else None
    part = words.partitive.match(text, end)
    if part and draft.lead not in words.recall:
        noun, sure = noun_after(text, part.end(), sentence[1], words)
        draft.noun = noun if sure else None
        return "figure.part"
    if YEAR.fullmatch(text[start:end]) and not draft.comparator:
        return None
    if draft.number.in_words and draft.lead in words.recall:
        return None
    these = words.these.match(text, sentence[0])
    if these and these.end() >= draft.left and following and following.group().lower() in words.bare_follow:
        return "figure.part"
    if found and _elliptical(text, draft, found[-1][0], words):
        return found[-1][1]
    if draft.number.in_words and draft.value <= 10 and draft.changes is None:
        return "figure.list" if _continues(text, draft, found, following, words) else None
    if draft.changes is not None or _quantity(text, sentence, draft, words):
        return _of_quantity(text, sentence, draft, words)
    if after.startswith(" (") and _after_parenthesis(text, end, words, draft):
        return "figure.count"
    if text[start - 1 : start] == "(" and after.startswith(")") and draft.value >= 2:
        before = re.search(r"([^\W\d_]+) $", text[max(sentence[0], start - 30) : start - 1])
        listed = any(f"({draft.value + step})" in text for step in (-1, 1))
        if before and not listed and (plural(before.group(1), words) or words.language == "ru"):
            return "figure.bracket" if before.group(1).islower() else None
        return None
    if draft.number.scale > 1 and following and following.group().lower() == "of":
        draft.noun, _ = noun_after(text, following.end(), sentence[1], words)
        return "figure.count" if draft.noun else None
    return "figure.list" if _continues(text, draft, found, following, words) else None


LISTED = frozenset({"figure.count", "figure.part", "figure.list", "figure.bracket"})


def _continues(
    text: str, draft: Draft, found: Sequence[tuple[Draft, str]], following: re.Match[str] | None, words: Words
) -> bool:
    """Whether a bare number goes on counting what the figure before it counts: "37 were trained, 26 working in …"."""
    if not found or found[-1][1] not in LISTED:
        return False
    follows = following.group().lower() if following else ""
    if follows in words.bare_follow or words.participles.search(follows):
        return True
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


def _label(text: str, sentence: tuple[int, int], draft: Draft, after: str) -> bool:
    """ "Total Population: 14 478 000" """
    start = sentence[0]
    words = WORD.findall(text, start, draft.left)
    dated = re.search(r"\d{2}$", text[start : draft.left - 2])
    if (
        not words
        or dated
        or len(words) > 12
        or any(c in ";(" for c in text[start : draft.left])
        or not re.match(r"\s*(?:$|[(;.,)])", after)
    ):
        return False
    draft.label = start
    return True


def _after_parenthesis(text: str, end: int, words: Words, draft: Draft) -> bool:
    close = text.find(")", end)
    if close < 0 or close - end > 80:
        return False
    draft.noun, sure = noun_after(text, close + 1, len(text), words)
    if not sure:
        draft.noun = None
    return sure


def _quantity(text: str, sentence: tuple[int, int], draft: Draft, words: Words) -> bool:
    if draft.lead not in words.quantity_lead and draft.changes is None and not draft.start:
        return False
    before = WORD.findall(text[max(sentence[0], draft.left - 140) : draft.left].lower())
    return any(word in words.quantity for word in before[-16:])


def _of_quantity(text: str, sentence: tuple[int, int], draft: Draft, words: Words) -> str | None:
    before = WORD.findall(text[max(sentence[0], draft.left - 140) : draft.left].lower())[-16:]
    kinds = {**dict.fromkeys(words.ranks, "rank"), **dict.fromkeys(words.scores, "score")}
    kinds |= dict.fromkeys(words.rates, "ratio")
    draft.unit = draft.unit or next((kinds[word] for word in reversed(before) if word in kinds), None)
    if draft.unit is None and draft.value != int(draft.value):
        return None
    return "figure.quantity"
