"""Another Iceberg reader sees the current release, under plain names, as Kith's own readers do.

It finds the tables in the project's database, in the catalog `kith` and the namespace `prod` (and
`prod.SCHEMA`). Rows that were deleted by deletion vectors, columns that were renamed and files that
were compacted are read by PyIceberg itself; nothing here knows how Kith stores them.

PyIceberg reads a NULL list as an empty one, so nested columns are not compared.
"""

from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyiceberg.catalog.sql import SqlCatalog


@pytest.fixture(scope="module")
def catalog(demo):
    return SqlCatalog(
        "kith", uri=f"sqlite:///{demo / '.kith' / 'kith.db'}", init_catalog_tables="false"
    )


@pytest.fixture(scope="module")
def tables(catalog):
    """Every table of the release by its logical name."""
    namespaces = [("prod",), *catalog.list_namespaces(("prod",))]
    found = {}
    for namespace in namespaces:
        for identifier in catalog.list_tables(namespace):
            found[".".join(identifier[1:])] = catalog.load_table(identifier)
    return found


def visible(table: pa.Table) -> list[str]:
    """Columns that Kith shows and whose values are neither lists, structs nor maps."""
    return [
        field.name
        for field in table.schema
        if not field.name.startswith("_") and not pa.types.is_nested(field.type)
    ]


def summary(table: pa.Table, columns: list[str]) -> dict:
    """Per column: how many values, how many different ones, the least and the greatest."""
    result = {}
    for name in columns:
        column = table[name].combine_chunks()
        if pa.types.is_large_string(column.type):
            column = column.cast(pa.string())
        if pa.types.is_timestamp(column.type):
            column = column.cast(pa.int64())
        bounds = (
            (None, None)
            if pa.types.is_floating(column.type) and pc.any(pc.is_nan(column)).as_py()
            else tuple(pc.min_max(column).as_py().values())
        )
        result[name] = (
            len(column) - column.null_count,
            pc.count_distinct(column).as_py(),
            *bounds,
        )
    return result


def test_the_release_is_there(tables):
    assert {"orders", "order_lines", "customer", "products"} <= tables.keys()
    assert all(table.metadata.format_version == 3 for table in tables.values())


def test_every_table_reads_the_same(tables, kith, tmp_path):
    for name, table in tables.items():
        theirs = table.scan().to_arrow()
        ours = kith.table(f"select * from {name}", tmp_path / f"{name}.parquet")
        columns = visible(theirs)
        # A profile's instant is the same in all rows, so it is kept in the snapshot instead.
        assert [column for column in visible(ours) if column != "as_of"] == columns, name
        assert theirs.num_rows == ours.num_rows, name
        assert summary(theirs, columns) == summary(ours, columns), name


def test_the_profile_has_a_row_per_person(tables):
    customer = tables["customer"].scan(selected_fields=("customer_id",)).to_arrow()
    assert customer.num_rows > 4000
    assert pc.count_distinct(customer["customer_id"]).as_py() == customer.num_rows


def test_filters_find_the_same_rows(tables, kith):
    theirs = tables["orders"].scan(row_filter="ordered_at >= '2011-06-01T00:00:00+00:00'")
    [ours] = kith.query(
        "select count(*) as n from orders where ordered_at >= timestamptz '2011-06-01 00:00:00+00'"
    )
    assert theirs.to_arrow().num_rows == ours["n"]
    assert 0 < ours["n"] < tables["orders"].scan().to_arrow().num_rows


def test_what_made_a_table_is_in_its_snapshot(tables):
    properties = tables["customer"].current_snapshot().summary.additional_properties
    assert properties["kith.definition"]
    assert datetime.fromisoformat(properties["kith.as-of"])
    assert "orders" in properties["kith.inputs"]
