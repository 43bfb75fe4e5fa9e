"""What is remembered for a while: never more than so many, the oldest go first."""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The newest `most` values, by key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def put(self, key: K, value: V) -> V:
        """Remember it; hands it back."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value

    def get(self, key: K) -> V | None:
        """What was remembered, or None."""
        return self._kept.get(key)

    def drop(self, key: K) -> None:
        """No longer."""
        self._kept.pop(key, None)

    def values(self) -> list[V]:
        """All of them, oldest first."""
        return list(self._kept.values())

    def items(self) -> list[tuple[K, V]]:
        """All of them with their keys, oldest first."""
        return list(self._kept.items())

    def __contains__(self, key: K) -> bool:
        return key in self._kept
