"""Numbered paragraphs: the best running count among the labels, so that list numbers, years and headings are none."""

from collections.abc import Sequence
from dataclasses import dataclass

from .drafts import Draft

RESTART, GAP, ENTRY = 2.6, 0.7, 1.2


@dataclass(slots=True)
class _Node:
    index: int
    value: tuple[int, ...]
    score: float
    before: "int | None"


def paragraphs(drafts: Sequence[Draft], restarts: frozenset[int]) -> dict[int, str]:
    """Draft index → paragraph number, for the drafts whose labels make the best running count.

    A chain of labels gains 1 for each that opens a sentence and little for one that looks like a heading,
    and pays for gaps and for starting again at 1, which is free at the indexes of `restarts` (annexes).
    """
    nodes: list[_Node] = []
    by_value: dict[tuple[int, ...], int] = {}
    best: int | None = None
    opening: int | None = None
    last_restart = -1
    pending = sorted(restarts)
    for index, draft in enumerate(drafts):
        while pending and pending[0] <= index:
            last_restart = pending.pop(0)
            opening = best
        label = draft.label
        if label is None or label.kind not in ("number", "dotted") or len(label.value) > 2 or draft.declared:
            continue
        worth = 0.3 if draft.weak or draft.headlike else 1.0
        value = label.value
        choices: list[tuple[float, int | None]] = []
        if value in ((1,), (1, 1)):
            choices.append((0.0, None))
        else:
            choices.append((-ENTRY, None))
        for wanted in _before(value):
            if wanted in by_value:
                node = by_value[wanted]
                choices.append((nodes[node].score, node))
        if best is not None:
            top = nodes[best]
            if value in ((1,), (1, 1)):
                choices.append((top.score - RESTART, best))
            elif value > top.value and value[0] - top.value[0] <= 60:
                choices.append((top.score - GAP - 0.02 * (value[0] - top.value[0]), best))
        if opening is not None and value in ((1,), (1, 1)):
            choices.append((nodes[opening].score, opening))
        score, before = max(choices, key=lambda choice: choice[0])
        node_index = len(nodes)
        nodes.append(_Node(index, value, score + worth, before))
        known = by_value.get(value)
        if known is None or nodes[known].score <= score + worth or nodes[known].index < last_restart:
            by_value[value] = node_index
        if best is None or nodes[best].score <= score + worth:
            best = node_index
    chain: list[_Node] = []
    at = best
    while at is not None:
        chain.append(nodes[at])
        at = nodes[at].before
    chain.reverse()
    strong = [node for node in chain if not (drafts[node.index].headlike or drafts[node.index].weak)]
    if len(strong) < 0.5 * len(chain) or len(chain) < 2:
        return {}
    whole = {node.value[0] for node in chain if len(node.value) == 1}
    return {
        node.index: ".".join(map(str, node.value))
        for node in chain
        if len(node.value) == 1 or node.value[0] not in whole
    }


def _before(value: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The numbers after which this one is next; of a dotted one also the last of its forerunner's."""
    if len(value) == 1:
        return [(value[0] - 1,), *((value[0] - 1, part) for part in range(60, 0, -1))]
    head, part = value
    if part > 1:
        return [(head, part - 1)]
    return [(head,), (head - 1,), *((head - 1, last) for last in range(60, 0, -1))]
