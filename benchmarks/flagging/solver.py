"""A linear classifier in plain Python whose result is the same to the last bit wherever it runs.

Dual coordinate descent for the squared hinge loss with L2 penalty (Hsieh et al., ICML 2008, algorithm 1).
It needs only + - * /, which IEEE 754 fixes; `sum()` of floats differs between Python versions and is avoided.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ROUNDS = 24

Vector = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A hashed text; `positive`; and how much it counts (its class balance not yet included)."""

    vector: Vector
    positive: bool
    weight: float


def solve(examples: Sequence[Example], size: int, cost: float) -> list[float]:
    """The weights, one for each of `size` places. Both classes are made to count the same."""
    weights = [0.0] * size
    balance = _balance(examples)
    slack = [1 / (2 * cost * example.weight * balance[example.positive]) for example in examples]
    squares = [_square(example.vector) for example in examples]
    alphas = [0.0] * len(examples)
    order = list(range(len(examples)))
    dice = 1
    for turn in range(ROUNDS):
        dice = _shuffle(order, dice)
        for i in order:
            if turn % 4 and alphas[i] == 0.0 and turn > 4:
                continue
            sign = 1.0 if examples[i].positive else -1.0
            gradient = sign * margin(weights, examples[i].vector) - 1 + slack[i] * alphas[i]
            better = max(alphas[i] - gradient / (squares[i] + slack[i]), 0.0)
            step = (better - alphas[i]) * sign
            if step:
                alphas[i] = better
                for place, value in examples[i].vector:
                    weights[place] += step * value
    return weights


def margin(weights: Sequence[float], vector: Vector) -> float:
    """The weighted sum of a text's features."""
    total = 0.0
    for place, value in vector:
        total += weights[place] * value
    return total


def _balance(examples: Sequence[Example]) -> dict[bool, float]:
    mass = {True: 0.0, False: 0.0}
    for example in examples:
        mass[example.positive] += example.weight
    if not mass[True] or not mass[False]:
        raise ValueError("training needs examples of both classes")
    return {kind: (mass[True] + mass[False]) / (2 * mass[kind]) for kind in mass}


def _square(vector: Vector) -> float:
    total = 0.0
    for _, value in vector:
        total += value * value
    return total


def _shuffle(order: list[int], dice: int) -> int:
    """Fisher-Yates with a small generator of our own; gives the generator's next state."""
    for i in range(len(order) - 1, 0, -1):
        dice = (dice * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        j = (dice >> 33) % (i + 1)
        order[i], order[j] = order[j], order[i]
    return dice
