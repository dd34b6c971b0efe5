"""The oracle itself, on cases that can be worked out by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import aggregates as agg
import tables
from clock import LONDON, at_local, days_before, midnight_after
from comparing import differences, equal
from oracle import residence_at, windows


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_day_is_23_hours_when_the_clocks_go_forward():
    assert days_before(utc("2011-03-27 23:00"), 1, LONDON) == utc("2011-03-27 00:00")
    assert days_before(utc("2011-10-31 00:00"), 1, LONDON) == utc("2011-10-29 23:00")


def test_a_time_that_never_was_moves_on_by_the_gap():
    assert at_local(datetime(2011, 3, 27, 1, 30), LONDON) == utc("2011-03-27 01:30")
    assert days_before(utc("2011-03-28 00:30"), 1, LONDON) == utc("2011-03-27 01:30")


def test_a_time_that_was_twice_is_the_earlier_unless_the_offset_says_otherwise():
    assert at_local(datetime(2011, 10, 30, 1, 30), LONDON) == utc("2011-10-30 00:30")
    # From winter time, the later of the two has the same offset; from summer time, the earlier.
    assert days_before(utc("2011-10-31 01:30"), 1, LONDON) == utc("2011-10-30 01:30")


def test_midnight_after():
    assert midnight_after(utc("2011-12-09 23:59:59"), LONDON) == utc("2011-12-10 00:00")
    assert midnight_after(utc("2011-12-10 00:00"), LONDON) == utc("2011-12-11 00:00")
    assert midnight_after(utc("2011-07-01 23:30"), LONDON) == utc("2011-07-02 23:00")


def test_ties_go_to_the_smallest():
    assert agg.mode(["b", "a", "b", "a", None, None, None]) == "a"
    assert agg.top(["c", "b", "a", "b", "c"], 2) == ["b", "c"]
    assert agg.mode(["z", "é"]) == "z"  # by UTF-8 bytes, not by dictionary


def test_nothing_gives_nothing_but_counts_zero():
    for aggregate in (agg.total, agg.mean, agg.smallest, agg.stddev, agg.mode, agg.histogram):
        assert aggregate([None]) is None
    assert agg.count([None]) == agg.count_distinct([None]) == agg.sessions([], timedelta(1)) == 0


def test_spread_is_of_a_sample():
    assert agg.variance([1, 2, 3, 4]) == 5 / 3
    assert agg.stddev([7]) is None


def test_quantile_lies_between_neighbours():
    assert agg.quantile([4, 1, 3, 2], Decimal("0.5")) == 2.5
    assert abs(agg.quantile([4, 1, 3, 2], Decimal("0.9")) - 3.7) < 1e-9
    assert agg.quantile([5], Decimal("0")) == 5


def test_a_session_ends_after_more_than_the_gap():
    minutes = [utc(f"2011-01-01 {time}") for time in ("10:00", "10:30", "11:00:01", "11:10")]
    assert agg.sessions(minutes, timedelta(minutes=30)) == 2


def test_windows_are_half_open():
    lines = [
        tables.Line("1", utc(at), 1, "X", "P", None, "product", 1, Decimal(1))
        for at in ("2011-12-02 23:59:59", "2011-12-03", "2011-12-09 23:59:59", "2011-12-10")
    ]
    [(_, within)] = windows(lines, "ordered_at", utc("2011-12-10"), {"_7d": 7})
    assert within == lines[1:3]


def test_an_instant_sees_the_residence_that_began_before_it():
    moved = utc("2011-12-10")
    before = tables.Residence("France", moved.date(), utc("2011-12-02"), moved)
    after = tables.Residence("Spain", moved.date(), moved, None)
    microsecond = timedelta(microseconds=1)
    assert residence_at([before, after], moved) is before
    assert residence_at([before, after], moved + microsecond) is after
    assert residence_at([before, after], before.valid_from) is None


def test_differences_are_found():
    good = {1: {"a": 1.0, "b": ["x"], "c": {"k": 1}}, 2: {"a": None, "b": None, "c": None}}
    same = {1: {"a": 1.0 + 1e-12, "b": ["x"], "c": [("k", 1)]}, 2: dict(good[2])}
    assert differences(good, same) == []
    for column, value in {"a": 1, "b": [], "c": [("k", 2)]}.items():
        changed = {1: same[1] | {column: value}, 2: same[2]}
        assert f"{column}: 1 of 2 people differ" in differences(good, changed)
    assert differences(good, {1: same[1]})[0].startswith("people: 1 missing [2]")
    assert not equal(True, 1)
    assert not equal(Decimal(1), 1)
