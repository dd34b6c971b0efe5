"""Calendar arithmetic in a time zone, with the results that java.time.ZonedDateTime has."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def at_local(wall: datetime, zone: ZoneInfo, preferred_offset: timedelta | None = None) -> datetime:
    """The instant at which clocks in the zone show this time.

    When the clocks go forward, a time that never was moves on by the length of the gap. When they go
    back, a time that was twice is the earlier instant, unless the later one has the preferred offset.
    """
    first = wall.replace(tzinfo=zone, fold=0)
    second = wall.replace(tzinfo=zone, fold=1)
    twice = first.utcoffset() > second.utcoffset()
    chosen = second if twice and second.utcoffset() == preferred_offset else first
    return chosen.astimezone(UTC)


def days_before(instant: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same time of day, so many days earlier on the calendar."""
    local = instant.astimezone(zone)
    wall = local.replace(tzinfo=None, fold=0) - timedelta(days=days)
    return at_local(wall, zone, local.utcoffset())


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def midnight_after(instant: datetime, zone: ZoneInfo) -> datetime:
    """The first start of a day that is later than the instant."""
    tomorrow = local_date(instant, zone) + timedelta(days=1)
    return at_local(datetime.combine(tomorrow, time()), zone)
