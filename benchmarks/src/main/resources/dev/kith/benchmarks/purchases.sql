/* kith:
at: ts
at_safe: true   # a product stays on its shelf
mode: {by_time: {column: ts, grain: day}}
*/
SELECT o.customer_id, o.ts, o.amount, o.product, p.shelf
FROM orders AS o
JOIN products AS p ON p.product = o.product
