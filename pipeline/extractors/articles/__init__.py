"""Articles: references to numbered provisions, each tied to its instrument."""

from collections.abc import Sequence

from ...model import Article, Passage, Register
from ...rules import Rules
from .cited import groups
from .ties import tie


def find(passages: Sequence[Passage], register: Register, rules: Rules) -> tuple[Article, ...]:
    """All articles, in reading order."""
    return tie([(passage, groups(passage.text, passage.language, rules)) for passage in passages], register, rules)
