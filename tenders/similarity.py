"""
Which comments say the same, by the rare words that they share. Pure functions on texts; nothing leaves the house.

The measure is the usual one: a word weighs the more, the fewer texts have it (TF-IDF), and two texts are as near as the
angle between their weighted words (cosine). It suggests; a person decides, and is shown the words that spoke for it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

import rjieba

# Words that nearly every comment has, whatever it is about
COMMON = """
一个 一些 一下 一点 不是 不要 不能 不会 为了 为什么 什么 他们 但是 你们 我们 我家 以及 以后 以前 其他 其实 可以
可能 因为 应该 如果 如何 已经 希望 建议 意见 感谢 或者 所以 是否 是不是 有些 有点 本人 比较 没有 特别 现在 目前
看到 觉得 认为 请问 还是 还有 这个 这些 这样 这里 进行 那个 那么 都是 非常 项目 方案 工程 问题 大家 老百姓 群众
领导 政府 有关 相关 部门 尽快 考虑 能否 能不能 支持 反对 同意 谢谢 你好 您好
"""
EMPTY_WORDS = frozenset(COMMON.split())
NEAR = 0.18  # from here on two comments are suggested as one theme
SHORTEST_WORD = 2  # characters; a single one says little
SHOWN_WORDS = 4


@dataclass(frozen=True)
class Similar:
    """A text that is near, how near (0 to 1), and the shared words that weigh most."""

    key: int
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """Texts that may belong to one theme, and the words that they share."""

    keys: tuple[int, ...]
    words: tuple[str, ...]


Weights = dict[str, float]


def words_of(text: str) -> Counter[str]:
    """Return the telling words of a text with their numbers."""
    found = (word.strip().lower() for word in rjieba.cut(text))
    return Counter(w for w in found if len(w) >= SHORTEST_WORD and w.isalpha() and w not in EMPTY_WORDS)


def weighted(texts: Mapping[int, str]) -> dict[int, Weights]:
    """Return the words of each text with their weights, so that the squares of a text's weights add up to one."""
    counted = {key: words_of(text) for key, text in texts.items()}
    having = Counter(word for words in counted.values() for word in words)
    rare = {word: log((2 + len(texts)) / (1 + n)) for word, n in having.items()}
    return {key: _normal({w: n * rare[w] for w, n in words.items()}) for key, words in counted.items()}


def _normal(weights: Weights) -> Weights:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def similar(key: int, texts: Mapping[int, str], *, most: int = 5) -> list[Similar]:
    """
    Return the texts nearest to one of them, the nearest first.

    :raises KeyError: if it is not among them
    """
    weights = weighted(texts)
    found = [_compared(weights[key], other, weights[other]) for other in texts if other != key]
    near = [each for each in found if each.score >= NEAR]
    return sorted(near, key=lambda each: (-each.score, each.key))[:most]


def _compared(one: Weights, key: int, other: Weights) -> Similar:
    shared = {word: one[word] * other[word] for word in one.keys() & other.keys()}
    return Similar(key, sum(shared.values()), _heaviest(shared))


def _heaviest(weights: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:SHOWN_WORDS])


def suggestions(texts: Mapping[int, str], *, most: int = 8) -> list[Suggestion]:
    """
    Return groups of texts that may belong together, the largest first. No text is in two of them.

    Each group is a text with those near to it: of the texts that are left, the one with most neighbours begins.
    """
    weights = weighted(texts)
    near = _neighbours(weights)
    left, groups = set(texts), list[Suggestion]()
    while left and len(groups) < most:
        seed = max(sorted(left), key=lambda key: len(near[key] & left))
        group = (near[seed] & left) | {seed}
        if len(group) < 2:
            break
        groups.append(Suggestion(tuple(sorted(group)), _common(weights[key] for key in group)))
        left -= group
    return groups


def _neighbours(weights: Mapping[int, Weights]) -> dict[int, set[int]]:
    """Return for each text the texts near to it. Only texts that share a word are compared."""
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    near: dict[int, set[int]] = defaultdict(set)
    for key, words in weights.items():
        scores: dict[int, float] = defaultdict(float)
        for word, weight in words.items():
            for other, its_weight in having[word]:
                scores[other] += weight * its_weight
            having[word].append((key, weight))
        for other in (other for other, score in scores.items() if score >= NEAR):
            near[key].add(other)
            near[other].add(key)
    return near


def _common(group: Iterable[Weights]) -> tuple[str, ...]:
    """Return the words that more than one of a group has, the heaviest first."""
    weight: dict[str, float] = defaultdict(float)
    having = Counter[str]()
    for words in group:
        having.update(words.keys())
        for word, its_weight in words.items():
            weight[word] += its_weight
    return _heaviest({word: weight[word] for word, n in having.items() if n > 1})
