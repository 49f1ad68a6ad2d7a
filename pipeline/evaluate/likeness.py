"""How alike words, names, numbers and terms are: what counts as the same measure, period or instrument."""

import re
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

STOP = {"the", "of", "on", "and", "for", "a", "an", "to", "in", "or", "by", "with", "who", "whom", "which", "that"}
STOP |= {"were", "was", "is", "are", "be", "as", "at", "from", "de", "la", "le", "les", "des", "du", "et", "en", "un"}
STOP |= {"une", "el", "los", "las", "y", "o", "и", "в", "на", "по", "с"}
WORD = re.compile(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
TERM = re.compile(r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(\d+)H)?")


def words(text: str | None) -> list[str]:
    """Lower-case words, cut to six letters so that inflected forms meet; Chinese character by character."""
    return [word[:6] for word in WORD.findall((text or "").lower())]


def content(text: str | None) -> set[str]:
    return set(words(text)) - STOP


def same_measure(gold: str | None, found: str | None, *, table: bool = False, age: bool = False) -> bool:
    """Half of the shorter one's content words stand in the other: two at least where the gold has three (of an age
    one), and what was found is no whole sentence. In a table half of every header's words must be found."""
    want, got = content(gold), content(found)
    if not want or not got or len(got) > max(12, 3 * len(want)):
        return False
    if table:
        headers = [content(header) for header in (gold or "").split(" | ")]
        return all(2 * len(header & got) >= len(header) for header in headers if header)
    common = len(want & got)
    return 2 * common >= min(len(want), len(got)) and common >= (1 if age or len(want) < 3 else 2)


def same_period(one: str | None, other: str | None) -> bool:
    """Equal, a year that the text leaves out (XXXX) being free."""
    if one == other:
        return True
    if not one or not other:
        return False
    return any(re.fullmatch(re.escape(a).replace("XXXX", r"\d{4}"), b) for a, b in ((one, other), (other, one)))


def year_of(name: str | None, year: Any) -> str | None:
    if year:
        return str(year)[:4]
    found: list[str] = YEAR.findall(name or "")
    return found[-1] if found else None


def likeness(name: str | None, year: Any, entry: Json) -> float:
    """How well a name (and year) fits an entry of the gold register, 0 to 1.05; another year is another instrument."""
    theirs, ours = year_of(entry.get("name"), entry.get("year")), year_of(name, year)
    if ours and theirs and ours != theirs:
        return 0.0
    best = 0.0
    for other in [entry.get("name"), *(entry.get("aliases") or [])]:
        a, b = content(name) - {ours}, content(other) - {theirs}
        common = len(a & b)
        if a and a == b:
            best = max(best, 1.0)
        elif a and b and common >= 0.75 * min(len(a), len(b)) and common >= 2:
            best = max(best, 0.3 + 0.6 * common / len(a | b))
    return best + (0.05 if best and ours and ours == theirs else 0.0)


def identify(name: str | None, year: Any, register: Mapping[str, Json]) -> set[str]:
    """The ids of the gold instruments that a name may mean: those that it fits best."""
    fits = {key: likeness(name, year, entry) for key, entry in register.items()}
    top = max(fits.values(), default=0.0)
    return {key for key, fit in fits.items() if fit and fit >= top - 1e-9}


def number(value: Any) -> float | None:
    try:
        return round(float(value), 6)
    except (TypeError, ValueError):
        return None


def months(duration: Any) -> float | str | None:
    """An ISO 8601 duration in months of 30 days; "life" and the like as they are."""
    if duration is None:
        return None
    match = TERM.fullmatch(str(duration))
    if not match or str(duration) == "P":
        return str(duration).lower()
    years, months_, weeks, days, hours = (float(group or 0) for group in match.groups())
    return round(years * 12 + months_ + weeks * 7 / 30 + days / 30 + hours / 720, 3)
