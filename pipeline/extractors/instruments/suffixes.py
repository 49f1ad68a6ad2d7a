"""What follows a name: year, span of years, number, acronym; and the year of adoption that its sentence gives."""

import re

from ...model import InstrumentKind
from .lexicon import Lexicon
from .titles import EARLY, STATE_FIRST

BARE_NUMBER = re.compile(
    r"\s+(?:\([A-Z]+\)\s+)?(\d[\d/.IVXLC-]*\d(?:/[A-Z]{2,4})?|\d{1,3})(?![\w/-]|\.\d)(?=[\s,.;)]|$)"
)

OF_YEAR = re.compile(r"\s+of\s+((?:1[89]|20)\d\d)(?![\d/-])")
DAY_AND_YEAR = r"(?:\d{1,2}\s+)?(?:de\s+)?(?:[A-ZА-ЯЁа-яёa-zé]\w+\s+)?(?:de\s+)?((?:1[89]|20)\d\d)"
PROVISION = re.compile(r"(?:\s?\(\w{1,3}\))*\s+of\s")  # "regulation 5 (2) of the …" is a provision


def suffix(
    text: str, title_end: int, head_end: int, kind: InstrumentKind, lexicon: Lexicon
) -> tuple[int, int, dict[str, str]]:
    """The end of the mention, the end of its name, and year, number and acronym that follow the name."""
    facts: dict[str, str] = {}
    end, name_end = title_end, title_end
    state = STATE_FIRST.match(text, head_end)
    early = EARLY.match(text, state.end() if state else head_end)
    if (
        title_end > head_end
        and early
        and early.end() < title_end
        and not re.fullmatch(r"(?:1[89]|20)\d\d", early.group(1))
    ):
        facts["number"] = early.group(1)
        if early.group(2):
            facts["year"] = early.group(2)
    for _ in range(4):
        for name, pattern in lexicon.suffixes:
            match = pattern.match(text, end)
            if match is None or (name != "amended" and name in facts) or (name == "span" and kind != "policy"):
                continue
            said = said_by(name, match)
            if said is None:
                continue
            facts |= said
            glued = end == title_end == head_end and "(" not in match.group() and "," not in match.group()
            if name == "amended" or (name == "number" and glued):
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
        if kind == "regulation" and bare and PROVISION.match(text, bare.end()):
            bare = None
        if bare and end == head_end and kind in ("decree", "law", "regulation"):
            facts["number"], end, name_end = bare.group(1), bare.end(), bare.end()
            if year := OF_YEAR.match(text, end):
                facts.setdefault("year", year.group(1))
                end = year.end()
    return end, name_end, facts


def said_by(name: str, match: re.Match[str]) -> dict[str, str] | None:
    """What one suffix of a name says: year, number, acronym, span of years; None where it is none after all."""
    if name == "span":
        first, second = match.group(1), match.group(2)
        return {"year": f"{first}/{second if len(second) == 4 else first[:2] + second}", "span": ""}
    if name == "year":
        return {"year": match.group(1)}
    if name == "number":
        year = match.groupdict().get("yr")
        return {"number": match.group("no")} | ({"year": year} if year else {})
    if name == "acronym":
        acronym = match.group("acr").strip()
        return {"acronym": acronym} if is_acronym(acronym) else None
    return {}


def _trim_period(text: str, end: int) -> int:
    """The end of a name without "for the period"."""
    period = re.search(r"\s+for the [Pp]eriod$", text[max(0, end - 20) : end])
    return end - len(period.group()) if period else end


def is_acronym(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return "/" not in text and sum(c.isupper() for c in letters) >= max(2, 0.6 * len(letters))


def year_in(number: str | None) -> str | None:
    """The year of a number like 286/1998, 2011/36 or 2010-86."""
    found = re.search(r"^\d{1,4}[/-]((?:19|20)\d\d)$|^((?:19|20)\d\d)(?:/\d|-\d{1,3}$)", number or "")
    return found.group(1) or found.group(2) if found else None


def weak_year(text: str, start: int, end: int, lexicon: Lexicon) -> str | None:
    """A year of adoption that the sentence gives: "in 2015" after the name, or "In May 2017, …" before its verb."""
    before = text[max(0, start - 170) : start]
    cut = max(before.rfind(". "), before.rfind("; "))
    before = before[cut + 1 :]
    verbs = list(lexicon.adoption.finditer(before))
    if not verbs:
        return None
    verb = verbs[-1]
    after = re.compile(rf",?\s+(?:{lexicon.when})\s+{DAY_AND_YEAR}\b(?!\s*[-–]\s*\d)").match(text, end)
    if after:
        return after.group(1)
    if len(before) - verb.end() <= 14:
        ahead = re.findall(rf"(?i:\b(?:{lexicon.when}))\s+{DAY_AND_YEAR}\b", before[: verb.start()])
        if ahead:
            return str(ahead[-1])
    return None
