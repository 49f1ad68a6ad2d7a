"""Two numbers that belong together: ranges, alternatives, changes from one value to another, ratios."""

import re
from collections.abc import Sequence
from itertools import pairwise

from .claims import Claims
from .drafts import WORD, Draft, power_of_ten
from .words import Words

DURATIONS = frozenset({"year", "month", "week", "day", "hour", "minute"})
DASH = re.compile(r"\s?[-–—‑\u00ad−]\s?")


def pair(text: str, drafts: Sequence[Draft], claimed: Claims, words: Words) -> list[Draft]:
    """The drafts with ranges made one, and with units and nouns that a neighbour states for them."""
    found = list(drafts)
    for i in range(len(found) - 2, -1, -1):
        left, right = found[i], found[i + 1]
        if _fraction(text, left, right, words):
            left.dropped = right.dropped = True
        elif _ratio(text, left, right, words) or _connected(text, left, right, claimed, words):
            right.dropped = True
    found = [draft for draft in found if not draft.dropped]
    for left, right in pairwise(found):
        if left.unit == "ratio" and left.per and left.start and right.bare and _far(text, left, right, claimed, words):
            _change(left, right, bounded=False)
            continue
        gap = text[left.core[1] : right.core[0]]
        if (
            right.bare
            and not left.dropped
            and left.unit
            and words.and_.fullmatch(gap)
            and not left.hyphen
            and not words.partitive.match(text, right.core[1])
        ):
            right.unit, right.age = left.unit, left.age
        elif right.bare and left.age and left.bare and words.and_.fullmatch(gap):
            right.age = True
    return found


def _fraction(text: str, left: Draft, right: Draft, words: Words) -> bool:
    """ "1 in 4 children", "nine out of ten men": neither number counts anything."""
    if not left.bare or right.unit or not 0 < left.value < right.value or left.value > 10:
        return False
    if right.value > 20 and right.value not in (100, 1000):
        return False
    match = words.fractions.fullmatch(text, left.core[1], right.left)
    return bool(
        match and (match.group("sure") or (right.value <= 10 and left.number.in_words == right.number.in_words))
    )


def _ratio(text: str, left: Draft, right: Draft, words: Words) -> bool:
    """ "65 births per 1,000 girls": the second number is the base of the first."""
    if right.value < 10 or right.value != int(right.value) or left.unit not in (None, "ratio") or right.unit:
        return False
    match = words.per.fullmatch(text, left.core[1], right.number.start)
    if not match or not (power_of_ten(right.value) or words.nouns == "plural" or left.value == 1):
        return False
    left.unit, left.per, left.sure = "ratio", int(right.value), True
    start = match.start("noun") + 1 if match.group("noun") else left.core[1] + 1
    left.noun = (start, right.noun[1] if right.noun else right.core[1])
    return True


def _connected(text: str, left: Draft, right: Draft, claimed: Claims, words: Words) -> bool:
    """Join two numbers if the words between them do; True if the second has become part of the first."""
    if (left.noun and left.sure) or (left.unit and right.unit and left.unit != right.unit):
        return False
    gap = text[left.core[1] : right.core[0]]
    if len(gap) > 60:
        return False
    either = bool(words.and_.fullmatch(gap))
    led = right.left < right.core[0] and words.to.fullmatch(text, left.core[1], right.left)
    to = bool(words.to.fullmatch(gap) or led)
    if to and right.value == 1 and right.bare and not right.number.in_words and left.bare:
        left.unit = "ratio"
        return True
    if DASH.fullmatch(gap) and left.value == right.value:
        left.dropped = True
        return True
    if to and left.unit and right.unit and left.lead in words.by and _changing(text, left, words):
        return False
    changing = _changing(text, left, words) and not _of_ages(text, left, right, words)
    if to and left.start and (changing or _falling(left, right)):
        return _change(left, right, bounded=bool(led))
    if DASH.fullmatch(gap) and left.unit and not right.unit and right.sure:
        return False  # "a fall of 16.5% - 298 cases"
    if DASH.fullmatch(gap) or to or (left.between and either):
        return _range(left, right, to)
    if left.start and _far(text, left, right, claimed, words):
        return _change(left, right, bounded=False)
    bound = left.comparator in ("<", ">") and right.comparator is None and right.unit in DURATIONS
    if either and left.bare and not bound and _shares(gap, right, words):
        _share(left, right)
        left.shared = True
    return False


