"""Equality of values that came by different ways, and a readable account of where it fails."""

import math
from datetime import date, datetime
from decimal import Decimal

SHOWN = 5


def kind(value) -> str:
    """What a value is, so that 1, 1.0 and '1' are three different things."""
    for name, types in {
        "boolean": bool,
        "integer": int,
        "double": float,
        "decimal": Decimal,
        "text": str,
        "instant": datetime,
        "date": date,
        "list": list,
        "map": dict,
    }.items():
        if isinstance(value, types):
            return name
    return type(value).__name__


def equal(expected, actual) -> bool:
    if expected is None or actual is None:
        return expected is actual
    if kind(expected) != kind(actual):
        return False
    if isinstance(expected, float):
        return math.isclose(expected, actual, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(expected, list):
        return len(expected) == len(actual) and all(map(equal, expected, actual))
    if isinstance(expected, dict):
        return expected.keys() == actual.keys() and all(
            equal(expected[key], actual[key]) for key in expected
        )
    return expected == actual


def as_dict(pairs):
    """Arrow gives a map as a list of pairs; a list of other things stays what it is."""
    if isinstance(pairs, list) and pairs and all(isinstance(pair, tuple) for pair in pairs):
        return dict(pairs)
    return pairs


def differences(expected: dict[int, dict], actual: dict[int, dict]) -> list[str]:
    """One line per column that differs anywhere, with the first few people it differs for."""
    lines = []
    if expected.keys() != actual.keys():
        missing, extra = expected.keys() - actual.keys(), actual.keys() - expected.keys()
        lines.append(f"people: {len(missing)} missing {sorted(missing)[:SHOWN]}, ")
        lines[-1] += f"{len(extra)} too many {sorted(extra)[:SHOWN]}"
    both = sorted(expected.keys() & actual.keys())
    for column in next(iter(expected.values()), {}):
        wrong = [
            person
            for person in both
            if column in actual[person]
            and not equal(expected[person][column], as_dict(actual[person][column]))
        ]
        if wrong:
            lines.append(f"{column}: {len(wrong)} of {len(both)} people differ")
            for person in wrong[:SHOWN]:
                lines.append(f"    {person}: expected {expected[person][column]!r}")
                lines.append(f"    {' ' * len(str(person))}       got {actual[person][column]!r}")
    return lines
