"""A share of so many cases, with how sure one can be of it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

# For an interval that holds the true share 19 times in 20.
Z = 1.959964


@dataclass(frozen=True)
class Rate:
    """`hits` of `of`. The interval is Wilson's, which also holds for few cases and for shares near none or all."""

    hits: int
    of: int

    @classmethod
    def over(cls, cases: Iterable[bool]) -> Rate:
        """The share of cases that are true."""
        counted = list(cases)
        return cls(sum(counted), len(counted))

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where there is no case."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The lowest and the highest share that these cases make likely."""
        if not self.of:
            return 0.0, 1.0
        spread = Z * math.sqrt(self.share * (1 - self.share) / self.of + Z**2 / (4 * self.of**2))
        scale = 1 + Z**2 / self.of
        middle = self.share + Z**2 / (2 * self.of)
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.share:5.1%} [{low:.0%}-{high:.0%}]" if self.of else "-"
