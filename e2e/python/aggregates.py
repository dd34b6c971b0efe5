"""The aggregates of measures, each over the list of one person's values in one window.

Empty input gives None, for counts 0. None among the values is left out. Of equals, the smallest value
wins; Python compares text by code points, which is the order of its UTF-8 bytes.
"""

import math
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from clock import local_date


def known(values):
    return [value for value in values if value is not None]


def count(values):
    return len(known(values))


def count_distinct(values):
    return len(set(known(values)))


def total(values):
    """Exact for integers and decimals."""
    values = known(values)
    return sum(values[1:], values[0]) if values else None


def mean(values):
    values = [Fraction(value) for value in known(values)]
    return float(sum(values) / len(values)) if values else None


def smallest(values):
    return min(known(values), default=None)


def largest(values):
    return max(known(values), default=None)


def variance(values):
    """Of a sample: divided by n - 1, so that one value alone has none."""
    values = [Fraction(value) for value in known(values)]
    if len(values) < 2:
        return None
    middle = sum(values) / len(values)
    return float(sum((value - middle) ** 2 for value in values) / (len(values) - 1))


def stddev(values):
    spread = variance(values)
    return None if spread is None else math.sqrt(spread)


def by_frequency(values):
    """Distinct values, the most frequent first, and of equally frequent ones the smallest."""
    counts = Counter(known(values))
    return sorted(counts, key=lambda value: (-counts[value], value))


def mode(values):
    ranked = by_frequency(values)
    return ranked[0] if ranked else None


def top(values, n):
    return by_frequency(values)[:n] or None


def histogram(values):
    return dict(Counter(known(values))) or None


def quantile(values, q: Decimal):
    """The value at q of the way from the least to the greatest, on the line between neighbours."""
    values = sorted(known(values))
    if not values:
        return None
    place = float(q) * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    least, greatest = float(values[below]), float(values[above])
    return least + (place - below) * (greatest - least)


def sessions(times: list[datetime], gap: timedelta):
    """Stretches of activity that are more than the gap apart."""
    times = sorted(times)
    return sum(1 for i, at in enumerate(times) if i == 0 or at - times[i - 1] > gap)


def active_days(times: list[datetime], zone: ZoneInfo):
    return len({local_date(at, zone) for at in times})


def divide(dividend, divisor):
    """As a double; nothing by zero, or of nothing."""
    if dividend is None or not divisor:
        return None
    return float(Fraction(dividend) / Fraction(divisor))
