"""Slows down whoever guesses passwords."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable


class Throttle:
    """Allow ``most`` failures in ``seconds`` for each key; safe from many threads."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._failures: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def wait(self, *keys: str) -> int:
        """Return the seconds until all keys may try again, 0 for now."""
        with self._lock:
            return max(self._wait(key) for key in keys)

    def fail(self, *keys: str) -> None:
        """Count a failure for each key."""
        with self._lock:
            for key in keys:
                self._failures[key].append(self._clock())
            for key in list(self._failures):
                self._forget_old(key)

    def forgive(self, *keys: str) -> None:
        """Forget the failures of these keys."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)

    def _wait(self, key: str) -> int:
        self._forget_old(key)
        failures = self._failures.get(key, deque())
        if len(failures) < self._most:
            return 0
        return int(failures[-self._most] + self._seconds - self._clock()) + 1

    def _forget_old(self, key: str) -> None:
        failures = self._failures.get(key, deque())
        while failures and failures[0] <= self._clock() - self._seconds:
            failures.popleft()
        if not failures:
            self._failures.pop(key, None)
