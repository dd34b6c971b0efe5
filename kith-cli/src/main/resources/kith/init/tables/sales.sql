/* kith:
description: Orders that were paid, with their amount.
key: [order_id]
at: ordered_at
mode: append
checks:                        # one that fails stops publication: readers keep what they have
  - unique: order_id
  - relationship: {columns: customer_id, to: customers}
  - name: paid_for             # rows that a query gives are at fault
    sql: SELECT order_id, amount FROM sales WHERE amount <= 0
  - freshness: {column: ordered_at, within: 7d}
    severity: warn             # reported, and published all the same
  - row_count: {change: 50%}   # against the release before
    severity: warn
*/
SELECT order_id, customer_id, ordered_at, product, quantity, quantity * price AS amount
FROM orders
WHERE status = 'paid'
