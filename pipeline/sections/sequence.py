"""Numbered paragraphs: the best running count among the labels, so that list numbers, years and headings are none."""

from collections.abc import Sequence
from dataclasses import dataclass

from .drafts import Draft

GAP, ENTRY = 0.7, 1.2
"""What a chain of numbers pays for a number that is left out, and for beginning with another than 1."""
TAIL = 4
"""After the last number of the chain, so many labels in sequence from 1 on are the paragraphs of another document."""
FARTHEST = 60
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
    """
    found: dict[int, str] = {}
    start = 0
    for stop in [*sorted(restarts), len(drafts)]:
        annexed = start > 0
        while start < stop:
            chain = _chain(drafts, start, stop)
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


def _chain(drafts: Sequence[Draft], start: int, stop: int) -> list[_Node]:
    nodes: list[_Node] = []
    by_value: dict[tuple[int, ...], int] = {}
    best: int | None = None
    for index in range(start, stop):
        draft = drafts[index]
        label = draft.label
        if label is None or label.kind not in ("number", "dotted") or len(label.value) > 2 or draft.declared:
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
    return chain if len(chain) > 1 and sum(node.sure for node in chain) >= 0.5 * len(chain) else []


def _before(value: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The numbers after which this one is next; of a dotted one also the last of its forerunner's."""
    if len(value) == 1:
        return [(value[0] - 1,), *((value[0] - 1, part) for part in range(60, 0, -1))]
    head, part = value
    if part > 1:
        return [(head, part - 1)]
    return [(head,), (head - 1,), *((head - 1, last) for last in range(60, 0, -1))]
