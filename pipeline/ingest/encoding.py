"""Which encoding a text is in: a byte order mark, valid UTF-8 or UTF-16, or the most plausible legacy code page.

General detectors rank code pages by statistics over the whole file and read an English report in Mac Roman as
cp1252 (`PeopleÕs` for `People’s`), since nearly all of its bytes are ASCII. Here only the other bytes count, each
in its place: an apostrophe stands between letters, a dash between spaces or digits, an accented small letter in a
word, a Cyrillic capital at a word's start.
"""

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from ..errors import NotAReport, ReadError


class Decoded(NamedTuple):
    """A decoded text; `repaired` says what could not be decoded, None where all could."""

    text: str
    encoding: str
    repaired: str | None = None


MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In order of preference where two read a text equally well.
LATIN = ("cp1252", "mac_roman", "iso8859-15", "cp850")
CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac_cyrillic")
ARABIC = ("cp1256", "iso8859-6")
CHINESE = ("gb18030", "big5")
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
SAMPLE = 4_000


def decode(data: bytes, name: str) -> Decoded:
    """The text of `data`; NotAReport where it is no text at all, ReadError where no encoding makes sense of it."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    if wide := _wide(data):
        return _marked(data, wide, name)
    if _is_binary(data):
        raise NotAReport(f"{name}: binary data, no text; give the report as PDF, DOCX, DOC, HTML or text")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _mended(data) or _legacy(data, name)


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        broken = text.count("\ufffd")
        if broken > max(3, len(text) // 200):
            raise ReadError(
                f"{name}: says that it is {encoding} but is not (byte {error.start}); save it as UTF-8"
            ) from error
        return Decoded(text, encoding, f"{broken} characters that are no {encoding} are read as U+FFFD")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin, digits and spaces is zero."""
    head = data[: SAMPLE - SAMPLE % 2]
    if len(head) < 4 or b"\0" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.1 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.1 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    head = data[: 16 * SAMPLE]
    return b"\0" in head or len(head) - len(head.translate(None, CONTROLS)) > max(2, len(head) // 500)


def _mended(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes (a cut, a pasted passage): at least 20 good sequences for each broken one."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - broken
    if good < 20 * broken:
        return None
    return Decoded(text, "utf-8", f"{broken} bytes that are no UTF-8 are read as U+FFFD")


def _legacy(data: bytes, name: str) -> Decoded:
    best, best_score, best_text = "", 0.0, ""
    for encodings, value in ((LATIN, _latin), (CYRILLIC, _cyrillic), (ARABIC, _arabic), (CHINESE, _chinese)):
        for encoding in encodings:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            score = _plausible(text, value)
            if score > best_score + 1e-9:
                best, best_score, best_text = encoding, score, text
    if best_score < 0.3:
        raise ReadError(f"{name}: not UTF-8, and no other encoding makes words of it; save it as UTF-8")
    if best == "cp1252" and not re.search(rb"[\x80-\x9f]", data):
        best = "iso8859-1"
    return Decoded(best_text, best)


Value = Callable[[str, str, str], float]


def _plausible(text: str, value: Value) -> float:
    """Mean value, -1 to 1, of the characters beyond ASCII, each between its neighbours."""
    total, count = 0.0, 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        at = match.start()
        total += value(text[at - 1 : at] or " ", match.group(), text[at + 1 : at + 2] or " ")
        count += 1
        if count == SAMPLE:
            break
    return total / count if count else 0.0


SMALL = frozenset("éèêëàâäùûüîïôöçœæáíóúñãõåøčšžßý")
CAPITAL = frozenset("ÉÈÊËÀÂÄÙÛÜÎÏÔÖÇŒÆÁÍÓÚÑÃÕÅØŠŽ")


def _latin(before: str, char: str, after: str) -> float:
    if char in SMALL:
        return 1.0 if before.isalpha() or after.isalpha() or before.isspace() else -0.5
    if char in CAPITAL:
        return 0.7 if not before.islower() and after.isalpha() else -1.0
    if char in "’ʼ":
        return 1.0 if before.isalpha() else 0.2
    if char in "“‘«„¿¡":
        return 0.9 if (not before.isalnum() and not after.isspace()) or char == "«" else -0.3
    if char in "”»":
        return 0.9 if (not before.isspace() and not after.isalpha()) or char == "»" else -0.3
    if char in "–—":
        return 0.8 if before.isspace() == after.isspace() else 0.4
    if char in "•·…\xa0§€£°ºª©®™½¼¾²³\xad":
        return 0.6
    return -1.0


COMMON_RUSSIAN = {char: 1.0 - 0.02 * rank for rank, char in enumerate("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")}


def _joined(before: str, after: str) -> bool:
    """Grown together with an ASCII letter, as no word of another script is."""
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())


def _cyrillic(before: str, char: str, after: str) -> float:
    if _is_cyrillic(char) and _joined(before, after):
        return -0.5
    if char in COMMON_RUSSIAN:
        return COMMON_RUSSIAN[char] if not before.isupper() or not _is_cyrillic(before) else 0.4
    if _is_cyrillic(char):
        if char.lower() not in COMMON_RUSSIAN:
            return -0.2
        return 0.6 if not before.islower() else -1.0
    if char in "«»“”„–—№…•§°\xa0’":
        return 0.5
    return -1.0


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u04ff"


def _arabic(before: str, char: str, after: str) -> float:
    if "\u0621" <= char <= "\u0652":
        if _joined(before, after):
            return -0.5
        return 0.9 if char in "اليمنترهبودعسفقكحجصشطخذضزثغظةأإىئءؤآ" else 0.3
    return 0.5 if char in "،؛؟«»–’“”\xa0" else -1.0


COMMON_CHINESE = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)


def _chinese(before: str, char: str, after: str) -> float:
    if char in COMMON_CHINESE:
        return 1.0
    if "\u4e00" <= char <= "\u9fff":
        return 0.3
    return 0.6 if char in "，。、；：？！“”‘’（）《》—…　" else -1.0
