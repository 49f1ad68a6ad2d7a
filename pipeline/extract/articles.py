"""Articles: references to numbered provisions, each tied to its instrument."""

from collections.abc import Sequence

from ..model import Article, Passage, Register
from ..rules import Rules


def find(passages: Sequence[Passage], register: Register, rules: Rules) -> tuple[Article, ...]:
    """All articles, in reading order."""
    return ()
