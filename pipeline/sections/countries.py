"""Names of countries in a text, in any language and case, and names of their inhabitants."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..rules import Rules

WORD = re.compile(r"\b\w\S?")
HAN = re.compile(r"[\u3400-\u9fff]")
PAIR = re.compile(r"(?=([\u3400-\u9fff]{2}|[\u0621-\u064a]{2}))")
"""A name in Chinese stands amid other characters, one in Arabic after small words: no space parts it from them."""
START = 2
"""Letters by which WORD tells words apart at first."""


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """A country's names in one script: the parts of them that never change, and their patterns, the longest first."""

    fixed: tuple[str, ...]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Country:
    """Its names in each script: those of a script that the text lacks are not compiled."""

    code: str
    scripts: tuple[_Names, ...]

    @property
    def fixed(self) -> Iterator[str]:
        return (part for names in self.scripts for part in names.fixed)


def countries(text: str, rules: Rules, fewest: int = 1) -> list[tuple[int, int, str]]:
    """Where a text names countries (start, end, code), in order; those named fewer times may be left out."""
    starts = {*WORD.findall(text), *PAIR.findall(text)}
    found = []
    by_start = _by_start(rules)
    for one in {one for start in starts for one in by_start.get(start, ())}:
        if fewest > 1 and sum(text.count(part) for part in one.fixed if part[:START] in starts) < fewest:
            continue
        for names in one.scripts:
            if any(part in text for part in names.fixed if part[:START] in starts):
                for match in _pattern(names.patterns).finditer(text):
                    if HAN.match(match.group()) or not WORD.match(text[max(match.start() - 1, 0) : match.start()]):
                        found.append((match.start(), -match.end(), one.code))
    places: list[tuple[int, int, str]] = []
    for start, end, code in sorted(found):  # the longest of those that begin together
        if not places or start >= places[-1][1]:
            places.append((start, -end, code))
    return places


def named(text: str, rules: Rules, fewest: int = 1) -> list[str]:
    """The countries that a text names, one entry for each time."""
    return [code for _, _, code in countries(text, rules, fewest)]


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names; that no letter stands before it is left to the caller, for `\\b` would make it slow."""
    return re.compile("|".join(name if HAN.match(name) else rf"{name}(?!\w)" for name in names))


@cache
def _by_start(rules: Rules) -> dict[str, list[_Country]]:
    """The countries by the letters that one of their fixed parts begins with, so that few are looked for."""
    found: dict[str, list[_Country]] = {}
    for one in _countries(rules):
        for start in {part[:START] for part in one.fixed}:
            found.setdefault(start, []).append(one)
    return found


@cache
def _countries(rules: Rules) -> tuple[_Country, ...]:
    entries = rules.shared.get("countries", {})
    split: dict[str, list[tuple[str, ...]]] = {}
    for code, entry in entries.items():
        split[code] = [tuple(re.split(r"[ '’]", name)) for name in _uninflected(entry)]
        split[code] += [_stems(name) for name in entry.get("ru", ())]
    common = Counter(word for names in split.values() for name in names for word in name)

    def rarest(words: Iterable[str]) -> str:
        return min(words, key=lambda word: (common[word], -len(word)))

    found = []
    for code, entry in entries.items():
        plain = _uninflected(entry)
        latin, han = [name for name in plain if not HAN.match(name)], [name for name in plain if HAN.match(name)]
        arabic = [*entry.get("ar", ()), *entry.get("ar_adjectives", ())]
        russian, stems = entry.get("ru", ()), entry.get("ru_adjectives", ())
        scripts = [
            _names([rarest(re.split(r"[ '’]", name)) for name in listed], map(_escaped, listed))
            for listed in (latin, han)
        ]
        last = [name.split()[-1].removeprefix("ال") for name in arabic]
        scripts.append(_names(last, map(_after_small_words, arabic)))
        forms = [rf"[{stem[0]}{stem[0].upper()}]{re.escape(stem[1:])}[а-яё]{{2,3}}" for stem in stems]
        either = [first + stem[1:] for stem in stems for first in (stem[0], stem[0].upper())]
        fixed = [*(rarest(_stems(name)) for name in russian), *either]
        scripts.append(_names(fixed, [*map(_inflected, russian), *forms]))
        found.append(_Country(code, tuple(names for names in scripts if names.patterns)))
    return tuple(found)


def _names(fixed: Iterable[str], patterns: Iterable[str]) -> _Names:
    longest = sorted(patterns, key=lambda name: (-len(name), name))
    return _Names(tuple(dict.fromkeys(part for part in fixed if part)), tuple(longest))


def _uninflected(entry: Mapping[str, Sequence[str]]) -> list[str]:
    keys = ("en", "en_adjectives", *UNINFLECTED)
    return [name for key in keys for name in entry.get(key, ())]


def _escaped(name: str) -> str:
    return re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s+")


def _stems(name: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in re.split(r"[ '’—-]+", name))


def _after_small_words(name: str) -> str:
    """A name in Arabic, or an adjective, with the small words written together with it: «لليمن», «والكويتية»."""
    bare = re.escape(name.removeprefix("ال")).replace(r"\ ", r"\s+")
    return rf"[وف]?(?:(?:[بك]?ال|لل){bare}|[بكل]?{re.escape(name)})".replace(r"\ ", r"\s+")


def _inflected(name: str) -> str:
    """A Russian name in any case; a dash stands for a hyphen, and words after the first may be small or large."""
    parts = re.split(r"([ -])", name.replace(" — ", "-"))
    made = [_cases(parts[0])]
    for sign, word in zip(parts[1::2], parts[2::2], strict=True):
        made.append(r"\s+" if sign == " " else r"\s?[-–—]\s?")
        either = f"[{word[0].upper()}{word[0].lower()}]" if word[:1].isalpha() else re.escape(word[:1])
        made.append(either + _cases(word)[len(re.escape(word[0])) :])
    return "".join(made).replace("’", "['’]")


UNINFLECTED = ("fr", "es", "zh")
# Endings of nouns and adjectives in the nominative, with those of all their cases.
ENDINGS = {
    "ая": "ая|ой|ую|ою|ей|юю",
    "ое": "ое|ого|ому|ым|ом",
    "ие": "ие|их|им|ими",
    "ые": "ые|ых|ым|ыми",
    "ий": "ий|ого|ому|им|ом|ия|ию|ием|ии",
    "ый": "ый|ого|ому|ым|ом",
    "ой": "ой|ого|ому|ым|ом",
    "трова": "трова|тровов|тровам|тровами|тровах",
    "тво": "тво|тва|тву|твом|тве",
    "а": "а|ы|и|е|у|ой|ою|ей|ею",
    "я": "я|и|е|ю|ей|ею",
    "ы": "ы|ов|ам|ами|ах|ых|ым|ыми|",
    "ь": "ь|я|и|ю|ем|ью|е",
    "й": "й|я|ю|ем|е",
}


def _cases(word: str) -> str:
    """A pattern of a word in all its cases; names in -о, -е, -и, -у and capitals have one form."""
    if word.isupper() or len(word) < 2:
        return re.escape(word)
    for ending, all_cases in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return re.escape(word[: -len(ending)]) + f"(?:{all_cases})"
    return re.escape(word) + ("" if word[-1] in "оеёиуюэ" else "(?:а|у|ом|е)?")


def _stem(word: str) -> str:
    """What no case of the word changes."""
    if word.isupper():
        return word
    found = max((e for e in ENDINGS if word.endswith(e) and len(word) > len(e) + 1), key=len, default="")
    return word[: -len(found)] if found else word
