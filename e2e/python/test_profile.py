"""Kith's customer profile against the oracle: every column of every customer."""

from collections import Counter
from decimal import Decimal

import pytest

from comparing import differences


@pytest.fixture(scope="module")
def expected(oracle):
    return oracle.profiles()


@pytest.fixture(scope="module")
def actual(kith, tmp_path_factory):
    file = tmp_path_factory.mktemp("export") / "customer.parquet"
    return kith.table("select * from customer", file)


def test_columns(expected, actual):
    columns = next(iter(expected.values())).keys()
    assert set(actual.column_names) == set(columns)
    assert len(columns) >= 25


def test_every_column_of_every_customer(expected, actual):
    rows = actual.to_pylist()
    people = {row["customer_id"]: row for row in rows}
    assert len(people) == len(rows), "a customer has more than one row"
    found = differences(expected, people)
    assert not found, "\n" + "\n".join(found)


def test_the_comparison_is_not_vacuous(expected):
    """Each column holds something for somebody, and most differ between people."""
    assert len(expected) > 4000
    for column in next(iter(expected.values())):
        values = Counter(repr(profile[column]) for profile in expected.values())
        assert set(values) != {"None"}, column
        assert len(values) > 1 or column == "as_of", column


def test_counts_of_the_data_set(kith):
    [row] = kith.query(
        """
        select count(*) as lines,
          count(distinct InvoiceNo) as invoices,
          count(distinct CustomerID) as customers,
          count(*) filter (where InvoiceNo like 'C%') as cancelled,
          count(*) filter (where CustomerID is null) as without_customer
        from online_retail
        """
    )
    assert row == {
        "lines": 541_909,
        "invoices": 25_900,
        "customers": 4_372,
        "cancelled": 9_288,
        "without_customer": 135_080,
    }


def test_counts_of_repeats(kith):
    [row] = kith.query(
        """
        select count(*) as distinct_lines
        from (
          select distinct
            InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country
          from online_retail
        ) as once
        """
    )
    assert row["distinct_lines"] == 541_909 - 5_268


def test_rows_of_the_tables(kith, oracle):
    expected = {
        "online_retail": len(oracle.raw),
        "order_lines": len(oracle.shop.lines),
        "orders": len(oracle.shop.orders),
        "customers": sum(map(len, oracle.shop.residences.values())),
        "products": len({line.product for line in oracle.shop.lines if line.is_product}),
        "countries": len(oracle.shop.regions),
        "clicks": len(oracle.shop.clicks.accepted),
        "clicks_rejected": oracle.shop.clicks.rejected,
    }
    assert {
        table: kith.query(f"select count(*) as n from {table}")[0]["n"] for table in expected
    } == expected


def test_sums_of_the_tables(kith, oracle):
    """Equal counts of wrong rows would show here."""
    lines, orders = oracle.shop.lines, oracle.shop.orders
    kinds = Counter(line.line_kind for line in lines)
    sums = {
        "select cast(sum(amount) as varchar) as n from order_lines": sum(
            line.amount for line in lines
        ),
        "select cast(sum(quantity) as varchar) as n from order_lines": sum(
            line.quantity for line in lines
        ),
        "select cast(sum(amount) as varchar) as n from orders": sum(
            order.amount for order in orders
        ),
        "select cast(sum(postage) as varchar) as n from orders": sum(
            order.postage for order in orders
        ),
        "select cast(count(customer_id) as varchar) as n from order_lines": sum(
            line.customer_id is not None for line in lines
        ),
    }
    for sql, expected in sums.items():
        assert Decimal(kith.query(sql)[0]["n"]) == expected, sql
    rows = kith.query("select line_kind, count(*) as n from order_lines group by line_kind")
    assert {row["line_kind"]: row["n"] for row in rows} == kinds
