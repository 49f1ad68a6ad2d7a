"""The words by which bodies ask States for something in one language, compiled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...errors import RulesError
from ...rules import Rules

PATTERNS = (
    "committee", "expert", "pronoun", "asks", "makes", "joins", "adverbs", "and", "addressee", "others", "obliged",
    "should", "told", "resolves", "heading", "to_whom", "titles", "state_report", "own",
)  # fmt: skip
FREE = frozenset({"resolves", "heading", "to_whom", "state_report", "own"})
"""Patterns of whole lines and of the first words of a paragraph: their case is free."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """`ask` is a body and its verb; `joined` a verb that goes with a body earlier in the sentence.

    `obliged` is a State that should do something in a committee's words, `should` one in an expert's recommendations.
    """

    trigger: tuple[str, ...]
    ask: re.Pattern[str]
    joined: re.Pattern[str]
    actor: re.Pattern[str]
    addressee: re.Pattern[str]
    others: re.Pattern[str]
    obliged: re.Pattern[str]
    should: re.Pattern[str]
    told: re.Pattern[str]
    resolves: re.Pattern[str]
    heading: re.Pattern[str]
    to_whom: re.Pattern[str]
    titles: re.Pattern[str]
    state_report: re.Pattern[str]
    own: re.Pattern[str]


@cache
def words_of(language: str, rules: Rules) -> Words | None:
    """The compiled words of a language, None where it has none; RulesError names the entry that cannot be used."""
    table = rules.languages.get(language, {}).get("recommendations")
    if not table:
        return None
    where = f"languages/{language}.toml [recommendations]"
    known = {*PATTERNS, "trigger", "examples", "others_examples"}
    if unknown := sorted(set(table) - known):
        raise RulesError(f"{where}: unknown entry {unknown[0]!r}; known are {', '.join(sorted(known))}")
    try:
        return _compile(table, where)
    except KeyError as error:
        raise RulesError(f"{where}: entry {error} is missing") from error


def _compile(table: Mapping[str, Any], where: str) -> Words:
    adverbs = rf"(?:(?:{table['adverbs']})[\s,]+)*"
    actor = rf"(?P<committee>{table['committee']})|(?P<expert>{table['expert']})"
    sources = {name: table[name] for name in (*FREE, "obliged", "told", "titles")} | {
        "actor": rf"(?<!\w)(?:{actor})(?!\w)",
        "addressee": rf"(?<!\w)(?:{table['addressee']})(?!\w)",
        "others": rf"\s*(?:{table['others']})(?!\w)",
        "ask": rf"(?<!\w)(?:{actor}|(?:^|(?<=,\s))(?P<pronoun>{table['pronoun']}))(?:,[^,;:]{{1,150}},)?"
        rf"\s{adverbs}(?:(?P<makes>{table['makes']})|{table['asks']})(?!\w)",
        "joined": rf"(?:[,;]|(?<!\w)(?:{table['and']}))\s{adverbs}(?:{table['joins']})(?!\w)",
        "should": rf"(?:^|[,;:]\s)(?:{table['addressee']})\s{adverbs}(?:{table['should']})(?!\w)",
    }
    return Words(
        trigger=tuple(table["trigger"]), **{name: _pattern(source, where, name) for name, source in sources.items()}
    )


def _pattern(source: object, where: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(str(source), re.IGNORECASE if name in FREE else 0)
    except re.error as error:
        raise RulesError(f"{where}: {name} is not a pattern: {error}") from error
