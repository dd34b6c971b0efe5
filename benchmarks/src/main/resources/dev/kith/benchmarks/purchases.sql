/* kith:
at: ts
at_safe: true   # of the product, nothing is used that changes
mode: {by_time: {column: ts, grain: day}}
*/
SELECT o.customer_id, o.ts, o.amount, o.product, p.shelf
FROM orders AS o
JOIN products AS p ON p.product = o.product
