"""The retail example's customer profile, computed a second time.

It shares nothing with Kith: no SQL, no engine, no code. It reads the raw files and says in Python, by
hand, what each column of ``profiles/customer.yaml`` means. When Kith and this program agree on every
column of every customer, then a mistake would have to have been made twice, in two languages.

Run it alone to see one profile:  python oracle.py DEMO_FOLDER CUSTOMER_ID
"""

import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import aggregates as agg
import tables
from clock import LONDON, days_before, local_date, midnight_after
from tables import Click, Line, Order, Residence

HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Shop:
    """All that the profile is made of."""

    lines: list[Line]
    orders: list[Order]
    residences: dict[int, list[Residence]]
    clicks: tables.Clicks
    regions: dict[str, str]

    def newest_event(self, raw_newest: datetime) -> datetime:
        return max(raw_newest, max(click.occurred_at for click in self.clicks.accepted))


@dataclass(frozen=True)
class Person:
    """One customer's rows, each list in the order of its time and then its identity."""

    residences: list[Residence]
    orders: list[Order]
    lines: list[Line]
    clicks: list[Click]


class Oracle:
    """Profiles of all customers at one instant: the midnight after the newest event by default."""

    def __init__(self, demo: Path, as_of: datetime | None = None):
        data = demo / "data"
        raw = tables.read_raw(data / "online_retail.csv.gz")
        lines = tables.order_lines(raw)
        self.raw = raw
        self.shop = Shop(
            lines=lines,
            orders=tables.orders(lines),
            residences=tables.residences(lines),
            clicks=tables.read_clicks(data / "clicks"),
            regions=tables.regions(data / "countries.csv"),
        )
        newest_line = tables.at_local(datetime.fromisoformat(raw["InvoiceDate"].max()), LONDON)
        self.as_of = as_of or midnight_after(self.shop.newest_event(newest_line), LONDON)

    def profiles(self) -> dict[int, dict]:
        """Customer number -> column -> value."""
        people = self._people()
        return {
            customer: profile(customer, person, self.shop.regions, self.as_of)
            for customer, person in people.items()
            if residence_at(person.residences, self.as_of) is not None
        }

    def _people(self) -> dict[int, Person]:
        orders = by_customer(self.shop.orders, lambda order: (order.ordered_at, order.invoice))
        lines = by_customer(self.shop.lines, lambda line: line.ordered_at)
        clicks = by_customer(
            self.shop.clicks.accepted, lambda click: (click.occurred_at, click.event_id)
        )
        return {
            customer: Person(residences, orders[customer], lines[customer], clicks[customer])
            for customer, residences in self.shop.residences.items()
        }


def by_customer(rows: list, order) -> dict[int, list]:
    groups = defaultdict(list)
    for row in rows:
        if row.customer_id is not None:
            groups[row.customer_id].append(row)
    for group in groups.values():
        group.sort(key=order)
    return groups


def residence_at(residences: list[Residence], as_of: datetime) -> Residence | None:
    for residence in residences:
        begun = residence.valid_from < as_of
        if begun and (residence.valid_to is None or as_of <= residence.valid_to):
            return residence
    return None


def profile(customer: int, person: Person, regions: dict[str, str], as_of: datetime) -> dict:
    residence = residence_at(person.residences, as_of)
    columns = {
        "customer_id": customer,
        "as_of": as_of,
        "country": residence.country,
        "region": regions.get(residence.country),
        "first_seen_on": residence.first_seen_on,
        "transactions": transactions(person.orders, as_of),
    }
    columns |= order_measures(person.orders, as_of)
    columns |= line_measures(person.lines, as_of)
    columns |= click_measures(person.clicks, as_of)
    columns |= metrics(columns, as_of)
    return columns


def transactions(orders: list[Order], as_of: datetime) -> list[dict] | None:
    """The latest fifty, newest first."""
    past = [order for order in orders if order.ordered_at < as_of]
    fields = ["invoice", "ordered_at", "is_cancellation", "lines", "units", "amount", "total"]
    latest = reversed(past[-50:])
    return [{name: getattr(order, name) for name in fields} for order in latest] or None


def windows(rows: list, at: str, as_of: datetime, spans: dict[str, int | None]):
    """For each ending of column names, the rows in [as_of - days, as_of); None days is for ever."""
    for ending, days in spans.items():
        start = None if days is None else days_before(as_of, days, LONDON)
        yield (
            ending,
            [
                row
                for row in rows
                if getattr(row, at) < as_of and (start is None or start <= getattr(row, at))
            ],
        )


