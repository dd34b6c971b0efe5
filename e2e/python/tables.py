"""The raw files of the retail example, and the cleaned tables made of them, without any SQL."""

import gzip
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd

from clock import LONDON, at_local, local_date

RAW_COLUMNS = [
    "InvoiceNo", "StockCode", "Description", "Quantity",
    "InvoiceDate", "UnitPrice", "CustomerID", "Country",
]  # fmt: skip
KINDS = {"home", "search", "view", "add_to_cart", "sign_in", "purchase"}
GOODS = re.compile(r"[0-9]{5}|DCGS|PADS$")
POSTAGE = {"POST", "DOT", "C2"}
FEES = {"AMAZONFEE", "BANK CHARGES", "CRUK"}


@dataclass(frozen=True)
class Line:
    invoice: str
    ordered_at: datetime
    customer_id: int | None
    country: str
    product: str
    description: str | None
    line_kind: str
    quantity: int
    unit_price: Decimal

    @property
    def is_product(self):
        return self.line_kind == "product"

    @property
    def is_cancellation(self):
        return self.invoice.startswith("C")

    @property
    def amount(self):
        return self.quantity * self.unit_price


@dataclass(frozen=True)
class Order:
    invoice: str
    ordered_at: datetime
    customer_id: int | None
    is_cancellation: bool
    lines: int
    products: int
    units: int
    amount: Decimal
    postage: Decimal
    total: Decimal


@dataclass(frozen=True)
class Residence:
    """Where a customer lived, after valid_from; still if valid_to is None."""

    country: str
    first_seen_on: date
    valid_from: datetime
    valid_to: datetime | None


@dataclass(frozen=True)
class Click:
    occurred_at: datetime
    event_id: str
    customer_id: int | None
    kind: str
    product: str | None
    device: str | None
    referrer: str | None
    dwell_ms: int | None


@dataclass(frozen=True)
class Clicks:
    accepted: list[Click]
    repeated: int
    rejected: int


def read_raw(file: Path) -> pd.DataFrame:
    """Every line as text; what is empty is empty text."""
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")


def order_lines(raw: pd.DataFrame) -> list[Line]:
    once = raw.drop_duplicates(subset=RAW_COLUMNS)
    instants = {
        text: at_local(datetime.fromisoformat(text), LONDON)
        for text in once["InvoiceDate"].unique()
    }
    lines = []
    for row in once.itertuples(index=False):
        price = Decimal(row.UnitPrice)
        bad_debt = row.InvoiceNo.startswith("A")
        movement_of_stock = price == 0 and row.CustomerID == ""
        if bad_debt or movement_of_stock:
            continue
        product = row.StockCode.strip(" ").upper()
        lines.append(
            Line(
                invoice=row.InvoiceNo,
                ordered_at=instants[row.InvoiceDate],
                customer_id=customer_number(row.CustomerID),
                country=row.Country,
                product=product,
                description=single_spaced(row.Description),
                line_kind=line_kind(product),
                quantity=int(row.Quantity),
                unit_price=price.quantize(Decimal("0.001")),
            )
        )
    return lines


def customer_number(text: str) -> int | None:
    if text == "":
        return None
    if not re.fullmatch(r"[0-9]+\.0", text):
        raise ValueError(f"Not a customer number: {text}")
    return int(text[:-2])


def single_spaced(text: str) -> str | None:
    return " ".join(text.split()) if text else None


def line_kind(product: str) -> str:
    if GOODS.match(product):
        return "product"
    if product.startswith("GIFT"):
        return "voucher"
    if product in POSTAGE:
        return "postage"
    if product in FEES:
        return "fee"
    return {"D": "discount", "S": "sample"}.get(product, "manual")


def orders(lines: list[Line]) -> list[Order]:
    by_invoice: dict[str, list[Line]] = {}
    for line in lines:
        by_invoice.setdefault(line.invoice, []).append(line)
    return [order(invoice, of_invoice) for invoice, of_invoice in by_invoice.items()]


def order(invoice: str, lines: list[Line]) -> Order:
    goods = [line for line in lines if line.is_product]
    zero = Decimal("0.000")
    return Order(
        invoice=invoice,
        ordered_at=max(line.ordered_at for line in lines),
        customer_id=lines[0].customer_id,
        is_cancellation=invoice.startswith("C"),
        lines=len(goods),
        products=len({line.product for line in goods}),
        units=sum(line.quantity for line in goods),
        amount=sum((line.amount for line in goods), zero),
        postage=sum((line.amount for line in lines if line.line_kind == "postage"), zero),
        total=sum((line.amount for line in lines), zero),
    )


def residences(lines: list[Line]) -> dict[int, list[Residence]]:
    """For each customer the countries they lived in, in the order of time."""
    countries: dict[int, dict[datetime, tuple[str, str]]] = {}
    for line in lines:
        if line.customer_id is not None:
            seen = countries.setdefault(line.customer_id, {})
            # Of several invoices in one minute, the one with the highest number counts.
            seen[line.ordered_at] = max(
                (line.invoice, line.country), seen.get(line.ordered_at, ("", ""))
            )
    return {customer: history(seen) for customer, seen in countries.items()}


def history(seen: dict[datetime, tuple[str, str]]) -> list[Residence]:
    instants = sorted(seen)
    first_seen_on = local_date(instants[0], LONDON)
    moves = [
        at
        for i, at in enumerate(instants)
        if i == 0 or seen[at][1] != seen[instants[i - 1]][1]
    ]  # fmt: skip
    ends = [*moves[1:], None]
    return [
        Residence(seen[at][1], first_seen_on, at, ends[i])
        for i, at in enumerate(moves)
    ]


def read_clicks(folder: Path) -> Clicks:
    contents: dict[tuple[str, datetime], dict] = {}
    accepted, repeated, rejected = [], 0, 0
    for file in sorted(folder.glob("*.json.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for text in lines:
                event = valid_event(text)
                if event is None:
                    rejected += 1
                    continue
                identity = (event["event_id"], instant(event["occurred_at"]))
                before = contents.setdefault(identity, event)
                if before is event:
                    accepted.append(click(event, identity[1]))
                elif before == event:
                    repeated += 1
                else:
                    rejected += 1
    return Clicks(accepted, repeated, rejected)


def valid_event(text: str) -> dict | None:
    try:
        event = json.loads(text)
        instant(event["occurred_at"])
    except (ValueError, TypeError):
        return None
    customer = event["customer_id"]
    valid = (
        event["event_id"] is not None
        and event["anonymous_id"] is not None
        and (customer is None or isinstance(customer, int))
        and event["kind"] in KINDS
    )
    return event if valid else None


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def click(event: dict, occurred_at: datetime) -> Click:
    return Click(
        occurred_at=occurred_at,
        event_id=event["event_id"],
        customer_id=event["customer_id"],
        kind=event["kind"],
        product=event["product"],
        device=event["device"],
        referrer=event["referrer"],
        dwell_ms=event["dwell_ms"],
    )


def regions(file: Path) -> dict[str, str]:
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    return dict(zip(rows["country"], rows["region"], strict=True))
