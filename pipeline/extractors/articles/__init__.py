"""Articles: references to numbered provisions, each tied to its instrument."""

from collections.abc import Sequence

from ...model import Article, Passage, Register
from ...rules import Rules, unspaced
from . import han
from .cited import Group, groups
from .ties import tie


def find(passages: Sequence[Passage], register: Register, rules: Rules) -> tuple[Article, ...]:
    """All articles, in reading order."""
    return tie([(passage, _groups(passage, rules)) for passage in passages], register, rules)


def _groups(passage: Passage, rules: Rules) -> list[Group]:
    read = han.groups if unspaced(passage.language, rules) else groups
    return read(passage.text, passage.language, rules)
