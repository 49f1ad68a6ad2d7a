"""Which item of one record is which of the other: an assignment over all items of a kind.

Each kind has features that are equal or not (value, section, paragraph) and bags of words that are more or
less alike (measure, context). Their weighted sum is the likeness of a pair, 0 to 1; the pairing is the
assignment of greatest likeness (scipy's linear_sum_assignment), in which pairs below a threshold stay single.
"""

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Item:
    """One item as the pairing sees it: `same` are features equal or not (None is equal to nothing),
    `words` bags of words by name. `place` orders the items of a side."""

    same: Mapping[str, Hashable | None]
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


def pair(
    old: Sequence[Item], new: Sequence[Item], weights: Mapping[str, float], threshold: float
) -> list[tuple[int, int]]:
    """Pairs (index in old, index in new), in the order of old; the mirror of `pair(new, old, …)`.

    Among equally good assignments the one that keeps the reading order is taken.
    """
    if not old or not new:
        return []
    likeness = np.zeros((len(old), len(new)))
    total = sum(weights.values())
    for name, weight in weights.items():
        if name in old[0].same:
            likeness += weight / total * _equal([i.same[name] for i in old], [i.same[name] for i in new])
        else:
            likeness += weight / total * _alike([i.words[name] for i in old], [i.words[name] for i in new])
    gain = np.where(likeness >= threshold, likeness, 0.0)
    # Reading order decides only among equals: the whole of it weighs less than the least real difference.
    order = (np.arange(len(old)) / len(old))[:, None] - (np.arange(len(new)) / len(new))[None, :]
    gain = np.where(gain > 0, np.round(gain, 6) - 1e-8 * order**2, 0.0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return sorted((int(i), int(j)) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0)


def _equal(old: Sequence[Hashable | None], new: Sequence[Hashable | None]) -> Matrix:
    codes: dict[Hashable, int] = {}
    a = np.array([-1 if v is None else codes.setdefault(v, len(codes)) for v in old])
    b = np.array([-2 if v is None else codes.setdefault(v, len(codes)) for v in new])
    return np.asarray(a[:, None] == b[None, :], dtype=np.float64)


def _alike(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> Matrix:
    """Cosine of the bags of words; two empty bags are alike by half, as nothing speaks for or against."""
    codes: dict[str, int] = {}
    a, b = _bags(old, codes), _bags(new, codes)
    width = max(len(codes), 1)
    dense = (_matrix(a, width) @ _matrix(b, width).T).toarray()
    empty = np.outer([not bag for bag in a], [not bag for bag in b])
    return np.asarray(np.where(empty, 0.5, np.minimum(dense, 1.0)))


def _bags(texts: Sequence[Sequence[str]], codes: dict[str, int]) -> list[Counter[int]]:
    return [Counter(codes.setdefault(word, len(codes)) for word in text) for text in texts]


def _matrix(bags: Sequence[Counter[int]], width: int) -> csr_matrix:
    rows = [row for row, bag in enumerate(bags) for _ in bag]
    columns = [code for bag in bags for code in bag]
    norms = [np.sqrt(sum(n * n for n in bag.values())) or 1.0 for bag in bags]
    values = [n / norm for bag, norm in zip(bags, norms, strict=True) for n in bag.values()]
    return csr_matrix((values, (rows, columns)), shape=(len(bags), width))


WORD = re.compile(r"[\u4e00-\u9fff]|[^\W\d_\u4e00-\u9fff]+|\d[\d.,]*")


def words(text: str | None) -> list[str]:
    """Lower-case words, cut to six letters so that inflected forms meet; numbers become "#".

    Words cut at a line end meet their whole forms: soft hyphens and line-end hyphens are closed first.
    """
    joined = re.sub(r"(?<=\w)[-\u00ad]\s*\n\s*(?=\w)|\u00ad", "", text or "")
    return ["#" if w[0].isdigit() else w[:6] for w in WORD.findall(joined.lower())]


def bare(text: str | None) -> str:
    """The letters and digits alone: equal for texts that differ by line ends, spaces, hyphens or quotation marks."""
    return "".join(c for c in (text or "").lower() if c.isalnum())
