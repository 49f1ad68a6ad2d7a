"""Articles: references to numbered provisions, each tied to its instrument."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ...model import Article, Passage, Register
from ...rules import Rules, unspaced
from . import han
from .cited import Group, groups
from .ties import tie


def find(passages: Sequence[Passage], register: Register, rules: Rules) -> tuple[Article, ...]:
    """All articles, in reading order."""
    cited = [(passage, _groups(passage, rules)) for passage in passages]
    for i, (before, passage) in enumerate(pairwise(passages), 1):
        if before.text.endswith(":") and len(before.text) < HEAD and passage.text[:1].isdigit():
            listed = _under(before, passage, rules)
            if listed and (listed[0].start, listed[0].unit) == (0, "article"):
                cited[i] = (passage, listed)
    return tie(cited, register, rules)


HEAD = 80
"""A head such as "Articles of the Covenant:" that stands apart from its list has no more characters."""


def _under(head: Passage, passage: Passage, rules: Rules) -> list[Group]:
    """The citations of a list whose head is a passage of its own, as in the table on the cover of a case."""
    shift = len(head.text) + 1
    joined = replace(passage, text=f"{head.text} {passage.text}")
    return [_moved(group, shift) for group in _groups(joined, rules) if group.end > shift]


def _moved(group: Group, shift: int) -> Group:
    provisions = tuple(
        replace(one, start=max(one.start - shift, 0), end=one.end - shift)
        for one in group.provisions
        if one.end > shift
    )
    return replace(group, start=max(group.start - shift, 0), end=group.end - shift, provisions=provisions)


def _groups(passage: Passage, rules: Rules) -> list[Group]:
    read = han.groups if unspaced(passage.language, rules) else groups
    return read(passage.text, passage.language, rules)
