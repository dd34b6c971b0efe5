package dev.kith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small project, by which the library is shown. */
final class Shop {

  private Shop() {}

  static Path write(Path folder) throws IOException {
    file(folder, "kith.yaml", "kith: 1\nname: shop\ntimezone: Europe/London\nas_of: data\n");
    file(
        folder,
        "sources/customers.yaml",
        """
        source: customers
        kind: entity
        key: customer_id
        changed_at: changed_at
        from: {files: data/customers.csv}
        """);
    file(
        folder,
        "sources/orders.yaml",
        """
        source: orders
        kind: events
        at: ordered_at
        id: order_id
        from: {files: data/orders*.csv}
        columns: {amount: "decimal(10,2)"}
        """);
    file(
        folder,
        "profiles/customer.yaml",
        """
        profile: customer
        key: customer_id
        from: customers
        attributes: [name, country]
        transactions: {from: orders, latest: 5, columns: [order_id, amount]}
        measures:
          - from: orders
            over: [30d, ever]
            define: {spend: sum(amount), orders: count(*)}
        """);
    file(
        folder,
        "datasets/churn.yaml",
        """
        dataset: churn
        rows: SELECT DISTINCT customer_id, ordered_at AS as_of FROM orders
        features: [customer.country, customer.spend]
        labels:
          - {from: orders, next: 10d, define: {orders: count(*)}, derive: {lost: orders = 0}}
        """);
    file(
        folder,
        "data/customers.csv",
        """
        customer_id,name,country,changed_at
        1,Anna,Germany,2020-01-01
        2,Bo,Sweden,2020-01-01
        """);
    file(
        folder,
        "data/orders-1.csv",
        """
        order_id,customer_id,ordered_at,amount
        1001,1,2020-01-03 11:20:00,24.90
        1002,2,2020-01-06 16:45:00,26.00
        1003,1,2020-02-20 11:20:00,49.00
        """);
    return folder;
  }

  static void moreOrders(Path folder) throws IOException {
    file(
        folder,
        "data/orders-2.csv",
        "order_id,customer_id,ordered_at,amount\n2001,2,2020-02-21 10:00:00,5.10\n");
  }

  static void file(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
