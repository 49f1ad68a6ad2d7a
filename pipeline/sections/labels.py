"""Labels: the number or mark that opens a heading, a paragraph or an item."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "dotted", "roman", "letter", "small", "inner", "bullet"]

# What opens a Chinese sentence, be it a year; no unit of a decimal number.
CHINESE = r"[《“]|(?![万亿岁年月日个名人倍至到])[\u3400-\u9fff]|(?:19|20)\d\d年"
# Arabic ordinals number parts as Roman numbers do, the names of the letters sections: «أولاً- مقدمة», «باء - …».
WORDED = [
    "أولا",
    "ثانيا",
    "ثالثا",
    "رابعا",
    "خامسا",
    "سادسا",
    "سابعا",
    "ثامنا",
    "تاسعا",
    "عاشرا",
    "حادي_عشر",
    "ثاني_عشر",
    "ثالث_عشر",
    "رابع_عشر",
    "خامس_عشر",
]
NAMED = [
    "ألف",
    "باء",
    "جيم",
    "دال",
    "هاء",
    "واو",
    "زاي",
    "حاء",
    "طاء",
    "ياء",
    "كاف",
    "لام",
    "ميم",
    "نون",
    "سين",
    "عين",
    "فاء",
    "صاد",
    "قاف",
    "راء",
    "شين",
    "تاء",
]
ABJAD = "أبجدهوزحطيكلمنسعفصقرشت"


def _printed(words: list[str]) -> str:
    """The words with vowel marks, stretched, or with a space before the last mark."""
    return "|".join(r"[\u0640\u064b-\u0652]*".join(word).replace("_", r"\s") for word in words)


LABEL = re.compile(
    r"(?:(?P<dotted>\d{1,3}(?:\.\d{1,3})+)\.?"
    r"|§ ?(?P<sign>\d{1,3})[.)]?"
    r"|(?P<number>\d{1,3})(?:\s?[.)．](?![.)])|(?=\s+[A-ZÀ-ÞА-ЯЁ])|(?=\s?[-–]\s?[\u0600-\u06ff])\s?[-–])"
    r"|(?P<roman>[IVXL]{1,7}\.|[IVXL]{2,7}(?=\s+[A-ZÀ-ÞА-ЯЁ][^.]*$))"
    r"|(?P<letter>[A-ZА-Я])\."
    r"|(?P<small>\([a-zа-я]\)|[a-zа-я]\)|[a-z]\.)"
    r"|(?P<inner>\((?:[ivxl]{1,6}|\d{1,2}|[a-z]{2})\)|(?:[ivx]{1,5})\))"
    r"|(?P<bullet>[•●▪■◦‣·➢✓–—-]))(?=\s|$)"
    r"|(?P<dash>-)(?=[^\W\d_])"
    r"|(?P<han>[一二三四五六七八九十]{1,3})(?:、|[.．](?=\s?[\u3400-\u9fff《“]))"
    r"|(?P<bracketed>[(（][一二三四五六七八九十]{1,3}[)）])"
    # A Chinese paragraph or heading has no space after its number: 「1.委员会」「2.1 2010年」「A.导言」.
    rf"|(?P<points>\d{{1,3}}(?:\.\d{{1,2}})+)(?={CHINESE})|(?P<close>\d{{1,3}})[.．](?={CHINESE})"
    # So do those of web pages that lost their tabs: "1.El Comité", "a)La Convención".
    r"|(?P<tabless>\d{1,3})\.(?=[A-ZÀ-ÞА-ЯЁ][a-zà-ÿа-яё])|(?P<glued>\(?[a-z]\))(?=[A-ZÀ-ÞА-ЯЁ][a-zà-ÿа-яё])"
    r"|(?P<capital>[A-Z])[.．](?=[\u3400-\u9fff《“])|(?P<lettered>[(（][a-z][)）])(?=[\u3400-\u9fff《“])"
    rf"|(?P<worded>(?:{_printed(WORDED)})(?:\s?[\u064b-\u0652])*)\s?[-–—.:](?=\s?[\u0600-\u06ff])"
    rf"|(?P<named>{_printed(NAMED)})\s?[-–—](?=\s?[\u0600-\u06ff])"
    r"|(?P<abjad>\(\s?[\u0621-\u064a]\u0640?\s?\))(?=\s?[\u0600-\u06ff«“\"])"
)
CLOSE = {
    "points": "dotted",
    "close": "number",
    "tabless": "number",
    "capital": "letter",
    "lettered": "small",
    "glued": "small",
}
FIRST = frozenset("(•●▪■◦‣·➢✓–—-§IVXLivx")
HAN = "一二三四五六七八九"
HAN_FIRST = frozenset(HAN + "十（")
ARABIC_FIRST = frozenset(word[0] for word in (*WORDED, *NAMED))
WORDS_FIRST = HAN_FIRST | ARABIC_FIRST
MARKS = re.compile(r"[\s\u0640\u064b-\u0652]")
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Label:
    """`text` as printed, `number` without its dot, `value` as numbers (several if dotted), `length` with its space."""

    kind: Kind
    text: str
    number: str
    value: tuple[int, ...]
    length: int

    @property
    def bare(self) -> bool:
        """A number without stop or bracket."""
        return self.kind == "number" and self.text.isdigit()


def parse(text: str) -> Label | None:
    """The label that opens a row, if it has the form of one; context decides whether it is one."""
    if not text or not (text[0].isdigit() or text[0] in FIRST or text[1:2] in ".)．" or text[0] in WORDS_FIRST):
        return None
    match = LABEL.match(text)
    if match is None:
        return None
    kind = match.lastgroup or ""
    length = match.end()
    while length < len(text) and text[length].isspace():
        length += 1
    printed = match.group()
    if kind in ("bullet", "dash"):
        return Label("bullet", printed, printed, (), length)
    bare = match.group(kind).rstrip(".") if kind == "roman" else match.group(kind)
    if kind in ("worded", "named", "abjad"):
        return _arabic(kind, printed, bare, length)
    if kind == "han":
        return Label("roman", printed, bare, (_han(bare),), length)
    if kind == "bracketed":
        return Label("inner", printed, bare, (_han(bare.strip("()（）")),), length)
    kind = CLOSE.get(kind, kind)
    if kind == "dotted":
        return Label("dotted", printed, bare, tuple(int(part) for part in bare.split(".")), length)
    if kind in ("number", "sign"):
        return Label("number", printed, str(int(bare)), (int(bare),), length)
    if kind == "roman":
        value = roman(bare)
        return Label("roman", printed, bare, (value,), length) if value else None
    if kind == "letter":
        return Label("letter", printed, bare, (ordinal(bare),), length)
    inner = bare.strip("().（）")
    if kind == "small":
        return Label("small", printed, bare.rstrip("."), (ordinal(inner.upper()),), length)
    value = int(inner) if inner.isdigit() else roman(inner.upper()) or 0
    return Label("inner", printed, bare, (value,), length)


def _arabic(kind: str, printed: str, bare: str, length: int) -> Label | None:
    """An Arabic ordinal, the name of a letter, or a letter in brackets."""
    plain = MARKS.sub("", bare).strip("()")
    number = re.sub(r"\s(?=[\u064b-\u0652])|\u0640", "", bare)
    if kind == "worded":
        return Label("roman", printed, number, (WORDED.index(plain.replace("عشر", "_عشر")) + 1,), length)
    if kind == "named":
        return Label("letter", printed, number, (NAMED.index(plain) + 1,), length)
    place = ABJAD.find("أ" if plain == "ا" else plain) + 1
    return Label("small", printed, bare, (place,), length) if place else None


def _han(text: str) -> int:
    """The value of a Chinese number below a hundred."""
    tens, ten, ones = text.rpartition("十")
    value = HAN.index(ones) + 1 if ones in HAN and ones else 0
    return value + (10 * (HAN.index(tens) + 1 if tens and tens in HAN else 1) if ten else 0)


def ordinal(letter: str) -> int:
    return ord(letter) - ord("A" if letter < "А" else "А") + 1


def roman(text: str) -> int:
    """The value of a Roman number, 0 if it is none."""
    total, last = 0, 0
    for char in reversed(text):
        value = ROMAN.get(char, 0)
        total += -value if value < last else value
        last = max(last, value)
    return total if _written(total) == text else 0


def _written(value: int) -> str:
    out = ""
    for number, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while value >= number:
            out += sign
            value -= number
    return out
