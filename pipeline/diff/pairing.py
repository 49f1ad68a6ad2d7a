"""Which item of one record is which of the other: an assignment over all items of a kind.

Each kind has features that are equal or not (value, section, paragraph), bags of words that are more or less alike
(measure, context), and places that are more or less near. Their weighted mean is the likeness of a pair, 0 to 1; the
pairing is the assignment of greatest summed likeness (scipy's linear_sum_assignment, after Jonker and Volgenant) in
which no pair is below a threshold.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]
Pair = tuple[int, int]

ROWS = 512  # rows of the matrix of likenesses that are held at a time
SAME = 1e-6  # likenesses that are closer are equal
ORDER = 1e-5  # weight of the reading order: it decides among equals, no real difference is that small


@dataclass(frozen=True, slots=True)
class Item:
    """One item as the pairing sees it: `same` are features equal or not (None is equal to nothing), `words` bags of
    words, `near` places from 0 to 1."""

    same: Mapping[str, Hashable | None] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    near: Mapping[str, float] = field(default_factory=dict)


def pair(old: Sequence[Item], new: Sequence[Item], weights: Mapping[str, float], threshold: float) -> list[Pair]:
    """Pairs (index in old, index in new), in the order of old; no item stands in two.

    Items that are identical, and to no other, are pairs. Of the rest only pairs of at least the threshold can be
    chosen, so that the assignment falls apart into the connected components of the graph of such pairs; each is
    solved alone, which is exact and needs no n × m matrix.
    """
    if not old or not new:
        return []
    rows, columns, gains, identical = _candidates(old, new, weights, threshold)
    found = _unique(rows[identical], columns[identical])
    rest = ~(np.isin(rows, [i for i, _ in found]) | np.isin(columns, [j for _, j in found]))
    rows, columns, gains = rows[rest], columns[rest], gains[rest]
    if not len(rows):
        return found
    size = len(old) + len(new)
    graph = coo_matrix((np.ones(len(rows)), (rows, columns + len(old))), shape=(size, size))
    component = connected_components(graph, directed=False)[1][rows]
    order = np.argsort(component, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(component[order])) + 1):
        found += _assigned(rows[group], columns[group], gains[group])
    return sorted(found)


def _candidates(
    old: Sequence[Item], new: Sequence[Item], weights: Mapping[str, float], threshold: float
) -> tuple[Indexes, Indexes, Matrix, Flags]:
    """Rows, columns and gains of all pairs whose likeness reaches the threshold, and which are of identical items."""
    features = [(weight / sum(weights.values()), _feature(name, old, new)) for name, weight in weights.items()]
    most = [np.sum([weight * feature.own[side] for weight, feature in features], axis=0) for side in (0, 1)]
    a, b = np.arange(len(old)) / len(old), np.arange(len(new)) / len(new)
    parts: list[tuple[Indexes, Indexes, Matrix, Flags]] = []
    for start in range(0, len(old), ROWS):
        part = slice(start, min(start + ROWS, len(old)))
        likeness = np.zeros((part.stop - part.start, len(new)))
        for weight, feature in features:
            likeness += weight * feature(part)
        # Rounded, so that sums of floats in another order do not decide.
        likeness = np.round(likeness, 9)
        rows, columns = np.nonzero(likeness >= threshold)
        found = likeness[rows, columns]
        rows += start
        identical = (found > most[0][rows] - SAME) & (found > most[1][columns] - SAME)
        parts.append((rows, columns, found - ORDER * (a[rows] - b[columns]) ** 2, identical))
    rows, columns, gains, identical = (np.concatenate(column) for column in zip(*parts, strict=True))
    return rows, columns, gains, identical


def _unique(rows: Indexes, columns: Indexes) -> list[Pair]:
    """Those of some pairs whose items stand in no other of them."""
    often = Counter(rows.tolist()), Counter(columns.tolist())
    return [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if often[0][i] == often[1][j] == 1]


def _assigned(rows: Indexes, columns: Indexes, gains: Matrix) -> Iterator[Pair]:
    """The best assignment of one component."""
    if len(rows) == 1:
        yield int(rows[0]), int(columns[0])
        return
    left, i = np.unique(rows, return_inverse=True)
    right, j = np.unique(columns, return_inverse=True)
    gain = np.zeros((len(left), len(right)))
    gain[i, j] = gains
    for row, column in zip(*linear_sum_assignment(gain, maximize=True), strict=True):
        if gain[row, column] > 0:
            yield int(left[row]), int(right[column])


class _feature:
    """Likeness of rows of old to all of new by one feature; `own` is that of each item of a side to itself."""

    def __init__(self, name: str, old: Sequence[Item], new: Sequence[Item]) -> None:
        if name in old[0].same:
            self.a, self.b = _coded([i.same[name] for i in old], [i.same[name] for i in new])
            self.own = (self.a >= 0).astype(np.float64), (self.b >= 0).astype(np.float64)
            self.of = self._equal
        elif name in old[0].near:
            self.a, self.b = np.array([i.near[name] for i in old]), np.array([i.near[name] for i in new])
            self.own = np.ones(len(old)), np.ones(len(new))
            self.of = self._near
        else:
            self.bags, self.other, self.empty = _vectors([i.words[name] for i in old], [i.words[name] for i in new])
            self.own = np.where(self.empty[0], 0.5, 1.0), np.where(self.empty[1], 0.5, 1.0)
            self.of = self._alike

    def __call__(self, rows: slice) -> Matrix:
        return self.of(rows)

    def _equal(self, rows: slice) -> Matrix:
        return np.asarray(self.a[rows, None] == self.b[None, :], dtype=np.float64)

    def _near(self, rows: slice) -> Matrix:
        return np.asarray(1.0 - np.abs(self.a[rows, None] - self.b[None, :]))

    def _alike(self, rows: slice) -> Matrix:
        """Cosine of the bags of words; two empty bags are alike by half, as nothing speaks for or against."""
        dense = (self.bags[rows] @ self.other.T).toarray()
        empty = self.empty[0][rows, None] & self.empty[1][None, :]
        return np.asarray(np.where(empty, 0.5, np.minimum(dense, 1.0)))


def _coded(old: Sequence[Hashable | None], new: Sequence[Hashable | None]) -> tuple[Matrix, Matrix]:
    codes: dict[Hashable, int] = {}
    a = [-1 if v is None else codes.setdefault(v, len(codes)) for v in old]
    b = [-2 if v is None else codes.setdefault(v, len(codes)) for v in new]
    return np.array(a, dtype=np.float64), np.array(b, dtype=np.float64)


def _vectors(
    old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]
) -> tuple[csr_matrix, csr_matrix, tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """The bags of both sides as rows of unit length, and which of them are empty."""
    codes: dict[str, int] = {}
    bags = [[Counter(codes.setdefault(word, len(codes)) for word in text) for text in texts] for texts in (old, new)]
    a, b = (_matrix(side, max(len(codes), 1)) for side in bags)
    return a, b, (np.array([not bag for bag in bags[0]]), np.array([not bag for bag in bags[1]]))


def _matrix(bags: Sequence[Counter[int]], width: int) -> csr_matrix:
    rows = [row for row, bag in enumerate(bags) for _ in bag]
    columns = [code for bag in bags for code in bag]
    norms = [np.sqrt(sum(n * n for n in bag.values())) or 1.0 for bag in bags]
    values = [n / norm for bag, norm in zip(bags, norms, strict=True) for n in bag.values()]
    return csr_matrix((values, (rows, columns)), shape=(len(bags), width))


def in_order(values: Sequence[int]) -> set[int]:
    """Indexes of a longest increasing subsequence (patience sorting): what need not have moved."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(ends, value)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(value)
            last.append(index)
        else:
            ends[at], last[at] = value, index
    found, at = set(), last[-1] if last else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found


WORD = re.compile(r"[\u4e00-\u9fff]|[^\W\d_\u4e00-\u9fff]+|\d[\d.,]*")
CUT = re.compile(r"(?<=\w)[-\u00ad]\s*\n\s*(?=\w)|\u00ad")


def words(text: str | None) -> list[str]:
    """Lower-case words, cut to six letters so that inflected forms meet; numbers become "#".

    Words cut at a line end meet their whole forms: soft hyphens and line-end hyphens are closed first.
    """
    joined = CUT.sub("", text or "")
    return ["#" if w[0].isdigit() else w[:6] for w in WORD.findall(joined.lower())]


BETWEEN = re.compile(r"[\W_]+")


def bare(text: str | None) -> str:
    """The letters and digits alone: equal for texts that differ by line ends, spaces, hyphens or quotation marks."""
    return BETWEEN.sub("", (text or "").lower())
