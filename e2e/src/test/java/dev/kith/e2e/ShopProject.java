package dev.kith.e2e;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A small project that uses every way of building: events and an entity, rejected rows, tables by
 * append, by period and by difference, and a profile. Its second input adds, changes and removes
 * rows, adds a column, and changes the types of a table.
 */
final class ShopProject {

  private ShopProject() {}

  static ProjectFolder firstInput(Path path) throws IOException {
    return ProjectFolder.at(path)
        .file(
            "kith.yaml",
            """
            kith: 1
            name: shop
            timezone: Europe/London
            as_of: data
            threads: 1
            """)
        .file(
            "sources/orders.yaml",
            """
            source: orders
            kind: events
            at: ordered_at
            id: order_id
            max_rejected: unlimited
            from: {files: data/orders*.csv, on_removed_file: delete}
            columns:
              price: decimal(10,2)
            require:
              - range: {quantity: {min: 1}}
            """)
        .file(
            "sources/visits.yaml",
            """
            source: visits
            kind: events
            at: visited_at
            id: visit_id
            from: {files: data/visits*.ndjson}
            """)
        .file(
            "sources/customers.yaml",
            """
            source: customers
            kind: entity
            key: customer_id
            changed_at: changed_at
            from: {files: data/customers*.csv}
            """)
        .file(
            "tables/pages.sql",
            """
            /* kith:
            at: visited_at
            mode: append
            */
            SELECT visit_id, customer_id, visited_at, upper(page) AS page FROM visits
            """)
        .file(
            "tables/products.sql",
            """
            /* kith:
            key: product
            */
            SELECT product, sum(quantity) AS sold, count(*) AS orders FROM orders GROUP BY product
            """)
        .file(
            "tables/lines.sql",
            """
            /* kith:
            at: ordered_at
            mode: {by_time: {column: ordered_at, grain: month}}
            */
            SELECT order_id, customer_id, ordered_at, quantity * price AS amount FROM orders
            """)
        .file(
            "profiles/customer.yaml",
            """
            profile: customer
            key: customer_id
            from: customers
            attributes: [name, country]
            measures:
              - from: lines
                over: [30d, ever]
                define: {spend: sum(amount), orders: count(*)}
              - from: pages
                define: {pages: count(*)}
            """)
        .file(
            "data/customers-1.csv",
            """
            customer_id,name,country,changed_at
            1,Anna,Germany,2020-01-02 09:00:00
            2,Bo,Sweden,2020-01-05 10:30:00
            3,두리,Korea,2020-01-07 12:00:00
            """)
        .file(
            "data/orders-1.csv",
            """
            order_id,customer_id,ordered_at,product,quantity,price
            1001,1,2020-01-03 11:20:00,Teapot,1,24.90
            1002,2,2020-01-06 16:45:00,Mug,4,6.50
            1003,2,2020-02-14 09:10:00,Lantern,0,18.00
            1004,3,2020-02-15 20:05:00,Mug,2,6.50
            """)
        .file(
            "data/orders-2.csv",
            """
            order_id,customer_id,ordered_at,product,quantity,price
            2001,1,2020-02-20 11:20:00,Lamp,1,49.00
            2002,3,2020-02-21 16:45:00,Teapot,1,24.90
            """)
        .file(
            "data/visits-1.ndjson",
            """
            {"visit_id": "a", "customer_id": 1, "visited_at": "2020-01-03 11:00:00", "page": "home"}
            {"visit_id": "b", "customer_id": 2, "visited_at": "2020-01-06 16:00:00", "page": "mugs"}
            """);
  }

  /** A new visit and a repeated one. */
  static void moreVisits(ProjectFolder project) throws IOException {
    project.file(
        "data/visits-2.ndjson",
        """
        {"visit_id": "c", "customer_id": 3, "visited_at": "2020-02-01 09:00:00", "page": "home"}
        {"visit_id": "b", "customer_id": 2, "visited_at": "2020-01-06 16:00:00", "page": "mugs"}
        """);
  }

  /** New, changed and removed rows and columns, a duplicate, and a table with other types. */
  static void secondInput(ProjectFolder project) throws IOException {
    moreVisits(project);
    project
        .delete("data/orders-2.csv")
        .file(
            "data/orders-3.csv",
            """
            order_id,customer_id,ordered_at,product,quantity,price,channel
            3001,2,2020-03-01 10:00:00,Mug,6,6.20,web
            3002,1,2020-01-31 23:00:00,Teapot,1,24.90,shop
            3003,3,2020-03-02 10:00:00,Mug,-6,6.20,web
            1002,2,2020-01-06 16:45:00,Mug,4,6.50,
            """)
        .file(
            "data/customers-2.csv",
            """
            customer_id,name,country,changed_at
            2,Bo,Denmark,2020-02-20 08:00:00
            4,Chloé,France,2020-02-01 00:00:00
            """)
        .replace("tables/pages.sql", "upper(page) AS page", "length(page) AS page");
  }
}
