"""Penalties: sanctions with their bounds, the offence, and the articles that set them."""

from collections.abc import Sequence

from ..model import Article, Passage, Penalty, Register
from ..rules import Rules


def find(
    passages: Sequence[Passage], register: Register, articles: Sequence[Article], rules: Rules
) -> tuple[Penalty, ...]:
    """All penalties, in reading order; `articles` of a penalty are indexes into `articles`."""
    return ()
