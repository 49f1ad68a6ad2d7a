"""How a language spells: a passage as its rules read it, each character with the way back to what is printed.

Arabic writes small words together with the next one («وللمادتين» is و + ل + المادتين), leaves marks out or in
(أ, ا), has digits of its own and numbers in the form of a noun («سنتين», two years). `[spelling]` of the language's
file says how all these are read. The other words of the file are read in the same way when they are loaded, so that
they stand there as they are usually written.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import RulesError

LETTERS = r"\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff"
TOKEN = re.compile(rf"[{LETTERS}]+")
# The shapes that letters take in old conversions, and a letter that stands alone, as labels do: «(أ)».
SHAPES = re.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]+")
ALONE = re.compile(rf"(?<![{LETTERS}\u064b-\u0652])[أإآ](?![{LETTERS}\u064b-\u0652])")
# An alef with its mark before ل is no article: «ألغام», «إلغاء».
MARKED = re.compile(r"[أإآ](?=[\u064b-\u0652]*ل)")
BOUNDARY = re.compile(
    rf"(?<=[{LETTERS}])(?<!\dر)(?=[0-9])|(?<=[0-9])(?!ر\d)(?=[{LETTERS}])|(?<=[^{LETTERS}]و)(?=[(A-Z])"
)
# Spaces that a conversion put into brackets, numbers and years, and around the sign that stretches a word.
LOOSE = re.compile(
    r"\( \w{1,3} ?\)|\(\w{1,3} \)|(?<=\d) ?/ (?=\d)|(?<=\d) /(?=\d)"
    rf"|(?<![\d./-])(?:19|20)\d \d(?![\d.,/])"
    rf"|(?<=[{LETTERS}]) ?\u0640+ (?=[{LETTERS}])|(?<=[{LETTERS}]) \u0640+(?=[{LETTERS}])"
)
# Groups of thousands in the order of a line read from the right: "300 907 5" is 5,907,300.
REVERSED = re.compile(r"(?<![\w.,/-])(?<!\d )\d{3}(?:[.,]\d{1,2})?(?: \d{3})* [1-9]\d{0,2}(?![\w/]|[.,-]\d| \d)")
BRACKETS = re.compile(r"\( ?| ?\)")
MIRRORED = str.maketrans("()", ")(")
LISTS = (
    "whole",
    "joined",
    "stems",
    "counters",
    "before_counter",
    "bracketed",
    "bracketed_too",
    "ordinal_after",
    "counted",
)
SHORTEST = 2
"""The article ال is split from what has so many letters more."""


@dataclass(slots=True)
class _Reading:
    """A text in the making; `offsets` never fall."""

    text: str
    offsets: "array[int]"

    def replace(self, pattern: re.Pattern[str], made: Callable[[re.Match[str]], str | None]) -> None:
        """Every match by what `made` gives for it, at the same places; None keeps it."""
        parts: list[str] = []
        offsets: array[int] = array("l")
        at = 0
        for match in pattern.finditer(self.text):
            new = made(match)
            if new is None:
                continue
            parts += [self.text[at : match.start()], new]
            offsets.extend(self.offsets[at : match.start()])
            offsets.extend(self._places(*match.span(), new))
            at = match.end()
        if parts:
            self.text, self.offsets = "".join([*parts, self.text[at:]]), offsets + self.offsets[at:]

    def _places(self, start: int, end: int, new: str) -> list[int]:
        """The place of each character of `new`: that of the equal one, put in ones that of the next."""
        found: list[int] = []
        at = start
        for char in new:
            while at < end and self.text[at] != char and self.text[at] in " ()":
                at += 1
            found.append(self.offsets[min(at, len(self.offsets) - 1)] if at < end or end == start else found[-1])
            at += at < end and self.text[at] == char
        if end > start and found:
            found[-1] = self.offsets[end - 1]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """The compiled `[spelling]` of a language."""

    dropped: re.Pattern[str]
    letters: Mapping[int, str]
    whole: re.Pattern[str]
    known: frozenset[str]
    forms: Mapping[str, str]
    before_counter: re.Pattern[str]
    counter: re.Pattern[str]
    one: str
    ordinal: re.Pattern[str]
    ordinals: Mapping[str, int]
    bracketed: re.Pattern[str]
    broken: re.Pattern[str]
    counted: re.Pattern[str]

    def read(self, text: str, offsets: "array[int]", source: str) -> tuple[str, "array[int]"]:
        """The text as the rules read it, and the place in `source` of each of its characters."""
        reading = _Reading(text.translate(MIRRORED) if _crossed(text) else text, offsets)
        reading.replace(SHAPES, lambda match: unicodedata.normalize("NFKC", match.group()))
        reading.replace(LOOSE, lambda match: re.sub(r"[ \u0640]", "", match.group()))
        plain = self._plain(reading.text)
        kept = [i for i, char in enumerate(plain) if not self.dropped.match(char)]
        reading.text = "".join(plain[i] for i in kept)
        reading.offsets = array("l", (reading.offsets[i] for i in kept))
        reading.replace(self.broken, lambda match: match.group().replace(" ", ""))
        places = reading.offsets
        reading.replace(REVERSED, lambda match: _turned(match, places, source))
        reading.replace(
            self.counted, lambda match: f"{' ' * match.string[match.start() - 1].isalpha()}{match.group(1)} "
        )
        reading.replace(BOUNDARY, lambda match: " ")
        reading.replace(TOKEN, lambda match: self._token(match.group()))
        reading.replace(self.counter, self._single)
        reading.replace(self.ordinal, self._ordinal)
        reading.replace(self.bracketed, lambda match: f"{match.group(1)} {BRACKETS.sub('', match.group(2))}")
        return reading.text, reading.offsets

    def word(self, text: str) -> str:
        """A word or a pattern of the rules as passages are read."""
        plain = "".join(char for char in self._plain(text) if not self.dropped.match(char))
        return TOKEN.sub(lambda match: self._token(match.group()) or match.group(), plain)

    def digits(self, text: str) -> str:
        """The text with digits as everyone writes them."""
        return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text)

    def _plain(self, text: str) -> str:
        """The text with each letter and sign as the rules read it, as long as before."""
        plain = list(text.translate(self.letters))
        for match in ALONE.finditer(text):
            plain[match.start()] = match.group()
        for match in MARKED.finditer(text):
            plain[match.start()] = "أ"
        return "".join(plain)

    def _token(self, word: str) -> str | None:
        parts = self.parts(word)
        return None if parts == [word] else " ".join(parts)

    def parts(self, word: str) -> list[str]:
        """A word and the small ones written together with it: «وللمادة» is و, ل, ال, مادة."""
        if word in self.forms:
            return [self.forms[word]]
        if word in self.known or self.whole.fullmatch(word):
            return [word]
        if _definite(word):
            return ["ال", self._of_number(word[2:])]
        first, rest = word[0], word[1:]
        if first in "وف" and (parts := self._rest(rest) or self._after(rest)):
            return [first, *parts]
        return self._after(word) or [word]

    def _of_number(self, word: str) -> str:
        """A word after the article: «السنتين» recalls a number and gives none, «التسعينات» is read as alone."""
        form = self.forms.get(word, word)
        return word if " " in form else form

    def _after(self, word: str) -> list[str] | None:
        """The parts of a word that ب, ل or ك opens, None where what they leave is no word."""
        first, rest = word[:1], word[1:]
        if first == "ل" and rest[:1] == "ل" and rest not in self.known and len(rest) > SHORTEST:
            return ["ل", "ال", self._of_number(rest[1:])]
        if (first == "ك" and _definite(rest)) or (first and first in "بل"):
            parts = self._rest(rest)
            return [first, *parts] if parts else None
        return None

    def _rest(self, word: str) -> list[str] | None:
        """The parts of what a small word leaves, None where that is no word."""
        named = word in self.forms or word in self.known or self.whole.fullmatch(word) is not None
        return self.parts(word) if len(word) > 1 and (named or _definite(word)) else None

    def _single(self, match: re.Match[str]) -> str | None:
        """«لا تقل عن سنة»: a term without a number is one."""
        before = match.string[max(0, match.start() - 24) : match.start()]
        return f"{self.one} " if self.before_counter.search(before) else None

    def _ordinal(self, match: re.Match[str]) -> str | None:
        """«المادة الثامنة عشرة», «سن الحادية والعشرين» with the number in digits."""
        value = sum(self.ordinals.get(word, 0) for word in TOKEN.findall(match.group("ordinal")))
        return f"{match.group('lead')}{value}" if value else None


def _definite(word: str) -> bool:
    return word.startswith("ال") and len(word) >= 2 + SHORTEST


def _crossed(text: str) -> bool:
    """Whether brackets close before they open, as in lines that were turned round: «)1993(»."""
    first, last = text.find(")"), text.rfind("(")
    return 0 <= first < last and "(" not in text[:first] and ")" not in text[last:]


def _turned(match: re.Match[str], offsets: "array[int]", source: str) -> str | None:
    """The number that groups in the order of the page mean; a space that does not break keeps their own order."""
    if any(source[offsets[i]] == "\u00a0" for i in range(*match.span()) if match.string[i] == " "):
        return None
    groups = match.group().split(" ")
    decimals = groups[0][3:]
    return "".join([*reversed(groups[1:]), groups[0][:3]]) + decimals


def compiled(table: Mapping[str, Any], stems: Sequence[str], where: str) -> Spelling:
    """The spelling of a language; `stems` are words of its other tables, which small words are split from."""
    for key in LISTS:
        if not isinstance(table.get(key), list) or not all(isinstance(word, str) for word in table[key]):
            raise RulesError(f"{where} {key}: a list of words is wanted, not {table.get(key)!r}")
    try:
        return _compile(table, stems)
    except (KeyError, AttributeError, TypeError, re.error) as error:
        raise RulesError(f"{where}: missing or ill-typed entry: {error!r}") from error


def _compile(table: Mapping[str, Any], stems: Sequence[str]) -> Spelling:
    letters = {ord(one): other for one, other in table["letters"].items()}
    letters |= {ord(sign): str(unicodedata.digit(sign)) for sign in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
    dropped = re.compile(table["dropped"])

    def plain(word: str) -> str:
        read = MARKED.sub("\0", word).translate(letters).replace("\0", "أ")
        return "".join(char for char in read if not dropped.match(char))

    def any_of(key: str) -> str:
        return "|".join(sorted(map(plain, table[key]), key=lambda word: (-len(word), word))) or "(?!)"

    ordinals = {plain(word): number for word, number in table["ordinals"].items()}
    worded = "|".join(sorted(ordinals, key=lambda word: (-len(word), word)))
    known = {token for word in [*stems, *table["stems"]] for token in TOKEN.findall(plain(word))}
    after = f"(?: (?:{any_of('bracketed_too')}))?"
    broken = "|".join(_cut(plain(word)) for word in table["joined"]) or "(?!)"
    return Spelling(
        dropped=dropped,
        letters=letters,
        whole=re.compile(any_of("whole")),
        known=frozenset(word for word in known if len(word) > 1),
        forms={plain(word): plain(read) for word, read in table["forms"].items()},
        before_counter=re.compile(rf"(?<!\S)(?:{any_of('before_counter')}) $"),
        counter=re.compile(rf"(?<= )(?=(?:{any_of('counters')})(?!\w| ?[\d(]))"),
        one=plain(table["one"]),
        ordinal=re.compile(
            rf"(?<!\S)(?P<lead>(?:{any_of('ordinal_after')}) )(?:ال )?"
            rf"(?P<ordinal>(?:{worded})(?: (?:و )?(?:ال )?(?:{worded}))?)(?!\w)"
        ),
        ordinals=ordinals,
        bracketed=re.compile(
            rf"(?<!\S)({any_of('bracketed')}) ?(\( ?\d[\d ,و-]*(?<=\d)(?:{after}|/(?:[{LETTERS}]|\d\d?))"
            r" ?\)(?:,? (?:و )?\( ?\d+ ?\))*)"
        ),
        counted=re.compile(
            rf"(?:(?<=عدد)|(?<=عدد )|(?<=[{LETTERS}] )(?=[^)]*\) ?(?:{any_of('counted')})(?![{LETTERS}])))"
            r"\( ?(\d[\d,.]*) ?\) ?"
        ),
        broken=re.compile(rf"(?<![{LETTERS}])[وف]?[بلك]?(?:ال)?(?:{broken})(?![{LETTERS}])"),
    )


def _cut(word: str) -> str:
    """A word that a conversion cut at one place: «ا تفاقية»."""
    return "|".join(f"{word[:i]} {word[i:]}" for i in range(1, len(word)))
