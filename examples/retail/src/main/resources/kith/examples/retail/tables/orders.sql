/* kith:
description: One row per invoice, sales and cancellations alike.
key: invoice
at: ordered_at
at_safe: true   # ordered_at is the time of the last line, see below
columns:
  ordered_at: {description: "When the last line was invoiced: from then on the order was complete."}
  lines: {description: "Lines of goods."}
  products: {description: "Different products among them."}
  units: {description: "Pieces of goods; negative on a cancellation."}
  amount: {description: "Goods only, in pounds; negative on a cancellation."}
  postage: {description: "What was charged for carriage, in pounds."}
  total: {description: "All lines: goods, postage, discounts, fees."}
checks:
  - unique: [invoice]
  - relationship: {columns: customer_id, to: customers}
  # The newest order lags behind the newest event of all sources when one of them stops coming.
  - freshness: {column: ordered_at, within: 2d}
    severity: warn
  - name: totals_agree
    description: Orders and their lines are two views of the same money.
    sql: |
      SELECT o.total AS of_orders, l.total AS of_lines
      FROM (SELECT sum(total) AS total FROM orders) AS o
      CROSS JOIN (SELECT sum(amount) AS total FROM order_lines) AS l
      WHERE o.total <> l.total
*/

-- Most invoices are written in one minute, but 43 took two. The row below is a sum over all lines,
-- so it was known when the *last* of them was. Taking the first would be a leak of a minute: small,
-- and exactly the kind that makes a model look better in training than in life.

SELECT
  invoice,
  max(ordered_at) AS ordered_at,
  -- Neither changes within an invoice.
  max(customer_id) AS customer_id,
  max(country) AS country,
  invoice LIKE 'C%' AS is_cancellation,
  count(*) FILTER (WHERE is_product) AS lines,
  count(DISTINCT product) FILTER (WHERE is_product) AS products,
  CAST(coalesce(sum(quantity) FILTER (WHERE is_product), 0) AS BIGINT) AS units,
  CAST(coalesce(sum(amount) FILTER (WHERE is_product), 0) AS DECIMAL(18, 3)) AS amount,
  CAST(coalesce(sum(amount) FILTER (WHERE line_kind = 'postage'), 0) AS DECIMAL(18, 3)) AS postage,
  CAST(sum(amount) AS DECIMAL(18, 3)) AS total
FROM order_lines
GROUP BY invoice
