"""Which drafts are figures, and of what unit: the rest name, order, point back or punish."""

import re
from collections.abc import Sequence

from .bare import bare, labelled, quantity
from .claims import Claims
from .drafts import WORD, Draft
from .words import Words

TERMS = frozenset({"year", "month", "week", "day", "hour", "minute"})
YEAR_OF_LAW = re.compile(r"1[5-9]\d\d|20\d\d")
YEAR = re.compile(r"(?:19|20)\d\d")
# «ВИЧ-инфицированных»
ACRONYM = re.compile(r"[A-ZÀ-ÞА-ЯЁ]{2,}-[a-zß-ÿа-яё]{3}")
# "130, 4%": a decimal with a space too many, or a list; no one knows.
SPLIT_DECIMAL = re.compile(r"(?<![\d.,])\d{1,3}, \d%")
LAST_WORD = re.compile(r"(?<!т\.)(?<!т\. )([^\W\d_]+|[№#°§])\.?[ \u00a0(“\"]*$")


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
        if base and draft.unit is None and not draft.noun and (draft.start or draft.lead in words.quantity_lead):
            draft.unit = "ratio"
            draft.per = base
        rule = _rule(text, sentence, draft, found, claimed, words)
        if rule == "figure.quantity" and base and draft.unit in (None, "ratio") and draft.per is None:
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
    if word in words.soft_labels and _titled(text, match, draft):
        return True
    return word in words.soft_labels and draft.left == draft.core[0] and draft.unit is None and not draft.sure


def _titled(text: str, match: re.Match[str] | None, draft: Draft) -> bool:
    """Whether a label is written as a name within a sentence: "Work Package 10", "a Level 3 emergency"."""
    if match is None or draft.unit or draft.left != draft.core[0] or draft.number.end - draft.number.start > 2:
        return False
    before = text[max(0, match.start(1) - 2) : match.start(1)]
    return match.group(1).istitle() and before[-1:] == " " and before[:1] not in ".:;!?•"


def _excluded(text: str, sentence: tuple[int, int], draft: Draft, claimed: Claims, words: Words) -> bool:
    start, end = draft.number.start, draft.number.end
    around = text[max(0, start - 1) : start], text[end : end + 1]
    if "/" in around or around[0] in words.not_before or (around[0] == ":" and text[start - 2 : start - 1].isdigit()):
        return True
    if around[1] == ":" and text[end + 1 : end + 2].isdigit():
        return True
    if draft.unit != "age" and not draft.age and _punishes(text, draft, claimed):
        return True
    year = YEAR_OF_LAW.fullmatch(text, start, end)
    if any(s < end and start < e for s, e in claimed.laws) and (year or not draft.sure):
        return True
    if not draft.unit and words.currency_signs.search(text, max(0, start - 8), start):
        return True
    if draft.unit in TERMS or (draft.unit and len(draft.unit) == 3 and draft.unit.isupper()):
        if draft.unit in TERMS and not draft.age and words.sanction_after.match(text, draft.core[1]):
            return True
        if words.sanction_before.search(text, max(0, draft.left - 56), draft.left):
            return True
    if words.not_after.match(text, draft.core[1]):
        return True
    if draft.number.in_words and words.word_fraction.search(text, max(0, draft.left - 16), draft.left):
        return True
    if any(m.start() <= start < m.end() for m in SPLIT_DECIMAL.finditer(text, max(0, start - 5), end + 4)):
        return True
    if words.time_of_day.match(text, end) or _time_of_day(text, draft, words):
        return True
    if draft.unit in TERMS and not draft.age and text[end : draft.core[1]].strip(" -‑").istitle():
        return True
    if draft.number.in_words and draft.value == 1:
        return True
    if draft.unit not in TERMS and words.fraction.search(text, max(0, draft.left - 24), draft.left):
        return True  # not "every 90 days"
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


CAPITAL = re.compile(r"\.?\s[“\"]?[A-ZÀ-ÞА-ЯЁ]")
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
    text: str,
    sentence: tuple[int, int],
    draft: Draft,
    found: Sequence[tuple[Draft, str]],
    claimed: Claims,
    words: Words,
) -> str | None:
    """The rule by which a draft is a figure, its unit being set; None if it is none."""
    unit = draft.unit
    if unit == "ratio":
        return "figure.per"
    if unit == "multiple":
        draft.unit, draft.times = "ratio", True
        return "figure.multiple"
    if _age(text, sentence, draft, words) or _further_age(draft, found, words):
        draft.unit = "age"
        lead = text[draft.left : draft.core[0]].lower().split()
        if draft.comparator == "<=" and lead and lead[-1] in words.age_below:
            draft.comparator = "<"
        return "figure.age"
    if text[max(0, draft.left - 2) : draft.left] == ": " and labelled(text, sentence, draft, found):
        return "figure.label"
    if unit == "percent":
        return "figure.percent"
    if unit in TERMS:
        return "figure.duration"
    if unit and len(unit) == 3 and unit.isupper() and unit.isalpha() and unit not in ("kWh", "MWh"):
        return "figure.money"
    if unit and unit != "age":
        return "figure.physical"
    if draft.noun and draft.value != int(draft.value) and words.per_one.match(text, draft.noun[1]):
        draft.unit = "ratio"
        return "figure.per"
    if draft.value != int(draft.value) and not quantity(text, sentence, draft, words):
        if draft.sure and words.averages.search(text, sentence[0], draft.left):
            return "figure.count"
        compares = found and found[-1][0].value != int(found[-1][0].value)
        return bare(text, sentence, draft, found, claimed, words) if compares and not draft.noun else None
    if draft.noun:
        return _counted(text, draft, found, words)
    return bare(text, sentence, draft, found, claimed, words)


