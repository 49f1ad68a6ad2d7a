"""Spans that hold digits and measure nothing: document symbols, resolutions, law numbers, URLs, page references.

Dates, articles and figures leave these spans alone. What an identifier looks like is data: the tables
`[identifiers.NAME]` of `rules/symbols.toml` (all languages) and of `rules/languages/<code>.toml`, each with `kind`,
`pattern` (a regular expression; a group `id` narrows the span), `triggers` (a passage without any of these strings
is not searched), `examples`, whose identifier is put in `[[ ]]`, and `others`, which hold none of that name.
`[macros]` are parts of patterns, written `<name>`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..errors import RulesError
from ..model import Passage
from ..rules import Rules

Identifier = tuple[int, int, str]
MACRO = re.compile(r"(?<!\?P)<([a-z_]+)>")


class Pattern(NamedTuple):
    """One entry of the rule data, compiled."""

    name: str
    kind: str
    triggers: tuple[str, ...]
    regex: re.Pattern[str]
    examples: tuple[str, ...]
    others: tuple[str, ...]


def identifiers(passage: Passage, rules: Rules) -> tuple[Identifier, ...]:
    """Triples (start, end, kind) in `passage.text`, in order, not overlapping; of two that overlap, the longer."""
    return in_text(passage.text, passage.language, rules)


@lru_cache(maxsize=1 << 15)
def in_text(text: str, language: str, rules: Rules) -> tuple[Identifier, ...]:
    """As `identifiers`, for any text; kept, since several extractors ask for the same passages."""
    found: list[Identifier] = []
    for pattern in patterns(language, rules):
        if any(trigger in text for trigger in pattern.triggers):
            group = "id" if "id" in pattern.regex.groupindex else 0
            found.extend((*match.span(group), pattern.kind) for match in pattern.regex.finditer(text))
    return _longest(found) if found else ()


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
    return tuple(
        _compile(file, name, entry, macros)
        for file, tables in files.items()
        for name, entry in tables.get("identifiers", {}).items()
        if name != "macros"
    )


def _compile(file: str, name: str, entry: Any, macros: Mapping[str, str]) -> Pattern:
    place = f"{file}: [identifiers.{name}]"
    if not isinstance(entry, Mapping):
        raise RulesError(f"{place}: a table with kind, pattern and triggers is wanted")
    if unknown := sorted(set(entry) - {"kind", "pattern", "triggers", "examples", "others"}):
        raise RulesError(f"{place}: unknown key {unknown[0]}; use kind, pattern, triggers, examples, others")
    kind, source, triggers = entry.get("kind"), entry.get("pattern"), entry.get("triggers")
    if not isinstance(kind, str) or not isinstance(source, str) or not isinstance(triggers, list) or not triggers:
        raise RulesError(f"{place}: kind and pattern must be strings, triggers a list of strings")
    try:
        for _ in range(4):
            source = MACRO.sub(lambda match: macros[match.group(1)], source)
        regex = re.compile(source)
    except KeyError as error:
        raise RulesError(f"{place}: no macro <{error.args[0]}> in [macros]") from error
    except re.error as error:
        raise RulesError(f"{place}: not a regular expression: {error}") from error
    lists = [tuple(map(str, entry.get(key, ()))) for key in ("examples", "others")]
    return Pattern(name, kind, tuple(triggers), regex, *lists)
