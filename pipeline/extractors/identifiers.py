"""Spans that hold digits and measure nothing: document symbols, resolutions, law numbers, URLs, page references.

Dates, articles and figures leave these spans alone. What an identifier looks like is data: the tables
`[identifiers.NAME]` of `rules/symbols.toml` (all languages) and of `rules/languages/<code>.toml`, each with `kind`,
`pattern` (a regular expression; a group `id` narrows the span), `examples`, whose identifier is put in `[[ ]]`, and
`others`, which hold none of that name. For speed an entry says where to look: `triggers` are strings of which a passage
must hold one to be searched, `words` are those that stand before the number and that the pattern begins with.
`[macros]` are parts of patterns, written `<name>`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..errors import RulesError
from ..model import Passage
from ..rules import Rules, unspaced

Identifier = tuple[int, int, str]
LISTS = ("triggers", "words", "examples", "others")
MACRO = re.compile(r"(?<!\?P)<([a-z_]+)>")


class Pattern(NamedTuple):
    """One entry of the rule data, compiled."""

    name: str
    kind: str
    triggers: tuple[str, ...]
    words: tuple[str, ...]
    regex: re.Pattern[str]
    examples: tuple[str, ...]
    others: tuple[str, ...]


def identifiers(passage: Passage, rules: Rules) -> tuple[Identifier, ...]:
    """Triples (start, end, kind) in `passage.text`, in order, not overlapping; of two that overlap, the longer."""
    return in_text(passage.text, passage.language, rules)


@lru_cache(maxsize=1 << 15)
def in_text(text: str, language: str, rules: Rules) -> tuple[Identifier, ...]:
    """As `identifiers`, for any text; kept, since several extractors ask for the same passages."""
    by_trigger, by_word = _index(language, rules)
    found: list[Identifier] = []
    if DIGIT.search(text):
        searched: set[str] = set()
        for trigger, pattern in by_trigger:
            if trigger in text and pattern.name not in searched:
                searched.add(pattern.name)
                found.extend(search(pattern, text))
    for start, word in words_before_numbers(text):
        for pattern in by_word.get(word, ()):
            if match := pattern.regex.match(text, start):
                found.append((*match.span(_group(pattern)), pattern.kind))
    return _longest(found) if found else ()


DIGIT = re.compile(r"[0-9]")
# A space and what a number begins with: a digit, a Roman numeral, letters and hyphen (ES-10/2).
BEFORE_NUMBER = re.compile(r"\s(?=\(?\d|[IVXLC]+\b|[ivxl]+\b|[A-Z]{1,4}[-/]\d|[A-Z]\b)")


def words_before_numbers(text: str) -> Iterator[tuple[int, str]]:
    """(start, word) of each word that a number follows, without opening brackets and quotes."""
    for match in BEFORE_NUMBER.finditer(text):
        start = text.rfind(" ", 0, match.start()) + 1
        word = text[start : match.start()]
        bare = word.lstrip("([“‘«\"'–—")
        if bare:
            yield start + len(word) - len(bare), bare


def search(pattern: Pattern, text: str) -> list[Identifier]:
    """All spans of an entry in a text that holds one of its triggers."""
    group = _group(pattern)
    return [(*match.span(group), pattern.kind) for match in pattern.regex.finditer(text)]


def _group(pattern: Pattern) -> str | int:
    return "id" if "id" in pattern.regex.groupindex else 0


@cache
def _index(language: str, rules: Rules) -> tuple[tuple[tuple[str, Pattern], ...], Mapping[str, tuple[Pattern, ...]]]:
    """Entries with triggers by these, and those with words by each form of their words."""
    by_word: dict[str, tuple[Pattern, ...]] = {}
    for pattern in patterns(language, rules):
        for word in pattern.words:
            for form in {word, word[:1].upper() + word[1:], word.upper()}:
                by_word[form] = (*by_word.get(form, ()), pattern)
    by_trigger = ((trigger, pattern) for pattern in patterns(language, rules) for trigger in pattern.triggers)
    return tuple(by_trigger), by_word


def _longest(found: Iterable[Identifier]) -> tuple[Identifier, ...]:
    kept: list[Identifier] = []
    for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


@cache
def patterns(language: str, rules: Rules) -> tuple[Pattern, ...]:
    """The compiled entries of a language and those of all languages; RulesError names an entry that is none."""
    shared = rules.shared.get("symbols", {})
    words = rules.languages.get(language, {})
    macros = {**shared.get("macros", {}), **words.get("identifiers", {}).get("macros", {})}
    files = {"symbols.toml": shared, f"languages/{language}.toml": words}
    letters = re.ASCII if unspaced(language, rules) else re.NOFLAG  # 见A/HRC/26/16: no word goes on before a symbol
    return tuple(
        _compile(file, name, entry, macros, letters)
        for file, tables in files.items()
        for name, entry in tables.get("identifiers", {}).items()
        if name != "macros"
    )


def _compile(file: str, name: str, entry: Any, macros: Mapping[str, str], letters: re.RegexFlag) -> Pattern:
    place = f"{file}: [identifiers.{name}]"
    if not isinstance(entry, Mapping):
        raise RulesError(f"{place}: a table with kind, pattern and triggers is wanted")
    if unknown := sorted(set(entry) - {"kind", "pattern", *LISTS}):
        raise RulesError(f"{place}: unknown key {unknown[0]}; use kind, pattern, {', '.join(LISTS)}")
    kind, source = entry.get("kind"), entry.get("pattern")
    if not isinstance(kind, str) or not isinstance(source, str) or ("triggers" in entry) == ("words" in entry):
        raise RulesError(f"{place}: kind and pattern must be strings, and one of triggers and words a list of strings")
    try:
        for _ in range(4):
            source = MACRO.sub(lambda match: macros[match.group(1)], source)
        regex = re.compile(source, letters)
    except KeyError as error:
        raise RulesError(f"{place}: no macro <{error.args[0]}> in [macros]") from error
    except re.error as error:
        raise RulesError(f"{place}: not a regular expression: {error}") from error
    triggers, words, examples, others = (tuple(map(str, entry.get(key, ()))) for key in LISTS)
    return Pattern(name, kind, triggers, words, regex, examples, others)