def _further_age(draft: Draft, found: Sequence[tuple[Draft, str]], words: Words) -> bool:
    """ "the legal age at 17 …; a bill to raise it to 18 years": years after an age in the same sentence."""
    ages = bool(found) and found[-1][0].unit == "age" and found[-1][0].comparator is None
    lead = draft.lead in words.age_lead or draft.lead in words.joiners
    return ages and draft.unit == "year" and lead and found[-1][0].value < 30 > draft.value


def _age(text: str, sentence: tuple[int, int], draft: Draft, words: Words) -> bool:
    unit, value = draft.unit, max(draft.value, draft.value_to or 0)
    if unit == "age":
        return True
    if unit not in (None, "year") or value > 120:
        return False
    if draft.age and not (unit is None and draft.sure):
        return True
    if unit == "year" and words.age_adjective.match(text, draft.number.end):
        return True
    before = [match.group().lower() for match in WORD.finditer(text, max(sentence[0], draft.left - 120), draft.left)]
    led = " ".join(text[draft.left : draft.core[0]].lower().split()) in words.age_lead
    bounded = draft.comparator in (">", ">=", "<", "<=") or draft.between or draft.value_to is not None
    lead = text[draft.left : draft.core[0]].lower()
    if any(phrase in lead for phrase in words.age_always):
        return True
    if unit == "year" and words.age_after.match(text, draft.core[1]):
        return True
    if (
        unit == "year"
        and text[draft.core[1] :][:1] in (",", ".", ")")
        and words.age_apposed.search(text[: draft.number.start])
    ):
        return True  # "María Paz, de 16 años, …"
    if unit == "year" and draft.lead in words.age_verbs and not words.scaled_of.match(text, draft.core[1]):
        return True  # « la victime a moins de 13 ans », not « a 20 ans d’expérience »
    if bounded and unit == "year":
        of_people = bool(before) and before[-1] in words.people
        if of_people and before[-1] in words.auxiliaries:  # "children who are 6 to 14 years", not "a term is two to …"
            of_people = any(word in words.people and word not in words.auxiliaries for word in before[-5:-1])
        return of_people or draft.lead in words.age_bands or _age_noun(before[-9:], words)
    if unit == "year" and words.nouns == "first" and draft.start and _of_people(before, words):
        return True  # « une fille de 14 ans »
    if unit == "year":
        return _age_noun(before[-9:], words) and (draft.lead in words.age_lead or draft.changes is not None)
    if draft.hyphen and lead.strip(" -") in words.age_compounds:
        return value < 100
    whole = draft.value == int(draft.value)
    if draft.changes is not None and draft.noun is None and value <= 30 and whole and _age_noun(before[-8:], words):
        return True
    if draft.number.end - draft.number.start > 12 or (
        draft.sure and not (bounded and draft.comparator != "<=" and _of_people(before, words))
    ):
        return False
    if (
        bounded
        and led
        and (draft.noun is None or draft.hyphen or _of_people(before, words))
        and value > 0
        and not words.partitive.match(text, draft.core[1])
    ):
        people = (word in words.people and word not in words.auxiliaries for word in before[-14:])
        return any(people) or _age_noun(before[-4:], words)
    return draft.noun is None and _age_noun(before[-8:], words) and draft.lead in words.age_lead


def _of_people(before: Sequence[str], words: Words) -> bool:
    """ "from a child under 16 carries …": right after people the number is their age, whatever follows."""
    return bool(before) and before[-1] in words.people and before[-1] not in words.auxiliaries


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
    if (noun[:1].isupper() and not ACRONYM.match(noun)) or not noun[:1].isalpha():
        return "figure.count" if draft.comparator or draft.number.scale > 1 else None
    return "figure.count"


def _ends_vague(noun: str, words: Words) -> bool:
    return any(words.vague.match(noun, match.start()) for match in WORD.finditer(noun))