def _of_ages(text: str, left: Draft, right: Draft, words: Words) -> bool:
    """ "an increase in the enrolment of children from 6 to 10 years": a band of ages right behind people."""
    before = WORD.findall(text[max(0, left.left - 24) : left.left].lower())
    return right.unit == "year" and bool(before) and before[-1] in words.people


def _falling(left: Draft, right: Draft) -> bool:
    """ "from 20 to 15 per cent" is a change; "from eighteen to fifteen years" may be a band of ages."""
    return left.value > right.value and not (left.age or right.age or right.unit in ("age", "year"))


def _shares(gap: str, right: Draft, words: Words) -> bool:
    """Whether a number takes the unit of the next: "4, 5 and 6 per cent"; a comma does only within such a list."""
    if right.bare or (right.noun and not right.sure) or gap.startswith(words.restating):
        return False
    return right.shared or gap.strip() != ","


def _changing(text: str, draft: Draft, words: Words) -> bool:
    sentence = max(text.rfind(mark, 0, draft.left) for mark in (". ", "; ", ": "))
    return bool(words.change.search(text, max(sentence, draft.left - 140, 0), draft.left))


def _far(text: str, left: Draft, right: Draft, claimed: Claims, words: Words) -> bool:
    """ "from 9.5 in 2009 to 23.6 million in 2014": dates and small words between the two."""
    start = left.noun[1] if left.per and left.noun else left.core[1]
    gap = [" " if any(d.start <= i < d.end for d in claimed.dates) else text[i] for i in range(start, right.core[0])]
    if "".join(gap) == text[start : right.core[0]]:
        return False
    match = words.to.search("".join(gap) + " ")
    if not match:
        return False
    plain = "".join(gap) + " "
    return bool(words.gap.fullmatch(plain[: match.start()]) and words.gap.fullmatch(plain[match.end() :]))


def _share(left: Draft, right: Draft) -> None:
    left.unit, left.per, left.noun, left.sure = right.unit, right.per, right.noun, right.sure
    left.age = left.age or right.age
    if right.number.scale > 1 and left.number.scale == 1 and left.value <= 10 * right.number.value / right.number.scale:
        left.value = left.value * right.number.scale


def _change(left: Draft, right: Draft, *, bounded: bool) -> bool:
    """Two figures that state a change; unless `bounded`, a «до» before the second is no comparator."""
    if not left.unit:
        _share(left, right)
    elif not right.unit:
        right.unit, right.per = left.unit, left.per
    left.changes, right.changes = 0, 1
    left.left, left.comparator = left.core[0], None
    if right.comparator == "<=" and not bounded:
        right.left, right.comparator = right.core[0], None
    left.sure = right.sure = True
    return False


def _range(left: Draft, right: Draft, to: bool) -> bool:
    low, high, falling = left.value, right.value, False
    if (
        not left.unit
        and right.unit
        and right.number.scale > 1
        and left.number.scale == 1
        and left.value == left.number.value
    ):
        scaled = left.value * right.number.scale
        low = scaled if scaled < high else low
    if low >= high:
        age = left.age or right.age or right.unit in ("age", "year")
        if not (to and age and low > high):
            return False
        low, high, falling = high, low, True
    left.unit = right.unit or left.unit
    left.noun, left.sure = right.noun or left.noun, right.sure
    left.age = left.age or right.age
    left.value, left.value_to = low, high
    if falling or left.start or left.between:
        left.comparator = None
        left.age = left.age or falling
    left.core = (left.core[0], right.core[1])
    left.hyphen = right.hyphen
    return True
