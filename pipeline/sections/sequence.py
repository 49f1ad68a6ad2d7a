"""Numbered paragraphs: the best running count among the labels, so that list numbers, years and headings are none."""

from collections.abc import Sequence
from dataclasses import dataclass

from .drafts import Draft

GAP, ENTRY = 0.7, 1.2
"""What a chain of numbers pays for a number that is left out, and for beginning with another than 1."""
TAIL = 4
"""After the last number of the chain, so many labels in sequence from 1 on are the paragraphs of another document."""
FARTHEST = 60
NUMBERS, BRACKETED = frozenset({"number", "dotted"}), frozenset({"inner"})
LISTED = frozenset({(1,), (1, 1)})


@dataclass(slots=True)
class _Node:
    index: int
    value: tuple[int, ...]
    sure: bool
    score: float
    before: int | None


def paragraphs(drafts: Sequence[Draft], restarts: frozenset[int]) -> dict[int, str]:
    """Draft index → paragraph number, for the drafts whose labels make the best running count.

    A chain of labels gains 1 for each that opens a sentence and little for one that looks like a heading,
    and pays for gaps. It starts again at 1 only at the indexes of `restarts` (annexes), or after its end:
    a list that numbers its items from 1 stands within a paragraph and the count goes on after it.
    Numbers in brackets, `(1)`, count paragraphs where no others do.
    """
    return _counted(drafts, restarts, NUMBERS) or _counted(drafts, restarts, BRACKETED)


def _counted(drafts: Sequence[Draft], restarts: frozenset[int], kinds: frozenset[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    start = 0
    for stop in [*sorted(restarts), len(drafts)]:
        annexed = start > 0
        while start < stop:
            chain = _chain(drafts, start, stop, kinds)
            first = chain[0].value if chain else (0,)
            if not chain or (found and first not in LISTED) or (found and len(chain) < TAIL and not annexed):
                break
            annexed = False
            whole = {node.value[0] for node in chain if len(node.value) == 1}
            for node in chain:
                if len(node.value) == 1 or node.value[0] not in whole:
                    found[node.index] = ".".join(map(str, node.value))
            start = chain[-1].index + 1
        start = stop
    return found


def _chain(drafts: Sequence[Draft], start: int, stop: int, kinds: frozenset[str]) -> list[_Node]:
    nodes: list[_Node] = []
    by_value: dict[tuple[int, ...], int] = {}
    best: int | None = None
    for index in range(start, stop):
        draft = drafts[index]
        label = draft.label
        if label is None or label.kind not in kinds or not 0 < len(label.value) <= 2 or draft.declared:
            continue
        if kinds is BRACKETED and not label.number[1:-1].isdigit():
            continue
        sure = not (draft.weak or draft.headlike or label.bare)
        value = label.value
        choices: list[tuple[float, int | None]] = [(0.0 if value in LISTED else -ENTRY, None)]
        choices += [(nodes[by_value[last]].score, by_value[last]) for last in _before(value) if last in by_value]
        if best is not None and value > nodes[best].value and value[0] - nodes[best].value[0] <= FARTHEST:
            step = value[0] - nodes[best].value[0]
            choices.append((nodes[best].score - GAP - 0.02 * step, best))
        if label.bare:
            choices = choices[1 : 1 + sum(last in by_value for last in _before(value))]
            if not choices:
                continue
        score, before = max(choices, key=lambda choice: choice[0])
        score += 1.0 if sure else 0.3
        nodes.append(_Node(index, value, sure, score, before))
        known = by_value.get(value)
        if known is None or nodes[known].score <= score:
            by_value[value] = len(nodes) - 1
        if best is None or nodes[best].score <= score:
            best = len(nodes) - 1
    chain: list[_Node] = []
    while best is not None:
        chain.append(nodes[best])
        best = nodes[best].before
    chain.reverse()
    if len(chain) < (TAIL if kinds is BRACKETED else 2):
        return chain if _only(chain, drafts, start, stop) else []
    return chain if sum(node.sure for node in chain) >= 0.5 * len(chain) else []


def _only(chain: Sequence[_Node], drafts: Sequence[Draft], start: int, stop: int) -> bool:
    """The one number of a report or an annex: paragraph 1, if it opens a sentence and is no list's first item."""
    if len(chain) != 1 or chain[0].value != (1,) or not chain[0].sure:
        return False
    draft = drafts[chain[0].index]
    before = drafts[chain[0].index - 1] if chain[0].index > start else None
    listed = before is not None and before.last.text.endswith(":")
    labelled = sum(one.label is not None and one.label.kind == "number" for one in drafts[start:stop])
    return draft.last.ended and not listed and labelled == 1


def _before(value: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The numbers after which this one is next; of a dotted one also the last of its forerunner's."""
    if len(value) == 1:
        return [(value[0] - 1,), *((value[0] - 1, part) for part in range(60, 0, -1))]
    head, part = value
    if part > 1:
        return [(head, part - 1)]
    return [(head,), (head - 1,), *((head - 1, last) for last in range(60, 0, -1))]