def order_measures(orders: list[Order], as_of: datetime) -> dict:
    columns = {}
    spans = {"_30d": 30, "_365d": 365, "": None}
    for ending, within in windows(orders, "ordered_at", as_of, spans):
        sales = [order for order in within if not order.is_cancellation]
        cancellations = [order for order in within if order.is_cancellation]
        spend = agg.total([order.amount for order in within])
        columns |= {
            "orders" + ending: len(sales),
            "cancellations" + ending: len(cancellations),
            "spend" + ending: spend,
            "refunds" + ending: agg.total([order.amount for order in cancellations]),
            "average_order" + ending: agg.divide(spend, len(sales)),
        }
        if ending != "_30d":
            columns["biggest_order" + ending] = agg.largest([order.amount for order in sales])
        if ending == "_365d":
            columns |= {
                "smallest_order_365d": agg.smallest([order.amount for order in sales]),
                "order_spread_365d": agg.stddev([order.amount for order in sales]),
                "shopping_days_365d": agg.active_days(
                    [order.ordered_at for order in sales], LONDON
                ),
            }
        if ending == "":
            columns |= {
                "first_order_at": agg.smallest([order.ordered_at for order in sales]),
                "last_order_at": agg.largest([order.ordered_at for order in sales]),
                "first_invoice": within[0].invoice if within else None,
                "last_invoice": within[-1].invoice if within else None,
            }
    return columns


def line_measures(lines: list[Line], as_of: datetime) -> dict:
    columns = {}
    for ending, within in windows(lines, "ordered_at", as_of, {"_365d": 365, "": None}):
        goods = [line for line in within if line.is_product]
        sold = [line for line in goods if not line.is_cancellation]
        columns |= {
            "units" + ending: agg.total([line.quantity for line in goods]),
            "products" + ending: agg.count_distinct([line.product for line in goods]),
        }
        if ending == "_365d":
            products = [line.product for line in sold]
            prices = [line.unit_price for line in sold]
            columns |= {
                "favourite_product_365d": agg.mode(products),
                "top_products_365d": agg.top(products, 5),
                "average_price_365d": agg.mean(prices),
                "usual_price_365d": agg.quantile(prices, Decimal("0.5")),
                "price_spread_365d": agg.variance(prices),
            }
        else:
            columns["line_kinds"] = agg.histogram([line.line_kind for line in within])
    return columns


def click_measures(clicks: list[Click], as_of: datetime) -> dict:
    columns = {}
    spans = {"_7d": 7, "_30d": 30, "_365d": 365, "": None}
    for ending, within in windows(clicks, "occurred_at", as_of, spans):
        views = [click for click in within if click.kind == "view"]
        times = [click.occurred_at for click in within]
        if ending != "":
            sessions = agg.sessions(times, HALF_AN_HOUR)
            columns |= {
                "page_views" + ending: len(views),
                "products_viewed" + ending: agg.count_distinct([view.product for view in views]),
                "searches" + ending: len([click for click in within if click.kind == "search"]),
                "cart_additions" + ending: len(
                    [click for click in within if click.kind == "add_to_cart"]
                ),
                "sessions" + ending: sessions,
                "views_per_session" + ending: agg.divide(len(views), sessions),
            }
        if ending in ("_30d", "_365d"):
            columns["days_on_site" + ending] = agg.active_days(times, LONDON)
        dwells = [view.dwell_ms for view in views]
        if ending == "_30d":
            latest = [view.product for view in reversed(views)]
            columns |= {
                "viewing_ms_30d": agg.total(dwells),
                "recently_viewed_30d": latest[:10] or None,
            }
        if ending == "_365d":
            columns |= {
                "average_view_ms_365d": agg.mean(dwells),
                "long_view_ms_365d": agg.quantile(dwells, Decimal("0.9")),
                "referrals_365d": agg.count([click.referrer for click in within]),
                "usual_device_365d": agg.mode([click.device for click in within]),
                "devices_365d": agg.histogram([click.device for click in within]),
            }
        if ending == "":
            referrers = agg.known([click.referrer for click in within])
            columns |= {
                "first_referrer": referrers[0] if referrers else None,
                "last_device": within[-1].device if within else None,
                "last_seen_at": agg.largest(times),
            }
    return columns


def metrics(columns: dict, as_of: datetime) -> dict:
    orders, cancellations = columns["orders"], columns["cancellations"]
    return {
        "days_since_order": days_between(columns["last_order_at"], as_of),
        "days_since_seen": days_between(
            agg.largest([columns["last_order_at"], columns["last_seen_at"]]), as_of
        ),
        "recent_share": agg.divide(columns["spend_30d"], columns["spend_365d"]),
        "cancellation_rate": agg.divide(cancellations, orders + cancellations),
        "only_looking": columns["page_views_30d"] >= 10 and columns["orders_30d"] == 0,
        "stage": stage(columns),
    }


def stage(columns: dict) -> str:
    if columns["orders"] == 0:
        return "never bought"
    if columns["orders_30d"] > 0:
        return "active"
    return "cooling" if columns["orders_365d"] > 1 else "lapsed"


def days_between(earlier: datetime | None, later: datetime) -> int | None:
    """Midnights of the shop that lie between."""
    if earlier is None:
        return None
    return (local_date(later, LONDON) - local_date(earlier, LONDON)).days


def main():
    demo, customer = Path(sys.argv[1]), int(sys.argv[2])
    for column, value in Oracle(demo).profiles()[customer].items():
        print(f"{column:24} {value}")


if __name__ == "__main__":
    main()
